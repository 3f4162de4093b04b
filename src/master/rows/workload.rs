//! Mission days of a trainer, in all and in each calendar year.

use crate::master::delivery::Firm;
use crate::master::families::Seat;
use crate::master::model::Model;
use crate::milp::program::{Col, INFINITE};
use crate::programme::day::{Day, Span};
use crate::programme::id::TrainerId;

/// Days of `span` that lie in this year.
pub fn days_in(span: Span, year: i32) -> i32 {
    let first = Day::ymd(year, 1, 1).map_or(span.first, |d| d.max(span.first));
    let last = Day::ymd(year, 12, 31).map_or(span.last, |d| d.min(span.last));
    (last - first + 1).max(0)
}

/// The fewest days in this year that this seat takes, whenever its session is.
pub fn least_in_year(seat: &Seat, year: i32) -> i32 {
    let spans = if seat.alone.is_empty() { &seat.reach } else { &seat.alone };
    let days = |s: &Span| days_in(Span { first: s.first - seat.out, last: s.last + seat.back }, year);
    // Most lie in another year at one end.
    if spans.first().into_iter().chain(spans.last()).any(|s| days(s) == 0) {
        return 0;
    }
    spans.iter().map(days).min().unwrap_or(0)
}

/// Adds the rows of every trainer who has a limit.
pub fn add(model: &mut Model) {
    let programme = model.world.programme;
    let years = (programme.start - 400).year()..=(programme.end + 400).year();
    for (t, trainer) in programme.trainers.iter() {
        if let Some(most) = trainer.max_days {
            limit(model, t, most, None);
        }
        if let Some(most) = trainer.max_days_year {
            for year in years.clone() {
                limit(model, t, most, Some(year));
            }
        }
    }
}

fn limit(model: &mut Model, trainer: TrainerId, most: i32, year: Option<i32>) {
    let days = |s: &Seat| match year {
        None => s.days(model.cells[s.cell].length),
        Some(year) => least_in_year(s, year),
    };
    let (mut terms, mut sum, mut done): (Vec<(Col, f64)>, f64, i32) = (Vec::new(), 0.0, 0);
    for s in &model.seats_of[trainer] {
        let seat = &model.seats[*s];
        let n = days(seat);
        if model.cells[seat.cell].firm == Firm::Done {
            done += n;
        }
        sum += f64::from(n) * model.program.upper[seat.col.index()];
        terms.push((seat.col, f64::from(n)));
    }
    // What done sessions alone exceed is not exceeded by them, but by whatever comes to it.
    let most = most.max(done);
    if sum > f64::from(most) {
        let row = model.program.row(-INFINITE, f64::from(most), terms);
        if year.is_none() {
            model.trip_rows.worked[trainer].push(row);
        }
    }
}
