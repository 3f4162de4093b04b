//! The team works in one language: the session's own, or another one with interpretation from it into the session's
//! language priced for that place and refused by none of its requests. Every lead is able to teach in it; every
//! co-trainer to teach or assist.

use super::case::{Case, breach};
use super::name;
use crate::programme::people::Role;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (_, session) in case.open_sessions() {
        let works = name::language(programme, session.working_language);
        let spoken = name::language(programme, session.language);
        if session.working_language != session.language {
            let mut priced = false;
            for row in programme.interpretation.values() {
                if row.from == session.working_language && row.to == session.language && row.places[session.place] {
                    priced = true;
                }
            }
            if !priced {
                let text = format!(
                    "The team of {} works in {works} and the session is held in {spoken}, but no interpretation from {works} into {spoken} is priced for {}.",
                    session.id,
                    name::place(programme, session.place)
                );
                let subjects = vec![session.id.clone(), works.to_string(), spoken.to_string()];
                found.push(breach(RuleId::WorkingLanguage, subjects, text));
            }
            for id in &session.requests {
                let request = &programme.requests[*id];
                if !request.interpretation {
                    let text = format!(
                        "{} refuses interpretation, but the team of {} works in {works} and is interpreted into {spoken}.",
                        request.id, session.id
                    );
                    found.push(breach(RuleId::WorkingLanguage, vec![request.id.clone(), session.id.clone()], text));
                }
            }
        }
        for seat in &session.team {
            let trainer = &programme.trainers[seat.trainer];
            let teaches = trainer.teaches.contains(&session.working_language);
            let assists = trainer.assists.contains(&session.working_language);
            let (fits, task) = match seat.role {
                Role::Lead => (teaches, "teach"),
                Role::Co => (teaches || assists, "teach or assist"),
            };
            if !fits {
                let text = format!(
                    "{} is a {} of {}, whose team works in {works}, but is not able to {task} in {works}.",
                    name::trainer(programme, seat.trainer),
                    match seat.role {
                        Role::Lead => "lead",
                        Role::Co => "co-trainer",
                    },
                    session.id
                );
                let subjects = vec![trainer.id.clone(), session.id.clone(), works.to_string()];
                found.push(breach(RuleId::WorkingLanguage, subjects, text));
            }
        }
    }
    found
}
