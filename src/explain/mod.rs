//! What a planner asks of a plan: why not so, and what would it cost.

pub mod conflict;
mod crew;
pub mod facts;
pub mod force;
pub mod obstacles;
mod past;
pub mod rule_set;
