//! Decides without dates: groups, sessions, trips, fund classes; gives the bounds. `README.md` has it in symbols.

pub mod aims;
pub mod awake;
pub mod branch;
pub mod calendar;
pub mod core;
pub mod crowd;
pub mod cuts;
pub mod decode;
pub mod delivery;
pub mod encode;
pub mod exchange;
pub mod families;
mod groups;
pub mod ladder;
pub mod linear;
pub mod mend;
pub mod model;
pub mod payers;
pub mod rows;
pub mod subsets;
pub mod trips;
pub mod world;
pub mod worth;
