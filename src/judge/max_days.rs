//! The mission days of a trainer: at most max_days in all, at most max_days_year in each calendar year.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};
use std::collections::BTreeMap;

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (t, trainer) in programme.trainers.iter() {
        // Days in all and by year, and whether any of them is not history.
        let mut all = (0, false);
        let mut years: BTreeMap<i32, (i32, bool)> = BTreeMap::new();
        for mission in case.plan.missions.iter().filter(|m| m.trainer == t) {
            let open = !case.is_history(mission);
            for day in mission.span.first.to(mission.span.last) {
                let year = years.entry(day.year()).or_default();
                *year = (year.0 + 1, year.1 || open);
                all = (all.0 + 1, all.1 || open);
            }
        }
        let who = name::trainer(programme, t);
        if let Some(max) = trainer.max_days
            && all.0 > max
            && all.1
        {
            let text =
                format!("{who} has {}; at most {max} are allowed.", name::count(i64::from(all.0), "mission day"));
            found.push(breach(RuleId::MaxDays, vec![trainer.id.clone()], text));
        }
        for (year, (days, open)) in years {
            if let Some(max) = trainer.max_days_year
                && days > max
                && open
            {
                let days = name::count(i64::from(days), "mission day");
                let text = format!("{who} has {days} in {year}; at most {max} a year are allowed.");
                found.push(breach(RuleId::MaxDays, vec![trainer.id.clone(), year.to_string()], text));
            }
        }
    }
    found
}
