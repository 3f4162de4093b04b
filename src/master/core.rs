//! Where a target stays open: whole values on a plane of so many requests served, with all requests decided as the
//! relaxation there says but for those that it is least sure of (the core of a knapsack: Balas and Zemel 1980; planes of
//! cardinality: Vasquez and Hao 2001).
//!
//! Where money binds and nothing else does, the relaxation leaves a handful of requests by halves, and the best whole
//! choice exchanges some of these for others as good. There are a few dozen such requests, and far too many ways for a
//! program that looks at all of them; how many are served in all is what it cannot tell from halves.

use super::aims::Aim;
use super::exchange::Exchange;
use super::ladder::{Until, whole};
use super::model::Model;
use super::worth::worth;
use crate::milp::compact::Compact;
use crate::milp::highs::{Answer, Limits, Solver, Status};
use crate::milp::program::{Col, Program};
use crate::programme::id::RequestId;

/// So many requests are left undecided, then half as many more, as far as the work goes.
const UNDECIDED: usize = 24;

/// So many planes on either side of what the relaxation serves.
const PLANES: i64 = 4;

/// Programs of more columns are not looked at.
const MOST: usize = 60_000;

/// One plane gets this part of the work.
const PART: u64 = 3;

/// A plane: the program with so many served, and what each request loses by being decided otherwise.
struct Plane {
    /// So many requests are served.
    count: i64,
    program: Program,
    /// No values on it are better (minimised).
    bound: f64,
    /// By loss, the least first: the request, whether the relaxation serves it.
    requests: Vec<(RequestId, bool)>,
}

/// The best values found that are at least as good as a target (minimised), if any, from what the relaxation says: few requests
/// undecided first, then more. The work counts simplex iterations.
pub fn core(model: &Model, aim: &Aim, linear: &Answer, target: f64, work: u64, exchange: &dyn Exchange) -> Answer {
    let mut target = target;
    let mut best = Answer { values: None, iterations: 0, ..linear.clone() };
    let Some(values) = linear.values.as_ref().filter(|_| model.program.columns() <= MOST) else { return best };
    let served: f64 = model.served.iter().filter_map(|(_, col)| *col).map(|col| values[col.index()]).sum();
    let mut spent = 0;
    let mut planes: Vec<Plane> = (-PLANES..=PLANES)
        .filter_map(|more| plane(model, aim, served.round() as i64 + more, &mut spent, exchange))
        .collect();
    planes.sort_by(|a, b| a.bound.total_cmp(&b.bound));
    let mut size = UNDECIDED;
    loop {
        for plane in &planes {
            let left = work.saturating_sub(spent);
            if left == 0 || exchange.stopped() {
                return Answer { iterations: spent, ..best };
            }
            if plane.bound > target + aim.room() {
                continue;
            }
            let limits = Limits { iterations: Some(left.min(work / PART)), gap: aim.gap(), ..Limits::default() };
            let answer = whole(&plane.part(model, size), aim, Some(target).filter(|t| t.is_finite()), limits, exchange);
            spent += answer.iterations;
            exchange.tell(&format!(
                "{}: {size} undecided of {} served -> {:?} {:.3}, {} nodes, {} iterations",
                aim.goal,
                plane.count,
                answer.status,
                answer.objective + aim.constant,
                answer.nodes,
                answer.iterations
            ));
            if answer.values.is_some() {
                target = if aim.goal.maximised() { -answer.objective } else { answer.objective } - aim.step();
                best = answer;
            }
        }
        if size >= model.served.len() {
            return Answer { iterations: spent, ..best };
        }
        size += size / 2;
    }
}

impl Plane {
    /// The part of the program that is left when all requests but so many are decided.
    fn part(&self, model: &Model, undecided: usize) -> Compact {
        let mut program = self.program.clone();
        for (r, served) in self.requests.iter().skip(undecided) {
            if *served {
                if let Some(col) = model.served[*r] {
                    program.lower[col.index()] = 1.0;
                }
            } else {
                for h in &model.serving[*r] {
                    program.upper[model.held[*h].col.index()] = 0.0;
                }
            }
        }
        let upper = program.upper.clone();
        Compact::new(&program, &upper)
    }
}

/// The plane where so many requests are served; None where there is nothing on it.
fn plane(model: &Model, aim: &Aim, count: i64, spent: &mut u64, exchange: &dyn Exchange) -> Option<Plane> {
    let mut program = model.program.clone();
    let served: Vec<(Col, f64)> = model.served.iter().flat_map(|(_, c)| *c).map(|c| (c, 1.0)).collect();
    program.row(count as f64, count as f64, served);
    let mut solver = Solver::new(&program);
    solver.objective(aim.sense(), &aim.terms);
    solver.relax(true);
    let answer = solver.run(Limits::default(), &mut Until(exchange));
    *spent += answer.iterations;
    let values = answer.values.filter(|_| answer.status == Status::Optimal)?;
    let sign = if aim.goal.maximised() { -1.0 } else { 1.0 };
    let reduced: Vec<f64> = answer.reduced.iter().map(|r| sign * r).collect();
    let worth = worth(model, &reduced);
    let mut losses: Vec<(f64, RequestId, bool)> = Vec::new();
    for (r, col) in model.served.iter() {
        let Some(col) = col else { continue };
        let (value, loss) = (values[col.index()], -reduced[col.index()]);
        let least = || model.serving[r].iter().map(|h| worth[model.held[*h].col.index()]).fold(f64::INFINITY, f64::min);
        losses.push(if value > 1.0 - 1e-6 {
            (loss.max(0.0), r, true)
        } else if value < 1e-6 {
            (least(), r, false)
        } else {
            (0.0, r, false)
        });
    }
    losses.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let requests = losses.into_iter().map(|(_, r, served)| (r, served)).collect();
    Some(Plane { count, program, bound: sign * answer.objective, requests })
}
