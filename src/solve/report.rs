//! What a run of the solver says of its plan, goal by goal.

use crate::plan::Plan;
use crate::plan::brief::Brief;
use crate::plan::goals::{decimal, value};
use crate::programme::money::Micro;
use crate::words::GoalId;

/// How well a goal's value is known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// No plan is better, earlier goals as they are.
    Optimal,
    /// No more was looked for: within the gap asked for, or given up for later goals by the goal's tolerance.
    WithinGap,
    /// A plan that keeps every rule; how much better one could be, the bound says.
    Feasible,
}

impl Proof {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Proof::Optimal => "optimal",
            Proof::WithinGap => "within-gap",
            Proof::Feasible => "feasible",
        }
    }
}

/// Why the solver stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    Proven,
    Gap,
    Effort,
    Clock,
    Interrupt,
}

impl Stopped {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Stopped::Proven => "proven",
            Stopped::Gap => "gap",
            Stopped::Effort => "effort",
            Stopped::Clock => "clock",
            Stopped::Interrupt => "interrupt",
        }
    }
}

/// One goal of a plan. Value and bound are exact, in the units of `GoalId::units`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GoalReport {
    pub goal: GoalId,
    pub value: i128,
    /// No plan that has the earlier goals at this plan's values is better than this.
    pub bound: i128,
    pub proof: Proof,
}

impl GoalReport {
    /// |bound − value| / |value| of the figures written, in ten-thousandths, rounded half up.
    pub fn gap(&self) -> i128 {
        gap(hundredths(self.goal, self.value), hundredths(self.goal, self.bound))
    }
}

/// The figure that is written for a goal's value, in hundredths.
pub fn hundredths(goal: GoalId, value: i128) -> i128 {
    (value * 200 + goal.units()).div_euclid(2 * goal.units())
}

/// |bound − value| / |value| in ten-thousandths, rounded half up: 0 when equal, 1 when only the value is 0.
pub fn gap(value: i128, bound: i128) -> i128 {
    let (distance, size) = ((bound - value).abs(), value.abs());
    if distance == 0 {
        0
    } else if size == 0 {
        10_000
    } else {
        (distance * 20_000 + size) / (2 * size)
    }
}

/// Ten-thousandths as `0.0049`, without zeros at the end.
pub fn share(ten_thousandths: i128) -> String {
    let text = format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// A goal's figure as it is written, from hundredths.
pub fn figure(goal: GoalId, value: i128) -> String {
    decimal(hundredths(goal, value))
}

/// What is known of how good any plan can be: bounds, each with the values of earlier goals that it stands on.
///
/// A bound found with earlier goals held to some values holds for every plan whose earlier goals are at least as good
/// as those.
#[derive(Clone, Debug, Default)]
pub struct Bounds {
    known: Vec<Bound>,
}

/// No plan whose earlier goals are at least `given` is better than `value` in this goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    pub goal: GoalId,
    /// One value for each goal before it, in their order.
    pub given: Vec<i128>,
    pub value: i128,
}

impl Bounds {
    /// The bounds that hold for every plan: nothing broken, everything served, nothing spent.
    pub fn trivial(brief: &Brief) -> Bounds {
        let programme = brief.programme;
        let mut given = Vec::new();
        let mut known = Vec::new();
        for goal in brief.goals() {
            let value = match goal {
                GoalId::Commitments | GoalId::Stability | GoalId::Cost | GoalId::Preferences => 0,
                GoalId::Coverage => programme.requests.values().map(|r| i128::from(r.points.0)).sum(),
                GoalId::Kept => brief
                    .baseline
                    .iter()
                    .flat_map(|b| b.promises.iter())
                    .filter(|(_, p)| p.is_some())
                    .map(|(r, _)| i128::from(programme.requests[r].points.0))
                    .sum(),
            };
            known.push(Bound { goal, given: given.clone(), value });
            given.push(if goal.maximised() { i128::MIN } else { i128::MAX });
        }
        Bounds { known }
    }

    /// All that is known.
    pub fn all(&self) -> &[Bound] {
        &self.known
    }

    /// Takes a bound in.
    pub fn add(&mut self, bound: Bound) {
        if !self.known.contains(&bound) {
            self.known.push(bound);
        }
    }

    /// The best bound for a goal of a plan with these values, in the order of `goals`.
    pub fn best(&self, goals: &[GoalId], values: &[i128], at: usize) -> i128 {
        let goal = goals[at];
        let holds = |b: &&Bound| {
            b.goal == goal
                && b.given.len() == at
                && b.given.iter().zip(&goals[..at]).zip(values).all(|((given, g), value)| !better(*g, *given, *value))
        };
        let mut all = self.known.iter().filter(holds).map(|b| b.value);
        let first = all.next().unwrap_or(if goal.maximised() { i128::MAX } else { 0 });
        all.fold(first, |a, b| if goal.maximised() { a.min(b) } else { a.max(b) })
    }

    /// What is known of each goal of a plan. A goal is within its gap where `gap` (in ten-thousandths) says so, or where
    /// its tolerance let later goals take from it.
    pub fn reports(&self, brief: &Brief, plan: &Plan, gap: Option<i128>) -> Vec<GoalReport> {
        let goals = brief.goals();
        let values: Vec<i128> = goals.iter().map(|g| value(*g, brief, plan)).collect();
        let mut reports = Vec::new();
        for (i, goal) in goals.iter().enumerate() {
            let bound = self.best(&goals, &values, i);
            let mut report = GoalReport { goal: *goal, value: values[i], bound, proof: Proof::Feasible };
            if bound == values[i] {
                report.proof = Proof::Optimal;
            } else if gap.is_some_and(|g| report.gap() <= g)
                || !better(*goal, least(*goal, bound, brief.programme.objective.tolerance(*goal)), values[i])
                    && brief.programme.objective.tolerance(*goal) > Micro(0)
            {
                report.proof = Proof::WithinGap;
            }
            reports.push(report);
        }
        reports
    }
}

/// True when `a` is better than `b` in this goal.
pub fn better(goal: GoalId, a: i128, b: i128) -> bool {
    if goal.maximised() { a > b } else { a < b }
}

/// The least good value that later goals may leave of a best one, by the tolerance: best × (1 ∓ tolerance), to the
/// exact unit that still keeps within it.
pub fn least(goal: GoalId, best: i128, tolerance: Micro) -> i128 {
    let given_up = (best.abs() * i128::from(tolerance.0)).div_euclid(1_000_000);
    if goal.maximised() { best - given_up } else { best + given_up }
}

/// True when plan values `a` are better than `b`: the first goal that differs decides.
pub fn beats(goals: &[GoalId], a: &[i128], b: &[i128]) -> bool {
    for ((goal, a), b) in goals.iter().zip(a).zip(b) {
        if a != b {
            return better(*goal, *a, *b);
        }
    }
    false
}
