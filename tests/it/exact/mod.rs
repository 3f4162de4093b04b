//! The exact engine.

mod highs;
