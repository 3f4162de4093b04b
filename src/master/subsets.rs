//! Rows over a few requests that what is said of each of them implies by rounding (`milp::packing`).

use super::model::Model;
use crate::milp::packing;
use crate::milp::program::AtMost;

/// The rows that these values of the model's relaxation break the most; every plan keeps them.
pub fn broken(model: &Model, values: &[f64]) -> Vec<AtMost> {
    let requests = |delivery: usize| model.world.deliveries[delivery].requests.as_slice();
    packing::rows(model.held.iter().map(|held| (held.col, requests(held.delivery))), values)
}
