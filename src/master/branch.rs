//! Branch and price: the bound of a master with trips, better than its relaxation's.
//!
//! Where money or people are short, the relaxation serves a request by a third and lets the rest go: no plan can. So it is
//! asked again with that request served, and with it not served, and so on from the weaker answer each time; then with a
//! delivery held or not. None of this bears on what a trip costs, so trips are priced at every node as they are at the
//! root (Barnhart et al., "Branch-and-price", Operations Research 46, 1998).

use super::aims::Aim;
use super::exchange::Exchange;
use super::ladder::{Until, rounded};
use super::linear::{NEAR, visit_less};
use super::model::Model;
use super::trips::{self, Look};
use crate::milp::highs::{Limits, Solver, Status};
use crate::milp::program::Col;

/// What branching came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Branched {
    /// No whole values are better (minimised).
    pub bound: f64,
    /// True where the bound hardly moved.
    pub slow: bool,
    pub iterations: u64,
}

/// A part of all values: some columns are 1 or 0.
struct Node {
    /// Nothing in it is better (minimised).
    bound: f64,
    fixed: Vec<(Col, bool)>,
}

/// Where a node is without values, maybe because trips are missing yet: what a column that has to be 1 counts for every bit
/// that it is less, in gaps between bound and best known value. So a node in which it cannot be 1 is soon out of the
/// question.
const MISSED: f64 = 50.0;

/// After so much work the bound has come so far of the way to the best known value, or branching ends.
const ENOUGH: u64 = 6_000;
const PROGRESS: f64 = 0.05;

/// A node takes no more rounds of pricing.
const ROUNDS: usize = 40;

/// Tries to show that nothing better than `roof` (minimised) is whole, from a relaxation that `solver` holds and its
/// bound.
pub fn branch(
    model: &mut Model,
    solver: &mut Solver,
    aim: &Aim,
    (root, roof): (f64, f64),
    iterations: u64,
    exchange: &dyn Exchange,
) -> Branched {
    let sign = if aim.goal.maximised() { -1.0 } else { 1.0 };
    let mut tree = Tree {
        sign,
        missed: MISSED * (roof - root).max(aim.step()),
        roof,
        served: model.served.values().flatten().copied().collect(),
        held: model.held.iter().map(|h| h.col).filter(|c| model.program.lower[c.index()] == 0.0).collect(),
        fixed: Vec::new(),
        prized: false,
        used: 0,
    };
    let mut open = vec![Node { bound: root, fixed: Vec::new() }];
    // The best of what is whole as far as branching goes.
    let mut leaf = f64::INFINITY;
    let mut nodes = 0;
    let mut slow = false;
    let bound = loop {
        let first = (0..open.len()).min_by(|a, b| {
            let (a, b) = (&open[*a], &open[*b]);
            a.bound.total_cmp(&b.bound).then(b.fixed.len().cmp(&a.fixed.len()))
        });
        let Some(first) = first else { break leaf };
        let least = open[first].bound.min(leaf);
        if leaf <= open[first].bound || rounded(aim, least, sign) >= roof {
            break least;
        }
        slow = tree.used >= ENOUGH && least - root < PROGRESS * (roof - root);
        if slow || tree.used >= iterations || exchange.stopped() {
            break least;
        }
        let node = open.swap_remove(first);
        nodes += 1;
        let (bound, split) = tree.look(model, solver, aim, &node, exchange);
        match split {
            _ if rounded(aim, bound, sign) >= roof => leaf = leaf.min(roof),
            None => leaf = leaf.min(bound),
            Some(col) => {
                for one in [true, false] {
                    let fixed = node.fixed.iter().copied().chain([(col, one)]).collect();
                    open.push(Node { bound, fixed });
                }
            }
        }
    };
    // The solver is left as it was.
    tree.fix(model, solver, aim, &Node { bound: root, fixed: Vec::new() }, false);
    exchange.tell(&format!(
        "{}: {nodes} nodes, {} open, bound {:.3} to {:.3}",
        aim.goal,
        open.len(),
        sign * root + aim.constant,
        sign * bound + aim.constant
    ));
    Branched { bound: bound.max(root), slow, iterations: tree.used }
}

struct Tree {
    sign: f64,
    missed: f64,
    roof: f64,
    /// What is branched on, in this order.
    served: Vec<Col>,
    held: Vec<Col>,
    /// What the solver's program is of: columns fixed, and whether those that have to be 1 are prized.
    fixed: Vec<(Col, bool)>,
    prized: bool,
    used: u64,
}

impl Tree {
    /// A node's bound, and the column to split it by; None where there is none, or no more to learn.
    fn look(
        &mut self,
        model: &mut Model,
        solver: &mut Solver,
        aim: &Aim,
        node: &Node,
        exchange: &dyn Exchange,
    ) -> (f64, Option<Col>) {
        let mut constant = self.fix(model, solver, aim, node, false);
        let mut prized = false;
        let mut bound = node.bound;
        let mut look = Look::Hot;
        for round in 0.. {
            let answer = solver.run(Limits::default(), &mut Until(exchange));
            self.used += answer.iterations;
            if answer.status == Status::Infeasible && !prized {
                prized = true;
                constant = self.fix(model, solver, aim, node, true);
                continue;
            }
            if answer.status != Status::Optimal {
                return (bound, None);
            }
            let value = self.sign * answer.objective + constant;
            let priced = trips::price(model, solver, &answer, aim.sense(), look, exchange);
            self.used += priced.work;
            bound = bound.max(value - priced.slack);
            let near = priced.slack <= NEAR * (value + self.sign * aim.constant).abs().max(1.0);
            let ended = look == Look::All && priced.added == 0;
            look = if look == Look::Hot && priced.added == 0 { Look::All } else { Look::Hot };
            if ended || near || bound >= self.roof || round >= ROUNDS || exchange.stopped() {
                let more = bound < self.roof && round < ROUNDS && !exchange.stopped();
                if more && visit_less(model, solver, &answer) {
                    solver.primal(false);
                    continue;
                }
                let values = answer.values.unwrap_or_default();
                return (bound, self.split(&values, aim, node));
            }
            solver.primal(true);
        }
        (bound, None)
    }

    /// Makes the solver's program that of a node; what the objective lacks. Columns that have to be 1 are; or they are prized.
    fn fix(&mut self, model: &Model, solver: &mut Solver, aim: &Aim, node: &Node, prized: bool) -> f64 {
        let mut constant = 0.0;
        if prized || self.prized {
            let mut costs = aim.terms.clone();
            for (col, _) in node.fixed.iter().filter(|(_, one)| prized && *one) {
                constant += self.missed;
                costs.push((*col, -self.sign * self.missed));
            }
            solver.objective(aim.sense(), &costs);
            self.prized = prized;
        }
        for (col, _) in std::mem::take(&mut self.fixed) {
            solver.column_bounds(col, 0.0, model.program.upper[col.index()]);
        }
        for (col, one) in &node.fixed {
            let upper = model.program.upper[col.index()];
            match one {
                true => solver.column_bounds(*col, if prized { 0.0 } else { 1.0 }, upper),
                false => solver.column_bounds(*col, 0.0, 0.0),
            }
        }
        self.fixed = node.fixed.clone();
        solver.primal(false);
        constant
    }

    /// The column furthest from whole, by what it counts in the goal: requests first.
    fn split(&self, values: &[f64], aim: &Aim, node: &Node) -> Option<Col> {
        let off = |col: Col| values.get(col.index()).map_or(0.0, |v| v.min(1.0 - v));
        let counts = |col: Col| aim.terms.iter().find(|(c, _)| *c == col).map_or(0.0, |(_, v)| v.abs());
        let most = |cols: &[Col]| {
            let broken = cols.iter().copied().filter(|c| off(*c) > 1e-6 && node.fixed.iter().all(|(f, _)| f != c));
            let ranked = broken.map(|c| ((counts(c) + 0.01) * off(c), c));
            ranked.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, c)| c)
        };
        most(&self.served).or_else(|| most(&self.held))
    }
}
