//! One room per rule: what it demands, in words that `docent rules` prints, and its unary filter: may this candidate
//! exist at all? Both engines take their candidates from here, and `explain` asks here why there is none.

pub mod after;
pub mod availability;
pub mod barred;
pub mod budget;
pub mod country_gap;
pub mod goals;
pub mod host;
pub mod interpretation_capacity;
pub mod language;
pub mod max_days;
pub mod max_days_away;
pub mod mission;
pub mod overlap;
pub mod participants;
pub mod pin;
pub mod place_capacity;
pub mod qualification;
pub mod quota_max;
pub mod region_capacity;
pub mod request_once;
pub mod team_needs;
pub mod together;
pub mod window;
pub mod working_days;
pub mod working_language;

use crate::words::RuleId;

/// What a planner reads about a rule.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    pub id: RuleId,
    pub demands: &'static str,
    pub why: &'static str,
    pub symbols: &'static str,
    pub example: &'static str,
    /// What can be changed so that the rule no longer stands in the way.
    pub relaxations: &'static [&'static str],
}

/// Every rule's statement, in the order in which rules stand everywhere.
pub const RULES: [Statement; 24] = [
    request_once::STATEMENT,
    together::STATEMENT,
    host::STATEMENT,
    participants::STATEMENT,
    language::STATEMENT,
    working_language::STATEMENT,
    interpretation_capacity::STATEMENT,
    qualification::STATEMENT,
    team_needs::STATEMENT,
    barred::STATEMENT,
    window::STATEMENT,
    working_days::STATEMENT,
    place_capacity::STATEMENT,
    region_capacity::STATEMENT,
    after::STATEMENT,
    country_gap::STATEMENT,
    mission::STATEMENT,
    availability::STATEMENT,
    overlap::STATEMENT,
    max_days_away::STATEMENT,
    max_days::STATEMENT,
    budget::STATEMENT,
    quota_max::STATEMENT,
    pin::STATEMENT,
];
