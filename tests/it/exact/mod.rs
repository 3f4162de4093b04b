//! The exact engine.

mod bounds;
mod cuts;
mod dateless;
mod highs;
mod sift;
mod small;
mod trips;
mod worth;
