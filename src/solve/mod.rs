//! Goal after goal, search and proof side by side.

mod bursts;
pub mod charges;
pub mod finish;
pub mod incumbent;
pub mod portfolio;
pub mod prover;
mod provers;
pub mod report;
pub mod stop;

use crate::plan::Plan;
use crate::words::GoalId;
pub use portfolio::plan;
use report::{Bound, GoalReport, Stopped};

/// What is known before the work begins: plans to start from, and bounds that hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    pub plans: Vec<Plan>,
    pub bounds: Vec<Bound>,
}

/// How hard to try, and when to stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Work that does not depend on the machine; 100 is the default.
    pub effort: u64,
    /// The clock only cuts; None = no clock.
    pub seconds: Option<f64>,
    /// Stop when every goal's gap is at most this share, in ten-thousandths.
    pub gap: Option<i128>,
    /// Stop when this goal and those before it are proven.
    pub until: Option<GoalId>,
    pub threads: usize,
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options { effort: 100, seconds: Some(60.0), gap: None, until: None, threads: 2, seed: 0 }
    }
}

/// Where a run stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What is being done, in a few words.
    pub stage: String,
    /// The best plan so far, goal by goal; empty before there is one.
    pub goals: Vec<GoalReport>,
}

/// What a run gives: a complete plan and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub plan: Plan,
    pub goals: Vec<GoalReport>,
    /// Every bound that was found, with what it stands on.
    pub bounds: Vec<Bound>,
    pub stopped: Stopped,
    /// A plan that an engine made and the judge refused: a bug to report.
    pub refused: Option<Refused>,
}

/// A plan that the judge refused, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The engine that made it.
    pub engine: &'static str,
    pub plan: Plan,
    pub violations: Vec<crate::words::Violation>,
}
