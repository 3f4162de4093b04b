//! The participants of a session's requests add up to min..max of the course.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (_, session) in case.open_sessions() {
        let course = &programme.courses[session.course];
        let mut sum = 0;
        for request in &session.requests {
            sum += programme.requests[*request].participants;
        }
        let wrong = if sum < course.min_participants {
            format!("at least {}", course.min_participants)
        } else if let Some(max) = course.max_participants
            && sum > max
        {
            format!("at most {max}")
        } else {
            continue;
        };
        let text = format!(
            "{} has {}; {} takes {wrong}.",
            name::session(programme, session),
            name::count(sum, "participant"),
            name::course(programme, session.course)
        );
        found.push(breach(RuleId::Participants, vec![session.id.clone(), course.id.clone()], text));
    }
    found
}
