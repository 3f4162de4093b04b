//! Sessions whose span includes a day, per place: at most max_parallel.

use super::case::{Case, breach};
use super::name;
use crate::programme::day::Day;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (p, place) in programme.places.iter() {
        let Some(max) = place.max_parallel else { continue };
        let here: Vec<usize> = case.sessions().filter(|(_, s)| s.place == p).map(|(i, _)| i).collect();
        for crowd in crowds(case, &here, max) {
            let text = format!(
                "On {} {} are running in {}, which holds {} at a time.",
                crowd.day,
                name::list(crowd.sessions.iter().map(|s| s.as_str())),
                name::place(programme, p),
                name::count(i64::from(max), "session")
            );
            let mut subjects = vec![place.id.clone()];
            subjects.extend(crowd.sessions);
            found.push(breach(RuleId::PlaceCapacity, subjects, text));
        }
    }
    found
}

/// Too many sessions on one day: the first such day of each set of sessions.
pub struct Crowd {
    pub day: Day,
    pub sessions: Vec<String>,
}

/// The days on which more than `max` of these sessions run, at least one of them not done; the first day of each
/// different crowd.
pub fn crowds(case: &Case, sessions: &[usize], max: u32) -> Vec<Crowd> {
    let all = &case.plan.sessions;
    // A crowd gathers where one of its sessions starts.
    let mut days: Vec<Day> = sessions.iter().map(|s| all[*s].span.first).collect();
    days.sort();
    days.dedup();
    let mut found = Vec::new();
    for day in days {
        let running: Vec<usize> = sessions.iter().copied().filter(|s| all[*s].span.holds(day)).collect();
        if running.len() > max as usize && running.iter().any(|s| !case.is_done(*s)) {
            found.push(Crowd { day, sessions: running.iter().map(|s| all[*s].id.clone()).collect() });
        }
    }
    found
}
