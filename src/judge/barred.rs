//! No trainer teaches in person where they are barred (online is not in person).

use super::case::{Case, breach};
use super::name;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (_, session) in case.open_sessions() {
        if programme.places[session.place].online {
            continue;
        }
        for seat in &session.team {
            let trainer = &programme.trainers[seat.trainer];
            if trainer.barred[session.place] {
                let text = format!(
                    "{} is not to be sent to {}, where {} is held.",
                    name::trainer(programme, seat.trainer),
                    name::place(programme, session.place),
                    session.id
                );
                let subjects = vec![trainer.id.clone(), programme.places[session.place].id.clone(), session.id.clone()];
                found.push(breach(RuleId::Barred, subjects, text));
            }
        }
    }
    found
}
