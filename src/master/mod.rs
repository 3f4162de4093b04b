//! Decides without dates: groups, sessions, trips, fund classes; gives the bounds. `README.md` has it in symbols.

pub mod aims;
pub mod delivery;
pub mod families;
mod groups;
pub mod model;
pub mod payers;
pub mod rows;
pub mod world;
pub mod decode;
pub mod encode;
pub mod exact;
pub mod ladder;
pub mod trips;
