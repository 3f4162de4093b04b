//! `docent show`: the plan as tables.

mod date;
mod fund;
pub mod names;
mod region;
mod request;
mod trainer;
