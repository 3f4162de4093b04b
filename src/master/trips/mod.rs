//! Trips through several sessions: columns that give back what chaining saves, found by pricing.
//!
//! A relaxed master that holds some of the trips is a bound only when no other trip pays at its duals, or less what
//! those that pay can add; a whole master only when it holds every trip whose reduced cost is within the gap looked at.

mod bits;
pub mod clash;
mod labels;
mod mask;
mod memory;
mod potentials;
pub mod prices;
mod tour;
pub mod visits;
mod walk;

use super::exchange::Exchange;
use super::families::Trip;
use super::model::Model;
use crate::milp::highs::{Answer, Sense, Solver};
use crate::milp::program::{Col, INFINITE, Row};
use crate::programme::id::TrainerId;
use clash::Clashes;
use potentials::Potentials;
use prices::{Prices, savings};
use rustc_hash::FxHashSet;
pub use tour::{LONGEST_GAP, Tour};
use walk::{Found, Quest, walk};

/// Trips that a list of all within a gap may have.
const MOST: usize = 60_000;

/// Ways to have come somewhere that are kept for one trainer in one round, at most.
const LABELS: usize = 60_000;

/// Partial trips that are looked at for one trainer in one round, at most.
const LOOKS: u64 = 3_000_000;

/// The trips that a model knows, and what more there can be.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    pub tours: Vec<Tour>,
    /// By tour: whether the last look found trips that pay, or prices have changed since.
    hot: Vec<bool>,
    known: FxHashSet<(usize, Vec<usize>, Vec<i32>)>,
}

impl Pool {
    /// The next look is at this trainer, too.
    pub fn heat(&mut self, trainer: TrainerId) {
        for (tour, hot) in self.tours.iter().zip(&mut self.hot) {
            *hot |= tour.trainer == trainer;
        }
    }
}

/// Prepares the tours of all trainers and the rows that trips need.
pub fn prepare(model: &mut Model) {
    model.trip_rows.link = vec![None; model.seats.len()];
    let mut pool = Pool::default();
    let mut clashes = Clashes::default();
    for trainer in model.world.programme.trainers.ids() {
        let tour = Tour::new(model, trainer, &mut clashes);
        for s in &model.seats_of[trainer].clone() {
            let seat = &model.seats[*s];
            let joined = tour.as_ref().is_some_and(|t| {
                let n = t.stops.len();
                t.stops
                    .iter()
                    .position(|stop| stop.seat == *s)
                    .is_some_and(|i| (0..n).any(|j| t.idle[i * n + j] != 0 || t.idle[j * n + i] != 0))
            });
            // Where a trip of its own fits no day, only a chained one will do.
            let lower = if seat.alone.is_empty() { 0.0 } else { -INFINITE };
            if joined || seat.alone.is_empty() {
                let col = seat.col;
                model.trip_rows.link[*s] = Some(model.program.row(lower, 0.0, [(col, -1.0)]));
            }
        }
        pool.tours.extend(tour);
    }
    model.pool = pool;
}

/// What a round of pricing came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Round {
    pub added: usize,
    /// How much the relaxed objective can still fall below its value (minimised): 0 when nothing pays.
    pub slack: f64,
    /// Work done, in simplex iterations.
    pub work: u64,
}

/// How closely trips are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Fast, but it misses some, and bounds little.
    Rough,
    /// Exactly, but only where the last look found some: mostly the same few trainers' trips are missing still.
    Hot,
    /// Exactly.
    All,
}

/// Adds trips that pay at these duals to the model and to the solver.
pub fn price(
    model: &mut Model,
    solver: &mut Solver,
    answer: &Answer,
    sense: Sense,
    look: Look,
    exchange: &dyn Exchange,
) -> Round {
    let sign = if sense == Sense::Maximise { -1.0 } else { 1.0 };
    let spare = prices::spare(model, answer, sign);
    let mut pool = std::mem::take(&mut model.pool);
    pool.hot.resize(pool.tours.len(), true);
    let mut round = Round { added: 0, slack: 0.0, work: 0 };
    let mut fresh: Vec<(usize, Found)> = Vec::new();
    let mut looks = 0;
    for (t, tour) in pool.tours.iter().enumerate() {
        if exchange.stopped() {
            round.slack = f64::INFINITY;
            break;
        }
        if look == Look::Hot && !pool.hot[t] {
            round.slack = f64::INFINITY;
            continue;
        }
        let exact = look != Look::Rough;
        let prices = Prices::new(model, tour, &answer.duals, &spare, sign, if exact { usize::MAX } else { ROUGH });
        let priced = best_first(&prices, labels::Quest { below: -1e-6, exact, labels: LABELS });
        pool.hot[t] = !priced.found.is_empty();
        let ways: usize = prices.links.iter().map(Vec::len).sum();
        looks += (ways * tour.away.max(1) as usize) as u64 / UNCHANGED + priced.looks;
        round.slack += -priced.least.min(0.0) * most_trips(model, tour);
        fresh.extend(priced.found.into_iter().map(|f| (t, f)));
    }
    model.pool = pool;
    round.work = looks / LOOKS_EACH;
    for (t, found) in fresh {
        if let Some(terms) = add(model, t, &found) {
            solver.add_column(0.0, 0.0, INFINITE, true, &terms);
            round.added += 1;
        }
    }
    round
}

/// The best trips, looked for among those near the best that there could be at all, then further off: most labels lead
/// nowhere near.
fn best_first(prices: &Prices, quest: labels::Quest) -> labels::Priced {
    let potentials = Potentials::new(prices);
    let mut below = NEAR_BEST * potentials.of_all(prices);
    let mut looks = 0;
    while below < quest.below {
        let mut priced = labels::price(prices, &potentials, labels::Quest { below, ..quest });
        looks += priced.looks;
        priced.looks = looks;
        if !priced.found.is_empty() || quest.exact && priced.least < below {
            return priced;
        }
        below *= NEAR_BEST;
    }
    let priced = labels::price(prices, &potentials, quest);
    labels::Priced { looks: looks + priced.looks, ..priced }
}

/// So many looks at ways on are as much work as one iteration of the simplex method.
const LOOKS_EACH: u64 = 30_000;

/// Of so many ways and days left one costs less than with a day less left, about: the others are not looked at.
const UNCHANGED: u64 = 3;

/// So many stops of a trainer are looked at roughly.
const ROUGH: usize = 150;

/// How near, as a share.
const NEAR_BEST: f64 = 0.4;

/// How many chained trips a trainer can make: every one takes at least two sessions and the ways out and back.
fn most_trips(model: &Model, tour: &Tour) -> f64 {
    let programme = model.world.programme;
    let mut shortest: Vec<i32> = tour.stops.iter().map(|s| s.length).collect();
    shortest.sort();
    let two = 2 * shortest.first().copied().unwrap_or(1);
    let out = tour.stops.iter().map(|s| s.out).min().unwrap_or(0);
    let back = tour.stops.iter().map(|s| s.back).min().unwrap_or(0);
    let least = (two + out + back).max(1);
    let days = programme.end - programme.start + 1 + 2 * least;
    let worked = programme.trainers[tour.trainer].max_days.unwrap_or(days).min(days);
    f64::from((worked / least).max(1))
}

/// Adds every trip whose reduced cost at these duals is at most `slack`; false where there are too many.
pub fn list(model: &mut Model, answer: &Answer, sense: Sense, slack: f64, exchange: &dyn Exchange) -> bool {
    let sign = if sense == Sense::Maximise { -1.0 } else { 1.0 };
    let spare = prices::spare(model, answer, sign);
    let pool = std::mem::take(&mut model.pool);
    let mut fresh: Vec<(usize, Found)> = Vec::new();
    let mut complete = true;
    for (t, tour) in pool.tours.iter().enumerate() {
        let prices = Prices::new(model, tour, &answer.duals, &spare, sign, usize::MAX);
        let most = MOST.saturating_sub(fresh.len());
        let walked = walk(&prices, Quest { below: slack, most, looks: LOOKS });
        if !walked.complete || exchange.stopped() {
            complete = false;
            break;
        }
        fresh.extend(walked.found.into_iter().map(|f| (t, f)));
    }
    model.pool = pool;
    if complete {
        for (t, found) in fresh {
            add(model, t, &found);
        }
    }
    complete
}

/// Adds the trip over these seats, with these idle days before each; false where the model thinks that it cannot be.
pub fn admit(model: &mut Model, seats: &[usize], idle: &[i32]) -> bool {
    let Some(first) = seats.first() else { return false };
    let trainer = model.seats[*first].trainer;
    let Some(at) = model.pool.tours.iter().position(|t| t.trainer == trainer) else { return false };
    let tour = &model.pool.tours[at];
    let n = tour.stops.len();
    let stops: Vec<usize> = seats.iter().filter_map(|s| tour.stops.iter().position(|stop| stop.seat == *s)).collect();
    let allowed = stops.len() == seats.len()
        && stops
            .windows(2)
            .zip(&idle[1..])
            .all(|(pair, days)| tour.idle[pair[0] * n + pair[1]] >> (*days).clamp(0, LONGEST_GAP) & 1 == 1);
    if allowed {
        add(model, at, &Found { cost: 0.0, stops, idle: idle.to_vec() });
    }
    allowed
}

/// Adds a trip to the model, and says its terms; None where it is there already.
fn add(model: &mut Model, tour: usize, found: &Found) -> Option<Vec<(Row, f64)>> {
    let key = (tour, found.stops.clone(), found.idle.clone());
    if !model.pool.known.insert(key) {
        return None;
    }
    let programme = model.world.programme;
    let pool = std::mem::take(&mut model.pool);
    let t = &pool.tours[tour];
    let mut terms: Vec<(Row, f64)> = Vec::new();
    let mut days = 0;
    let n = t.stops.len();
    for (k, i) in found.stops.iter().copied().enumerate() {
        let stop = &t.stops[i];
        terms.extend(model.trip_rows.link[stop.seat].map(|row| (row, 1.0)));
        days += stop.length - model.seats[stop.seat].days(stop.length);
        days += if k == 0 { stop.out } else { t.way[found.stops[k - 1] * n + i] + found.idle[k] };
        if k + 1 == found.stops.len() {
            days += stop.back;
        }
    }
    for (i, saved) in found.stops.iter().zip(savings(programme, model, t, &found.stops, &found.idle)) {
        let cell = &model.cells[model.seats[t.stops[*i].seat].cell];
        for (class, cents) in cell.payers.iter().zip(saved) {
            terms.extend(model.trip_rows.class.get(*class).copied().flatten().map(|row| (row, cents as f64 / 100.0)));
        }
        let all = saved.iter().sum::<i64>() as f64 / 100.0;
        let counted = model.trip_rows.quota.iter().filter(|(_, q)| cell.quotas.contains(q));
        terms.extend(counted.map(|(row, _)| (*row, all)));
    }
    for (visits, row) in model.trip_rows.visits.iter().filter(|(visits, _)| visits.trainer == t.trainer) {
        terms.extend(row.map(|row| (row, visits.of(found.stops.iter().map(|i| t.stops[*i].seat)) as f64)));
    }
    let rows = model.trip_rows.worked[t.trainer].iter().copied();
    terms.extend(rows.chain(model.trip_rows.load[t.trainer]).map(|row| (row, f64::from(days))));
    terms.sort_by_key(|(row, _)| *row);
    let mut merged: Vec<(Row, f64)> = Vec::with_capacity(terms.len());
    for (row, value) in terms {
        match merged.last_mut() {
            Some((last, sum)) if *last == row => *sum += value,
            _ => merged.push((row, value)),
        }
    }
    merged.retain(|(_, v)| *v != 0.0);
    let col: Col = model.program.column_in(0.0, INFINITE, true, &merged);
    model.trips.push(Trip {
        trainer: t.trainer,
        seats: found.stops.iter().map(|i| t.stops[*i].seat).collect(),
        idle: found.idle.clone(),
        col,
    });
    model.pool = pool;
    Some(merged)
}
