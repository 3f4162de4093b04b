//! What dating taught the master: these sessions cannot all take place with only these people.
//!
//! Σ over the sessions (1 − x) + Σ seats of anybody else there ≥ 1. A session stands for every way to hold it that leaves
//! no more room: with further requests (but none of another session here), on no other days, by no other interpreters
//! (logic-based Benders cuts, Hooker and Ottosson 2003, strengthened).

use super::delivery::Firm;
use super::model::{Model, People};
use crate::milp::program::{Col, INFINITE};
use crate::programme::day::Span;
use std::collections::BTreeSet;

/// One conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Deliveries, each with the days on which it might have been.
    pub sessions: Vec<(usize, Vec<Span>)>,
    /// Who was not enough.
    pub people: People,
}

/// Adds the row of a cut to a model without dates.
pub fn add(model: &mut Model, cut: &Cut) {
    let world = model.world;
    let mut terms: Vec<(Col, f64)> = Vec::new();
    let mut cells: BTreeSet<usize> = BTreeSet::new();
    let mut open = 0;
    let all: Vec<_> = cut.sessions.iter().flat_map(|(d, _)| &world.deliveries[*d].requests).collect();
    for (delivery, spans) in &cut.sessions {
        let d = &world.deliveries[*delivery];
        if d.firm != Firm::Open {
            continue;
        }
        open += 1;
        let first = d.requests[0];
        for h in model.serving[first].clone() {
            let held = &model.held[h];
            let other = &world.deliveries[held.delivery];
            if other.firm == Firm::Open
                && (other.place, other.working, other.interpreters) == (d.place, d.working, d.interpreters)
                && d.requests.iter().all(|r| other.requests.contains(r))
                && other.requests.iter().all(|r| d.requests.contains(r) || !all.contains(&r))
                && held.spans.iter().all(|s| spans.binary_search(s).is_ok())
            {
                terms.push((held.col, -1.0));
                cells.insert(held.cell);
            }
        }
    }
    for cell in cells {
        let c = &model.cells[cell];
        for s in &c.seats {
            let trainer = model.seats[*s].trainer;
            if !cut.people.contains(&(c.course, c.place, c.working, trainer)) {
                terms.push((model.seats[*s].col, 1.0));
            }
        }
    }
    model.program.row(1.0 - f64::from(open), INFINITE, terms);
}
