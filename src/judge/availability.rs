//! Every day of every mission, travel included, lies within available_from..available_to and outside absences.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for mission in &case.plan.missions {
        if case.is_history(mission) {
            continue;
        }
        let trainer = &programme.trainers[mission.trainer];
        let who = name::trainer(programme, mission.trainer);
        let when = name::days(mission.span);
        let mut tell = |text: String| {
            let mut subjects = vec![trainer.id.clone()];
            subjects.extend(mission.sessions.iter().map(|s| case.plan.sessions[*s].id.clone()));
            found.push(breach(RuleId::Availability, subjects, text));
        };
        if let Some(from) = trainer.available_from
            && mission.span.first < from
        {
            tell(format!("{who} is available from {from}, but is on mission {when}."));
        }
        if let Some(to) = trainer.available_to
            && mission.span.last > to
        {
            tell(format!("{who} is available until {to}, but is on mission {when}."));
        }
        for (absence, reason) in &trainer.absences {
            if mission.span.first.to(mission.span.last).any(|day| absence.first <= day && day <= absence.last) {
                let why = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
                tell(format!("{who} is absent {}{why}, but is on mission {when}.", name::days(*absence)));
            }
        }
    }
    found
}
