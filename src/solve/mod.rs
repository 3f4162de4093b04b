//! Goal after goal, search and proof side by side.

pub mod charges;
pub mod finish;
