//! The exact engine.

mod bounds;
mod highs;
