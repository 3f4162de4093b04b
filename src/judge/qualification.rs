//! `leads` leads and `co_trainers` co-trainers, all different, each qualified for the course in a role that allows the
//! seat: a lead may fill a co-trainer's seat, not the reverse.

use super::case::{Case, breach};
use super::name;
use crate::programme::people::Role;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (_, session) in case.open_sessions() {
        let course = &programme.courses[session.course];
        for (role, noun, wanted) in [(Role::Lead, "lead", course.leads), (Role::Co, "co-trainer", course.co_trainers)] {
            let have = session.team.iter().filter(|seat| seat.role == role).count();
            if have != wanted as usize {
                let text = format!(
                    "{} has {}; {} needs {wanted}.",
                    name::session(programme, session),
                    name::count(have as i64, noun),
                    name::course(programme, session.course)
                );
                found.push(breach(RuleId::Qualification, vec![session.id.clone(), course.id.clone()], text));
            }
        }
        for (n, seat) in session.team.iter().enumerate() {
            let trainer = &programme.trainers[seat.trainer];
            let subjects = || vec![trainer.id.clone(), session.id.clone()];
            let who = name::trainer(programme, seat.trainer);
            if session.team[..n].iter().any(|other| other.trainer == seat.trainer) {
                let text = format!("{who} sits twice in the team of {}.", session.id);
                found.push(breach(RuleId::Qualification, subjects(), text));
            }
            let what = name::course(programme, session.course);
            let text = match (trainer.roles[session.course], seat.role) {
                (Some(Role::Lead), _) | (Some(Role::Co), Role::Co) => continue,
                (Some(Role::Co), Role::Lead) => {
                    format!("{who} leads {}, but is qualified as co-trainer only for {what}.", session.id)
                }
                (None, _) => format!("{who} is in the team of {}, but is not qualified for {what}.", session.id),
            };
            found.push(breach(RuleId::Qualification, subjects(), text));
        }
    }
    found
}
