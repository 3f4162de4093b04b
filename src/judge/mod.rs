//! The independent judge: every rule, every cost, every goal, written a second time from the sentences of the
//! contract with the plainest loops. It shares nothing with the engines but the data that goes in and comes out.

mod after;
mod availability;
mod barred;
mod budget;
mod case;
mod commitments;
mod cost;
mod country_gap;
mod goals;
mod host;
mod interpretation_capacity;
mod language;
mod max_days;
mod max_days_away;
mod mission;
mod name;
mod overlap;
mod participants;
mod pin;
mod place_capacity;
mod qualification;
mod quota_max;
mod region_capacity;
mod request_once;
mod team_needs;
mod together;
mod window;
mod working_days;
mod working_language;

pub use cost::Costs;

use crate::plan::brief::Brief;
use crate::plan::{Broken, Plan};
use crate::words::{GoalId, RuleId, Violation};
use case::Case;

/// What the judge says of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Rules that are broken, in the order of `RuleId::ALL`. Empty: the plan may be used.
    pub violations: Vec<Violation>,
    /// The exact value of every goal of the brief, in the brief's order, in the units of `GoalId::units`.
    pub goals: Vec<(GoalId, i128)>,
    /// Promises that the plan does not keep, in the order in which they are written.
    pub broken: Vec<Broken>,
}

/// Judges a plan: every rule and every goal.
pub fn judge(brief: &Brief, plan: &Plan) -> Verdict {
    let case = Case::new(brief, plan);
    let violations = RuleId::ALL.into_iter().flat_map(|rule| breaches(rule, &case)).collect();
    let goals = brief.goals().into_iter().map(|goal| (goal, value(goal, &case))).collect();
    Verdict { violations, goals, broken: commitments::broken(&case) }
}

/// What every session costs, in the order of the plan's sessions.
pub fn costs(brief: &Brief, plan: &Plan) -> Vec<Costs> {
    Case::new(brief, plan).costs
}

/// Every breach of one rule.
fn breaches(rule: RuleId, case: &Case) -> Vec<Violation> {
    match rule {
        RuleId::RequestOnce => request_once::breaches(case),
        RuleId::Together => together::breaches(case),
        RuleId::Host => host::breaches(case),
        RuleId::Participants => participants::breaches(case),
        RuleId::Language => language::breaches(case),
        RuleId::WorkingLanguage => working_language::breaches(case),
        RuleId::InterpretationCapacity => interpretation_capacity::breaches(case),
        RuleId::Qualification => qualification::breaches(case),
        RuleId::TeamNeeds => team_needs::breaches(case),
        RuleId::Barred => barred::breaches(case),
        RuleId::Window => window::breaches(case),
        RuleId::WorkingDays => working_days::breaches(case),
        RuleId::PlaceCapacity => place_capacity::breaches(case),
        RuleId::RegionCapacity => region_capacity::breaches(case),
        RuleId::After => after::breaches(case),
        RuleId::CountryGap => country_gap::breaches(case),
        RuleId::Mission => mission::breaches(case),
        RuleId::Availability => availability::breaches(case),
        RuleId::Overlap => overlap::breaches(case),
        RuleId::MaxDaysAway => max_days_away::breaches(case),
        RuleId::MaxDays => max_days::breaches(case),
        RuleId::Budget => budget::breaches(case),
        RuleId::QuotaMax => quota_max::breaches(case),
        RuleId::Pin => pin::breaches(case),
    }
}

/// The exact value of one goal.
fn value(goal: GoalId, case: &Case) -> i128 {
    match goal {
        GoalId::Commitments => goals::commitments::value(case),
        GoalId::Kept => goals::kept::value(case),
        GoalId::Stability => goals::stability::value(case),
        GoalId::Coverage => goals::coverage::value(case),
        GoalId::Cost => goals::cost::value(case),
        GoalId::Preferences => goals::preferences::value(case),
    }
}
