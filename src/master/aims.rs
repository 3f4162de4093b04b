//! The goals as linear objectives over the columns, and what a bound in floating point says exactly.

use super::delivery::Firm;
use super::model::{Grain, Model};
use crate::milp::highs::Sense;
use crate::milp::program::Col;
use crate::plan::{Session, Status, goals};
use crate::programme::day::Span;
use crate::words::GoalId;

/// A goal over the columns of a model: constant + Σ terms, in the goal's shown units.
#[derive(Clone, Debug)]
pub struct Aim {
    pub goal: GoalId,
    pub terms: Vec<(Col, f64)>,
    pub constant: f64,
    /// Exact values are whole multiples of so many of the goal's units.
    pub grid: i128,
}

impl Aim {
    /// The goal over these columns. Where the model leaves dates out, no plan's value is better than the aim's.
    pub fn new(model: &Model, goal: GoalId) -> Aim {
        let mut aim = Aim { goal, terms: Vec::new(), constant: 0.0, grid: 1 };
        match goal {
            GoalId::Commitments => aim.commitments(model),
            GoalId::Kept => aim.points(model, true),
            GoalId::Coverage => aim.points(model, false),
            GoalId::Stability => aim.stability(model),
            GoalId::Cost => aim.cost(model),
            GoalId::Preferences => aim.preferences(model),
        }
        aim
    }

    /// Which way it goes.
    pub fn sense(&self) -> Sense {
        if self.goal.maximised() { Sense::Maximise } else { Sense::Minimise }
    }

    /// An exact value in shown units.
    pub fn shown(&self, exact: i128) -> f64 {
        exact as f64 / self.goal.units() as f64
    }

    /// What a bound on Σ terms (without the constant) says of exact values: rounded outward, then to the grid.
    pub fn exact(&self, bound: f64) -> Option<i128> {
        let value = bound + self.constant;
        if !value.is_finite() {
            return None;
        }
        let slack = self.slack(value);
        let units = self.goal.units() as f64;
        let grid = self.grid.max(1);
        if self.goal.maximised() {
            Some((((value + slack) * units).floor() as i128).div_euclid(grid) * grid)
        } else {
            let least = ((value - slack) * units).ceil() as i128;
            Some(-((-least).div_euclid(grid)) * grid)
        }
    }

    /// How far floating point may be off, in shown units.
    pub fn slack(&self, value: f64) -> f64 {
        match self.goal {
            // Half a cent, or what the solver's tolerances can add up to.
            GoalId::Cost => 0.005_f64.max(1e-8 * value.abs()),
            _ => 1e-6_f64.max(1e-9 * value.abs()),
        }
    }

    /// What is worse than a target by no more than this is as good as it, in shown units: less than a step.
    pub fn room(&self) -> f64 {
        if self.goal == GoalId::Cost { 0.002 } else { self.step() / 4.0 }
    }

    /// A value so near to its bound is the best there is, in shown units: less than a step.
    pub fn gap(&self) -> f64 {
        if self.goal == GoalId::Cost { 0.004 } else { self.step() * 0.999 }
    }

    /// The smallest difference between two values that matters, in shown units.
    pub fn step(&self) -> f64 {
        match self.goal {
            GoalId::Cost => 0.01,
            _ => self.grid as f64 / self.goal.units() as f64,
        }
    }

    fn commitments(&mut self, model: &Model) {
        let programme = model.world.programme;
        for (r, promise) in programme.requests.ids().map(|r| (r, model.world.brief.promise(r) as f64)) {
            self.constant += promise;
            if let Some(served) = model.served[r].filter(|_| promise > 0.0) {
                self.terms.push((served, -promise));
            }
        }
        let short = model.short_quota.iter().map(|(_, c)| *c).chain(model.short_floor.iter().map(|(_, c)| *c));
        self.terms.extend(short.map(|c| (c, 1.0)));
    }

    fn points(&mut self, model: &Model, promised: bool) {
        let programme = model.world.programme;
        let base = model.world.brief.baseline.as_ref();
        self.grid = 0;
        for (r, request) in programme.requests.iter() {
            if promised && base.is_none_or(|b| b.promises[r].is_none()) {
                continue;
            }
            if let Some(served) = model.served[r] {
                self.terms.push((served, request.points.0 as f64 / 1e6));
            }
            self.grid = divisor(self.grid, i128::from(request.points.0));
        }
        self.grid = self.grid.max(1);
    }

    fn cost(&mut self, model: &Model) {
        let programme = model.world.programme;
        self.grid = 0;
        for money in &model.money {
            let fund = &programme.funds[money.fund];
            if !fund.in_kind {
                let each = 1_000_000 + fund.overhead.0;
                self.terms.push((money.col, each as f64 / 1e6));
                self.grid = divisor(self.grid, i128::from(each));
            }
        }
        self.grid = self.grid.max(1);
    }

    /// 3 for a request no longer served; else what moved, and who joined or left: |team before| + |team| − 2·|both|.
    fn stability(&mut self, model: &Model) {
        let world = model.world;
        let Some(base) = &world.brief.baseline else { return };
        for (r, promise) in base.promises.iter() {
            let Some(promise) = promise else { continue };
            self.constant += 3.0;
            for h in &model.serving[r] {
                let held = &model.held[*h];
                let d = &world.deliveries[held.delivery];
                let team = model.team_size(held.cell);
                let moved = i64::from(held.spans[0].first != promise.start)
                    + i64::from(Some(d.place) != promise.place)
                    + i64::from(Some(d.language) != promise.language);
                let people = promise.team.len() as i64 + i64::from(promise.gone) + team as i64;
                self.terms.push((held.col, (moved + people - 3) as f64));
                for s in &model.cells[held.cell].seats {
                    let seat = &model.seats[*s];
                    if promise.team.contains(&seat.trainer) {
                        self.terms.push((seat.col, -2.0));
                    }
                }
            }
        }
    }

    fn preferences(&mut self, model: &Model) {
        let world = model.world;
        let programme = world.programme;
        let weights = &programme.preferences;
        self.grid = 0;
        let scale = |units: i128| units as f64 / GoalId::Preferences.units() as f64;
        for held in &model.held {
            let of = |span: &Span| self::penalty(model, held.delivery, *span);
            let all = held.spans.iter().map(of);
            let least = if model.grain == Grain::Days { all.max() } else { all.min() }.unwrap_or(0);
            if least > 0 {
                self.terms.push((held.col, scale(least)));
            }
        }
        for (weight, cols) in [(weights.overload_day, &model.overload), (weights.trainer_used, &model.used)] {
            for col in cols.values().flatten() {
                self.terms.push((*col, scale(7 * i128::from(weight.0))));
            }
        }
        for weight in [
            7 * weights.language_rank.0,
            weights.week_from_preferred.0,
            7 * weights.avoided_day.0,
            7 * weights.overload_day.0,
            7 * weights.trainer_used.0,
        ] {
            self.grid = divisor(self.grid, i128::from(weight));
        }
        self.grid = self.grid.max(1);
    }
}

/// What a session on these days adds to the penalty, in the goal's units: languages, weeks and avoided days.
pub fn penalty(model: &Model, delivery: usize, span: Span) -> i128 {
    let programme = model.world.programme;
    let d = &model.world.deliveries[delivery];
    let weights = &programme.preferences;
    let mut sum: i128 = 0;
    for r in &d.requests {
        let request = &programme.requests[*r];
        let rank = request.languages.iter().position(|l| *l == d.language).unwrap_or(0);
        sum += 7 * i128::from(weights.language_rank.0) * rank as i128;
        if let Some(preferred) = request.preferred {
            sum += i128::from(weights.week_from_preferred.0) * i128::from((span.first - preferred).abs());
        }
    }
    if weights.avoided_day.0 > 0 {
        let session = Session {
            id: String::new(),
            status: if d.firm == Firm::Done { Status::Done } else { Status::Proposed },
            course: d.course,
            place: d.place,
            language: d.language,
            working_language: d.working,
            span,
            requests: d.requests.clone(),
            team: Vec::new(),
            charges: Vec::new(),
        };
        sum += 7 * i128::from(weights.avoided_day.0) * i128::from(goals::avoided_days(programme, &session));
    }
    sum
}

fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { divisor(b, a % b) }
}
