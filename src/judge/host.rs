//! The session's place is among the hosts of every request it serves.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (_, session) in case.open_sessions() {
        for id in &session.requests {
            let request = &programme.requests[*id];
            if !request.hosts.contains(&session.place) {
                let text = format!(
                    "{} may be held in {}, but {} is held in {}.",
                    request.id,
                    hosts(case, &request.hosts),
                    session.id,
                    name::place(programme, session.place)
                );
                let subjects = vec![request.id.clone(), session.id.clone(), programme.places[session.place].id.clone()];
                found.push(breach(RuleId::Host, subjects, text));
            }
        }
    }
    found
}

fn hosts(case: &Case, hosts: &[crate::programme::id::PlaceId]) -> String {
    match hosts {
        [only] => format!("{} only", name::place(case.programme, *only)),
        [] => "no place".to_string(),
        many if many.len() > 5 => format!("{} places", many.len()),
        many => name::list(many.iter().map(|p| case.programme.places[*p].id.as_str())),
    }
}
