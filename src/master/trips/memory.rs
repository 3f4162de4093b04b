//! What a trip has visited, as far as rows over visits (`visits.rs`) make it cost something to visit more.
//!
//! Every row that has a price has a bit, set where a trip has stopped once at its seats: the next stop there costs the
//! price, and is forgotten with the first.

use super::tour::Tour;
use super::visits::Visits;
use crate::master::model::Model;
use crate::milp::program::Row;

/// Rows that cost less are as good as free.
const FREE: f64 = 1e-9;

/// The rows of one trainer: 64 of them, those that cost most. (What is left out only makes trips look cheaper.)
#[derive(Clone, Debug)]
pub struct Memory {
    /// By bit: the price of its row.
    costs: Vec<f64>,
    /// By stop: the bits of the rows that it is of, and of those that stops of may come after it.
    of: Vec<u64>,
    to_come: Vec<u64>,
}

impl Memory {
    /// The memory at these prices of rows.
    pub fn new(model: &Model, tour: &Tour, price: impl Fn(Row) -> f64) -> Memory {
        let stops = tour.stops.len();
        let mine = model.trip_rows.visits.iter().filter(|(visits, _)| visits.trainer == tour.trainer);
        let mut rows: Vec<(f64, &Visits)> = mine.filter_map(|(visits, row)| Some((price((*row)?), visits))).collect();
        rows.retain(|(price, _)| *price > FREE);
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        rows.truncate(64);
        let mut of = vec![0; stops];
        for (bit, (_, visits)) in rows.iter().enumerate() {
            for (stop, of) in tour.stops.iter().zip(&mut of) {
                if visits.seats.contains(&stop.seat) {
                    *of |= 1 << bit;
                }
            }
        }
        let after = |i: usize| (0..stops).filter(|j| tour.later[i].holds(*j)).fold(0, |all, j| all | of[j]);
        let to_come = if rows.is_empty() { vec![0; stops] } else { (0..stops).map(after).collect() };
        Memory { costs: rows.into_iter().map(|(price, _)| price).collect(), of, to_come }
    }

    /// What is remembered after a stop, as far as it matters to what may still come.
    pub fn after(&self, before: u64, stop: usize) -> u64 {
        (before ^ self.of[stop]) & self.to_come[stop]
    }

    /// What a stop costs besides, after so much.
    pub fn besides(&self, remembered: u64, stop: usize) -> f64 {
        self.sum(remembered & self.of[stop])
    }

    /// By how much going on may be dearer for who remembers so much, at most, than for who remembers so much less.
    pub fn dearer(&self, remembered: u64, less: u64) -> f64 {
        self.sum(remembered & !less)
    }

    fn sum(&self, mut bits: u64) -> f64 {
        let mut sum = 0.0;
        while bits != 0 {
            sum += self.costs[bits.trailing_zeros() as usize];
            bits &= bits - 1;
        }
        sum
    }
}
