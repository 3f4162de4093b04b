//! No quota is exceeded.

use super::Statement;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::QuotaMax,
    demands: "The measure of each quota, over the sessions and requests that pass its filters, is no more than its max.",
    why: "Shares between regions, courses or languages were agreed.",
    symbols: "for each quota q: measure(q) ≤ max(q)",
    example: "A quota of at most 4 sessions in Vienna in the first half of the year.",
    relaxations: &["raise max of the quota"],
};
