//! Rows over how often trips visit: what relaxations make of trips in part.
//!
//! For all that the other rows say, three trips by halves may visit two each of three sessions. But a request is served at
//! most once: of a trainer's sessions at three seats at most three have one of three requests, the others are sessions
//! without any. With n(λ) the stops of trip λ at these seats, summed over the trainer's trips, and x over the deliveries
//! there without the requests,
//!
//! Σ ⌊n(λ) / 2⌋ λ ≤ 1 + Σ x.
//!
//! Pricing has to know what a trip has visited before, as with the subset rows of Jepsen and others ("Subset-row
//! inequalities applied to the vehicle-routing problem with time windows", Operations Research 56, 2008).

use crate::master::model::Model;
use crate::milp::program::{AtMost, Col};
use crate::programme::id::{RequestId, TrainerId};
use std::collections::{BTreeMap, BTreeSet};

/// Rows broken by less are left.
const CLEAR: f64 = 0.01;

/// Of one trainer, so many rows are added at once.
const AT_ONCE: usize = 8;

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Visits {
    pub trainer: TrainerId,
    /// In order.
    pub seats: [usize; 3],
    pub requests: [RequestId; 3],
}

impl Visits {
    /// What is counted of a trip over these seats.
    pub fn of(&self, seats: impl Iterator<Item = usize>) -> usize {
        seats.filter(|s| self.seats.contains(s)).count() / 2
    }

    /// By how much values break it.
    fn broken(&self, model: &Model, made: &[(&[usize], f64)], value: &dyn Fn(Col) -> f64) -> f64 {
        let counted: f64 = made.iter().map(|(seats, v)| self.of(seats.iter().copied()) as f64 * v).sum();
        if counted <= 1.0 + CLEAR {
            return 0.0;
        }
        counted - 1.0 - self.others(model).map(value).sum::<f64>()
    }

    /// The *held* columns of the seats' cells without any of the requests.
    fn others<'m>(&self, model: &'m Model) -> impl Iterator<Item = Col> + use<'m, '_> {
        let cells: BTreeSet<usize> = self.seats.iter().map(|s| model.seats[*s].cell).collect();
        let held = cells.into_iter().flat_map(|cell| &model.cells[cell].held).map(|h| &model.held[*h]);
        held.filter(|h| !model.world.deliveries[h.delivery].requests.iter().any(|r| self.requests.contains(r)))
            .map(|h| h.col)
    }

    /// The row, over the trips that there are.
    pub fn row(&self, model: &Model) -> AtMost {
        let trips = model.trips.iter().filter(|t| t.trainer == self.trainer);
        let counted = trips.map(|t| (t.col, self.of(t.seats.iter().copied()) as f64)).filter(|(_, n)| *n > 0.0);
        let terms = counted.chain(self.others(model).map(|col| (col, -1.0))).collect();
        AtMost { terms, upper: 1.0 }
    }
}

/// The rows that these values break the most, trainer by trainer.
pub fn broken(model: &Model, values: &[f64]) -> Vec<Visits> {
    let value = |col: Col| values.get(col.index()).copied().unwrap_or(0.0);
    let mut all = Vec::new();
    for trainer in model.world.programme.trainers.ids() {
        let made: Vec<(&[usize], f64)> = model
            .trips
            .iter()
            .filter(|t| t.trainer == trainer)
            .map(|t| (t.seats.as_slice(), value(t.col)))
            .filter(|(_, v)| *v > CLEAR)
            .collect();
        if made.iter().all(|(_, v)| *v > 1.0 - CLEAR) {
            continue;
        }
        let mut found: Vec<(f64, Visits)> = Vec::new();
        for row in threes(model, trainer, &made, &value) {
            let by = row.broken(model, &made, &value);
            if by > CLEAR {
                found.push((by, row));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.seats.cmp(&b.1.seats)));
        all.extend(found.into_iter().take(AT_ONCE).map(|(_, row)| row));
    }
    all
}

/// Any three seats at which the trainer's trips stop, each with the request that its sessions in part have most of.
fn threes(model: &Model, trainer: TrainerId, made: &[(&[usize], f64)], value: &dyn Fn(Col) -> f64) -> Vec<Visits> {
    let seats: BTreeSet<usize> = made.iter().flat_map(|(seats, _)| seats.iter().copied()).collect();
    let seats: Vec<(usize, RequestId)> =
        seats.into_iter().filter_map(|s| Some((s, most_of(model, s, value)?))).collect();
    let mut all = Vec::new();
    for (i, a) in seats.iter().enumerate() {
        for (j, b) in seats.iter().enumerate().skip(i + 1).filter(|(_, b)| b.1 != a.1) {
            for c in seats[j + 1..].iter().filter(|c| c.1 != a.1 && c.1 != b.1) {
                all.push(Visits { trainer, seats: [a.0, b.0, c.0], requests: [a.1, b.1, c.1] });
            }
        }
    }
    all
}

/// The request that most of a seat's sessions in part have; None where there are none.
fn most_of(model: &Model, seat: usize, value: &dyn Fn(Col) -> f64) -> Option<RequestId> {
    let mut all: BTreeMap<RequestId, f64> = BTreeMap::new();
    for held in model.cells[model.seats[seat].cell].held.iter().map(|h| &model.held[*h]) {
        let v = value(held.col);
        for request in model.world.deliveries[held.delivery].requests.iter().filter(|_| v > CLEAR) {
            *all.entry(*request).or_default() += v;
        }
    }
    all.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(request, _)| request)
}
