//! A trainer is on one mission at a time and rests after a trip.

use super::Statement;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Overlap,
    demands: "Missions of one trainer share no day; between the return of a mission that travelled and the departure of the next of any kind lie at least rest_days free days.",
    why: "Nobody is in two places at once, and people need a weekend after a journey.",
    symbols: "for missions m before n of t: depart(n) − return(m) − 1 ≥ rest_days(t) if m travelled, ≥ 0 otherwise",
    example: "T03 is back on Saturday 6 March with rest_days = 2: the next mission leaves on 9 March or later.",
    relaxations: &["lower rest_days of the trainer or of the programme", "qualify another trainer"],
};
