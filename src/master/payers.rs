//! Classes of payers: costs that exactly the same funds may pay are one cost.

use crate::milp::program::Col;
use crate::programme::id::FundId;
use rustc_hash::FxHashMap;

/// Sets of funds, each with what has to be paid out of it.
#[derive(Clone, Debug, Default)]
pub struct Payers {
    known: FxHashMap<Vec<FundId>, usize>,
    pub funds: Vec<Vec<FundId>>,
    /// By class: what each column adds to its cost, in currency units.
    pub terms: Vec<Vec<(Col, f64)>>,
}

impl Payers {
    /// The class of these funds, in file order.
    pub fn class(&mut self, funds: Vec<FundId>) -> usize {
        if let Some(class) = self.known.get(&funds) {
            return *class;
        }
        let class = self.funds.len();
        self.funds.push(funds.clone());
        self.terms.push(Vec::new());
        self.known.insert(funds, class);
        class
    }

    /// A column costs so much, in currency units, paid by this class.
    pub fn owe(&mut self, class: usize, col: Col, cost: f64) {
        if cost != 0.0 {
            self.terms[class].push((col, cost));
        }
    }
}

/// Cents in currency units.
pub fn units(cents: i64) -> f64 {
    cents as f64 / 100.0
}
