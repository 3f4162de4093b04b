//! The session's language is in the list of every request it serves and in the course's languages.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (_, session) in case.open_sessions() {
        let spoken = name::language(programme, session.language);
        let course = &programme.courses[session.course];
        if !course.languages.contains(&session.language) {
            let text = format!(
                "{} is held in {spoken}, but the materials of {} exist in {} only.",
                session.id,
                name::course(programme, session.course),
                name::list(course.languages.iter().map(|l| name::language(programme, *l)))
            );
            found.push(breach(RuleId::Language, vec![session.id.clone(), course.id.clone(), spoken.to_string()], text));
        }
        for id in &session.requests {
            let request = &programme.requests[*id];
            if !request.languages.contains(&session.language) {
                let text = format!(
                    "{} is held in {spoken}, but the officials of {} understand {}.",
                    session.id,
                    request.id,
                    name::list(request.languages.iter().map(|l| name::language(programme, *l)))
                );
                let subjects = vec![request.id.clone(), session.id.clone(), spoken.to_string()];
                found.push(breach(RuleId::Language, subjects, text));
            }
        }
    }
    found
}
