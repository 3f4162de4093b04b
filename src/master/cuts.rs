//! What dating taught the master: these sessions cannot all take place with only these people, or not for less.
//!
//! Σ over the sessions (1 − x) + Σ seats of anybody else there ≥ 1; or that, times what they cost at least, and what the
//! seats there cost, ≥ what they cost at least. A session stands for every way to hold it that leaves no more room: with
//! further requests (but none of another session here), on no other days, by no other interpreters (logic-based Benders
//! cuts, Hooker and Ottosson 2003, strengthened).

use super::delivery::Firm;
use super::model::{Model, People};
use super::payers::units;
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
    /// What their seats at the sessions' sites cost at least, in cents, where they are enough.
    pub least: Option<i64>,
}

/// Adds the row of a cut to a model without dates.
pub fn add(model: &mut Model, cut: &Cut) {
    let world = model.world;
    let mut terms: Vec<(Col, f64)> = Vec::new();
    let mut cells: BTreeSet<usize> = BTreeSet::new();
    let mut open = 0;
    let least = cut.least.map_or(1.0, units);
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
                terms.push((held.col, -least));
                cells.insert(held.cell);
            }
        }
    }
    for cell in cells {
        let c = &model.cells[cell];
        for s in &c.seats {
            let trainer = model.seats[*s].trainer;
            if !cut.people.contains(&(c.course, c.place, c.working, trainer)) {
                terms.push((model.seats[*s].col, least));
            }
        }
    }
    if cut.least.is_some() {
        let sites: BTreeSet<_> = cut.sessions.iter().map(|(d, _)| world.deliveries[*d].site()).collect();
        for seat in &model.seats {
            let cell = &model.cells[seat.cell];
            if cell.firm == Firm::Open && sites.contains(&cell.site()) {
                terms.push((seat.col, units(seat.cents())));
            }
        }
    }
    model.program.row(least * (1.0 - f64::from(open)), INFINITE, terms);
}
