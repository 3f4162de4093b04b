//! The exact engine, goal by goal: bounds for every plan, and the plans it comes across.

use super::conflict::{around, conflicts, shared};
use super::{Choice, Want, Who, date, wide};
use crate::master::aims::Aim;
use crate::master::calendar;
use crate::master::crowd;
use crate::master::cuts::{self, Cut};
use crate::master::decode;
use crate::master::delivery::Delivery;
use crate::master::encode;
use crate::master::exchange::Exchange;
use crate::master::ladder::{Climb, Start, Work, climb, hold_all};
use crate::master::linear::relaxed;
use crate::master::mend::mend;
use crate::master::model::{Chains, Grain, Model, Scope};
use crate::master::trips;
use crate::master::world::World;
use crate::milp::program::Col;
use crate::plan::Plan;
use crate::programme::id::Id;
use crate::words::GoalId;
use std::collections::BTreeSet;

/// What is known when a goal's turn comes.
#[derive(Clone, Debug)]
pub struct Task<'t> {
    /// The goals that come before, each with the value (less tolerance) that plans must keep.
    pub given: &'t [(GoalId, i128)],
    pub goal: GoalId,
    /// The value of the best plan known that keeps them.
    pub known: Option<i128>,
    /// That plan, where it may help to find a better one.
    pub plan: Option<&'t Plan>,
    /// Where trips are priced, nothing is looked for that says no more than this bound.
    pub beyond: Option<i128>,
    pub work: Work,
}

/// What was found out about a goal.
#[derive(Clone, Debug, Default)]
pub struct Proved {
    /// No plan that keeps what was given is better than this; None where nothing is known.
    pub bound: Option<i128>,
    /// Plans without charges, the best last.
    pub plans: Vec<Plan>,
    /// Work done, in simplex iterations.
    pub iterations: u64,
    /// True where more work may tell more, though not all of it was done.
    pub more: bool,
}

/// Programmes with at most so many columns are modelled with days told apart from the start.
const SMALL: usize = 60_000;

/// Dating is worth so many iterations: the search dates too.
const DATING: u64 = 15_000;

/// Trips are looked at where there are at most so many ways from one stop of a trainer to the next.
const LINKS: usize = 8_000_000;

/// Of what a sketch saves, so much may be lost to dates.
const GIVEN_UP: f64 = 0.25;

/// A plan of a sketched choice that is so near to it is not dated once more.
const NEAR: f64 = 1e-3;

/// Choices of more sessions are dated with the people chosen for them only.
const FEW: usize = 60;

/// So often what dating taught is tried at once: by the whole master, and each time near what it chose.
const ROUNDS: usize = 12;
const MENDS: usize = 12;

/// Where people are short, days are put to all that is near the bound, until there are about so many columns; the choice that
/// this begins with, and each of these programs, gets such a part of the work.
const WIDE: &[usize] = &[8_000, 16_000, 32_000, 64_000];
const SHORT: u64 = 4;

/// The exact engine for one brief.
pub struct Exact<'w, 'a> {
    world: &'w World<'a>,
    grain: Grain,
    chains: Chains,
    model: Option<Model<'w, 'a>>,
    /// What dating taught.
    cuts: Vec<Cut>,
    /// Bounds found so far, in shown units, with what they stand on.
    found: Vec<Found>,
    /// True where ways are as if they were free, and days could not be put to a choice: others will be no better.
    loose: bool,
}

/// What came of dating a choice.
#[derive(Default)]
struct Dated {
    /// The best last.
    plans: Vec<Plan>,
    /// True where the last plan is as good as hoped.
    reached: bool,
    /// That plan's value.
    value: f64,
    cuts: Vec<Cut>,
    iterations: u64,
}

/// A bound as floating point has it.
struct Found {
    given: Vec<(GoalId, i128)>,
    goal: GoalId,
    bound: f64,
}

impl<'w, 'a> Exact<'w, 'a> {
    /// Looks at the world and decides how closely it can look at dates.
    pub fn new(world: &'w World<'a>) -> Exact<'w, 'a> {
        let held: usize = world.deliveries.iter().map(|d| d.spans.len()).sum();
        let crews: usize =
            world.deliveries.iter().map(|d| d.spans.len() * world.candidates(d.course, d.place, d.working).len()).sum();
        let grain = if held + crews <= SMALL { Grain::Days } else { Grain::Free };
        let longest = world.programme.trainers.values().map(|t| t.max_days_away).max().unwrap_or(0);
        let chains = match world.programme.rules.chain_missions {
            false => Chains::Alone,
            true if world.complete && longest <= trips::LONGEST_GAP && links(world) <= LINKS => Chains::Trips,
            true => Chains::Bounded,
        };
        // Trips are for models without dates, and so are shares of sessions.
        let grain = if chains == Chains::Trips || !world.complete { Grain::Free } else { grain };
        Exact { world, grain, chains, model: None, cuts: Vec::new(), found: Vec::new(), loose: false }
    }

    /// Leaves dates to dating, however small the programme is.
    pub fn dateless(world: &'w World<'a>) -> Exact<'w, 'a> {
        Exact { grain: Grain::Free, ..Exact::new(world) }
    }

    /// True where whole solutions are plans, dates and all: nothing is left out.
    pub fn complete(&self) -> bool {
        self.grain == Grain::Days && self.chains == Chains::Alone
    }

    /// Bounds one goal, and looks for plans that are better than what is known.
    pub fn prove(&mut self, task: &Task, exchange: &dyn Exchange) -> Proved {
        let first = !self.found.iter().any(|f| f.goal == task.goal && f.given == task.given);
        if !self.world.complete || self.loose {
            return if first { self.shared(task, exchange) } else { Proved::default() };
        }
        if first {
            self.crowd(task);
        }
        let mut proved = Proved::default();
        let mut model = self.model();
        let rows = model.program.rows();
        for cut in &self.cuts {
            cuts::add(&mut model, cut);
        }
        model.put_learnt();
        hold_all(&mut model, task.given);
        let aim = Aim::new(&model, task.goal);
        if let (Some(bound), Some(known)) = (self.bound(task), task.known)
            && reached(&aim, bound, known)
        {
            proved.bound = Some(known);
            model.take_back(rows);
            self.model = Some(model);
            return proved;
        }
        if first && self.chains == Chains::Trips {
            self.rough(task, exchange);
        }
        let mut known = task.known.map(|k| aim.shown(k) - aim.constant);
        let plan = task.plan.and_then(|p| encode::plan(&model, p)).map_or(Vec::new(), |e| e.values);
        model.inner = vec![0.0; model.program.columns()];
        plan.iter().for_each(|(col, value)| model.inner[col.index()] = *value);
        let short = task.goal.maximised()
            && (self.grain, self.chains) == (Grain::Free, Chains::Alone)
            && calendar::short(&model, &model.inner);
        let beyond = task.beyond.filter(|_| model.has_trips()).map(|b| aim.shown(b) - aim.constant);
        let (mut sketches, mut sketched) = (true, None);
        for round in 0.. {
            let all = if short { task.work.iterations / SHORT } else { task.work.iterations };
            let left = Work { iterations: all.saturating_sub(proved.iterations) };
            let bound = self.bound(task).map(|b| b - aim.constant);
            let start = Start { known, bound, sketched, plan: &plan, sketches, soon: short, beyond };
            let climbed = climb(&mut model, &aim, start, left, exchange);
            proved.iterations += climbed.iterations;
            // Nothing was looked for: what is left may be asked without that bound.
            proved.more |= beyond.is_some() && climbed.silent() && climbed.iterations < left.iterations;
            let bound = self.best_bound(task, climbed.bound + aim.constant);
            proved.bound = match task.known {
                Some(known) if reached(&aim, bound, known) => Some(known),
                _ => aim.exact(bound - aim.constant),
            };
            if let Some(bound) = proved.bound {
                exchange.bound(task.goal, bound);
            }
            if short && !climbed.sketched && (climbed.best.is_some() || !climbed.settled) {
                let limited = climbed.iterations >= left.iterations;
                let all = self.widely(&model, task, &aim, (&climbed, &plan, known), &mut proved, exchange);
                proved.more = limited || !all;
                break;
            }
            let Some((value, values)) = &climbed.best else { break };
            if self.complete() {
                proved.plans.extend(decode::plan(&model, values));
                break;
            }
            // Trips of single sessions do not come near what chaining saves: that is the search's part.
            if self.chains == Chains::Trips && task.goal == GoalId::Cost {
                break;
            }
            let learnt = self.cuts.len();
            let left = Work { iterations: task.work.iterations.saturating_sub(proved.iterations) };
            let task = Task { work: left, ..task.clone() };
            let dated = if climbed.sketched && task.goal == GoalId::Cost {
                self.sketched(&mut model, &task, &aim, (values, *value, known), exchange)
            } else {
                self.settled(&mut model, &task, &aim, (values, *value), exchange)
            };
            proved.iterations += dated.iterations;
            proved.plans.extend(dated.plans);
            let learnt = self.cuts.len() > learnt;
            self.loose |= self.chains == Chains::Bounded && !dated.reached;
            let mut enough = dated.reached || !learnt || self.loose;
            if climbed.sketched && !self.loose {
                // The proof goes on from it; what cannot be dated is not sketched again.
                (sketches, sketched) = (learnt && !dated.reached, Some(*value));
                enough = false;
                if dated.reached {
                    known = Some(dated.value - aim.constant);
                }
            }
            if enough || round == ROUNDS || proved.iterations >= task.work.iterations || exchange.stopped() {
                break;
            }
        }
        for plan in &proved.plans {
            exchange.offer(plan.clone());
        }
        model.take_back(rows);
        self.model = Some(model);
        proved
    }

    /// Puts days to the choice or, where it has none, to all that is near the relaxation's bound, further and further away until
    /// there is a better plan, which comes to `proved`. True where there is none as far as it looks.
    fn widely(
        &self,
        model: &Model,
        task: &Task,
        aim: &Aim,
        (climbed, plan, known): (&Climb, &[(Col, f64)], Option<f64>),
        proved: &mut Proved,
        exchange: &dyn Exchange,
    ) -> bool {
        if let Some((value, values)) = &climbed.best {
            let hoped = (Want::Every, value + aim.constant, Who::Chosen);
            let (found, spent) = self.ask(&Choice::of(model, values), task, hoped, exchange);
            proved.iterations += spent;
            if let Some((plan, _)) = found {
                proved.plans.push(plan);
                return false;
            }
        }
        let Some(known) = known.filter(|_| !climbed.near.is_empty()) else { return false };
        let gap = (climbed.bound - known).abs();
        let mut before = 0;
        for most in WIDE {
            if proved.iterations >= task.work.iterations || exchange.stopped() {
                return false;
            }
            let choice = wide::nearest(model, &climbed.near, plan, gap, *most);
            if choice.sessions.len() == before {
                return true;
            }
            before = choice.sessions.len();
            let work = Work { iterations: task.work.iterations / SHORT };
            let given = (task.goal, task.given);
            let better = wide::better(self.world, &choice, given, known + aim.constant, work, exchange);
            proved.iterations += better.iterations;
            if let Some(plan) = better.plan {
                proved.plans.push(plan);
                return false;
            }
            if !better.settled {
                return false;
            }
        }
        true
    }

    /// Where requests take shares of sessions, or ways are as if they were free: the relaxation's bound, and no choice to be
    /// dated. Told once.
    fn shared(&mut self, task: &Task, exchange: &dyn Exchange) -> Proved {
        let mut proved = Proved::default();
        if matches!(task.goal, GoalId::Stability | GoalId::Preferences) {
            proved.bound = self.crowd(task);
            return proved;
        }
        let mut model = self.model();
        let rows = model.program.rows();
        proved.bound = self.relaxation(&mut model, task, exchange, &mut proved.iterations);
        model.take_back(rows);
        self.model = Some(model);
        proved
    }

    /// A bound on preferences that waits for nothing: the people whom the busiest day takes.
    fn crowd(&mut self, task: &Task) -> Option<i128> {
        let weight = self.world.programme.preferences.trainer_used.0;
        if task.goal != GoalId::Preferences || weight == 0 {
            return None;
        }
        let bound = i128::from(7 * weight * crowd::people(self.world, task.given));
        self.best_bound(task, bound as f64 / task.goal.units() as f64);
        Some(bound)
    }

    /// What a model's relaxation says of a goal; None where the work does not reach so far.
    fn relaxation(&mut self, model: &mut Model, task: &Task, exchange: &dyn Exchange, spent: &mut u64) -> Option<i128> {
        hold_all(model, task.given);
        let aim = Aim::new(model, task.goal);
        let linear = relaxed(model, &aim, task.work, exchange, spent)?;
        let bound = if task.goal.maximised() { -linear.bound } else { linear.bound };
        let bound = self.best_bound(task, bound + aim.constant);
        aim.exact(bound - aim.constant)
    }

    /// The model as it was left, or a new one.
    fn model(&mut self) -> Model<'w, 'a> {
        self.model.take().unwrap_or_else(|| self.fresh(self.chains))
    }

    fn fresh(&self, chains: Chains) -> Model<'w, 'a> {
        Model::new(self.world, &Scope { grain: self.grain, chains, only: None, people: None, money: true })
    }

    fn bound(&self, task: &Task) -> Option<f64> {
        self.found.iter().find(|f| f.goal == task.goal && f.given == task.given).map(|f| f.bound)
    }

    /// The better of a new bound and the one found before for the same task, which is kept.
    fn best_bound(&mut self, task: &Task, new: f64) -> f64 {
        match self.found.iter_mut().find(|f| f.goal == task.goal && f.given == task.given) {
            Some(found) => {
                found.bound = if task.goal.maximised() { found.bound.min(new) } else { found.bound.max(new) };
                found.bound
            }
            None => {
                self.found.push(Found { given: task.given.to_vec(), goal: task.goal, bound: new });
                new
            }
        }
    }

    /// A bound that does not wait for trips to be priced: as if the ways to sessions were free.
    fn rough(&mut self, task: &Task, exchange: &dyn Exchange) {
        let mut model = self.fresh(Chains::Bounded);
        if let Some(bound) = self.relaxation(&mut model, task, exchange, &mut 0) {
            exchange.bound(task.goal, bound);
        }
    }

    /// Puts days to a sketched choice of this value. They need not cost as little to the cent: something better than what is
    /// known comes first, and then what is nearer. Where it cannot be at all, why not is known sooner than what else there is.
    fn sketched(
        &mut self,
        model: &mut Model,
        task: &Task,
        aim: &Aim,
        (values, value, known): (&[f64], f64, Option<f64>),
        exchange: &dyn Exchange,
    ) -> Dated {
        let choice = Choice::of(model, values);
        let mut all = Dated::default();
        let mut known = known;
        loop {
            let hoped = known.map_or(value, |known| value + (known - value) * GIVEN_UP);
            let work = Work { iterations: task.work.iterations.saturating_sub(all.iterations) };
            let task = Task { work, ..task.clone() };
            let mut dated = self.dated(&choice, &task, aim, (hoped + aim.constant, true), exchange);
            all.iterations += dated.iterations;
            all.plans.append(&mut dated.plans);
            dated.cuts.iter().for_each(|cut| cuts::add(model, cut));
            self.cuts.append(&mut dated.cuts);
            if !dated.reached {
                return all;
            }
            (all.reached, all.value) = (true, dated.value);
            let now = dated.value - aim.constant;
            known = Some(now);
            if now - value <= NEAR * dated.value.abs() || exchange.stopped() {
                return all;
            }
        }
    }

    /// Puts days to the master's choice, or to others near it that are as good. What dating taught on the way is kept,
    /// and in the model.
    fn settled(
        &mut self,
        model: &mut Model,
        task: &Task,
        aim: &Aim,
        (values, hoped): (&[f64], f64),
        exchange: &dyn Exchange,
    ) -> Dated {
        let mut all = Dated::default();
        let mut values = values.to_vec();
        for round in 0.. {
            let choice = Choice::of(model, &values);
            // Others who cost as little were as good a choice: for cost, the neighbourhood finds them.
            let once = task.goal == GoalId::Cost;
            let mut dated = self.dated(&choice, task, aim, (hoped + aim.constant, once), exchange);
            let mut over = dated.reached || dated.cuts.is_empty() || round == MENDS || exchange.stopped();
            all.iterations += dated.iterations;
            all.plans.append(&mut dated.plans);
            (all.reached, all.value) = (dated.reached, dated.value);
            for cut in &dated.cuts {
                cuts::add(model, cut);
            }
            if !over {
                let left = task.work.iterations.saturating_sub(all.iterations);
                let (mended, spent) = mend(model, aim, (&values, hoped), &dated.cuts, left, exchange);
                all.iterations += spent;
                match mended {
                    Some(others) => values = others,
                    None => over = true,
                }
            }
            self.cuts.append(&mut dated.cuts);
            if over {
                if !all.reached && self.chains != Chains::Bounded {
                    self.best(&choice, task, hoped + aim.constant, exchange, &mut all);
                }
                break;
            }
        }
        all
    }

    /// Puts days to a choice, all of it and as good as hoped; by others who could help, where those chosen cannot and it is
    /// not asked just `once`. Where that cannot be, says why.
    fn dated(
        &self,
        choice: &Choice,
        task: &Task,
        aim: &Aim,
        (hoped, once): (f64, bool),
        exchange: &dyn Exchange,
    ) -> Dated {
        let alone = self.chains == Chains::Alone;
        let mut dated = Dated::default();
        // True where every session was dated and nothing better can be hoped for.
        let every = |dated: &mut Dated, who: Who| {
            let (plan, spent) = self.ask(choice, task, (Want::Every, hoped, who), exchange);
            dated.iterations += spent;
            if let Some((plan, value)) = plan {
                dated.plans.push(plan);
                dated.value = value;
                dated.reached = (value - hoped).abs() <= aim.slack(hoped)
                    || !matches!(task.goal, GoalId::Preferences | GoalId::Stability);
            }
            dated.reached
        };
        let over = |dated: &Dated| dated.iterations >= task.work.iterations || exchange.stopped();
        if every(&mut dated, self.team(choice)) || !alone || over(&dated) {
            return dated;
        }
        // Why not; then with others who could help.
        let (cuts, spent) = conflicts(self.world, choice, exchange);
        dated.iterations += spent;
        let more = if cuts.is_empty() { shared(self.world, choice) } else { around(self.world, &cuts) };
        dated.cuts = cuts;
        if once && !dated.cuts.is_empty() {
            return dated;
        }
        every(&mut dated, Who::With(&more));
        dated
    }

    /// The best plan of a choice, or of a part of it.
    fn best(&self, choice: &Choice, task: &Task, hoped: f64, exchange: &dyn Exchange, dated: &mut Dated) {
        let (plan, spent) = self.ask(choice, task, (Want::Best, hoped, self.team(choice)), exchange);
        dated.iterations += spent;
        if let Some((plan, _)) = plan {
            dated.plans.insert(0, plan);
        }
    }

    /// Who may teach what was chosen: who goes on which trip is open in a model of trips.
    fn team(&self, choice: &Choice) -> Who<'static> {
        if self.chains == Chains::Alone || choice.sessions.len() > FEW { Who::Chosen } else { Who::Anybody }
    }

    fn ask(
        &self,
        choice: &Choice,
        task: &Task,
        (want, hoped, who): (Want, f64, Who),
        exchange: &dyn Exchange,
    ) -> (Option<(Plan, f64)>, u64) {
        let work = Work { iterations: task.work.iterations.min(DATING) };
        date(self.world, choice, (task.goal, task.given), (want, hoped, who), work, exchange)
    }
}

/// About how many ways there are from one stop to the next, of all trainers together.
fn links(world: &World) -> usize {
    let sites: BTreeSet<_> = world.deliveries.iter().map(Delivery::site).collect();
    let mut stops = vec![0_usize; world.programme.trainers.len()];
    for (course, place, working) in sites {
        for (trainer, _) in world.candidates(course, place, working) {
            stops[trainer.index()] += 1;
        }
    }
    stops.into_iter().map(|n| n * n).sum()
}

/// True when a bound says that a known value cannot be bettered, but for what floating point blurs.
fn reached(aim: &Aim, bound: f64, known: i128) -> bool {
    let known = aim.shown(known);
    let better = if aim.goal.maximised() { bound - known } else { known - bound };
    better <= aim.slack(known)
}
