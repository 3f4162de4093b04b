//! Rows over how often trips visit: what relaxations make of trips in part.
//!
//! For all that the other rows say, a trip made by a third may stop three times at a cell with one session, and three trips
//! by halves may visit two each of three sessions. But a request is served at most once: of a trainer's sessions at some
//! seats S at most m have one of m requests R, the others are sessions without any. With n(λ) the stops of trip λ in S,
//! summed over the trainer's trips, and x over the deliveries of S without requests of R,
//!
//! Σ (n(λ) − m)⁺ λ ≤ Σ x, and for odd m Σ ⌊n(λ) / 2⌋ λ ≤ ⌊m / 2⌋ + Σ x.
//!
//! Pricing has to know what a trip has visited before, as with the subset rows of Jepsen and others ("Subset-row
//! inequalities applied to the vehicle-routing problem with time windows", Operations Research 56, 2008).

use crate::master::model::Model;
use crate::milp::program::{AtMost, Col};
use crate::programme::id::{RequestId, TrainerId};
use std::collections::{BTreeMap, BTreeSet};

/// Rows broken by less are left.
const CLEAR: f64 = 0.01;

/// Of one trainer, so many rows of a kind are added at once.
const AT_ONCE: usize = 8;

/// Sets of at most so many seats are looked at.
const SEATS: usize = 6;

/// What is counted of a trip that stops n times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// The stops beyond the number of requests.
    Beyond,
    /// Pairs of stops.
    Pairs,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct Visits {
    pub trainer: TrainerId,
    /// In order.
    pub seats: Vec<usize>,
    pub requests: Vec<RequestId>,
    pub count: Count,
}

impl Visits {
    /// What is counted of a trip over these seats.
    pub fn of(&self, seats: impl Iterator<Item = usize>) -> usize {
        let stops = seats.filter(|s| self.seats.contains(s)).count();
        match self.count {
            Count::Beyond => stops.saturating_sub(self.requests.len()),
            Count::Pairs => stops / 2,
        }
    }

    /// How much there may be where all sessions have one of the requests.
    fn upper(&self) -> f64 {
        match self.count {
            Count::Beyond => 0.0,
            Count::Pairs => (self.requests.len() / 2) as f64,
        }
    }

    /// By how much values break it.
    fn broken(&self, model: &Model, made: &[(&[usize], f64)], value: &dyn Fn(Col) -> f64) -> f64 {
        let counted: f64 = made.iter().map(|(seats, v)| self.of(seats.iter().copied()) as f64 * v).sum();
        if counted <= self.upper() + CLEAR {
            return 0.0;
        }
        counted - self.upper() - self.others(model).map(value).sum::<f64>()
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
        AtMost { terms, upper: self.upper() }
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
        let seats: BTreeSet<usize> = made.iter().flat_map(|(seats, _)| seats.iter().copied()).collect();
        // By seat: what its sessions in part have of each request, most first.
        let masses: BTreeMap<usize, Vec<Mass>> = seats.into_iter().map(|s| (s, masses(model, s, &value))).collect();
        let kinds: [Vec<Visits>; 3] =
            [returns(trainer, &masses), counts(model, trainer, &masses), threes(trainer, &masses)];
        for rows in kinds {
            let mut found: Vec<(f64, Visits)> = Vec::new();
            for row in rows {
                let by = row.broken(model, &made, &value);
                if by > CLEAR {
                    found.push((by, row));
                }
            }
            found.sort_by(|a, b| {
                b.0.total_cmp(&a.0)
                    .then_with(|| a.1.seats.len().cmp(&b.1.seats.len()))
                    .then_with(|| a.1.seats.cmp(&b.1.seats))
            });
            // Requests of the same sessions say the same.
            found.dedup_by(|a, b| a.1.seats == b.1.seats && (a.0 - b.0).abs() < 1e-9);
            all.extend(found.into_iter().take(AT_ONCE).map(|(_, row)| row));
        }
    }
    all
}

/// How much of the sessions in part at a seat a request is in.
type Mass = (RequestId, f64);

/// By request, most first.
fn masses(model: &Model, seat: usize, value: &dyn Fn(Col) -> f64) -> Vec<Mass> {
    let mut all: BTreeMap<RequestId, f64> = BTreeMap::new();
    for held in model.cells[model.seats[seat].cell].held.iter().map(|h| &model.held[*h]) {
        let v = value(held.col);
        for request in model.world.deliveries[held.delivery].requests.iter().filter(|_| v > CLEAR) {
            *all.entry(*request).or_default() += v;
        }
    }
    let mut all: Vec<Mass> = all.into_iter().collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all
}

/// Stops at the sessions of one request: every set of seats that have something of it.
fn returns(trainer: TrainerId, masses: &BTreeMap<usize, Vec<Mass>>) -> Vec<Visits> {
    let mut by_request: BTreeMap<RequestId, Vec<usize>> = BTreeMap::new();
    for (seat, masses) in masses {
        masses.iter().for_each(|(request, _)| by_request.entry(*request).or_default().push(*seat));
    }
    let mut all = Vec::new();
    for (request, mut seats) in by_request {
        seats.truncate(SEATS);
        for chosen in 1..1_usize << seats.len() {
            let seats = (0..seats.len()).filter(|i| chosen >> i & 1 == 1).map(|i| seats[i]).collect();
            all.push(Visits { trainer, seats, requests: vec![request], count: Count::Beyond });
        }
    }
    all
}

/// Stops at one seat, beyond the requests that most of its sessions have.
fn counts(model: &Model, trainer: TrainerId, masses: &BTreeMap<usize, Vec<Mass>>) -> Vec<Visits> {
    let mut all = Vec::new();
    for (seat, masses) in masses {
        let most = model.program.upper[model.seats[*seat].col.index()] as usize;
        let mut requests: Vec<RequestId> = Vec::new();
        for (request, _) in masses {
            // Sessions that have one request are counted by it.
            let held = model.cells[model.seats[*seat].cell].held.iter().map(|h| model.held[*h].delivery);
            let sessions = held.map(|d| model.world.deliveries[d].requests.as_slice());
            let apart = sessions.filter(|s| s.contains(request)).any(|s| !requests.iter().any(|r| s.contains(r)));
            if apart && requests.len() + 1 < most {
                requests.push(*request);
                if requests.len() > 1 {
                    all.push(Visits { trainer, seats: vec![*seat], requests: requests.clone(), count: Count::Beyond });
                }
            }
        }
    }
    all
}

/// Pairs of stops at three seats.
fn threes(trainer: TrainerId, masses: &BTreeMap<usize, Vec<Mass>>) -> Vec<Visits> {
    let seats: Vec<(usize, RequestId)> = masses.iter().filter_map(|(s, m)| m.first().map(|(r, _)| (*s, *r))).collect();
    let mut all = Vec::new();
    for (i, a) in seats.iter().enumerate() {
        for (j, b) in seats.iter().enumerate().skip(i + 1).filter(|(_, b)| b.1 != a.1) {
            for c in seats[j + 1..].iter().filter(|c| c.1 != a.1 && c.1 != b.1) {
                let (seats, requests) = (vec![a.0, b.0, c.0], vec![a.1, b.1, c.1]);
                all.push(Visits { trainer, seats, requests, count: Count::Pairs });
            }
        }
    }
    all
}
