//! A plan of one programme as a plan of another: rows are matched by their ids, and what the other one does not have is
//! left out. What that makes of the plan, the judge says.

use crate::plan::{Charge, Mission, Plan, Seat, Session};
use crate::programme::Programme;
use crate::programme::id::{Dense, Id};
use std::collections::BTreeMap;

/// The plan with the other programme's rows.
pub fn translate(from: &Programme, plan: &Plan, to: &Programme) -> Plan {
    let courses = Twins::new(&to.courses, |c| &c.id);
    let places = Twins::new(&to.places, |p| &p.id);
    let languages = Twins::new(&to.languages, |l| l);
    let requests = Twins::new(&to.requests, |r| &r.id);
    let trainers = Twins::new(&to.trainers, |t| &t.id);
    let funds = Twins::new(&to.funds, |f| &f.id);
    let charge = |c: &Charge| {
        let request = match c.request {
            Some(r) => Some(requests.of(&from.requests[r].id)?),
            None => None,
        };
        Some(Charge { category: c.category, request, fund: funds.of(&from.funds[c.fund].id)?, amount: c.amount })
    };
    let session = |s: &Session| {
        let seat =
            |seat: &Seat| trainers.of(&from.trainers[seat.trainer].id).map(|trainer| Seat { role: seat.role, trainer });
        let requests: Vec<_> = s.requests.iter().filter_map(|r| requests.of(&from.requests[*r].id)).collect();
        (!requests.is_empty()).then_some(())?;
        Some(Session {
            id: s.id.clone(),
            status: s.status,
            course: courses.of(&from.courses[s.course].id)?,
            place: places.of(&from.places[s.place].id)?,
            language: languages.of(&from.languages[s.language])?,
            working_language: languages.of(&from.languages[s.working_language])?,
            span: s.span,
            requests,
            team: s.team.iter().filter_map(seat).collect(),
            charges: s.charges.iter().filter_map(charge).collect(),
        })
    };
    let mut sessions = Vec::new();
    let mut place = vec![None; plan.sessions.len()];
    for (old, s) in plan.sessions.iter().enumerate() {
        if let Some(s) = session(s) {
            place[old] = Some(sessions.len());
            sessions.push(s);
        }
    }
    let mission = |m: &Mission| {
        let trainer = trainers.of(&from.trainers[m.trainer].id)?;
        let sessions: Vec<usize> = m.sessions.iter().filter_map(|s| place[*s]).collect();
        (!sessions.is_empty()).then_some(Mission { trainer, span: m.span, sessions })
    };
    Plan { missions: plan.missions.iter().filter_map(mission).collect(), sessions }
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
