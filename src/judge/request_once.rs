//! A request is served by at most one session; a session serves at least one; all its requests ask for its course; a
//! request with `shared = no` is alone, but for those of its `together` label.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (r, request) in programme.requests.iter() {
        let mut at = Vec::new();
        for (_, session) in case.sessions() {
            for served in &session.requests {
                if *served == r {
                    at.push(session.id.clone());
                }
            }
        }
        if at.len() > 1 {
            let text = format!(
                "{} is served {} times, by {}.",
                request.id,
                at.len(),
                name::list(at.iter().map(|s| s.as_str()))
            );
            let mut subjects = vec![request.id.clone()];
            subjects.extend(at);
            found.push(breach(RuleId::RequestOnce, subjects, text));
        }
    }
    for (i, session) in case.sessions() {
        if session.requests.is_empty() {
            let text = format!("{} serves no request.", name::session(programme, session));
            found.push(breach(RuleId::RequestOnce, vec![session.id.clone()], text));
        }
        for id in &session.requests {
            let request = &programme.requests[*id];
            if request.course != session.course {
                let text = format!(
                    "{} asks for {}, but {} teaches {}.",
                    request.id,
                    name::course(programme, request.course),
                    session.id,
                    name::course(programme, session.course)
                );
                found.push(breach(RuleId::RequestOnce, vec![request.id.clone(), session.id.clone()], text));
            }
            let stranger = session.requests.iter().find(|other| {
                **other != *id
                    && (request.together.is_none() || programme.requests[**other].together != request.together)
            });
            if let Some(stranger) = stranger
                && !request.shared
                && !case.is_done(i)
            {
                let other = name::request(programme, *stranger);
                let text =
                    format!("{} is not to share its session, but {} serves {other} too.", request.id, session.id);
                let subjects = vec![request.id.clone(), session.id.clone(), other.to_string()];
                found.push(breach(RuleId::RequestOnce, subjects, text));
            }
        }
    }
    found
}
