//! Puts days to what the master chose: the same rows with days told apart, on the chosen sessions only. Where days cannot
//! be put to them, `conflict.rs` finds out which few of them cannot be together; where people are short, `wide.rs` puts days to all
//! that is near the bound. `exact.rs` lets them work in turns: the door of the exact engine.

pub mod conflict;
pub mod exact;
pub mod wide;

use crate::master::aims::Aim;
use crate::master::decode;
use crate::master::delivery::{Firm, Site};
use crate::master::exchange::Exchange;
use crate::master::ladder::{self, Work};
use crate::master::model::{Chains, Grain, Model, People, Scope};
use crate::master::world::World;
use crate::milp::highs::{Limits, Solver, Standing, Watch};
use crate::milp::program::INFINITE;
use crate::plan::Plan;
use crate::programme::day::Span;
use crate::words::GoalId;
use std::collections::BTreeMap;

/// What the master chose.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Deliveries, each with the spans among which it may be.
    pub sessions: Vec<(usize, Vec<Span>)>,
    /// Who teaches what where, in which working language.
    pub people: People,
    /// What the seats of all sessions there cost together, in cents: one person may be chosen for two of three sessions.
    pub paid: BTreeMap<Site, i64>,
}

impl Choice {
    /// What these values of a master choose.
    pub fn of(model: &Model, values: &[f64]) -> Choice {
        let on = |col: crate::milp::program::Col| values[col.index()] > 0.5;
        let mut choice = Choice::default();
        for held in model.held.iter().filter(|h| on(h.col)) {
            choice.sessions.push((held.delivery, held.spans.clone()));
        }
        for seat in model.seats.iter().filter(|s| on(s.col)) {
            let cell = &model.cells[seat.cell];
            choice.people.insert((cell.course, cell.place, cell.working, seat.trainer));
            if cell.firm == Firm::Open {
                let times = values[seat.col.index()].round() as i64;
                *choice.paid.entry(cell.site()).or_default() += times * seat.cents();
            }
        }
        choice
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// Every chosen session, and the goal as good as hoped: days are found, or it is known that there are none.
    Every,
    /// The best plan of these sessions or some of them.
    Best,
}

/// Who may teach.
#[derive(Clone, Copy, Debug)]
pub enum Who<'c> {
    /// Those that the master chose.
    Chosen,
    /// They, and these.
    With(&'c People),
    Anybody,
}

/// Stops as soon as something as good as hoped for is there.
struct Enough<'s> {
    sign: f64,
    hoped: f64,
    reached: bool,
    exchange: &'s dyn Exchange,
}

impl Watch for Enough<'_> {
    fn improved(&mut self, objective: f64, _values: &[f64]) {
        self.reached |= self.sign * objective <= self.hoped;
    }

    fn stop(&mut self, _standing: Standing) -> bool {
        self.reached || self.exchange.stopped()
    }

    fn seconds(&self) -> Option<f64> {
        self.exchange.seconds()
    }

    fn given_up(&self) -> bool {
        self.exchange.stopped()
    }
}

/// Dates a choice so that the earlier goals are kept: a plan with its value of the goal, where one is found. Values are in
/// shown units. Also says how many simplex iterations it took.
pub fn date(
    world: &World,
    choice: &Choice,
    (goal, given): (GoalId, &[(GoalId, i128)]),
    (want, hoped, who): (Want, f64, Who),
    work: Work,
    exchange: &dyn Exchange,
) -> (Option<(Plan, f64)>, u64) {
    let people = match who {
        Who::Chosen => Some(choice.people.clone()),
        Who::With(more) => Some(choice.people.union(more).copied().collect()),
        Who::Anybody => None,
    };
    let mut model = by_days(world, &choice.sessions, people.as_ref(), given);
    let aim = Aim::new(&model, goal);
    let sign = if goal.maximised() { -1.0 } else { 1.0 };
    let enough = sign * (hoped - aim.constant) + aim.slack(hoped);
    if want == Want::Every {
        hold_every(&mut model, &choice.sessions);
    }
    // What days decide is looked for step by step; for the rest it is enough that it is there.
    let feasible = want == Want::Every && !matches!(goal, GoalId::Preferences | GoalId::Stability);
    if feasible {
        ladder::hold(&mut model, &aim, hoped - aim.constant);
    }
    model.program.settle();
    let mut solver = Solver::new(&model.program);
    if !feasible {
        solver.objective(aim.sense(), &aim.terms);
    }
    let mut watch = Enough { sign, hoped: if feasible { INFINITE } else { enough }, reached: false, exchange };
    let limits = Limits {
        iterations: Some(work.iterations),
        gap: aim.gap(),
        probing: false,
        neighbourhood: !feasible,
        // Whatever there is counts 0: as if it were known that there is something.
        cutoff: feasible.then_some(0.5),
        ..Limits::default()
    };
    let answer = solver.run(limits, &mut watch);
    exchange.tell(&format!(
        "dating {} sessions, {} columns, {want:?} -> {:?} {:.3}, hoped {:.3}, {} nodes, {} iterations",
        choice.sessions.len(),
        model.program.columns(),
        answer.status,
        answer.objective + aim.constant,
        sign * enough + aim.constant,
        answer.nodes,
        answer.iterations
    ));
    let dated = answer.values.and_then(|values| {
        let value: f64 = aim.terms.iter().map(|(c, v)| v * values[c.index()]).sum();
        Some((decode::plan(&model, &values)?, value + aim.constant))
    });
    (dated, answer.iterations)
}

/// The master's rows with days told apart, for these sessions and people, the earlier goals held.
fn by_days<'w, 'a>(
    world: &'w World<'a>,
    sessions: &[(usize, Vec<Span>)],
    people: Option<&People>,
    given: &[(GoalId, i128)],
) -> Model<'w, 'a> {
    let scope = Scope { grain: Grain::Days, chains: Chains::Alone, only: Some(sessions), people, money: true };
    let mut model = Model::new(world, &scope);
    ladder::hold_all(&mut model, given);
    model
}

/// Rows that say that each of these deliveries takes place.
fn hold_every(model: &mut Model, sessions: &[(usize, Vec<Span>)]) {
    for (delivery, _) in sessions {
        let held: Vec<_> = model.held.iter().filter(|h| h.delivery == *delivery).map(|h| (h.col, 1.0)).collect();
        model.program.row(1.0, 1.0, held);
    }
}
