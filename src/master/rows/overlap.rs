//! A trainer is on one mission at a time, rest included.
//!
//! Where days are told apart: on each day on which a mission may depart, at most one is under way or rested from.
//! Otherwise: of any two that clash whenever they take place, at most one.

use super::cliques::{Floating, on_one_day, whenever};
use crate::master::delivery::Firm;
use crate::master::families::Seat;
use crate::master::model::{Grain, Model};
use crate::milp::program::{Col, INFINITE};
use crate::programme::day::Span;
use crate::programme::id::TrainerId;

/// The days that a seat takes when its session has this span, rest included.
pub fn busy(seat: &Seat, span: Span) -> Span {
    Span { first: span.first - seat.out, last: span.last + seat.back + seat.rest }
}

/// Adds the rows of every trainer.
pub fn add(model: &mut Model) {
    for trainer in model.world.programme.trainers.ids() {
        match model.grain {
            Grain::Days => by_day(model, trainer),
            Grain::Free => by_pair(model, trainer),
        }
    }
}

/// Of these, at most one; none of somebody who is not used.
fn at_most_one(model: &mut Model, trainer: TrainerId, cols: Vec<Col>) {
    let terms = cols.into_iter().map(|c| (c, 1.0));
    match model.used[trainer] {
        Some(used) => model.program.row(-INFINITE, 0.0, terms.chain([(used, -1.0)])),
        None => model.program.row(-INFINITE, 1.0, terms),
    };
}

/// Seats that may have a date still.
pub fn open_seats<'m>(model: &'m Model, trainer: TrainerId) -> impl Iterator<Item = &'m Seat> {
    model.seats_of[trainer].iter().map(|s| &model.seats[*s]).filter(|s| model.cells[s.cell].firm != Firm::Done)
}

fn by_day(model: &mut Model, trainer: TrainerId) {
    let items: Vec<(Span, Col)> =
        open_seats(model, trainer).flat_map(|s| s.reach.iter().map(|span| (busy(s, *span), s.col))).collect();
    for (_, cols) in on_one_day(items, 1, false) {
        at_most_one(model, trainer, cols);
    }
}

fn by_pair(model: &mut Model, trainer: TrainerId) {
    let chained = model.has_trips();
    let items: Vec<Floating> = open_seats(model, trainer)
        .filter(|s| model.program.upper[s.col.index()] <= 1.0)
        .filter_map(|s| {
            // On one trip, sessions need to be no more apart than their own days.
            let taken = |span: &Span| if chained { *span } else { busy(s, *span) };
            let soonest = s.reach.iter().map(|span| taken(span).last).min()?;
            Some(Floating { latest: taken(s.reach.last()?).first, free: soonest + 1, col: s.col })
        })
        .collect();
    for set in whenever(&items) {
        at_most_one(model, trainer, set);
    }
}
