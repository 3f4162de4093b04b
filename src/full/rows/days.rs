//! A trainer is on one mission at a time, and rests after a journey: on every day, Σ trips whose days, rest included,
//! hold the day ≤ 1.
//!
//! Two missions break `overlap` exactly when [departure, return + rest] of the one meets that of the other (rest only
//! after a mission that travelled). Intervals that meet pairwise share a day, and the last departure among them is such
//! a day: so rows on the days on which trips depart say everything, and each is a clique. A row whose trips are all on
//! the next departure day too is left out.

use super::Terms;
use crate::milp::program::{INFINITE, Program, Row};
use crate::programme::day::{Day, Span};

/// The rows of one trainer, by day.
pub struct Days {
    days: Vec<Day>,
    rows: Vec<Row>,
}

impl Days {
    /// The rows, empty, from the days on which trips may depart and the last days of rest; `done` are the days of done
    /// missions with their rest, which may break the rule among themselves. `used`: the right side is a column.
    pub fn new(departs: &mut Vec<Day>, ends: &mut Vec<Day>, done: &[Span], used: bool, program: &mut Program) -> Days {
        departs.sort();
        departs.dedup();
        ends.sort();
        ends.dedup();
        let mut days = Vec::new();
        for (i, day) in departs.iter().enumerate() {
            let covered = departs.get(i + 1).is_some_and(|next| {
                let from = ends.partition_point(|e| e < day);
                ends.get(from).is_none_or(|e| e >= next)
            });
            if !covered {
                days.push(*day);
            }
        }
        let rows = days
            .iter()
            .map(|day| {
                let held = done.iter().filter(|s| s.holds(*day)).count().max(usize::from(!used));
                program.row(-INFINITE, held as f64, [])
            })
            .collect();
        Days { days, rows }
    }

    /// The terms of a trip that takes these days, rest included.
    pub fn trip(&self, extended: Span, terms: &mut Terms) {
        let from = self.days.partition_point(|d| *d < extended.first);
        let to = self.days.partition_point(|d| *d <= extended.last);
        terms.extend(self.rows[from..to].iter().map(|row| (*row, 1.0)));
    }

    /// The terms of the column that says that the trainer teaches at all.
    pub fn used(&self, terms: &mut Terms) {
        terms.extend(self.rows.iter().map(|row| (*row, -1.0)));
    }

    /// The days of the rows, ascending.
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// The rows, in the order of their days.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}
