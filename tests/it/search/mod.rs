//! The search: every plan passes the judge, the board's sums are the plain ones, the same seed gives the same plan.

mod agreement;
mod measure;
pub mod programmes;
mod strain;
