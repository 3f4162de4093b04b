//! No more sessions run in a region at once than it allows.

use super::Statement;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::RegionCapacity,
    demands: "On no day do more sessions run in a region, first to last day of their spans, than its max_parallel.",
    why: "One desk officer follows all sessions of a region.",
    symbols: "for each region g and day d: Σ sessions in g that run on d ≤ max_parallel(g)",
    example: "western-africa has max_parallel = 2: a third session waits for a free week.",
    relaxations: &["raise max_parallel of the region"],
};
