//! The team carries the tags that the course needs.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (_, session) in case.open_sessions() {
        let course = &programme.courses[session.course];
        for (tag, wanted) in &course.team_needs {
            let have = session.team.iter().filter(|seat| programme.trainers[seat.trainer].tags.contains(tag)).count();
            if have < *wanted as usize {
                let word = &programme.tags[*tag];
                let text = format!(
                    "The team of {} has {have} of \"{word}\"; {} needs {wanted}.",
                    name::session(programme, session),
                    name::course(programme, session.course)
                );
                found.push(breach(RuleId::TeamNeeds, vec![session.id.clone(), course.id.clone(), word.clone()], text));
            }
        }
    }
    found
}
