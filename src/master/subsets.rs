//! Rows over a few requests that what is said of each of them implies by rounding (`milp::packing`).

use super::model::Model;
use crate::milp::packing;
use crate::milp::program::{Col, INFINITE};
use std::collections::BTreeSet;

/// One row: the sum of these terms is at most `upper`, in every plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Subset {
    pub terms: Vec<(Col, f64)>,
    pub upper: f64,
}

/// The rows that these values of the model's relaxation break the most.
pub fn broken(model: &Model, values: &[f64]) -> Vec<Subset> {
    let requests = |held: usize| &model.world.deliveries[model.held[held].delivery].requests;
    let taken = (0..model.held.len()).map(|h| (requests(h), values[model.held[h].col.index()]));
    let parts = taken.filter(|(requests, value)| requests.len() > 1 && *value > 0.0).map(|(r, v)| (r.clone(), v));
    let rows = packing::broken(parts).into_iter().map(|row| {
        let held: BTreeSet<usize> = row.items().flat_map(|r| &model.serving[r]).copied().collect();
        let terms = held.into_iter().map(|h| (model.held[h].col, f64::from(row.times(requests(h)))));
        Subset { terms: terms.filter(|(_, times)| *times > 0.0).collect(), upper: f64::from(row.upper()) }
    });
    rows.collect()
}

/// Adds a row to the model's program.
pub fn add(model: &mut Model, subset: &Subset) {
    model.program.row(-INFINITE, subset.upper, subset.terms.iter().copied());
}

/// Adds the rows that were broken so far.
pub fn add_all(model: &mut Model) {
    for subset in &model.subsets {
        model.program.row(-INFINITE, subset.upper, subset.terms.iter().copied());
    }
}
