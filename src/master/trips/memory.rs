//! What a trip has visited, as far as rows over visits (`visits.rs`) make it cost something to visit more.
//!
//! Every row that has a price has some bits: as many are set as it counts stops before the next one costs its price.

use super::tour::Tour;
use super::visits::{Count, Visits};
use crate::master::model::Model;
use crate::milp::program::Row;

/// Rows that cost less are as good as free.
const FREE: f64 = 1e-9;

/// The rows of one trainer: 64 bits, for those that cost most. (What is left out only makes trips look cheaper.)
#[derive(Clone, Debug)]
pub struct Memory {
    /// By bit: the price of its row.
    costs: Vec<f64>,
    /// The last bits of rows: where they are set, the next stop costs.
    last: u64,
    first: u64,
    /// The bits of rows that count pairs: what has cost is forgotten.
    pairs: u64,
    /// By stop: the bits of the rows that it is of; of those that stops of may come after it.
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
        let (mut costs, mut of) = (Vec::new(), vec![0; stops]);
        let (mut last, mut first, mut pairs) = (0, 0, 0);
        for (price, visits) in rows {
            let bits = if visits.count == Count::Pairs { 1 } else { visits.requests.len() };
            let from = costs.len();
            if from + bits > 64 {
                continue;
            }
            costs.resize(from + bits, price);
            first |= 1 << from;
            last |= 1 << (from + bits - 1);
            if visits.count == Count::Pairs {
                pairs |= 1 << from;
            }
            let all = (from..from + bits).fold(0_u64, |all, bit| all | 1 << bit);
            for (stop, of) in tour.stops.iter().zip(&mut of) {
                if visits.seats.contains(&stop.seat) {
                    *of |= all;
                }
            }
        }
        let after = |i: usize| (0..stops).filter(|j| tour.later[i].holds(*j)).fold(0, |all, j| all | of[j]);
        let to_come = if costs.is_empty() { vec![0; stops] } else { (0..stops).map(after).collect() };
        Memory { costs, last, first, pairs, of, to_come }
    }

    /// What is remembered after a stop, as far as it matters to what may still come.
    pub fn after(&self, before: u64, stop: usize) -> u64 {
        let of = self.of[stop];
        let more = (before & of & !self.last) << 1 | self.first & of;
        (before | more) & !(before & of & self.pairs) & self.to_come[stop]
    }

    /// What a stop costs whatever else was visited, right after another one.
    pub fn at_once(&self, before: usize, stop: usize) -> f64 {
        self.sum(self.of[before] & self.of[stop] & self.sure())
    }

    /// What it costs besides, after so much.
    pub fn besides(&self, remembered: u64, before: usize, stop: usize) -> f64 {
        self.sum(remembered & self.last & self.of[stop] & !(self.of[before] & self.sure()))
    }

    /// By how much going on may be dearer for who remembers so much, at most, than for who remembers so much less.
    pub fn dearer(&self, remembered: u64, less: u64) -> f64 {
        self.sum(remembered & !less)
    }

    /// The rows of one stop before it costs, whatever it was.
    fn sure(&self) -> u64 {
        self.first & self.last & !self.pairs
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
