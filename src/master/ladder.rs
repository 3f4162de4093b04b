//! One goal of the ladder on one model: the linear bound, then whole solutions better than what is known, found or
//! ruled out by targets that step back from the bound.

use super::aims::Aim;
use super::awake;
use super::branch::branch;
use super::core::core;
use super::exchange::Exchange;
use super::linear::{Relaxed, blur, relaxed_beyond};
use super::model::Model;
use super::trips;
use super::worth::worth;
use crate::milp::compact::Compact;
use crate::milp::highs::{Answer, Limits, Sense, Solver, Standing, Status, Watch};
use crate::milp::program::{Col, INFINITE};
use crate::words::GoalId;

/// Work that may be done, counted in simplex iterations; the clock only cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    pub iterations: u64,
}

/// What one goal's ladder found, in the aim's terms without its constant.
#[derive(Clone, Debug)]
pub struct Climb {
    /// No values of the model are better than this.
    pub bound: f64,
    /// The best whole values found, if any, with their objective.
    pub best: Option<(f64, Vec<f64>)>,
    /// True when `best` comes from a part of the columns only: no proof was tried.
    pub sketched: bool,
    /// True when nothing better than `best`, or than what was known, can be found here.
    pub settled: bool,
    /// What the relaxation says by column: its value, and how far from the relaxation's value a plan is at least that uses
    /// it. Empty where that was not asked.
    pub near: Vec<Near>,
    /// Work done.
    pub iterations: u64,
}

/// What a relaxation says of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    pub value: f64,
    pub worth: f64,
}

impl Climb {
    /// True where not even a bound came of it.
    pub fn silent(&self) -> bool {
        self.bound.abs() >= INFINITE
    }

    /// Nothing but a bound, after so much work.
    fn unsettled(bound: f64, iterations: u64) -> Climb {
        Climb { bound, best: None, sketched: false, settled: false, near: Vec::new(), iterations }
    }
}

/// Relaxations are split where the best known value is as near as this share of it.
const SPLIT: f64 = 0.01;

/// Stops when told from outside.
pub struct Until<'s>(pub &'s dyn Exchange);

impl Watch for Until<'_> {
    fn stop(&mut self, _standing: Standing) -> bool {
        self.0.stopped()
    }

    fn seconds(&self) -> Option<f64> {
        self.0.seconds()
    }

    fn given_up(&self) -> bool {
        self.0.stopped()
    }
}

/// Adds a row that holds a goal to a value (shown units, without the constant), or better.
pub fn hold(model: &mut Model, aim: &Aim, value: f64) {
    let slack = aim.slack(value + aim.constant);
    let (lower, upper) = if aim.goal.maximised() { (value - slack, INFINITE) } else { (-INFINITE, value + slack) };
    model.program.row(lower, upper, aim.terms.iter().copied());
}

/// Holds every goal that comes before to its value.
pub fn hold_all(model: &mut Model, given: &[(GoalId, i128)]) {
    for (goal, value) in given {
        let aim = Aim::new(model, *goal);
        hold(model, &aim, aim.shown(*value) - aim.constant);
    }
}

/// How far below the bound the targets go, one after the other: whole points, or shares of the value.
fn steps(goal: GoalId) -> &'static [f64] {
    match goal {
        GoalId::Cost => &[0.001, 0.002, 0.004, 0.016, 0.06],
        GoalId::Preferences => &[0.0, 0.01, 0.05, 0.2, 1.0],
        GoalId::Commitments | GoalId::Stability => &[0.0, 1.0, 2.0, 4.0, 8.0],
        GoalId::Kept | GoalId::Coverage => &[0.0, 4.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0, 1280.0, 2560.0],
    }
}

/// What is known when a climb begins; values in the aim's terms without its constant.
#[derive(Clone, Copy, Debug, Default)]
pub struct Start<'k> {
    /// The best plan's value.
    pub known: Option<f64>,
    /// A bound that holds already.
    pub bound: Option<f64>,
    /// What the model itself reaches, as was seen in a part of it.
    pub sketched: Option<f64>,
    /// The whole columns of the best plan, with their values.
    pub plan: &'k [(Col, f64)],
    /// Whether a large model is looked at in part first where the best plan is far from the bound.
    pub sketches: bool,
    /// Whether nothing is looked for but what is found soon: something else follows.
    pub soon: bool,
    /// Nothing is looked for where the relaxation with trips says no more than this bound.
    pub beyond: Option<f64>,
}

/// Climbs from the relaxation.
pub fn climb(model: &mut Model, aim: &Aim, start: Start, work: Work, exchange: &dyn Exchange) -> Climb {
    let Start { known, bound: before, .. } = start;
    let sign = if aim.goal.maximised() { -1.0 } else { 1.0 };
    let mut spent = 0;
    let beyond = start.beyond.map(|bound| sign * bound);
    let Some(mut linear) = relaxed_beyond(beyond, model, aim, work, exchange, &mut spent) else {
        return Climb::unsettled(-sign * INFINITE, spent);
    };
    // From here on everything is minimised.
    let root = linear.bound;
    let mut bound = rounded(aim, before.map_or(root, |b| root.max(sign * b)), sign);
    let known = known.map(|k| sign * k);
    let close = |bound: f64| known.is_some_and(|k| k - bound < aim.slack(k));
    if close(bound) {
        return Climb { settled: true, ..Climb::unsettled(sign * bound, spent) };
    }
    let roof = known.unwrap_or(bound + UNKNOWN * (bound + sign * aim.constant).abs().max(aim.step()));
    let slow = model.slow.iter().any(|(goal, far)| *goal == aim.goal && roof - bound > far / 2.0);
    // What is further off is not closed by splitting: a node takes seconds there, and gives a part of a thousandth.
    let wide = roof - bound > SPLIT * (roof + sign * aim.constant).abs();
    let solver = linear.solver.take().filter(|_| aim.goal != GoalId::Preferences && !slow && !wide);
    if let Some(mut solver) = solver {
        let left = work.iterations.saturating_sub(spent);
        let branched = branch(model, &mut solver, aim, (bound, roof), left / 2, exchange);
        spent += branched.iterations;
        if branched.slow {
            model.slow.push((aim.goal, roof - bound));
        }
        bound = rounded(aim, bound.max(branched.bound), sign);
        if close(bound) {
            return Climb { settled: true, ..Climb::unsettled(sign * bound, spent) };
        }
    }
    let worth = worth(model, &linear.minimised(sign));
    let climbed = descend(model, aim, start, (&linear, &worth, bound), (work, spent), exchange);
    let values = linear.answer.values.unwrap_or_default();
    let near = values.into_iter().zip(worth).map(|(value, worth)| Near { value, worth }).collect();
    Climb { near, ..climbed }
}

/// From a relaxation's bound (minimised): whole values by targets that step back from it.
fn descend(
    model: &mut Model,
    aim: &Aim,
    start: Start,
    (linear, worth, mut bound): (&Relaxed, &[f64], f64),
    (work, mut spent): (Work, u64),
    exchange: &dyn Exchange,
) -> Climb {
    let Start { known, sketched, plan, sketches, soon, .. } = start;
    let sign = if aim.goal.maximised() { -1.0 } else { 1.0 };
    let (root, known) = (linear.bound, known.map(|k| sign * k));
    let finish = |bound: f64, best: Option<(f64, Vec<f64>)>, settled: bool, spent: u64| Climb {
        best: best.map(|(o, v)| (sign * o, v)),
        settled,
        ..Climb::unsettled(sign * bound, spent)
    };
    let scale = if aim.goal == GoalId::Cost { (root + aim.constant).abs() } else { 1.0 };
    let far = known.is_none_or(|k| k - bound > (FAR * (k + sign * aim.constant).abs()).max(aim.step()));
    let last = known.map(|k| k - aim.step());
    let within = |model: &Model, target: f64| {
        (0..model.program.columns()).filter(|c| linear.reaches(model, worth, *c, target)).count()
    };
    let all = last.map(|last| within(model, last));
    if sketches
        && aim.goal != GoalId::Preferences
        && model.program.columns() > awake::LARGE
        && !model.has_trips()
        && far
    {
        for (i, share) in SKETCHES.iter().enumerate() {
            if all.is_some_and(|all| all <= *share) {
                // No part of it: all that is better than what is known can be looked at.
                break;
            }
            if i == 1 && aim.goal.maximised() {
                // A few requests undecided give more than wide sketches.
                let target = known.map_or(INFINITE, |k| k - aim.step());
                let answer = core(model, aim, &linear.answer, target, work.iterations, exchange);
                spent += answer.iterations;
                if let Some(values) = answer.values {
                    let best = Some((sign * answer.objective, values));
                    return Climb { sketched: true, ..finish(bound, best, false, spent) };
                }
            }
            let left = work.iterations.saturating_sub(spent);
            if left == 0 || exchange.stopped() {
                break;
            }
            let answer = sketch(model, aim, sign, (linear, worth), (known, plan, *share), left, exchange);
            spent += answer.iterations;
            if let Some(values) = answer.values {
                let best = Some((sign * answer.objective, values));
                return Climb { sketched: true, ..finish(bound, best, false, spent) };
            }
        }
    }
    for (i, step) in steps(aim.goal).iter().enumerate() {
        let mut target = bound.max(root) + step * scale;
        let mut final_one = i + 1 == steps(aim.goal).len();
        let sketched = sketched.map(|s| sign * s).filter(|s| i == 0 && *s > bound && last.is_none_or(|last| *s < last));
        if let Some(sketched) = sketched {
            // As good as this there is something: nothing further off is of interest.
            target = sketched;
        } else if let (Some(last), Some(all)) = (last, all) {
            // A target that leaves hardly less to look at than the last one is not worth a run of its own.
            let short = (target - bound) * 1.5 >= last - bound && *step > 0.0;
            if target >= last - aim.slack(last) || final_one || short || within(model, target) * 9 >= all * 8 {
                target = last;
                final_one = true;
            }
        } else if final_one {
            target = INFINITE;
        }
        // As far as can be looked at.
        for _ in 0..HALVES {
            if !bound.is_finite() || within(model, target) <= MOST {
                break;
            }
            target = f64::midpoint(bound.max(root), target);
            final_one = false;
        }
        let left = work.iterations.saturating_sub(spent);
        if left == 0 || exchange.stopped() {
            return finish(bound, None, false, spent);
        }
        let Some(answer) = toward(model, aim, (linear, worth), (target, soon), left, exchange) else {
            exchange.tell(&format!("{}: too much to look as far as {:.3}", aim.goal, sign * target + aim.constant));
            if !sketches || model.has_trips() {
                return finish(bound, None, false, spent);
            }
            let answer = sketch(model, aim, sign, (linear, worth), (known, plan, WIDE), left, exchange);
            spent += answer.iterations;
            let best = answer.values.map(|v| (sign * answer.objective, v));
            return Climb { sketched: true, ..finish(bound, best, false, spent) };
        };
        spent += answer.iterations;
        exchange.tell(&format!(
            "{}: bound {:.3} target {:.3} -> {}",
            aim.goal,
            sign * bound + aim.constant,
            sign * target + aim.constant,
            told(aim, &answer)
        ));
        match answer.status {
            Status::Infeasible => {
                bound = bound.max(beyond(aim, target, sign));
                if final_one {
                    return finish(known.map_or(bound, |k| k.max(bound)), None, true, spent);
                }
            }
            Status::Optimal => {
                let dual = sign * answer.bound;
                bound = bound.max(dual.min(target));
                let best = answer.values.map(|v| (sign * answer.objective, v));
                return finish(rounded(aim, bound, sign), best, true, spent);
            }
            Status::Stopped => {
                let dual = sign * answer.bound;
                bound = bound.max(dual.min(target));
                let mut best = answer.values.map(|v| (sign * answer.objective, v));
                if let (None, Some(last), false) = (&best, last, model.has_trips() || soon) {
                    // So near the bound nothing is found in good time: what is better is sought where it is likely, then anywhere.
                    if aim.goal.maximised() {
                        let answer = core(model, aim, &linear.answer, last, work.iterations, exchange);
                        spent += answer.iterations;
                        best = answer.values.map(|v| (sign * answer.objective, v));
                    }
                    if best.is_none() && !final_one {
                        let some = work.iterations / 2;
                        if let Some(answer) = toward(model, aim, (linear, worth), (last, false), some, exchange) {
                            spent += answer.iterations;
                            exchange.tell(&format!("{}: any better -> {}", aim.goal, told(aim, &answer)));
                            best = answer.values.map(|v| (sign * answer.objective, v));
                        }
                    }
                }
                return finish(bound, best, false, spent);
            }
            Status::Failed => return finish(bound, None, false, spent),
        }
    }
    finish(bound, None, false, spent)
}

/// The best value (minimised) that is left where nothing is as good as a target, which may lie between two values.
fn beyond(aim: &Aim, target: f64, sign: f64) -> f64 {
    if aim.goal == GoalId::Cost {
        return target;
    }
    let (step, constant) = (aim.step(), sign * aim.constant);
    // What is hardly worse than the target was looked at too.
    let steps = ((target + constant + 5e-7) / step).floor() + 1.0;
    steps * step - constant
}

/// Rounds a bound (minimised) to what values can be.
pub fn rounded(aim: &Aim, bound: f64, sign: f64) -> f64 {
    if aim.goal == GoalId::Cost {
        return bound;
    }
    match aim.exact(sign * bound) {
        Some(exact) => sign * (aim.shown(exact) - aim.constant),
        None => bound,
    }
}

/// Where no plan is known, bounds are looked at up to this share from the relaxation's.
const UNKNOWN: f64 = 0.05;

/// A plan further than this share from its bound is worth a sketch before the proof goes on.
const FAR: f64 = 1e-3;

/// A sketch looks at so many columns beside those that the relaxation uses (then at more, where there is nothing in
/// them), and ends within this share of its best.
const SKETCHES: &[usize] = &[1_000, 8_000, WIDE];
const WIDE: usize = 32_000;
const NEARLY: f64 = 1e-4;

/// Whole values better than what is known on the columns of the best plan and those that matter most to the relaxation: good
/// ones soon, no proof.
fn sketch(
    model: &mut Model,
    aim: &Aim,
    sign: f64,
    (linear, worth): (&Relaxed, &[f64]),
    (known, plan, most): (Option<f64>, &[(Col, f64)], usize),
    iterations: u64,
    exchange: &dyn Exchange,
) -> Answer {
    let mut held = vec![false; model.program.columns()];
    for (col, value) in plan {
        held[col.index()] = *value > 0.5;
    }
    let free = |c: usize| {
        let value = linear.answer.values.as_ref().map_or(0.0, |v| v[c]);
        !model.program.integer[c] || value > 1e-9 || model.program.lower[c] > 0.0 || held[c]
    };
    let mut others: Vec<usize> = (0..model.program.columns()).filter(|c| !free(*c)).collect();
    others.sort_by(|a, b| worth[*a].total_cmp(&worth[*b]).then(a.cmp(b)));
    let mut upper = model.program.upper.clone();
    for c in others.into_iter().skip(most) {
        upper[c] = 0.0;
    }
    let near = NEARLY * (linear.bound + sign * aim.constant).abs();
    let limits = Limits { iterations: Some(iterations), gap: near.max(aim.step() * 0.999), ..Limits::default() };
    let part = Compact::new(&model.program, &upper);
    let answer = whole(&part, aim, known.map(|k| k - aim.step()), limits, exchange);
    exchange.tell(&format!("{}: sketch {} -> {}", aim.goal, part.program.columns(), told(aim, &answer)));
    answer
}

/// So many nodes are looked at before probing: most programs are settled by then, in a third of the time.
const NODES: u64 = 20;

/// The best whole values of a part, at least as good as a target (minimised) where there is one. Without probing only what
/// a few nodes show.
pub fn whole(part: &Compact, aim: &Aim, target: Option<f64>, limits: Limits, exchange: &dyn Exchange) -> Answer {
    // Cutoffs are for programs that are minimised.
    let sign = if aim.goal.maximised() { -1.0 } else { 1.0 };
    let terms: Vec<(Col, f64)> = part.terms(&aim.terms).into_iter().map(|(c, v)| (c, sign * v)).collect();
    let limits = Limits { cutoff: target.map(|t| t + aim.room()), ..limits };
    let run = |limits: Limits| {
        let mut solver = Solver::new(&part.program);
        solver.objective(Sense::Minimise, &terms);
        let answer = solver.run(limits, &mut Until(exchange));
        Answer { objective: sign * answer.objective, bound: sign * answer.bound, ..answer }
    };
    let mut answer = run(Limits { nodes: Some(NODES), probing: false, ..limits });
    let left = limits.iterations.map(|all| all.saturating_sub(answer.iterations));
    if limits.probing && answer.status == Status::Stopped && left != Some(0) && !exchange.stopped() {
        let first = answer.iterations;
        answer = run(Limits { iterations: left, ..limits });
        answer.iterations += first;
    }
    answer.values = answer.values.map(|v| part.expand(&v));
    answer
}

fn told(aim: &Aim, answer: &Answer) -> String {
    let (value, bound) = (answer.objective + aim.constant, answer.bound + aim.constant);
    let (status, nodes, iterations) = (answer.status, answer.nodes, answer.iterations);
    format!("{status:?} {value:.3}, bound {bound:.3}, {nodes} nodes, {iterations} iterations")
}

/// Whole programs of more columns are not tried: nothing comes of them in good time, and HiGHS does not look up while it
/// centres one.
const MOST: usize = 150_000;

/// Targets that leave more to look at come nearer to the bound, by half, so often.
const HALVES: usize = 5;

/// Whole values at least as good as the target (minimised), the best there are; None where there is too much to look at
/// so far from the bound.
fn toward(
    model: &mut Model,
    aim: &Aim,
    (linear, worth): (&Relaxed, &[f64]),
    (target, soon): (f64, bool),
    iterations: u64,
    exchange: &dyn Exchange,
) -> Option<Answer> {
    let mut upper = model.program.upper.clone();
    if target.is_finite() {
        let slack = target - linear.base + blur(target);
        if model.has_trips() && !trips::list(model, &linear.answer, aim.sense(), slack, exchange) {
            return None;
        }
        upper.resize(model.program.columns(), INFINITE);
        for (c, upper) in upper.iter_mut().enumerate() {
            if !linear.reaches(model, worth, c, target) {
                *upper = 0.0;
            }
        }
    }
    model.program.settle();
    let compact = Compact::new(&model.program, &upper);
    if compact.program.columns() > MOST {
        return None;
    }
    // Within a target's reach the whole is hardly larger than what RENS would look at: it only costs time.
    let limits = Limits {
        iterations: Some(iterations),
        gap: aim.gap(),
        neighbourhood: false,
        probing: !soon,
        ..Limits::default()
    };
    let answer = whole(&compact, aim, Some(target).filter(|t| t.is_finite()), limits, exchange);
    Some(answer)
}
