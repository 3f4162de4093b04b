//! Rows over what fits into a trainer's days, where dates are left out.
//!
//! Let each day d of a trainer have a price u(d) ≥ 0. Teaching a session takes, whenever it is, days for at least
//! π = min over its dates Σ u(d), travel and rest included; no day is taken twice; so Σ π·y ≤ Σ u. All such rows together say
//! the same as rows for each day would (Benders 1962: they are what is left of those when dates are projected out); since each
//! session takes days in a row, they say of one trainer all there is to say. The prices that given values break are duals.

use super::families::Seat;
use super::model::{Grain, Model};
use super::rows::cliques::on_one_day;
use super::rows::overlap::{busy, open_seats};
use crate::milp::highs::{Limits, Patient, Sense, Solver, Status};
use crate::milp::program::{AtMost, Col, INFINITE, Program};
use crate::programme::day::{Day, Span};
use crate::programme::id::TrainerId;
use std::collections::BTreeMap;

/// Whoever has taken less than this share of the days that are theirs is not looked at.
const FULL: f64 = 0.6;

/// People are short where more than this share of all their days is taken.
const SHORT: f64 = 0.5;

/// By so many sessions, about, a row has to be broken.
const BROKEN: f64 = 1e-2;

/// Prices and coefficients below this are nothing.
const NOTHING: f64 = 1e-7;

/// Sums are exact to this share.
const BLUR: f64 = 1e-9;

/// The rows that these values of the model's relaxation break, at most one for each trainer; every plan keeps them.
pub fn broken(model: &Model, values: &[f64]) -> Vec<AtMost> {
    if model.grain == Grain::Days || !model.world.complete {
        return Vec::new();
    }
    let trainers = model.world.programme.trainers.ids().filter(|t| full(model, *t, values));
    let diaries: Vec<Diary> = trainers.map(|t| Diary::new(model, t)).collect();
    let found_at = |at: &[f64]| diaries.iter().filter_map(|diary| diary.broken(values, at)).collect::<Vec<AtMost>>();
    // Halfway to a plan rows are found that cut off more (in-out separation: Ben-Ameur and Neto 2007).
    if model.inner.len() == values.len() {
        let middle: Vec<f64> = values.iter().zip(&model.inner).map(|(v, i)| f64::midpoint(*v, *i)).collect();
        let rows = found_at(&middle);
        if !rows.is_empty() {
            return rows;
        }
    }
    found_at(values)
}

/// The days that a seat takes; what is on the way to others takes only its own.
fn days(model: &Model, seat: &Seat, span: Span) -> Span {
    if model.has_trips() { span } else { busy(seat, span) }
}

/// How many days these values take of a trainer, and of how many.
fn taken(model: &Model, trainer: TrainerId, values: &[f64]) -> (f64, f64) {
    let programme = model.world.programme;
    let free = |day: &Day| model.world.free(trainer, Span { first: *day, last: *day }, 0);
    let taken = |s: &Seat| values[s.col.index()] * f64::from(days(model, s, s.reach[0]).days());
    let sum = open_seats(model, trainer).map(taken).sum();
    (sum, programme.start.to(programme.end).filter(free).count() as f64)
}

/// True where so much of all people's days is taken that who is free when decides what can be held.
pub fn short(model: &Model, values: &[f64]) -> bool {
    let trainers = model.world.programme.trainers.ids().map(|t| taken(model, t, values));
    let (taken, there) = trainers.fold((0.0, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
    taken > SHORT * there
}

/// False where these values leave a trainer days enough.
fn full(model: &Model, trainer: TrainerId, values: &[f64]) -> bool {
    let (taken, there) = taken(model, trainer, values);
    taken > FULL * there
}

/// The seats of a trainer that may have a date still, each with the days that it takes on each of them.
struct Diary<'m> {
    seats: Vec<(&'m Seat, Vec<Span>)>,
}

impl<'m> Diary<'m> {
    fn new(model: &'m Model, trainer: TrainerId) -> Diary<'m> {
        let seats = open_seats(model, trainer);
        Diary { seats: seats.map(|s| (s, s.reach.iter().map(|span| days(model, s, *span)).collect())).collect() }
    }

    /// The row that these values break the most, found at others.
    fn broken(&self, values: &[f64], found_at: &[f64]) -> Option<AtMost> {
        let row = self.row(&self.prices(found_at)?);
        let sum: f64 = row.terms.iter().map(|(col, value)| value * values[col.index()]).sum();
        (sum > row.upper + BROKEN).then_some(row)
    }

    /// Prices of days at which these values take more than there is; None where all that they say fits.
    fn prices(&self, values: &[f64]) -> Option<BTreeMap<Day, f64>> {
        let mut program = Program::new();
        let mut items: Vec<(Span, Col)> = Vec::new();
        let mut short: Vec<(Col, f64)> = Vec::new();
        for (seat, spans) in &self.seats {
            let want = values[seat.col.index()];
            if want < NOTHING {
                continue;
            }
            let left_out = program.column(0.0, want, false);
            let dated: Vec<Col> = spans.iter().map(|_| program.column(0.0, INFINITE, false)).collect();
            items.extend(spans.iter().copied().zip(dated.iter().copied()));
            program.row(want, INFINITE, dated.into_iter().chain([left_out]).map(|col| (col, 1.0)));
            short.push((left_out, 1.0));
        }
        let days = on_one_day(items, 1, false);
        let first = program.rows();
        for (_, cols) in &days {
            program.row(-INFINITE, 1.0, cols.iter().map(|col| (*col, 1.0)));
        }
        let mut solver = Solver::new(&program);
        solver.objective(Sense::Minimise, &short);
        let answer = solver.run(Limits::default(), &mut Patient);
        if answer.status != Status::Optimal || answer.objective < BROKEN {
            return None;
        }
        let prices = days.iter().zip(&answer.duals[first..]).map(|((day, _), dual)| (*day, -dual));
        Some(prices.filter(|(_, price)| *price > NOTHING).collect())
    }

    /// What these prices say of every seat.
    fn row(&self, prices: &BTreeMap<Day, f64>) -> AtMost {
        let cost = |span: &Span| prices.range(span.first..=span.last).map(|(_, price)| price).sum::<f64>();
        let least = |spans: &[Span]| spans.iter().map(cost).fold(INFINITE, f64::min);
        let terms = self.seats.iter().map(|(seat, spans)| (seat.col, least(spans)));
        // What sums of floating point blur is given away.
        let upper = prices.values().sum::<f64>() * (1.0 + BLUR);
        AtMost { terms: terms.filter(|(_, value)| *value > NOTHING).collect(), upper }
    }
}
