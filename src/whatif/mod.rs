//! What a planner asks next: what if, and what changed.

pub mod allows;
pub mod compare;
pub mod quick;
pub mod salvage;
pub mod study;
pub mod translate;
