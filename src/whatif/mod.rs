//! What a planner asks next: what if, and what changed.

pub mod compare;
