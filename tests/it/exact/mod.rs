//! The exact engine.

mod bounds;
mod branch;
mod calendar;
mod core;
mod crowd;
mod cuts;
mod dateless;
mod highs;
mod mend;
mod packing;
mod shares;
mod sift;
pub mod small;
mod trips;
mod worth;
