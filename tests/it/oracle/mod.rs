//! Brute force: every way to plan a tiny programme, tried. It shares nothing with the engines; the judge says what is a
//! plan and what it is worth.

mod candidates;
mod enumerate;
mod pay;
mod tiny;

pub use enumerate::{Best, best, best_within};
