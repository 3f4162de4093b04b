//! The length of each mission that travels, departure to return inclusive, is at most max_days_away.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for mission in &case.plan.missions {
        let trainer = &programme.trainers[mission.trainer];
        let days = mission.span.last - mission.span.first + 1;
        if !case.travels(mission) || case.is_history(mission) || days <= trainer.max_days_away {
            continue;
        }
        let text = format!(
            "{} is away for {} ({}); at most {} are allowed.",
            name::trainer(programme, mission.trainer),
            name::count(i64::from(days), "day"),
            name::days(mission.span),
            trainer.max_days_away
        );
        let mut subjects = vec![trainer.id.clone()];
        subjects.extend(mission.sessions.iter().map(|s| case.plan.sessions[*s].id.clone()));
        found.push(breach(RuleId::MaxDaysAway, subjects, text));
    }
    found
}
