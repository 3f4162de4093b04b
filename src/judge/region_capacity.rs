//! Sessions whose span includes a day, per region: at most max_parallel.

use super::case::{Case, breach};
use super::name;
use super::place_capacity::crowds;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (r, region) in programme.regions.iter() {
        let Some(max) = region.max_parallel else { continue };
        let here: Vec<usize> =
            case.sessions().filter(|(_, s)| programme.places[s.place].region == Some(r)).map(|(i, _)| i).collect();
        for crowd in crowds(case, &here, max) {
            let text = format!(
                "On {} {} are running in the region {}, which holds {} at a time.",
                crowd.day,
                name::list(crowd.sessions.iter().map(|s| s.as_str())),
                region.name,
                name::count(i64::from(max), "session")
            );
            let mut subjects = vec![region.id.clone()];
            subjects.extend(crowd.sessions);
            found.push(breach(RuleId::RegionCapacity, subjects, text));
        }
    }
    found
}
