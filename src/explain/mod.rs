//! What a planner asks of a plan: why not so, and what would it cost.

pub mod beside;
pub mod conflict;
mod crew;
pub mod facts;
pub mod force;
pub mod instead;
pub mod obstacles;
pub mod repairs;
pub mod rule_set;
pub mod taken;
