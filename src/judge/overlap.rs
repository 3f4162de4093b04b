//! Missions of one trainer share no day; between the return of a mission that travelled and the departure of the next
//! lie at least rest_days free days.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    let missions = &case.plan.missions;
    for (n, a) in missions.iter().enumerate() {
        for b in &missions[..n] {
            if a.trainer != b.trainer || case.is_history(a) && case.is_history(b) {
                continue;
            }
            let (first, second) = if a.span.first < b.span.first { (a, b) } else { (b, a) };
            let trainer = &programme.trainers[a.trainer];
            let who = name::trainer(programme, a.trainer);
            let free = second.span.first - first.span.last - 1;
            let text = if free < 0 {
                format!(
                    "{who} is on mission {} and on another {}: they share a day.",
                    name::days(first.span),
                    name::days(second.span)
                )
            } else if case.travels(first) && free < trainer.rest_days {
                format!(
                    "{who} returns on {} and leaves again on {}, with {} between; {} are needed.",
                    first.span.last,
                    second.span.first,
                    name::count(i64::from(free), "free day"),
                    trainer.rest_days
                )
            } else {
                continue;
            };
            let mut subjects = vec![trainer.id.clone()];
            for mission in [first, second] {
                subjects.extend(mission.sessions.iter().map(|s| case.plan.sessions[*s].id.clone()));
            }
            found.push(breach(RuleId::Overlap, subjects, text));
        }
    }
    found
}
