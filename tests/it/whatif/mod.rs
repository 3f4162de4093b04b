//! What if, and what changed.

mod allows;
