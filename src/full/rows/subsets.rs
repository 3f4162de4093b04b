//! Rows over a few requests that what is said of each of them implies by rounding (`milp::packing`); made when a relaxation
//! breaks them.

use crate::full::model::{Model, Name};
use crate::milp::packing;
use crate::milp::program::{AtMost, INFINITE};

/// The rows that these values of the relaxation, by column, break the most; every plan keeps them.
pub fn broken(model: &Model, values: &[f64]) -> Vec<AtMost> {
    let sessions = model
        .candidates
        .iter()
        .enumerate()
        .filter_map(|(c, candidate)| Some((*model.by_name.get(&Name::Session(c))?, candidate.requests.as_slice())));
    packing::rows(sessions, values)
}

/// Adds a row to the model.
pub fn add(model: &mut Model, subset: &AtMost) {
    let row = model.rows.row(-INFINITE, subset.upper, []);
    for (col, times) in &subset.terms {
        model.columns[col.index()].terms.push((row, *times));
    }
}
