//! On no day of their spans do more sessions use one interpretation row than its max_parallel.

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (_, row) in programme.interpretation.iter() {
        let Some(max) = row.max_parallel else { continue };
        let users: Vec<usize> = case
            .sessions()
            .filter(|(_, s)| {
                s.working_language != s.language
                    && s.working_language == row.from
                    && s.language == row.to
                    && row.places[s.place]
            })
            .map(|(i, _)| i)
            .collect();
        let (from, to) = (name::language(programme, row.from), name::language(programme, row.to));
        for crowd in super::place_capacity::crowds(case, &users, max) {
            let text = format!(
                "On {} {} use the interpreters from {from} into {to} of \"{}\", of which there is {max} at a time.",
                crowd.day,
                name::list(crowd.sessions.iter().map(|s| s.as_str())),
                row.at
            );
            let mut subjects = vec![row.at.clone(), from.to_string(), to.to_string()];
            subjects.extend(crowd.sessions);
            found.push(breach(RuleId::InterpretationCapacity, subjects, text));
        }
    }
    found
}
