//! No more sessions run at a place at once than it holds.

use super::Statement;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::PlaceCapacity,
    demands: "On no day do more sessions run at a place, first to last day of their spans, than its max_parallel.",
    why: "Rooms and local staff are limited.",
    symbols: "for each place p and day d: Σ sessions at p that run on d ≤ max_parallel(p)",
    example: "Dakar has max_parallel = 1: two courses there follow one another.",
    relaxations: &["raise max_parallel of the place"],
};
