//! No more sessions use one row of interpreters at once than it allows.

use super::Statement;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::InterpretationCapacity,
    demands: "On no day of their spans do more sessions use one row of interpretation.csv than its max_parallel.",
    why: "There are only so many booths and interpreters.",
    symbols: "for each row i and day d: Σ sessions that use i and run on d ≤ max_parallel(i)",
    example: "One team of interpreters from en to ru in Central Asia: two sessions in the same week cannot both have it.",
    relaxations: &["raise max_parallel of the row", "add a row for the place or country"],
};
