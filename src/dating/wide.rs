//! Days put not to one choice of the master but to all that is near its bound: where people's days are short, hardly any choice
//! can be dated as it is, and what can is a little of each.

use super::{Choice, by_days};
use crate::master::aims::Aim;
use crate::master::decode;
use crate::master::exchange::Exchange;
use crate::master::ladder::{Near, Until, Work};
use crate::master::model::Model;
use crate::master::world::World;
use crate::milp::highs::{Limits, Sense, Solver, Status};
use crate::milp::program::Col;
use crate::plan::Plan;
use crate::programme::day::Span;
use crate::programme::id::{Dense, RequestId};
use crate::words::GoalId;
use std::cmp::Ordering;

/// Values below this are nothing.
const NOTHING: f64 = 1e-6;

/// What the best plan (values of its columns) and the relaxation have, then of each request the ways nearest to the bound,
/// no further from it than `gap`, until there are about so many columns of days.
pub fn nearest(model: &Model, near: &[Near], plan: &[(Col, f64)], gap: f64, most: usize) -> Choice {
    let mut chosen: Vec<bool> = near.iter().map(|n| n.value > NOTHING).collect();
    plan.iter().filter(|(_, value)| *value > 0.5).for_each(|(col, _)| chosen[col.index()] = true);
    let within = |col: Col| chosen[col.index()] || near[col.index()].worth <= gap;
    // Many ways to serve the same request are as near as each other: each request has its turn.
    let mut order: Vec<(bool, usize, usize)> = Vec::new();
    for serving in model.serving.values() {
        let mut ways: Vec<usize> = serving.iter().copied().filter(|h| within(model.held[*h].col)).collect();
        let key = |h: &usize| {
            let at = model.held[*h].col.index();
            (!chosen[at], near[at].worth)
        };
        ways.sort_by(|a, b| key(a).partial_cmp(&key(b)).unwrap_or(Ordering::Equal).then(a.cmp(b)));
        order.extend(ways.into_iter().enumerate().map(|(rank, h)| (!chosen[model.held[h].col.index()], rank, h)));
    }
    order.sort_unstable();
    let mut choice = Choice::default();
    let (mut held, mut open) = (vec![false; model.held.len()], vec![false; model.cells.len()]);
    let mut columns = 0;
    for (_, _, h) in order {
        if columns > most {
            break;
        }
        if std::mem::replace(&mut held[h], true) {
            continue;
        }
        let held = &model.held[h];
        columns += held.spans.len();
        choice.sessions.push((held.delivery, held.spans.clone()));
        if !std::mem::replace(&mut open[held.cell], true) {
            let cell = &model.cells[held.cell];
            for seat in cell.seats.iter().map(|s| &model.seats[*s]).filter(|s| within(s.col)) {
                columns += seat.reach.len();
                choice.people.insert((cell.course, cell.place, cell.working, seat.trainer));
            }
        }
    }
    without_strays(model, &mut choice.sessions);
    choice.sessions.sort();
    choice
}

/// Leaves out what comes after something that is not among these deliveries: in a part of the world nobody asks for it.
fn without_strays(model: &Model, sessions: &mut Vec<(usize, Vec<Span>)>) {
    let world = model.world;
    loop {
        let mut there = Dense::filled(false, world.programme.requests.len());
        for r in sessions.iter().flat_map(|(d, _)| &world.deliveries[*d].requests) {
            there[*r] = true;
        }
        let before = sessions.len();
        let follows = |r: &RequestId| world.programme.requests[*r].after.iter().all(|p| there[*p]);
        sessions.retain(|(d, _)| world.deliveries[*d].requests.iter().all(follows));
        if sessions.len() == before {
            return;
        }
    }
}

/// What came of looking for a better plan.
pub struct Better {
    /// Without charges.
    pub plan: Option<Plan>,
    /// True where `plan` is the best there is here, or there is none.
    pub settled: bool,
    /// Simplex iterations.
    pub iterations: u64,
}

/// A plan of these sessions, or of some of them, that is better than `known` (in shown units).
pub fn better(
    world: &World,
    choice: &Choice,
    (goal, given): (GoalId, &[(GoalId, i128)]),
    known: f64,
    work: Work,
    exchange: &dyn Exchange,
) -> Better {
    let mut model = by_days(world, &choice.sessions, Some(&choice.people), given);
    let aim = Aim::new(&model, goal);
    model.program.settle();
    let sign = if goal.maximised() { -1.0 } else { 1.0 };
    let terms: Vec<(Col, f64)> = aim.terms.iter().map(|(col, value)| (*col, sign * value)).collect();
    let limits = Limits {
        iterations: Some(work.iterations),
        gap: aim.gap(),
        probing: false,
        cutoff: Some(sign * (known - aim.constant) - aim.step() + aim.room()),
        ..Limits::default()
    };
    let mut solver = Solver::new(&model.program);
    solver.objective(Sense::Minimise, &terms);
    let answer = solver.run(limits, &mut Until(exchange));
    exchange.tell(&format!(
        "{goal}: days for {} sessions, {} columns -> {:?} {:.3}, bound {:.3}, {} nodes, {} iterations",
        choice.sessions.len(),
        model.program.columns(),
        answer.status,
        sign * answer.objective + aim.constant,
        sign * answer.bound + aim.constant,
        answer.nodes,
        answer.iterations
    ));
    Better {
        plan: answer.values.and_then(|values| decode::plan(&model, &values)),
        settled: matches!(answer.status, Status::Optimal | Status::Infeasible),
        iterations: answer.iterations,
    }
}
