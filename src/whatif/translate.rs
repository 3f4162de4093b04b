//! A plan of one programme as a plan of another: rows are matched by their ids.

use crate::plan::{Charge, Mission, Plan, Seat, Session};
use crate::programme::Programme;
use crate::programme::id::{Dense, Id};
use std::collections::BTreeMap;

/// The plan with the other programme's rows; None where it needs a row that the other one does not have.
pub fn translate(from: &Programme, plan: &Plan, to: &Programme) -> Option<Plan> {
    let courses = Twins::new(&to.courses, |c| &c.id);
    let places = Twins::new(&to.places, |p| &p.id);
    let languages = Twins::new(&to.languages, |l| l);
    let requests = Twins::new(&to.requests, |r| &r.id);
    let trainers = Twins::new(&to.trainers, |t| &t.id);
    let funds = Twins::new(&to.funds, |f| &f.id);
    let mut sessions = Vec::with_capacity(plan.sessions.len());
    for s in &plan.sessions {
        let mut team = Vec::with_capacity(s.team.len());
        for seat in &s.team {
            team.push(Seat { role: seat.role, trainer: trainers.of(&from.trainers[seat.trainer].id)? });
        }
        let mut charges = Vec::with_capacity(s.charges.len());
        for c in &s.charges {
            charges.push(Charge {
                category: c.category,
                request: match c.request {
                    Some(r) => Some(requests.of(&from.requests[r].id)?),
                    None => None,
                },
                fund: funds.of(&from.funds[c.fund].id)?,
                amount: c.amount,
            });
        }
        sessions.push(Session {
            id: s.id.clone(),
            status: s.status,
            course: courses.of(&from.courses[s.course].id)?,
            place: places.of(&from.places[s.place].id)?,
            language: languages.of(&from.languages[s.language])?,
            working_language: languages.of(&from.languages[s.working_language])?,
            span: s.span,
            requests: s.requests.iter().map(|r| requests.of(&from.requests[*r].id)).collect::<Option<_>>()?,
            team,
            charges,
        });
    }
    let mut missions = Vec::with_capacity(plan.missions.len());
    for m in &plan.missions {
        let trainer = trainers.of(&from.trainers[m.trainer].id)?;
        missions.push(Mission { trainer, span: m.span, sessions: m.sessions.clone() });
    }
    Some(Plan { sessions, missions })
}

/// The rows of one table by their ids.
struct Twins<'a, I>(BTreeMap<&'a str, I>);

impl<'a, I: Id> Twins<'a, I> {
    fn new<T>(rows: &'a Dense<I, T>, id: impl Fn(&'a T) -> &'a str) -> Twins<'a, I>
    where
        I: 'a,
    {
        Twins(rows.iter().map(|(i, row)| (id(row), i)).collect())
    }

    fn of(&self, id: &str) -> Option<I> {
        self.0.get(id).copied()
    }
}
