//! A country's officials are not called away again too soon.

use super::Statement;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::CountryGap,
    demands: "Between two sessions that serve the same country lie at least country_gap_days free days; with 0 they only must not overlap, with -1 there is no rule. The countries are those of the requests, not of the host.",
    why: "A justice system can spare its officials only so often.",
    symbols: "for sessions s, t that serve a country c: first(t) − last(s) ≥ country_gap_days + 1, or the other way round",
    example: "With country_gap_days = 21, Kenya is served in March and again in April, not in two weeks in a row.",
    relaxations: &["lower country_gap_days, or set it to -1"],
};
