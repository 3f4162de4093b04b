//! The phases of the search: first what is served, then each later goal with the earlier ones held.

use super::aim::Aim;
use super::strain::{Strain, WORTH};
use super::values::value;
use crate::board::Board;
use crate::board::world::World;
use crate::words::GoalId;
use std::sync::Arc;

/// One phase: the goals that it improves together, those that it holds, and how hot it is.
#[derive(Clone, Debug)]
pub struct Phase {
    /// Goals before this one, in the objective's order, are held.
    pub held: usize,
    /// The last goal that it improves.
    pub last: usize,
    /// Share of the iterations, against those of the other phases.
    pub share: u64,
    /// Points in thousandths that a cent left over counts for, so that steps lead to what leaves room for more: where money
    /// is short, or anyway where it is not 0 before the phase begins.
    pub saving: i64,
    /// True where somebody has to do without: what they taught is served again by those who teach already.
    pub fewer: bool,
    /// Prices of days, where people are short while it improves what is served.
    pub strain: Option<Arc<Strain>>,
    /// Where less may be served than before, within the tolerance of coverage: the cost (in thousandths of a cent) and the points that
    /// it begins with.
    pub slack: Option<(i64, i64)>,
}

impl Phase {
    /// A phase for these goals that neither saves, but where money is short, nor does without anybody.
    pub fn new(held: usize, last: usize, share: u64) -> Phase {
        Phase { held, last, share, saving: 0, fewer: false, strain: None, slack: None }
    }

    /// The phase as it begins from this board.
    pub fn from(&self, world: &World, board: &Board) -> Phase {
        let cents = board.ledger.cost() / 1_000_000;
        let saves = !self.fewer && (self.saving > 0 || board.ledger.is_short());
        let saving = if saves { board.totals.points / SAVING * 1000 / cents.max(1) } else { 0 };
        let serves = self.held == 0 && !self.fewer && serving(&world.brief.goals()[self.last]);
        let strain = serves.then(|| Strain::of(world, board, spent(board))).flatten().map(Arc::new);
        Phase { saving, strain, ..self.clone() }
    }

    /// Takes the prices of days from this board, where the phase has such prices: who is full changes as the walk goes on.
    pub fn reprice(&mut self, world: &World, board: &Board) {
        if self.strain.is_some()
            && let Some(strain) = Strain::of(world, board, spent(board))
        {
            self.strain = Some(Arc::new(strain));
        }
    }
}

/// What is left over counts as much as a part of so many of what it buys on average: less than any request that it could
/// be spent on.
const SAVING: i64 = 7;

/// True for goals that count what is served.
fn serving(goal: &GoalId) -> bool {
    !matches!(goal, GoalId::Cost | GoalId::Preferences)
}

/// The phases for these goals: those of service that stand first together, then one for each goal that follows. Where people are
/// `short`, service gets most of the iterations: what is served there is found by slow cooling alone.
pub fn phases(goals: &[GoalId], short: bool) -> Vec<Phase> {
    let first = goals.iter().take_while(|g| serving(g)).count();
    let mut list = Vec::new();
    if first > 0 {
        list.push(Phase::new(0, first - 1, if short { 28 } else { 7 }));
    }
    for (i, goal) in goals.iter().enumerate().skip(first) {
        let share = match goal {
            GoalId::Cost => 7,
            GoalId::Preferences => 2,
            _ => 4,
        };
        list.push(Phase::new(i, i, share));
    }
    list
}

/// Where something that was promised is not served, and may be yet: what was promised for as little money as can be,
/// whatever else is served.
pub fn promises(goals: &[GoalId]) -> Option<Phase> {
    let at = goals.iter().position(|g| *g == GoalId::Commitments)?;
    (at == 0).then_some(Phase { saving: 1, ..Phase::new(at, at, 4) })
}

/// Where nothing but preferences is open and people count: everything served with one trainer less than before, whatever else is
/// preferred.
pub fn fewer(world: &World, goals: &[GoalId], settled: usize) -> Option<Phase> {
    let last = goals.iter().position(|g| *g == GoalId::Preferences)?;
    let serving = phases(goals, false).into_iter().next().filter(|p| p.last < last && goals[p.last] != GoalId::Cost)?;
    let counts = world.programme.preferences.trainer_used.0 > 0;
    (counts && settled == last).then_some(Phase { share: 14, fewer: true, ..serving })
}

/// What a phase makes as small as it can: one number out of its goals. An earlier goal weighs more than anything that
/// one step can win of a later one; what is missing to quotas and floors counts a little, so that steps lead there.
pub fn energy(world: &World, board: &Board, goals: &[GoalId], phase: &Phase) -> i64 {
    if phase.held == phase.last && !matches!(goals[phase.held], GoalId::Commitments) {
        let v = value(world, board, goals[phase.held]);
        // The cost in thousandths of a cent; the rest as it is.
        let scale = if goals[phase.held] == GoalId::Cost { 1000 } else { 1 };
        let bonus = match goals[phase.held] {
            GoalId::Preferences => concentration(world, board),
            GoalId::Cost => phase.slack.map_or(0, |(cost, points)| spare(board.totals.points, cost, points)),
            _ => 0,
        };
        return i64::try_from(v / scale).unwrap_or(i64::MAX).saturating_sub(bonus);
    }
    let t = &board.totals;
    let most = world.most_points;
    let mut sum = board.ledger.cost() / 1_000_000 * phase.saving / 1000;
    let mut weight: i64 = if phase.saving > 0 { most.saturating_mul(2) } else { 1 };
    for g in goals[phase.held..=phase.last].iter().rev() {
        match g {
            GoalId::Coverage => {
                sum -= t.points;
                weight = most.saturating_mul(2);
            }
            GoalId::Stability => {
                sum += weight * t.stability;
                weight = weight.saturating_mul(4);
            }
            GoalId::Kept => {
                sum -= t.kept.saturating_mul(4);
                weight = weight.max(most.saturating_mul(4));
            }
            GoalId::Commitments => {
                let (quotas, missing) = board.tally.unmet(world);
                let (floors, short) = board.ledger.unmet();
                sum += weight * (t.promises + quotas + floors) + weight / 1024 * (missing + short) / 2;
            }
            GoalId::Cost | GoalId::Preferences => {}
        }
    }
    sum
}

/// What it is worth that few people teach much: a plan with one trainer less is seldom a step away, one in which somebody
/// teaches less and another more is.
fn concentration(world: &World, board: &Board) -> i64 {
    let used = 7 * world.programme.preferences.trainer_used.0;
    if used == 0 {
        return 0;
    }
    let squares: i64 = board.diaries.iter().map(|d| (d.visits.len() * d.visits.len()) as i64).sum();
    (used / CONCENTRATION).saturating_mul(squares)
}

/// Somebody used is worth so many sessions squared.
const CONCENTRATION: i64 = 200;

/// Where less may be served, so many of 1,024 units that were taken off stay so.
const LEAVE: usize = 256;

/// What points are worth while less may be served, where so many cost so much: half of that. What is spared now lets
/// something dear go later.
fn spare(now: i64, cost: i64, points: i64) -> i64 {
    (i128::from(now) * i128::from(cost) / i128::from(points.max(1)) / 2) as i64
}

/// What the sessions that may be moved cost, in cents.
fn spent(board: &Board) -> i64 {
    board.live.items.iter().map(|s| board.slots[*s as usize].total()).sum()
}

/// What insertions prefer in a phase.
pub fn aim(world: &World, board: &Board, goals: &[GoalId], phase: &Phase) -> Aim {
    let served: i64 = board.totals.points.max(1);
    let spent = spent(board);
    let baseline = world.brief.baseline.is_some();
    let average = spent / (board.live.items.len() as i64).max(1);
    let preferring = goals[phase.last] == GoalId::Preferences;
    let mut aim = Aim {
        cost: if preferring { 256 } else { 1024 },
        points: i64::try_from(i128::from(spent.max(1)) * 1_000_000_000 / i128::from(served)).unwrap_or(i64::MAX),
        change: if baseline { average.max(10_000) } else { 0 },
        penalty: if preferring { average.max(10_000) / 4 } else { 0 },
        blink: 40,
        room: if phase.fewer {
            900
        } else if phase.held == 0 {
            300
        } else {
            0
        },
        promised: if phase.held == 0 { 150 } else { 0 },
        extra: if phase.held == 0 && !phase.fewer { 6 } else { 1 },
        leave: 0,
        fresh: 0,
        dismiss: 0,
        strain: phase.strain.clone(),
    };
    if phase.slack.is_some() {
        (aim.leave, aim.extra) = (LEAVE, 6);
    }
    if aim.strain.is_some() {
        // Points and changes are worth as much more as ways cost.
        aim.points = aim.points.saturating_mul(1 + WORTH);
        aim.change *= 1 + WORTH;
    }
    let used = world.programme.preferences.trainer_used.0;
    if preferring && used > 0 {
        aim.fresh = aim.dislike(7 * used).max(1000);
        aim.dismiss = 400;
    }
    aim
}
