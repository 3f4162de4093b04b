//! The large-neighbourhood search: a first plan within moments, then ruin and recreate under annealing, undone by the
//! board's journal. `README.md` beside this file says what was tried and what it gave.
//!
//! `ruin/` chooses what is taken off, `recreate/` finds the ways to serve a unit, `phase` says what each phase makes
//! small, `values` which of two plans is better. Cooling goes by iterations, never by the clock.

pub mod aim;
pub mod dice;
pub mod phase;
pub mod recreate;
pub mod ruin;
pub mod strain;
pub mod values;

use crate::board::Board;
use crate::board::unit::NONE;
use crate::board::world::World;
use crate::plan::brief::Brief;
use crate::plan::{Plan, Status};
use crate::words::GoalId;
use aim::Aim;
use dice::Dice;
use phase::Phase;
use ruin::Ruined;
use std::sync::atomic::{AtomicBool, Ordering};
use values::{Standard, Values, turned, values};

/// After so many iterations the prices of people's days are those of the plan as it is then.
const REPRICED: u64 = 10 * 2048;

/// Where a search stands between two runs: enough to go on from there, as often as wanted, with the same result.
#[derive(Clone)]
pub struct Memory {
    dice: Dice,
    standard: Standard,
    best: Option<(Values, Plan)>,
    short: bool,
    iterations: u64,
}

/// A search for one brief.
pub struct Search<'a> {
    world: World<'a>,
    board: Board,
    dice: Dice,
    goals: Vec<GoalId>,
    standard: Standard,
    best: Option<(Values, Plan)>,
    /// Most requests have days to choose from.
    movable: bool,
    /// True where the best plan leaves something unserved for want of people, and days can be chosen.
    pub short: bool,
    /// What no plan is better than, goal by goal, as far as somebody has told: no work is spent on goals that are there.
    bounds: Values,
    /// Iterations done so far.
    pub iterations: u64,
}

impl<'a> Search<'a> {
    /// A search that has looked at the brief and planned nothing yet.
    pub fn new(brief: &'a Brief<'a>, seed: u64) -> Search<'a> {
        let world = World::new(brief);
        let board = Board::new(&world);
        let goals = brief.goals();
        let standard = Standard::new(&world, &goals);
        let movable = strain::movable(&world);
        Search {
            world,
            board,
            movable,
            dice: Dice::new(seed),
            goals,
            standard,
            best: None,
            short: false,
            bounds: Values::new(),
            iterations: 0,
        }
    }

    /// Improves the plan by so many iterations, through all phases; `stop` cuts it short. The first call makes the first
    /// plan, whatever the count. The same calls give the same plans unless they were cut.
    pub fn run(&mut self, iterations: u64, stop: &AtomicBool) {
        if self.best.is_none() {
            self.first_plan(stop);
        }
        let Some((best, _)) = &self.best else { return };
        let mut phases = phase::phases(&self.goals, self.short);
        let settled = self.settled(best);
        if settled == 0 && best[0] > 0 {
            phases.splice(0..0, phase::promises(&self.goals));
        }
        phases.extend(phase::fewer(&self.world, &self.goals, settled));
        let mut shares: u64 = phases.iter().map(|p| p.share).sum();
        let mut left = iterations;
        for phase in &phases {
            let mut part = left * phase.share / shares;
            left -= part;
            shares -= phase.share;
            while part > 0
                && !stop.load(Ordering::Relaxed)
                && !self.best.as_ref().is_some_and(|(b, _)| self.over(phase, b))
            {
                part -= self.anneal(phase, part, stop).min(part);
            }
            // What a phase leaves goes to those after it.
            left += part;
        }
    }

    /// So many goals, the first ones, cannot be better than in these values.
    fn settled(&self, values: &Values) -> usize {
        values.iter().zip(&self.bounds).take_while(|(value, bound)| value <= bound).count()
    }

    /// True where a phase has nothing left to improve, but a later one has.
    fn over(&self, phase: &Phase, values: &Values) -> bool {
        let settled = self.settled(values);
        !phase.fewer && phase.last < settled && settled < self.goals.len()
    }

    /// Where it stands.
    pub fn memory(&self) -> Memory {
        Memory {
            dice: self.dice.clone(),
            standard: self.standard.clone(),
            best: self.best.clone(),
            short: self.short,
            iterations: self.iterations,
        }
    }

    /// Goes back to where it stood: what it did since is forgotten.
    pub fn recall(&mut self, memory: Memory) {
        let Memory { dice, standard, best, short, iterations } = memory;
        self.dice = dice;
        self.standard = standard;
        self.best = best;
        self.short = short;
        self.iterations = iterations;
        self.board = Board::new(&self.world);
    }

    /// The best plan so far, with what is done in it; its charges are those of the ledger.
    pub fn best(&self) -> Option<Plan> {
        self.best.as_ref().map(|(_, plan)| plan.clone())
    }

    /// The values of the best plan, goal by goal, in the units and the sense of each goal.
    pub fn best_values(&self) -> Option<Vec<(GoalId, i128)>> {
        let (values, _) = self.best.as_ref()?;
        Some(self.goals.iter().zip(values).map(|(g, v)| (*g, turned(*g, *v))).collect())
    }

    /// Takes in what no plan is better than, goal by goal, in the units and the sense of each goal.
    pub fn told(&mut self, bounds: &[i128]) {
        self.bounds = self.goals.iter().zip(bounds).map(|(g, v)| turned(*g, *v)).collect();
    }

    /// Takes a plan from elsewhere, if it is better than the best so far.
    pub fn offer(&mut self, plan: &Plan) {
        let board = Board::of(&self.world, plan);
        let old = std::mem::replace(&mut self.board, board);
        self.board.ledger.improve();
        self.board.settle();
        let now = values(&self.world, &self.board, &self.goals);
        if self.best.as_ref().is_some_and(|(best, _)| !self.standard.better(&now, best)) {
            self.board = old;
            return;
        }
        self.save(now);
    }

    fn save(&mut self, now: Values) {
        self.standard.note(&now);
        self.short = self.movable && strain::short(&self.world, &self.board).is_some();
        self.best = Some((now, self.board.plan(&self.world)));
    }

    /// Serves what can be served, what was promised first, then what costs least for its points; again and again until
    /// nothing more fits.
    fn first_plan(&mut self, stop: &AtomicBool) {
        let world = &self.world;
        let mut order: Vec<u32> = self.board.open.items.clone();
        order.sort_by_key(|u| {
            let unit = &world.units[*u as usize];
            let least = unit.choices.first().map_or(i64::MAX, |c| c.least);
            let price = i128::from(least) * 1_000_000 / i128::from(unit.points.max(1));
            (unit.promises == 0, unit.kept == 0, price, *u)
        });
        let first = Phase::new(0, 0, 0);
        let mut aim = phase::aim(world, &self.board, &self.goals, &first);
        aim.blink = 0;
        loop {
            let mut served = false;
            for u in &order {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                if self.board.slot_of[*u as usize] == NONE {
                    served |= recreate::insert(world, &mut self.board, &mut self.dice, &aim, *u);
                    self.board.settle();
                }
            }
            if !served {
                break;
            }
        }
        self.board.ledger.improve();
        self.board.settle();
        let now = values(&self.world, &self.board, &self.goals);
        self.save(now);
    }

    /// One phase: steps under a falling temperature, from the best plan so far. Says how many of the iterations are over.
    fn anneal(&mut self, phase: &Phase, iterations: u64, stop: &AtomicBool) -> u64 {
        let Some((start, plan)) = &self.best else { return iterations };
        let start = start.clone();
        self.board = Board::of(&self.world, plan);
        self.board.ledger.improve();
        self.board.settle();
        let phase = &mut phase.from(&self.world, &self.board);
        phase.slack = self.slack(phase);
        if phase.fewer && !ruin::dismiss::bar(&self.world, &mut self.board, &mut self.dice) {
            return iterations;
        }
        let mut now = phase::energy(&self.world, &self.board, &self.goals, phase);
        let mut best = start;
        // The journal reaches back to the best plan until that is saved, and no further than that.
        let mut saved = true;
        let mut left = self.board.mark();
        let mut away = 0;
        let patience = 32 + self.board.live.items.len() as u64 / 4;
        let hot = self.heat(phase);
        let mut aim = phase::aim(&self.world, &self.board, &self.goals, phase);
        // With one person less, what lies between service and preferences is held.
        let held = if phase.fewer { phase.last + 1..self.settled(&best) } else { 0..phase.held };
        let limits: Vec<(usize, i128)> = held.map(|i| (i, self.standard.limit(i))).collect();
        let mut over = iterations;
        for i in 0..iterations {
            if i % 64 == 0 && stop.load(Ordering::Relaxed) {
                break;
            }
            if i > 0 && i % REPRICED == 0 {
                phase.reprice(&self.world, &self.board);
            }
            if i % 2048 == 0 {
                aim = phase::aim(&self.world, &self.board, &self.goals, phase);
            }
            self.iterations += 1;
            let mark = self.board.mark();
            if !self.step(&aim) {
                self.board.undo(&self.world, &mark);
                continue;
            }
            if phase.last > 0 && self.goals[phase.held..=phase.last].contains(&GoalId::Cost) {
                self.board.ledger.improve();
            }
            let held = limits.iter().all(|(g, limit)| {
                let holds = |b: &Board| values::value(&self.world, b, self.goals[*g]) <= *limit;
                if holds(&self.board) {
                    return true;
                }
                if self.goals[*g] == GoalId::Cost {
                    self.board.ledger.improve();
                }
                holds(&self.board)
            });
            let energy = phase::energy(&self.world, &self.board, &self.goals, phase);
            let worse = energy - now;
            // Squared: half the iterations are spent below a quarter of the heat.
            let rest = 1024 - (i * 1024 / iterations) as i64;
            let heat = ((i128::from(hot) * i128::from(rest * rest)) >> 20) as i64;
            let bar = (i128::from(heat) * i128::from(self.dice.exponential()) / 1024) as i64;
            if !held || worse > bar {
                self.board.undo(&self.world, &mark);
                continue;
            }
            let mut found = false;
            if worse <= 0 {
                let mut reached = values(&self.world, &self.board, &self.goals);
                if self.comparable(&reached, &best, phase) {
                    self.board.ledger.improve();
                    reached = values(&self.world, &self.board, &self.goals);
                    if self.standard.better(&reached, &best) {
                        best = reached;
                        found = true;
                    }
                }
            }
            now = energy;
            if found || saved {
                self.board.settle();
                saved &= !found;
                left = self.board.mark();
                away = 0;
                if found && (phase.fewer || self.over(phase, &best)) {
                    over = i + 1;
                    break;
                }
                continue;
            }
            away += 1;
            if away > patience {
                // The best plan has been left for long: come back to it, and keep it.
                self.board.undo(&self.world, &left);
                self.save(best.clone());
                saved = true;
                now = phase::energy(&self.world, &self.board, &self.goals, phase);
            }
        }
        if !saved {
            self.board.undo(&self.world, &left);
            self.save(best);
        }
        over
    }

    /// True when these values may be better than the best ones once the ledger has found the cheapest payments.
    fn comparable(&self, a: &Values, b: &Values, phase: &Phase) -> bool {
        (0..=phase.last).all(|i| a[i] <= b[i].max(self.standard.limit(i)))
    }

    /// What a phase begins with that may serve less than the best plan does, the tolerance of coverage being held.
    fn slack(&self, phase: &Phase) -> Option<(i64, i64)> {
        let coverage = self.goals.iter().position(|g| *g == GoalId::Coverage)?;
        let gives = coverage < phase.held && self.standard.gives(coverage);
        gives.then(|| (self.board.ledger.cost() / 1000, self.board.totals.points))
    }

    /// The temperature at which a phase begins, in the units of its energy.
    fn heat(&self, phase: &Phase) -> i64 {
        let served = (self.board.live.items.len() as i64).max(1);
        match self.goals[phase.last] {
            GoalId::Cost => {
                let v = values::value(&self.world, &self.board, GoalId::Cost) / 1000;
                (i64::try_from(v).unwrap_or(i64::MAX) / served / 8).max(1)
            }
            GoalId::Preferences => {
                let v = values::value(&self.world, &self.board, GoalId::Preferences);
                (i64::try_from(v).unwrap_or(i64::MAX) / served / 4).max(1)
            }
            _ => {
                let units = (self.world.units.len() as i64).max(1);
                (self.world.units.iter().map(|u| u.points).sum::<i64>() / units / 5).max(1)
            }
        }
    }

    /// Ruins and recreates; false where that led nowhere (the caller undoes it).
    fn step(&mut self, aim: &Aim) -> bool {
        let (world, board, dice) = (&self.world, &mut self.board, &mut self.dice);
        board.dropped.clear();
        let wanted = match ruin::ruin(world, board, dice, aim) {
            Ruined::Failed => return false,
            Ruined::Done => None,
            Ruined::For(unit) => Some(unit),
        };
        let mut queue = board.dropped.clone();
        let extra = dice.below(aim.extra) + usize::from(queue.is_empty());
        for _ in 0..extra {
            queue.extend(dice.pick(&board.open.items));
        }
        order(world, dice, &mut queue);
        if let Some(unit) = wanted {
            queue.insert(0, unit);
        }
        for u in &queue {
            if aim.leave == 0 || !dice.chance(aim.leave) {
                recreate::insert(world, board, dice, aim, *u);
            }
        }
        // Whoever waits for a unit that is no longer served goes too, and may be served otherwise.
        let first = board.dropped.len();
        let mut i = 0;
        while let Some(u) = board.dropped.get(i).copied() {
            i += 1;
            if board.slot_of[u as usize] != NONE {
                continue;
            }
            for b in &world.units[u as usize].behind {
                let Some(slot) = board.session_of(*b) else { continue };
                if board.slots[slot as usize].status != Status::Done && !board.remove(world, slot) {
                    return false;
                }
            }
        }
        for at in first..board.dropped.len() {
            let u = board.dropped[at];
            recreate::insert(world, board, dice, aim, u);
        }
        true
    }
}

/// The order in which units are served again: of chance, or what is worth most first.
fn order(world: &World, dice: &mut Dice, queue: &mut [u32]) {
    dice.shuffle(queue);
    match dice.below(3) {
        0 => queue.sort_by_key(|u| {
            let unit = &world.units[*u as usize];
            (-unit.promises, -unit.kept, -unit.points)
        }),
        1 => queue.sort_by_key(|u| {
            let unit = &world.units[*u as usize];
            (unit.choices.len(), unit.latest - unit.earliest)
        }),
        _ => {}
    }
}
