//! The rows, one family per file: each makes its rows empty, and then says what a column has to do with them.

pub mod after;
pub mod country_gap;
pub mod days;
pub mod goals;
pub mod labels;
pub mod money;
pub mod parallel;
pub mod presence;
pub mod quotas;
pub mod served;
pub mod subsets;
pub mod team;
pub mod workload;

use crate::milp::program::Row;

/// A column's terms: rows and coefficients.
pub type Terms = Vec<(Row, f64)>;
