//! A trainer is on mission no more days than they have.

use super::Statement;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::MaxDays,
    demands: "The mission days of a trainer, travel and idle days included, are no more than max_days over the whole programme and max_days_year in each calendar year.",
    why: "Trainers have other work.",
    symbols: "Σ days(m) ≤ max_days(t); in each year y: Σ days(m) in y ≤ max_days_year(t)",
    example: "T03 has max_days = 60: twelve sessions of five days at home, or eight abroad.",
    relaxations: &["raise max_days or max_days_year of the trainer", "qualify another trainer"],
};
