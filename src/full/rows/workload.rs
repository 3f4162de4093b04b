//! A trainer's mission days: Σ days · trips ≤ max_days, the same within each calendar year, and what is beyond
//! target_days counts as overload.

use super::Terms;
use crate::milp::program::{INFINITE, Program, Row};
use crate::programme::day::{Day, Span};
use crate::programme::people::Trainer;

/// The rows of one trainer.
pub struct Workload {
    all: Option<Row>,
    /// By calendar year.
    years: Vec<(i32, Row)>,
    target: Option<Row>,
}

impl Workload {
    /// The rows, empty; `done` are the days of done missions. Targets have a row only where overload counts.
    pub fn new(trainer: &Trainer, years: &[i32], done: &[Span], overload: bool, program: &mut Program) -> Workload {
        let sum: i32 = done.iter().map(|s| s.days()).sum();
        let all = trainer.max_days.map(|max| program.row(-INFINITE, f64::from(max.max(sum)), []));
        let by_year = trainer.max_days_year.map_or(Vec::new(), |max| {
            years
                .iter()
                .map(|year| {
                    let held: i32 = done.iter().map(|s| days_in(*s, *year)).sum();
                    (*year, program.row(-INFINITE, f64::from(max.max(held)), []))
                })
                .collect()
        });
        let target =
            trainer.target_days.filter(|_| overload).map(|target| program.row(-INFINITE, f64::from(target), []));
        Workload { all, years: by_year, target }
    }

    /// The terms of a trip that takes these days.
    pub fn trip(&self, span: Span, terms: &mut Terms) {
        let days = f64::from(span.days());
        terms.extend(self.all.iter().chain(&self.target).map(|row| (*row, days)));
        for (year, row) in &self.years {
            let days = days_in(span, *year);
            if days > 0 {
                terms.push((*row, f64::from(days)));
            }
        }
    }

    /// The row of the target, and the term of the overload column in it.
    pub fn overload(&self) -> Option<Row> {
        self.target
    }

    /// What one mission day on this day counts in each row.
    pub fn day(&self, day: Day) -> impl Iterator<Item = Row> {
        let year = day.year();
        let of_year = self.years.iter().find(|(y, _)| *y == year).map(|(_, row)| *row);
        self.all.into_iter().chain(self.target).chain(of_year)
    }
}

fn days_in(span: Span, year: i32) -> i32 {
    let (Some(first), Some(last)) = (Day::ymd(year, 1, 1), Day::ymd(year, 12, 31)) else { return 0 };
    (span.last.min(last) - span.first.max(first) + 1).max(0)
}
