//! `verify`: the judge's verdict on a plan file, and every figure that the file itself writes, recomputed.

mod paper;
mod report;

pub use paper::figure;
pub use report::{json, text};

use crate::judge::{Verdict, judge};
use crate::plan::Plan;
use crate::plan::brief::{Baseline, Brief};
use crate::programme::Programme;
use crate::programme::people::PinStatus;
use crate::read::plan_file::{Goal, PlanFile, baseline_of, resolve, taken};
use crate::words::Violation;

/// What is found in a plan file.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// The plan as the programme knows it.
    pub plan: Plan,
    pub verdict: Verdict,
    /// Ids that the programme does not have, then the broken rules.
    pub violations: Vec<Violation>,
    /// What the file writes and what is not so.
    pub misprints: Vec<Misprint>,
    /// The file's goals with their values recomputed where they can be.
    pub goals: Vec<Goal>,
    /// What could not be verified, each a sentence.
    pub warnings: Vec<String>,
}

/// Something that the file writes and that is not so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misprint {
    /// Ids and keys first.
    pub subjects: Vec<String>,
    pub text: String,
}

impl Verified {
    /// True when the plan keeps every rule and the file writes nothing wrong.
    pub fn holds(&self) -> bool {
        self.violations.is_empty() && self.misprints.is_empty()
    }
}

/// Verifies a plan file against its programme. `known` is the plan that was its baseline, where the file names one and
/// it is at hand.
pub fn verify(programme: &Programme, file: &PlanFile, known: Option<&PlanFile>) -> Verified {
    let (plan, mut violations) = resolve(programme, file);
    let mut warnings = Vec::new();
    let mut brief = Brief { taken: taken(file), ..Brief::new(programme) };
    let known = known.filter(|_| file.baseline.is_some());
    match (known, &file.baseline) {
        (Some(known), _) => {
            brief.taken.extend(taken(known));
            brief.baseline = Some(baseline_of(programme, known, &plan));
        }
        (None, None) => {}
        (None, Some(digest)) => {
            warnings.push(format!(
                "the plan that was the baseline ({digest}) is not at hand: kept, stability and frozen sessions are \
                 taken from the file"
            ));
        }
    }
    // What is confirmed without a pin was frozen. Where the baseline is not at hand the file is believed.
    let believed;
    let mut judged = &brief;
    if known.is_none() && file.baseline.is_some() {
        let pinned =
            |r: &crate::programme::id::RequestId| programme.pin(*r).is_some_and(|p| p.status != PinStatus::Wanted);
        let frozen = plan
            .sessions
            .iter()
            .filter(|s| s.status == crate::plan::Status::Confirmed && !s.requests.iter().any(pinned))
            .cloned()
            .collect();
        let promises = programme.requests.ids().map(|_| None).collect();
        let base = Baseline { sessions: Vec::new(), promises, frozen };
        believed = Brief { baseline: Some(base), ..brief.clone() };
        judged = &believed;
    }
    let verdict = judge(judged, &plan);
    violations.extend(verdict.violations.iter().cloned());
    let recomputed: Vec<_> = verdict
        .goals
        .iter()
        .copied()
        .filter(|(goal, _)| brief.baseline.is_some() || file.baseline.is_none() || !paper::of_baseline(*goal))
        .collect();
    let misprints = paper::misprints(judged, file, &plan, &verdict, &recomputed);
    let goals = file
        .goals
        .iter()
        .map(|g| match recomputed.iter().find(|(goal, _)| *goal == g.name.0) {
            Some((goal, value)) => Goal { value: paper::figure(*goal, *value), ..g.clone() },
            None => g.clone(),
        })
        .collect();
    Verified { plan, verdict, violations, misprints, goals, warnings }
}
