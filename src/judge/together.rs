//! The requests of one `together` label are served by one session, or not at all.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (label, word) in programme.togethers.iter() {
        let mut at: Vec<usize> = Vec::new();
        let mut left: Vec<&str> = Vec::new();
        for (r, request) in programme.requests.iter() {
            if request.together != Some(label) {
                continue;
            }
            match case.session_of(r) {
                Some(session) if at.contains(&session) => {}
                Some(session) => at.push(session),
                None => left.push(&request.id),
            }
        }
        // What is done is done: done sessions alone do not break the label.
        if at.iter().all(|s| case.is_done(*s)) {
            continue;
        }
        let sessions: Vec<&str> = at.iter().map(|s| case.plan.sessions[*s].id.as_str()).collect();
        let mut subjects = vec![word.clone()];
        subjects.extend(sessions.iter().map(|s| s.to_string()));
        if at.len() > 1 {
            let text =
                format!("The requests of \"{word}\" belong together, but are served by {}.", name::list(sessions));
            found.push(breach(RuleId::Together, subjects, text));
        } else if !left.is_empty() {
            let verb = if left.len() == 1 { "is" } else { "are" };
            let text = format!(
                "The requests of \"{word}\" belong together, but {} {verb} not served while {} serves the others.",
                name::list(left.iter().copied()),
                name::list(sessions)
            );
            subjects.extend(left.iter().map(|s| s.to_string()));
            found.push(breach(RuleId::Together, subjects, text));
        }
    }
    found
}
