//! What must come first is served and over in time.

use super::Statement;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::After,
    demands: "Each request named in after is served, and its session ends at least after_gap_days + 1 days before this one starts.",
    why: "An advanced course needs the basic one, and time to use it.",
    symbols: "r after q: r served ⇒ q served and first(s(r)) − last(s(q)) ≥ after_gap_days + 1",
    example: "R045 comes after R012 with after_gap_days = 14: when R012 ends on 5 March, R045 starts on 20 March or later.",
    relaxations: &["clear after of the request", "lower after_gap_days"],
};
