//! Each session has its team: Σ seats = team · x, Σ seats of those who may lead ≥ leads · x, Σ seats of those who carry a
//! tag ≥ need · x, and the seat of everybody who must be there = x.

use super::Terms;
use crate::full::candidates::{Candidate, Firm};
use crate::milp::program::{INFINITE, Program, Row};
use crate::programme::Programme;
use crate::programme::id::{TagId, TrainerId};

/// The rows of one session.
struct Rows {
    size: Option<(Row, f64)>,
    lead: Option<(Row, f64)>,
    tags: Vec<(TagId, Row, f64)>,
    pinned: Vec<(TrainerId, Row)>,
}

/// The rows of every session.
pub struct Team(Vec<Rows>);

impl Team {
    /// The rows, empty.
    pub fn new(programme: &Programme, candidates: &[Candidate], program: &mut Program) -> Team {
        Team(candidates.iter().map(|c| rows(programme, c, program)).collect())
    }

    /// The terms of a session.
    pub fn session(&self, c: usize, terms: &mut Terms) {
        let rows = &self.0[c];
        terms.extend(rows.size.iter().chain(&rows.lead).map(|(row, n)| (*row, -n)));
        terms.extend(rows.tags.iter().map(|(_, row, n)| (*row, -n)));
        terms.extend(rows.pinned.iter().map(|(_, row)| (*row, -1.0)));
    }

    /// The terms of a trainer's seat in a session.
    pub fn seat(&self, programme: &Programme, candidates: &[Candidate], c: usize, t: TrainerId, terms: &mut Terms) {
        let rows = &self.0[c];
        terms.extend(rows.size.iter().map(|(row, _)| (*row, 1.0)));
        if candidates[c].leads.contains(&t) {
            terms.extend(rows.lead.iter().map(|(row, _)| (*row, 1.0)));
        }
        let carries = |tag: &TagId| programme.trainers[t].tags.contains(tag);
        terms.extend(rows.tags.iter().filter(|(tag, _, _)| carries(tag)).map(|(_, row, _)| (*row, 1.0)));
        terms.extend(rows.pinned.iter().filter(|(who, _)| *who == t).map(|(_, row)| (*row, 1.0)));
    }
}

fn rows(programme: &Programme, c: &Candidate, program: &mut Program) -> Rows {
    let course = &programme.courses[c.course];
    let mut rows = Rows { size: None, lead: None, tags: Vec::new(), pinned: Vec::new() };
    if c.firm == Firm::Done {
        return rows;
    }
    rows.pinned = c.pinned.iter().map(|t| (*t, program.row(0.0, 0.0, []))).collect();
    if c.able != c.pinned {
        rows.size = Some((program.row(0.0, 0.0, []), course.team() as f64));
    }
    if c.firm == Firm::Open {
        if c.leads.len() < c.able.len() {
            rows.lead = Some((program.row(0.0, INFINITE, []), f64::from(course.leads)));
        }
        let all = |tag: &TagId| c.able.iter().all(|t| programme.trainers[*t].tags.contains(tag));
        rows.tags = course
            .team_needs
            .iter()
            .filter(|(tag, n)| *n > 0 && !(all(tag) && *n as usize <= course.team()))
            .map(|(tag, n)| (*tag, program.row(0.0, INFINITE, []), f64::from(*n)))
            .collect();
    }
    rows
}
