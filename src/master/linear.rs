//! The linear relaxation of a model: with all trips that pay, on the columns that matter where there are many, with the
//! rows that what is left by halves breaks (`subsets.rs`).

use super::aims::Aim;
use super::awake;
use super::calendar;
use super::exchange::Exchange;
use super::ladder::{Until, Work};
use super::model::Model;
use super::subsets;
use super::trips::{self, Look, visits};
use crate::milp::highs::{Answer, Limits, Solver, Status};
use crate::milp::program::AtMost;
use crate::milp::sift::relaxation;

/// A relaxation solved.
pub struct Relaxed {
    pub answer: Answer,
    /// No values are better (minimised), trips that are not columns yet included.
    pub bound: f64,
    /// What the last duals alone say (minimised): what reduced costs count from.
    pub base: f64,
    /// The solver with its last basis, where trips are priced: branching goes on from it.
    pub solver: Option<Solver>,
}

impl Relaxed {
    pub fn minimised(&self, sign: f64) -> Vec<f64> {
        self.answer.reduced.iter().map(|r| sign * r).collect()
    }

    /// False where no values as good as the target (minimised) use a column, by what it is worth.
    pub fn reaches(&self, model: &Model, worth: &[f64], col: usize, target: f64) -> bool {
        let Some(value) = self.answer.values.as_ref().and_then(|v| v.get(col)) else { return true };
        let program = &model.program;
        let zero = program.integer[col] && *value < 1e-9 && program.lower[col] == 0.0;
        !zero || worth[col] <= target - self.base + blur(target) + 1e-7 * (1.0 + target.abs())
    }
}

/// By so much a target may be missed: what floating point blurs.
pub fn blur(target: f64) -> f64 {
    1e-6 * (1.0 + target.abs().min(1e9)).min(1.0)
}

/// A relaxation is near enough when what trips outside it can add is no more than this share.
pub const NEAR: f64 = 2e-5;

/// The linear relaxation, with all trips that pay priced in.
pub fn relaxed(model: &mut Model, aim: &Aim, work: Work, exchange: &dyn Exchange, spent: &mut u64) -> Option<Relaxed> {
    relaxed_beyond(None, model, aim, work, exchange, spent)
}

/// The same, where it says more than a bound that is known already (minimised): else None, as soon as that is seen. Trips
/// are priced for nothing where those that there are do no worse than that bound.
pub fn relaxed_beyond(
    known: Option<f64>,
    model: &mut Model,
    aim: &Aim,
    work: Work,
    exchange: &dyn Exchange,
    spent: &mut u64,
) -> Option<Relaxed> {
    model.program.settle();
    let sign = if aim.goal.maximised() { -1.0 } else { 1.0 };
    if !model.has_trips() && model.program.columns() > awake::LARGE {
        return sifted(model, aim, work, exchange, spent);
    }
    let mut solver = Solver::new(&model.program);
    solver.objective(aim.sense(), &aim.terms);
    solver.relax(true);
    if !model.world.complete {
        solver.unsimplified();
    }
    let mut bound = f64::NEG_INFINITY;
    let mut rounds = 0;
    let mut last = None;
    let mut look = Look::Rough;
    let mut tail = Tail::default();
    loop {
        let left = work.iterations.saturating_sub(*spent);
        let limits = Limits { iterations: Some(left), ..Limits::default() };
        let answer = solver.run(limits, &mut Until(exchange));
        *spent += answer.iterations;
        let value = sign * answer.objective;
        if answer.status != Status::Optimal {
            // What earlier rounds said holds.
            return last.filter(|l: &Relaxed| l.bound.is_finite()).map(|l| Relaxed { bound, ..l });
        }
        if !model.has_trips() {
            exchange.tell(&format!(
                "{}: relaxation {:.3}, {} columns, {} rows, {} iterations",
                aim.goal,
                answer.objective + aim.constant,
                model.program.columns(),
                model.program.rows(),
                answer.iterations
            ));
            bound = value;
            let tightened = tighten(model, aim, &mut solver, &answer, &mut tail);
            let relaxed = Relaxed { answer, bound, base: value, solver: None };
            if tightened {
                last = Some(relaxed);
                continue;
            }
            return Some(relaxed);
        }
        if visit_less(model, &mut solver, &answer) {
            solver.primal(false);
            continue;
        }
        if known.is_some_and(|known| value <= known + blur(known)) {
            return None;
        }
        let mut round = trips::price(model, &mut solver, &answer, aim.sense(), look, exchange);
        rounds += 1;
        *spent += round.work;
        let over = *spent >= work.iterations;
        if over && look != Look::All && !exchange.stopped() {
            // Only exact looks bound anything: the last one is.
            look = Look::All;
            round = trips::price(model, &mut solver, &answer, aim.sense(), look, exchange);
        }
        bound = bound.max(value - round.slack);
        exchange.tell(&format!(
            "{}: round {rounds} {:.3}, bound {:.3}, {} trips of {}, {} iterations",
            aim.goal,
            answer.objective + aim.constant,
            sign * bound + aim.constant,
            round.added,
            model.trips.len(),
            answer.iterations
        ));
        let near = round.slack <= NEAR * (value + sign * aim.constant).abs().max(1.0);
        let few = round.added * 20 < model.trips.len().max(20);
        let ended = exchange.stopped() || over || look == Look::All && (round.added == 0 || near);
        if ended && !over && !exchange.stopped() && tighten(model, aim, &mut solver, &answer, &mut tail) {
            solver.primal(false);
            continue;
        }
        let relaxed = Relaxed { answer, bound, base: value - round.slack, solver: None };
        if ended {
            return Some(Relaxed { solver: Some(solver), ..relaxed });
        }
        look = match look {
            Look::Rough if !few => Look::Rough,
            Look::Hot if round.added > 0 => Look::Hot,
            Look::Rough | Look::Hot => Look::All,
            Look::All => Look::Hot,
        };
        last = Some(relaxed);
        solver.primal(true);
    }
}

/// The rows that hold for every plan and that these values break.
fn broken(model: &Model, aim: &Aim, values: &[f64], tail: &mut Tail) -> Vec<AtMost> {
    let mut rows = subsets::broken(model, values);
    if tail.pays(aim.terms.iter().map(|(col, v)| v * values[col.index()]).sum()) {
        rows.extend(calendar::broken(model, values));
    }
    rows
}

/// Rows over days are added as long as they move a relaxation's value: the last of them hardly do, and there are many.
#[derive(Default)]
struct Tail {
    last: Option<f64>,
    idle: u32,
}

/// What hardly moves a value is less than this share of it; so often in a row ends it.
const HARDLY: f64 = 2e-4;
const IDLE: u32 = 4;

impl Tail {
    fn pays(&mut self, value: f64) -> bool {
        let moved = self.last.is_none_or(|last| (value - last).abs() > HARDLY * value.abs());
        self.idle = if moved { 0 } else { self.idle + 1 };
        self.last = Some(value);
        self.idle < IDLE
    }
}

/// Adds the rows that a relaxation breaks; false where there are none.
fn tighten(model: &mut Model, aim: &Aim, solver: &mut Solver, answer: &Answer, tail: &mut Tail) -> bool {
    let found = answer.values.as_ref().map_or(Vec::new(), |v| broken(model, aim, v, tail));
    solver.at_most(&found);
    found.iter().for_each(|row| _ = model.program.at_most(row));
    model.program.settle();
    let any = !found.is_empty();
    model.learnt.extend(found);
    any
}

/// Adds the rows over how often trips visit, as far as a relaxation breaks them; false where there are none.
pub fn visit_less(model: &mut Model, solver: &mut Solver, answer: &Answer) -> bool {
    let found = answer.values.as_ref().map_or(Vec::new(), |v| visits::broken(model, v));
    model.program.settle();
    let rows: Vec<AtMost> = found.iter().map(|visits| visits.row(model)).collect();
    solver.at_most(&rows);
    for (visits, row) in found.into_iter().zip(&rows) {
        model.pool.heat(visits.trainer);
        let at = model.program.at_most(row);
        model.trip_rows.visits.push((visits, Some(at)));
    }
    !rows.is_empty()
}

/// The linear relaxation of a large model, on the columns that matter.
fn sifted(model: &mut Model, aim: &Aim, work: Work, exchange: &dyn Exchange, spent: &mut u64) -> Option<Relaxed> {
    if model.awake.is_empty() {
        model.awake = awake::first(model);
    }
    let mut begin = model.awake.clone();
    begin.resize(model.program.columns(), true);
    let left = work.iterations.saturating_sub(*spent);
    let terms = (aim.sense(), aim.terms.as_slice());
    let mut tail = Tail::default();
    let mut broken = |values: &[f64]| broken(model, aim, values, &mut tail);
    let sifted = relaxation(&model.program, terms, begin, left, &mut broken, &mut Until(exchange));
    *spent += sifted.answer.iterations;
    exchange.tell(&format!(
        "{}: relaxation {:.3} {:?}, {} of {} columns, {} rounds, {} iterations",
        aim.goal,
        sifted.answer.objective + aim.constant,
        sifted.answer.status,
        sifted.awake.iter().filter(|a| **a).count(),
        model.program.columns(),
        sifted.rounds,
        sifted.answer.iterations
    ));
    model.awake = sifted.awake;
    for added in sifted.added.into_iter().filter(|added| added.needed) {
        model.program.at_most(&added.row);
        model.learnt.push(added.row);
    }
    model.program.settle();
    if sifted.answer.status != Status::Optimal {
        return None;
    }
    Some(Relaxed { bound: sifted.bound, base: sifted.bound, answer: sifted.answer, solver: None })
}
