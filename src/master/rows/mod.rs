//! One file per kind of row.
//!
//! Where deliveries are of shares of sessions, rows that count sessions one by one are left out.

pub mod after;
pub mod capacity;
pub mod cliques;
pub mod country_gap;
pub mod funds;
pub mod labels;
pub mod load;
pub mod overlap;
pub mod quotas;
pub mod served;
pub mod team;
pub mod workload;

use super::model::Model;

/// Adds every kind of row.
pub fn all(model: &mut Model) {
    team::add(model);
    served::add(model);
    after::add(model);
    load::add(model);
    if model.world.complete {
        labels::add(model);
        overlap::add(model);
        capacity::add(model);
        country_gap::add(model);
    }
    workload::add(model);
    if model.with_money {
        funds::add(model);
    }
    quotas::add(model);
}
