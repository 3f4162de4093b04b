//! Puts days to what the master chose: the same rows with days told apart, on the chosen sessions only.

use crate::master::aims::Aim;
use crate::master::decode;
use crate::master::exchange::Exchange;
use crate::master::ladder::{self, Work};
use crate::master::model::{Chains, Grain, Model, People, Scope};
use crate::master::world::World;
use crate::milp::highs::{Limits, Solver, Standing, Watch};
use crate::plan::Plan;
use crate::programme::day::Span;
use crate::words::GoalId;

/// What the master chose.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Deliveries, each with the spans among which it may be.
    pub sessions: Vec<(usize, Vec<Span>)>,
    /// Who teaches what where, in which working language.
    pub people: People,
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
        }
        choice
    }
}

/// A dated plan, with its value of the goal in the aim's terms.
#[derive(Clone, Debug)]
pub struct Dated {
    pub plan: Plan,
    pub value: f64,
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
}

/// The best plan of these sessions (all of them or some) that keeps the earlier goals; stops where it is as good as
/// `hoped` (in shown units). With `own`, only the trainers that the master chose.
pub fn date(
    world: &World,
    choice: &Choice,
    (goal, given): (GoalId, &[(GoalId, i128)]),
    (hoped, own): (f64, bool),
    work: Work,
    exchange: &dyn Exchange,
) -> Option<Dated> {
    let scope = Scope {
        grain: Grain::Days,
        chains: Chains::Alone,
        only: Some(&choice.sessions),
        people: own.then_some(&choice.people),
        money: true,
    };
    let mut model = Model::new(world, &scope);
    for (g, value) in given {
        let aim = Aim::new(&model, *g);
        ladder::hold(&mut model, &aim, *value);
    }
    let aim = Aim::new(&model, goal);
    model.program.settle();
    let mut solver = Solver::new(&model.program);
    solver.objective(aim.sense(), &aim.terms);
    let sign = if goal.maximised() { -1.0 } else { 1.0 };
    let hoped = sign * (hoped - aim.constant) + aim.slack(hoped);
    let mut watch = Enough { sign, hoped, reached: false, exchange };
    let gap = if goal == GoalId::Cost { 0.004 } else { aim.step() * 0.999 };
    let limits = Limits { iterations: Some(work.iterations), gap, ..Limits::default() };
    let answer = solver.run(limits, &mut watch);
    exchange.tell(&format!(
        "dating {} sessions, {} columns, own {own} -> {:?} {:.3}, hoped {:.3}, {} nodes, {} iterations",
        choice.sessions.len(),
        model.program.columns(),
        answer.status,
        answer.objective + aim.constant,
        sign * hoped + aim.constant,
        answer.nodes,
        answer.iterations
    ));
    let plan = decode::plan(&model, &answer.values?)?;
    Some(Dated { plan, value: answer.objective + aim.constant })
}
