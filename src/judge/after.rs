//! Each request named in `after` is served, and its session ends at least after_gap_days + 1 days before this one
//! starts. Not tested where the later session is done.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let gap = programme.rules.after_gap_days;
    let mut found = Vec::new();
    for (_, session) in case.open_sessions() {
        for id in &session.requests {
            let request = &programme.requests[*id];
            for before in &request.after {
                let first = &programme.requests[*before].id;
                let Some(earlier) = case.session_of(*before) else {
                    let text = format!("{} comes after {first}, which is not served.", request.id);
                    found.push(breach(RuleId::After, vec![request.id.clone(), first.clone()], text));
                    continue;
                };
                let earlier = &case.plan.sessions[earlier];
                if session.span.first - earlier.span.last < gap + 1 {
                    let text = format!(
                        "{} comes after {first} with {} between, but {first} ends on {} and {} starts on {}.",
                        request.id,
                        name::count(i64::from(gap), "free day"),
                        earlier.span.last,
                        request.id,
                        session.span.first
                    );
                    let subjects = vec![request.id.clone(), first.clone(), session.id.clone(), earlier.id.clone()];
                    found.push(breach(RuleId::After, subjects, text));
                }
            }
        }
    }
    found
}
