//! Rows over a few requests that what is said of each of them implies by rounding (`milp::packing`); made when a relaxation
//! breaks them.

use crate::full::model::{Model, Name};
use crate::milp::packing;
use crate::milp::program::{Col, INFINITE};

/// One row: the sum of these terms is at most `upper`, in every plan.
#[derive(Clone, Debug)]
pub struct Subset {
    pub terms: Vec<(Col, f64)>,
    pub upper: f64,
}

/// The rows that these values of the relaxation, by column, break the most.
pub fn broken(model: &Model, values: &[f64]) -> Vec<Subset> {
    let sessions: Vec<(Col, &[_])> = (0..model.candidates.len())
        .filter_map(|c| Some((*model.by_name.get(&Name::Session(c))?, model.candidates[c].requests.as_slice())))
        .collect();
    let parts = sessions.iter().map(|(col, requests)| (requests, values[col.index()]));
    let parts = parts.filter(|(requests, value)| requests.len() > 1 && *value > 0.0);
    let rows = packing::broken(parts.map(|(requests, value)| (requests.to_vec(), value))).into_iter().map(|row| {
        let terms = sessions.iter().map(|(col, requests)| (*col, f64::from(row.times(requests))));
        Subset { terms: terms.filter(|(_, times)| *times > 0.0).collect(), upper: f64::from(row.upper()) }
    });
    rows.collect()
}

/// Adds a row to the model.
pub fn add(model: &mut Model, subset: &Subset) {
    let row = model.rows.row(-INFINITE, subset.upper, []);
    for (col, times) in &subset.terms {
        model.columns[col.index()].terms.push((row, *times));
    }
}
