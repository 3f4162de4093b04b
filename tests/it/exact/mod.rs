//! The exact engine.

mod bounds;
mod branch;
mod cuts;
mod dateless;
mod highs;
mod mend;
mod sift;
pub mod small;
mod trips;
mod worth;
