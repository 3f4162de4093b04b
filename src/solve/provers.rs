//! The exact engines as the solver asks them.

use super::finish::finish;
use super::prover::{Answer, Ask, Prover};
use super::report::Bound;
use crate::dating::exact::{Exact, Task};
use crate::full::Full;
use crate::full::prove::{Look, Task as FullTask, Work as FullWork};
use crate::master::exchange::Exchange;
use crate::master::ladder::Work as MasterWork;
use crate::master::world::World;
use crate::milp::halt::Halt;
use crate::plan::Plan;
use crate::plan::brief::Brief;
use crate::words::GoalId;
use std::cell::OnceCell;

/// The exact engines that suit this brief, in the order in which they are asked. `world` is theirs to fill.
pub fn provers<'w, 'a: 'w>(brief: &'a Brief<'a>, world: &'w OnceCell<World<'a>>) -> Vec<Box<dyn Prover + 'w>> {
    let goals = brief.goals();
    let dateless = Box::new(Dateless { goals: goals.clone(), brief, world, exact: None });
    let daily = Box::new(Daily { goals, brief, full: None });
    // What was promised is a matter of days: where trips may be chained, and days are few, they are looked at first.
    if brief.baseline.is_some() && brief.programme.rules.chain_missions && brief.programme.requests.len() <= FEW {
        vec![daily, dateless]
    } else {
        vec![dateless, daily]
    }
}

/// More is kept at the price of twice as many changes as are known and so many more, else by asking otherwise.
const ENOUGH: i128 = 10;

/// Programmes of so many requests are looked at day by day first.
const FEW: usize = 150;

/// Questions of this size or more are asked though the bound that is known says as much as their relaxation.
const AGAIN: u32 = 2;

/// The master: dates are left out, or told apart where the programme is small.
struct Dateless<'w, 'a> {
    goals: Vec<GoalId>,
    brief: &'a Brief<'a>,
    world: &'w OnceCell<World<'a>>,
    exact: Option<Exact<'w, 'a>>,
}

/// Collects nothing on the way: the answer has it all. Knows when to stop.
struct Line<'q> {
    halt: &'q Halt,
}

impl Exchange for Line<'_> {
    fn offer(&self, _plan: Plan) {}
    fn bound(&self, _goal: GoalId, _bound: i128) {}
    fn stopped(&self) -> bool {
        self.halt.is_set()
    }
    fn seconds(&self) -> Option<f64> {
        self.halt.seconds()
    }
}

impl Prover for Dateless<'_, '_> {
    fn name(&self) -> &'static str {
        "proving without dates"
    }

    fn complete(&self) -> bool {
        self.brief.baseline.is_none() && self.exact.as_ref().is_some_and(Exact::complete)
    }

    fn ask(&mut self, ask: &Ask) -> Answer {
        let world = self.world.get_or_init(|| World::new(self.brief));
        let exact = self.exact.get_or_insert_with(|| Exact::new(world));
        let given: Vec<(GoalId, i128)> = self.goals.iter().copied().zip(ask.floors.iter().copied()).collect();
        let goal = self.goals[ask.goal];
        let work = MasterWork { iterations: 15_000 << (2 * ask.size.min(10)) };
        // What is known without trips is looked at again with them where nothing else is left to be asked.
        let beyond = (ask.size < AGAIN).then_some(ask.bound);
        let (known, plan) = (Some(ask.values[ask.goal]), Some(ask.incumbent));
        let task = Task { given: &given, goal, known, plan, beyond, work };
        let proved = exact.prove(&task, &Line { halt: ask.halt });
        Answer {
            bounds: proved.bound.map(|value| Bound { goal, given: ask.floors.to_vec(), value }).into_iter().collect(),
            again: proved.more && !proved.plans.is_empty(),
            plans: proved.plans,
            exhausted: !proved.more && proved.iterations < work.iterations && !ask.halt.is_set(),
            work: proved.iterations,
        }
    }
}

/// The full model, day by day and trip by trip.
struct Daily<'a> {
    goals: Vec<GoalId>,
    brief: &'a Brief<'a>,
    full: Option<Option<Full<'a>>>,
}

impl Prover for Daily<'_> {
    fn name(&self) -> &'static str {
        "proving day by day"
    }

    fn ask(&mut self, ask: &Ask) -> Answer {
        if self.full.get_or_insert_with(|| Full::new(self.brief)).is_none() {
            return Answer { exhausted: true, ..Answer::default() };
        }
        let mut answer = Answer::default();
        let next = self.goals.get(ask.goal + 1);
        if self.goals[ask.goal] == GoalId::Kept && next == Some(&GoalId::Stability) && self.keeps_most(ask, &mut answer)
        {
            return answer;
        }
        self.prove(ask, (ask.goal, ask.floors, Some(ask.bound)), Look::Whole, &mut answer);
        answer
    }
}

impl Daily<'_> {
    /// Few changes are sought where as much is kept as the relaxation thinks possible: that leaves far less to look at than
    /// asking how much can be kept, whatever else changes. True where the question is answered.
    fn keeps_most(&mut self, ask: &Ask, answer: &mut Answer) -> bool {
        let Some(most) = self.prove(ask, (ask.goal, ask.floors, Some(ask.bound)), Look::Relaxed, answer) else {
            return false;
        };
        if most <= ask.values[ask.goal] {
            return true;
        }
        let mut floors = ask.floors.to_vec();
        floors.push(most);
        let before = answer.plans.len();
        let enough = 2 * ask.values[ask.goal + 1] + ENOUGH;
        self.prove(ask, (ask.goal + 1, &floors, None), Look::Within(enough), answer);
        answer.plans.len() > before
    }

    /// One question about a goal, the goals before it held to `floors`, with the bound that is known for it; the bound on
    /// it afterwards, where there is one.
    fn prove(
        &mut self,
        ask: &Ask,
        (goal, floors, bound): (usize, &[i128], Option<i128>),
        look: Look,
        answer: &mut Answer,
    ) -> Option<i128> {
        let full = self.full.as_mut()?.as_mut()?;
        let scale = 1u64 << (2 * ask.size.min(10));
        let work = FullWork { iterations: 12_500 * scale, trips: 5_000 * scale as usize };
        let task = FullTask {
            goal,
            earlier: floors,
            bound,
            work,
            look,
            stop: ask.halt,
            finish: &|plan| finish(self.brief, plan).ok(),
            found: &mut |_| {},
        };
        let proved = full.prove(Some(ask.incumbent), task);
        let goal = self.goals[goal];
        answer.bounds.extend(proved.bound.map(|value| Bound { goal, given: floors.to_vec(), value }));
        answer.plans.extend(proved.plan);
        answer.exhausted = proved.exhausted;
        answer.work += proved.iterations;
        proved.bound
    }
}
