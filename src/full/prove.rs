//! One goal: the relaxation with all trips priced, then whole numbers over what could still matter.
//!
//! The relaxation's value is a bound. A column whose reduced cost is more than δ is in no solution better than bound + δ,
//! so the whole-number program over the other columns, with a cutoff at bound + δ, either has the optimum or
//! shows that there is none below bound + δ (ENGINE §2.6). δ grows until one of the two says enough.
//!
//! Everything here minimises: goals that are maximised are counted negatively.

use super::model::{Column, Model, Name};
use super::pricing::{self, Bounds, Net};
use super::reach::Reach;
use super::rows::subsets;
use super::transcript;
use crate::milp::halt::Halt;
use crate::milp::highs::{Answer, Limits, Sense, Solver, Standing, Status, Watch};
use crate::milp::program::{Col, INFINITE, Program, Row};
use crate::milp::sift::relaxation;
use crate::plan::Plan;
use crate::plan::goals::value;
use crate::words::GoalId;
use std::collections::VecDeque;

/// How much work may be done. Everything here counts work, not time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Simplex iterations.
    pub iterations: u64,
    /// Trips that may be listed for one program.
    pub trips: usize,
}

impl Default for Work {
    fn default() -> Work {
        Work { iterations: 2_000_000, trips: 60_000 }
    }
}

/// What is known of a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// No plan that keeps the earlier goals is better, in `GoalId::units`; None where nothing is known.
    pub bound: Option<i128>,
    /// The best plan that was found, complete; None where it is no better than the one given.
    pub plan: Option<Plan>,
    /// Simplex iterations used.
    pub iterations: u64,
    /// True when more work could give nothing new.
    pub exhausted: bool,
}

/// The relaxation that is kept from goal to goal.
#[derive(Default)]
pub struct Relaxation {
    /// Where trips are priced.
    solver: Option<Solver>,
    /// Columns that it has.
    columns: usize,
    /// Where all trips are columns: those that were looked at so far.
    awake: Vec<bool>,
    /// The last questions: the goal, what earlier goals had to keep, and the answer. No trip that is not a column yet has a
    /// price below 0, so it is the answer still when trips were added.
    last: VecDeque<(usize, Vec<i128>, Answer)>,
}

/// So many answers of the relaxation are kept.
const ANSWERS: usize = 4;

/// A bound that stands already, as the solver counts it: no plan that keeps the earlier goals is better.
pub struct Known {
    goal: usize,
    earlier: Vec<i128>,
    bound: f64,
}

/// What is kept between questions.
#[derive(Default)]
pub struct Memory {
    relaxation: Option<Relaxation>,
    known: Vec<Known>,
}

impl Memory {
    /// The best bound that was found with the earlier goals held no tighter than now.
    fn bound(&self, model: &Model, goal: usize, earlier: &[i128]) -> f64 {
        let scales = &model.goals.scales;
        let holds = |k: &&Known| {
            k.goal == goal && scales.iter().zip(&k.earlier).zip(earlier).all(|((s, old), now)| !s.better(*old, *now))
        };
        self.known.iter().filter(holds).fold(f64::NEG_INFINITY, |best, k| best.max(k.bound))
    }
}

/// How far a question goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The relaxation, for its bound.
    Relaxed,
    /// Whole plans, better than the best one.
    Whole,
    /// Whole plans, no worse than this.
    Within(i128),
}

/// What is asked for a goal.
pub struct Task<'t> {
    pub goal: usize,
    /// What earlier goals must keep at least.
    pub earlier: &'t [i128],
    /// A bound that is known already.
    pub bound: Option<i128>,
    pub work: Work,
    pub look: Look,
    pub stop: &'t Halt,
    /// Completes a plan: statuses, charges, ids; None where it cannot be paid.
    pub finish: &'t dyn Fn(Plan) -> Option<Plan>,
    /// Is told every better plan.
    pub found: &'t mut dyn FnMut(&Plan),
}

/// Proves a goal as far as the work allows.
pub fn prove(model: &mut Model, nets: &[Net], memory: &mut Memory, incumbent: Option<&Plan>, task: Task) -> Proved {
    let sign = if model.goals.scales[task.goal].goal.maximised() { -1.0 } else { 1.0 };
    let bound = memory.bound(model, task.goal, task.earlier);
    let mut run = Run { goal: task.goal, sign, best: None, used: 0, bound, hopeless: false, task };
    if let Some(known) = run.task.bound {
        run.bound = run.bound.max(run.number(model, known));
    }
    if let Some(plan) = incumbent {
        run.take(model, plan.clone());
    }
    if !run.closed(model) {
        run.relax(model, nets, &mut memory.relaxation);
    }
    if run.bound > bound {
        memory.known.push(Known { goal: run.goal, earlier: run.task.earlier.to_vec(), bound: run.bound });
    }
    let exhausted = run.hopeless || run.closed(model);
    Proved {
        bound: run.outward(model),
        plan: run.best.filter(|(plan, _)| incumbent != Some(plan)).map(|(plan, _)| plan),
        iterations: run.used,
        exhausted,
    }
}

struct Run<'t> {
    goal: usize,
    sign: f64,
    /// The best plan that keeps the earlier goals, and its exact value.
    best: Option<(Plan, i128)>,
    used: u64,
    /// As the solver counts it, minimised, without the offset.
    bound: f64,
    /// More trips within reach than are ever listed: more work will not help.
    hopeless: bool,
    task: Task<'t>,
}

impl Run<'_> {
    /// The bound in the goal's units; where the solver cannot tell the best plan's value from it, that value.
    fn outward(&self, model: &Model) -> Option<i128> {
        let scale = model.goals.scales[self.goal];
        let offset = model.goals.offsets[self.goal];
        if self.bound == f64::NEG_INFINITY {
            return None;
        }
        let bound = offset + scale.bound(self.sign * self.bound);
        let bound = model.goals.sums[self.goal].as_ref().map_or(bound, |sums| sums.at_most(bound));
        match &self.best {
            Some((_, value)) if (bound - value).abs() <= scale.blur(*value) => Some(*value),
            _ => Some(bound),
        }
    }

    /// True when the best plan is as good as the bound.
    fn closed(&self, model: &Model) -> bool {
        let scale = model.goals.scales[self.goal];
        let both = self.best.as_ref().zip(self.outward(model));
        both.is_some_and(|((_, value), bound)| !scale.better(bound, *value))
    }

    fn stopped(&self) -> bool {
        self.task.stop.is_set() || self.used >= self.task.work.iterations
    }

    /// Completes a plan and takes it, if it keeps the earlier goals and is better.
    fn take(&mut self, model: &mut Model, plan: Plan) {
        let Some(plan) = (self.task.finish)(plan) else { return };
        let scales = &model.goals.scales;
        let kept = scales[..self.goal]
            .iter()
            .zip(self.task.earlier)
            .all(|(s, least)| !s.better(*least, value(s.goal, model.brief, &plan)));
        let now = value(scales[self.goal].goal, model.brief, &plan);
        let improves = self.best.as_ref().is_none_or(|(_, best)| scales[self.goal].better(now, *best));
        if kept && improves {
            // Its trips become columns: without them the relaxation may have no values at all.
            transcript::chosen(model, &plan);
            (self.task.found)(&plan);
            self.best = Some((plan, now));
        }
    }

    /// A value in the solver's numbers, minimised, without the offset.
    fn number(&self, model: &Model, units: i128) -> f64 {
        self.sign * model.goals.scales[self.goal].number(units - model.goals.offsets[self.goal])
    }

    /// Bounds of goal rows: earlier goals keep their values.
    fn row_bounds(&self, model: &Model) -> Vec<(f64, f64)> {
        (0..model.goals.rows.len())
            .map(|g| {
                let scale = model.goals.scales[g];
                match self.task.earlier.get(g).filter(|_| g < self.goal) {
                    None => (-INFINITE, INFINITE),
                    Some(least) => {
                        let number = scale.number(*least - model.goals.offsets[g]);
                        let slack = if scale.whole() { 0.0 } else { 1e-6 + number.abs() * 1e-9 };
                        if scale.goal.maximised() { (number - slack, INFINITE) } else { (-INFINITE, number + slack) }
                    }
                }
            })
            .collect()
    }

    /// The relaxation, all trips priced; then whole numbers.
    fn relax(&mut self, model: &mut Model, nets: &[Net], relaxation: &mut Option<Relaxation>) {
        let held = relaxation.get_or_insert_default();
        let again = held.last.iter().find(|(goal, earlier, _)| *goal == self.goal && earlier == self.task.earlier);
        let answer = match again {
            Some((_, _, answer)) => answer.clone(),
            None => {
                let found = if nets.is_empty() { self.sift(model, held) } else { self.price(model, nets, held) };
                let Some(answer) = found else { return };
                held.last.push_front((self.goal, self.task.earlier.to_vec(), answer.clone()));
                held.last.truncate(ANSWERS);
                answer
            }
        };
        self.bound = self.bound.max(answer.objective);
        if !self.closed(model) && self.task.look != Look::Relaxed {
            self.whole(model, nets, &answer);
        }
    }

    /// The bounds of the relaxation's rows: earlier goals keep their values, limits may be a little wider.
    fn relaxed_rows(&self, model: &Model) -> Vec<(f64, f64)> {
        let by = if model.goals.scales[self.goal].whole() { LOOSE } else { 0.0 };
        let (lower, upper) = (&model.rows.row_lower, &model.rows.row_upper);
        let mut bounds: Vec<(f64, f64)> = lower.iter().copied().zip(upper.iter().copied()).collect();
        for (lower, upper) in bounds.iter_mut().skip(model.goals.rows.len()) {
            if (*lower == -INFINITE) != (*upper == INFINITE) {
                *lower -= by;
                *upper += by;
            }
        }
        for (g, own) in self.row_bounds(model).into_iter().enumerate() {
            bounds[model.goal_row(g).index()] = own;
        }
        bounds
    }

    /// Solves the relaxation where every trip is a column; None where the work does not reach so far.
    fn sift(&mut self, model: &mut Model, held: &mut Relaxation) -> Option<Answer> {
        let (mut program, kept) = relaxed(model);
        (program.row_lower, program.row_upper) = self.relaxed_rows(model).into_iter().unzip();
        let mut awake = std::mem::take(&mut held.awake);
        let known = awake.len();
        // Those that have their own limit here too.
        awake.extend(model.columns[known..].iter().map(|c| upper_in_relaxation(c) == c.upper));
        for col in self.best.iter().filter_map(|(plan, _)| transcript::chosen(model, plan)).flatten() {
            awake[col.index()] = true;
        }
        let terms = self.objective(model, &mut kept.iter().copied());
        let mut broken = |values: &[f64]| subsets::broken(model, values);
        let most = self.task.work.iterations.saturating_sub(self.used).max(1);
        let mut stop = Stop { halt: self.task.stop, any: false, found: false };
        let sifted = relaxation(&program, (Sense::Minimise, &terms), awake, most, &mut broken, &mut stop);
        self.used += sifted.answer.iterations;
        for added in &sifted.added {
            subsets::add(model, &added.row);
        }
        held.awake = sifted.awake;
        if sifted.answer.status != Status::Optimal {
            return None;
        }
        // What is too little for columns to be looked at adds up: each is held once at most.
        let reduced = sifted.answer.reduced.iter().zip(&model.columns).zip(&held.awake);
        let outside =
            reduced.filter(|((r, _), awake)| **r < 0.0 && !**awake).map(|((r, c), _)| -r * c.upper).sum::<f64>();
        Some(Answer { objective: sifted.answer.objective - outside, ..sifted.answer })
    }

    /// Solves the relaxation and prices trips until none is missing; None where the work does not reach so far.
    fn price(&mut self, model: &mut Model, nets: &[Net], held: &mut Relaxation) -> Option<Answer> {
        let mut solver = held.solver.take().unwrap_or_else(|| {
            let (program, kept) = relaxed(model);
            let mut solver = Solver::new(&program);
            solver.relax(true);
            held.columns = kept.len();
            solver
        });
        for (row, (lower, upper)) in self.relaxed_rows(model).into_iter().enumerate() {
            solver.row_bounds(Row(row as u32), lower, upper);
        }
        // Where the last answer still is one, the primal method goes on from it; that pays where values are whole numbers.
        solver.primal(model.goals.scales[self.goal].whole() && !held.last.is_empty());
        let answer = self.priced(model, nets, &mut solver, &mut held.columns);
        held.solver = Some(solver);
        answer
    }

    fn priced(&mut self, model: &mut Model, nets: &[Net], solver: &mut Solver, columns: &mut usize) -> Option<Answer> {
        loop {
            self.catch_up(model, solver, columns);
            let limits = Limits {
                iterations: Some(self.task.work.iterations.saturating_sub(self.used).max(1)),
                ..Limits::default()
            };
            let answer = solver.run(limits, &mut Stop { halt: self.task.stop, any: false, found: false });
            self.used += answer.iterations;
            if answer.status != Status::Optimal {
                return None;
            }
            let weights = self.weights(model, &answer);
            let mut trips = Vec::new();
            for (t, net) in model.brief.programme.trainers.ids().zip(nets) {
                trips.extend(pricing::best(model, net, &weights, -1e-7, 40).into_iter().map(|(_, trip)| (t, trip)));
            }
            let before = model.columns.len();
            for (t, trip) in trips {
                model.add_trip(t, &trip);
            }
            if model.columns.len() == before {
                return Some(answer);
            }
            if self.stopped() {
                return None;
            }
            solver.primal(true);
        }
    }

    /// Hands new columns to the relaxation, and the objective of this goal.
    fn catch_up(&self, model: &Model, solver: &mut Solver, columns: &mut usize) {
        for column in &model.columns[*columns..] {
            let upper = upper_in_relaxation(column);
            solver.add_column(0.0, column.lower, upper, column.integer, &column.terms);
        }
        *columns = model.columns.len();
        solver.objective(Sense::Minimise, &self.objective(model, &mut (0..model.columns.len())));
    }

    /// The objective over these columns of the model, numbered in their order.
    fn objective(&self, model: &Model, columns: &mut dyn Iterator<Item = usize>) -> Vec<(Col, f64)> {
        columns
            .enumerate()
            .map(|(at, i)| (Col(at as u32), self.sign * model.counts(&model.columns[i], self.goal)))
            .filter(|(_, v)| *v != 0.0)
            .collect()
    }

    /// What one more in a row counts in a column's reduced cost.
    fn weights(&self, model: &Model, answer: &Answer) -> Vec<f64> {
        let mut weights: Vec<f64> = answer.duals.iter().map(|d| -d).collect();
        // Rows that came later have no price.
        weights.resize(model.rows.rows(), 0.0);
        weights[model.goal_row(self.goal).index()] += self.sign;
        weights
    }

    /// Whole numbers, δ by δ.
    fn whole(&mut self, model: &mut Model, nets: &[Net], relaxed: &Answer) {
        let weights = self.weights(model, relaxed);
        let reach = Reach::new(model, nets, &weights);
        let lowest = relaxed.objective;
        let scale = model.goals.scales[self.goal];
        let step = scale.number(scale.grid.max(1));
        let whole = scale.whole();
        // Whole numbers: values up to this one are looked at. Else: up to this much more than the relaxation.
        let mut aim = self.next(model, lowest.max(self.bound));
        let mut delta = lowest.abs() * 1e-3 + step;
        while !self.closed(model) && !self.stopped() {
            let roof = match (&self.best, self.task.look) {
                (Some((_, value)), _) => self.number(model, *value),
                (None, Look::Within(worst)) => self.number(model, worst) + step,
                (None, _) => f64::INFINITY,
            };
            // What is known to be too little is not tried again, nor what is hardly more.
            if lowest + delta <= self.bound {
                let further = if roof.is_finite() { (roof - self.bound) / 4.0 } else { lowest.abs() * 1e-3 };
                delta = self.bound - lowest + further.max(step);
            }
            let gap = roof - lowest;
            let last = if whole { aim >= roof - step - 1e-6 } else { gap <= delta };
            let most = if whole { aim.min(roof - step) - lowest } else { delta.min(gap + 1e-6) };
            // A column's reduced cost is as exact as the solver is.
            let room = most + 1e-7;
            let complete = self.list(model, nets, &reach, &weights, room);
            // Without some of the trips nothing is proven; better plans may be found all the same.
            self.hopeless |= !complete && self.task.work.trips >= TRIPS && !self.task.stop.is_set();
            if !complete && self.best.is_some() {
                let middle = self.next(model, (lowest.max(self.bound) + roof - step) / 2.0).min(roof - step);
                if !whole || ![middle, roof - step].into_iter().any(|most| self.sketch(model, &reach, &weights, most)) {
                    return;
                }
                continue;
            }
            let kept = reach.within(model, &weights, room);
            let (status, dual) = self.solve(model, &kept, lowest + most, false);
            let beyond = if whole { lowest + most + step } else { lowest + most };
            let proven = match status {
                Status::Infeasible if last => roof,
                Status::Infeasible => beyond,
                Status::Optimal | Status::Stopped | Status::Failed => dual.min(beyond),
            };
            if complete {
                self.bound = self.bound.max(proven);
            }
            if last || status != Status::Infeasible {
                return;
            }
            // Changes are few, and each more of them lets in many columns.
            let few = scale.goal == GoalId::Stability && aim - lowest < FEW;
            aim = self.next(model, if few { beyond } else { beyond.max(aim + (aim - lowest) / 2.0) });
            delta = (delta * 2.0).max(delta + step);
        }
    }

    /// The first value that a plan can have from here on, as the solver counts it (minimised), where those are whole
    /// numbers.
    fn next(&self, model: &Model, from: f64) -> f64 {
        let number = (from - 1e-6).ceil();
        match &model.goals.sums[self.goal] {
            Some(sums) if self.sign < 0.0 && number.abs() < 1e15 => {
                let one = model.goals.scales[self.goal].one;
                -(sums.at_most(-(number as i128) * one) as f64 / one as f64)
            }
            _ => number,
        }
    }

    /// Adds every trip that could be in a solution better than the relaxation by no more than `most`; false where they
    /// are too many.
    fn list(&self, model: &mut Model, nets: &[Net], reach: &Reach, weights: &[f64], most: f64) -> bool {
        let mut all = Vec::new();
        for (t, net) in model.brief.programme.trainers.ids().zip(nets) {
            let mut trips = Vec::new();
            if self.task.stop.is_set() {
                return false;
            }
            let sites = reach.surcharges(model, t, most);
            let bounds = Bounds { weights, sites: &sites, most, limit: self.task.work.trips.min(TRIPS) - all.len() };
            if !pricing::all(model, net, &bounds, &mut trips) {
                return false;
            }
            all.extend(trips.into_iter().map(|trip| (t, trip)));
        }
        for (t, trip) in all {
            model.add_trip(t, &trip);
        }
        true
    }

    /// A plan no worse than `most` among the columns that matter most, of the trips that there are: true where there is
    /// one. No proof.
    fn sketch(&mut self, model: &mut Model, reach: &Reach, weights: &[f64], most: f64) -> bool {
        let kept = reach.nearest(model, weights, SKETCH);
        let before = self.best.as_ref().map(|(_, value)| *value);
        self.solve(model, &kept, most, true);
        self.best.as_ref().map(|(_, value)| *value) != before
    }

    /// The whole-number program over some columns, value ≤ `most`: how it ended, and the solver's bound. With `any`, the
    /// first values found will do.
    fn solve(&mut self, model: &mut Model, kept: &[usize], most: f64, any: bool) -> (Status, f64) {
        let mut keep = vec![false; model.columns.len()];
        for i in kept {
            keep[*i] = true;
        }
        let (program, kept) = model.program(&|i| keep[i]);
        let mut solver = Solver::new(&program);
        for (g, (lower, upper)) in self.row_bounds(model).into_iter().enumerate() {
            solver.row_bounds(model.goal_row(g), lower, upper);
        }
        solver.objective(Sense::Minimise, &self.objective(model, &mut kept.iter().copied()));
        let scale = model.goals.scales[self.goal];
        let whole = scale.whole();
        let gap = if whole { 0.999 } else { 0.0 };
        let slack = if whole { 0.25 } else { 1e-6 + most.abs() * 1e-9 };
        let limits = Limits {
            cutoff: most.is_finite().then_some(most + slack),
            iterations: Some(self.task.work.iterations.saturating_sub(self.used).max(1)),
            gap,
            // Money is proven sooner with it, but where columns are very many; points and changes without.
            probing: !whole && kept.len() <= PROBED,
            ..Limits::default()
        };
        let mut watch = Stop { halt: self.task.stop, any, found: false };
        let answer = solver.run(limits, &mut watch);
        self.used += answer.iterations + kept.len() as u64 / COLUMNS;
        if let Some(values) = &answer.values {
            let mut ones = vec![false; model.columns.len()];
            for (at, i) in kept.iter().enumerate() {
                ones[*i] = values[at] > 0.5;
            }
            if let Some(plan) = transcript::plan(model, &|i| ones[i]) {
                self.take(model, plan);
            }
        }
        (answer.status, answer.bound)
    }
}

/// Trips that are listed for one program, at most, however much work may be done.
const TRIPS: usize = 300_000;

/// Values are tried one by one before the search begins where there are at most so many columns.
const PROBED: usize = 15_000;

/// What a program of so many columns takes beside simplex iterations, in iterations: one.
const COLUMNS: u64 = 4;

/// A sketch looks at so many columns.
const SKETCH: usize = 5_000;

/// Up to so many changes more than the relaxation has, they are looked at one by one.
const FEW: f64 = 5.0;

/// By so much limits may be exceeded when prices are asked for, where values are whole numbers. Many are met exactly by
/// chance, by what nobody wants otherwise: then they have no price, and what it would take to change something shows.
const LOOSE: f64 = 1e-4;

/// All columns of the model as the relaxation has them, and which they are.
fn relaxed(model: &Model) -> (Program, Vec<usize>) {
    let (mut program, kept) = model.program(&|_| true);
    for (upper, column) in program.upper.iter_mut().zip(&model.columns) {
        *upper = upper_in_relaxation(column);
    }
    (program, kept)
}

/// That a request is served at most once says that its sessions and their trips are held at most once, too. Without
/// limits of their own, prices stand on the requests, and say of every other session what it would take.
fn upper_in_relaxation(column: &Column) -> f64 {
    match column.name {
        Name::Session(_) | Name::Seat(..) | Name::Trip(_) if column.lower < 0.5 => INFINITE,
        _ => column.upper,
    }
}

/// Stops a run when it is asked to, or when any values will do and there are some.
struct Stop<'a> {
    halt: &'a Halt,
    any: bool,
    found: bool,
}

impl Watch for Stop<'_> {
    fn improved(&mut self, _objective: f64, _values: &[f64]) {
        self.found = true;
    }

    fn stop(&mut self, _standing: Standing) -> bool {
        self.any && self.found || self.halt.is_set()
    }

    fn seconds(&self) -> Option<f64> {
        self.halt.seconds()
    }

    fn given_up(&self) -> bool {
        self.halt.is_set()
    }
}
