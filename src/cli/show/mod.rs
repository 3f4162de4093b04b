//! `docent show`: the plan as tables.

mod date;
mod fund;
mod names;
mod region;
mod request;
mod trainer;
