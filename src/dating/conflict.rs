//! Why days cannot be put to what the master chose: a few sessions that cannot all take place with the people they were
//! given, nor with others who do not help either. Said to the master as a row, it will not choose them again.

use super::{Choice, hold_every};
use crate::master::cuts::Cut;
use crate::master::delivery::{Firm, Site};
use crate::master::exchange::Exchange;
use crate::master::families::{Cell, Seat};
use crate::master::ladder::Until;
use crate::master::model::{Chains, Grain, Model, People, Scope};
use crate::master::payers::units;
use crate::master::world::World;
use crate::milp::highs::{Limits, Sense, Solver, Status};
use crate::milp::program::{Col, INFINITE, Program};
use crate::programme::day::Span;
use crate::programme::id::{CourseId, LanguageId, PlaceId, RequestId, TrainerId};
use std::collections::{BTreeMap, BTreeSet};

/// A check that takes longer says nothing.
const CHECK: u64 = 4_000;

/// So many iterations on the relaxation of a few sessions are worth one.
const LIGHT: u64 = 8;

/// So often other sessions are left out, for other conflicts.
const PASSES: usize = 2;

/// Among more sessions, one by one takes too long: what the relaxation of all contradicts is looked for first.
const MANY: usize = 200;

/// Sessions around one that was left out are looked at in so many widening circles.
const CIRCLES: usize = 6;

/// Relaxations are whole up to this.
const WHOLE: f64 = 1e-6;

type Item = (usize, Vec<Span>);

/// Everybody who could teach where the conflicts are.
pub fn around(world: &World, cuts: &[Cut]) -> People {
    let sites = cuts.iter().flat_map(|c| &c.sessions).map(|(d, _)| world.deliveries[*d].site()).collect();
    everybody(world, &sites)
}

/// Everybody who could teach where several sessions were chosen: which of their people goes to which of them, and so what
/// they cost together, is left to dating.
pub fn shared(world: &World, choice: &Choice) -> People {
    let all: Vec<Site> = choice.sessions.iter().map(|(d, _)| world.deliveries[*d].site()).collect();
    let several = all.iter().filter(|s| all.iter().filter(|t| t == s).count() > 1).copied().collect();
    everybody(world, &several)
}

fn everybody(world: &World, sites: &BTreeSet<Site>) -> People {
    sites.iter().flat_map(|s| world.candidates(s.0, s.1, s.2).into_iter().map(|(t, _)| (s.0, s.1, s.2, t))).collect()
}

fn scope<'s>(items: &'s [Item], people: &'s People) -> Scope<'s> {
    Scope { grain: Grain::Days, chains: Chains::Alone, only: Some(items), people: Some(people), money: false }
}

/// What people cost whose sessions are open, in currency units.
fn costs(model: &Model) -> Vec<(Col, f64)> {
    let open = model.seats.iter().filter(|s| model.cells[s.cell].firm == Firm::Open);
    open.map(|s| (s.col, units(s.cents()))).collect()
}

/// Conflicts among the chosen sessions: one for each session that has to be left out when as many as can be are dated,
/// where one is found. Also says how many simplex iterations it took.
pub fn conflicts(world: &World, choice: &Choice, exchange: &dyn Exchange) -> (Vec<Cut>, u64) {
    let mut study = Study { world, choice, exchange, priced: false, iterations: 0, checks: 0 };
    let mut cuts: Vec<Cut> = Vec::new();
    if choice.sessions.len() > MANY {
        cuts = study.contradictions();
    }
    let mut seen: Vec<usize> = Vec::new();
    if cuts.is_empty() {
        let model = Model::new(world, &scope(&choice.sessions, &choice.people));
        let mut solver = Solver::new(&model.program);
        for _ in 0..PASSES {
            let out = study.left_out((&model, &mut solver), &seen);
            let fresh: Vec<Item> = out.into_iter().filter(|(d, _)| !seen.contains(d)).collect();
            for item in &fresh {
                if exchange.stopped() {
                    break;
                }
                let found = study.around(item).and_then(|core| study.people(core));
                if let Some(cut) = found.filter(|c| !cuts.contains(c)) {
                    cuts.push(cut);
                }
            }
            if fresh.is_empty() {
                break;
            }
            seen.extend(fresh.iter().map(|(d, _)| *d));
        }
    }
    if seen.is_empty() && cuts.is_empty() {
        study.priced = true;
        cuts.extend(study.dear());
    }
    exchange.tell(&format!(
        "{} conflicts after {} checks: {:?} sessions each",
        cuts.len(),
        study.checks,
        cuts.iter().map(|c| c.sessions.len()).collect::<Vec<_>>()
    ));
    (cuts, study.iterations)
}

/// Those of these items on whose rows there is weight.
fn needed(items: &[Item], weights: &[f64]) -> Vec<Item> {
    items.iter().zip(weights).filter(|(_, weight)| **weight != 0.0).map(|(item, _)| item.clone()).collect()
}

/// What a relaxation says.
enum Said {
    /// These weights of its rows make a sum that nothing satisfies; the sum by column.
    Impossible {
        weights: Vec<f64>,
        sum: Vec<f64>,
    },
    /// It has whole values.
    Possible,
    Unsure,
}

struct Study<'s, 'a> {
    world: &'s World<'a>,
    choice: &'s Choice,
    exchange: &'s dyn Exchange,
    /// Whether people must not cost more than in the choice: then only whole sites are looked at.
    priced: bool,
    iterations: u64,
    checks: usize,
}

impl<'s, 'a> Study<'s, 'a> {
    /// The sessions that are left out when as many as possible are dated, money aside; rather others than before. Where
    /// the relaxation has to leave some out, by what it leaves out. The program is all of the choice, solved `before`
    /// with other weights.
    fn left_out(&mut self, (model, solver): (&Model, &mut Solver), before: &[usize]) -> Vec<Item> {
        let items = &self.choice.sessions;
        let weight = |delivery| if before.contains(&delivery) { 3.0 } else { 1.0 };
        let all: Vec<_> = model.held.iter().map(|h| (h.col, weight(h.delivery))).collect();
        solver.objective(Sense::Maximise, &all);
        let limits = Limits { iterations: Some(CHECK), gap: 0.999, probing: false, ..Limits::default() };
        let most: f64 = items.iter().map(|(d, _)| weight(*d)).sum();
        solver.relax(true);
        // The last values are a beginning: only the weights are others.
        solver.primal(!before.is_empty());
        let mut answer = solver.run(limits, &mut Until(self.exchange));
        self.iterations += answer.iterations;
        if answer.status != Status::Optimal || answer.objective > most - WHOLE {
            solver.relax(false);
            answer = solver.run(limits, &mut Until(self.exchange));
            self.iterations += answer.iterations;
        }
        let Some(values) = answer.values else { return Vec::new() };
        let held = |delivery| -> f64 {
            model.held.iter().filter(|h| h.delivery == delivery).map(|h| values[h.col.index()]).sum()
        };
        let mut out: Vec<(f64, Item)> = items.iter().map(|i| (held(i.0), i.clone())).collect();
        out.retain(|(held, _)| *held < 1.0 - WHOLE);
        out.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let missing: f64 = out.iter().map(|(held, _)| 1.0 - held).sum();
        out.truncate((missing - WHOLE).ceil() as usize);
        out.into_iter().map(|(_, item)| item).collect()
    }

    /// These sessions and people as a program, and where the rows begin that say that each session takes place.
    fn program(&self, items: &[Item], people: &People) -> (Model<'s, 'a>, usize) {
        let mut model = Model::new(self.world, &scope(items, people));
        let rows = model.program.rows();
        hold_every(&mut model, items);
        model.program.settle();
        (model, rows)
    }

    /// What the relaxation says of a program.
    fn contradiction(&mut self, program: &Program) -> Said {
        let mut solver = Solver::new(program);
        solver.unsimplified();
        solver.relax(true);
        let limits = Limits { iterations: Some(CHECK * LIGHT), ..Limits::default() };
        let answer = solver.run(limits, &mut Until(self.exchange));
        self.iterations += answer.iterations / LIGHT;
        if answer.status != Status::Infeasible {
            let whole = |(c, v): (usize, &f64)| !program.integer[c] || (v - v.round()).abs() < WHOLE;
            let all = answer.values.is_some_and(|values| values.iter().enumerate().all(whole));
            return if all { Said::Possible } else { Said::Unsure };
        }
        let weights = solver.ray().unwrap_or_default();
        let sum = if weights.is_empty() { None } else { program.refuted(&weights) };
        sum.map_or(Said::Unsure, |sum| Said::Impossible { weights, sum })
    }

    /// Where it is certain that these sessions cannot all take place with no other people than these: those of them that are
    /// enough for that, as far as one look tells.
    fn impossible(&mut self, items: &[Item], people: &People) -> Option<Vec<Item>> {
        self.checks += 1;
        let (mut model, rows) = self.program(items, people);
        if self.priced {
            let sites: BTreeSet<Site> = model.cells.iter().map(Cell::site).collect();
            let paid: i64 = sites.iter().filter_map(|s| self.choice.paid.get(s)).sum();
            model.program.row(-INFINITE, units(paid) + 0.005, costs(&model));
        } else {
            match self.contradiction(&model.program) {
                Said::Possible => return None,
                Said::Impossible { weights, .. } => {
                    let fewer = needed(items, &weights[rows..]);
                    // What is done in any case may stand behind it too: so the fewer are looked at by themselves.
                    let found = if fewer.len() < items.len() { self.impossible(&fewer, people) } else { None };
                    return Some(found.unwrap_or_else(|| items.to_vec()));
                }
                Said::Unsure => {}
            }
        }
        let mut solver = Solver::new(&model.program);
        let limits = Limits {
            iterations: Some(CHECK),
            probing: false,
            neighbourhood: false,
            // Whatever there is counts 0: as if it were known that there is something.
            cutoff: Some(0.5),
            ..Limits::default()
        };
        let answer = solver.run(limits, &mut Until(self.exchange));
        self.iterations += answer.iterations;
        (answer.status == Status::Infeasible).then(|| items.to_vec())
    }

    /// Conflicts that the relaxation of all sessions shows, of different sessions.
    fn contradictions(&mut self) -> Vec<Cut> {
        let mut cuts = Vec::new();
        let mut rest = self.choice.sessions.clone();
        while let Some(core) = self.contradicted(&rest).filter(|_| !self.exchange.stopped()) {
            rest.retain(|item| !core.contains(item));
            let core = self.shrunk(core.into_iter().map(|item| vec![item]).collect());
            cuts.extend(self.people(core));
        }
        cuts
    }

    /// Those of these sessions for which the relaxation of all shows that they cannot all take place.
    fn contradicted(&mut self, items: &[Item]) -> Option<Vec<Item>> {
        self.checks += 1;
        let (model, rows) = self.program(items, &self.choice.people);
        let Said::Impossible { weights, .. } = self.contradiction(&model.program) else { return None };
        let needed = needed(items, &weights[rows..]);
        // What is done in any case may stand behind it too.
        if needed.is_empty() { None } else { self.impossible(&needed, &self.choice.people).map(|_| needed) }
    }

    /// A small set of the chosen sessions, this one among those that it grew from, that cannot all be dated.
    fn around(&mut self, item: &Item) -> Option<Vec<Item>> {
        let people = &self.choice.people;
        let mut front = vec![item.clone()];
        let mut found = self.impossible(&front, people);
        for _ in 0..CIRCLES {
            if found.is_some() {
                break;
            }
            let near = |other: &&Item| !front.contains(other) && front.iter().any(|f| self.near(f, other));
            let more: Vec<Item> = self.choice.sessions.iter().filter(near).cloned().collect();
            if more.is_empty() || self.exchange.stopped() {
                return None;
            }
            front.extend(more);
            found = self.impossible(&front, people);
        }
        found.map(|core| self.shrunk(core.into_iter().map(|item| vec![item]).collect()))
    }

    /// Where everything can be dated, but not by people who cost as little as in the choice: which sessions take more.
    fn dear(&mut self) -> Option<Cut> {
        let mut sites: BTreeMap<Site, Vec<Item>> = BTreeMap::new();
        for item in &self.choice.sessions {
            sites.entry(self.world.deliveries[item.0].site()).or_default().push(item.clone());
        }
        self.impossible(&self.choice.sessions, &self.choice.people)?;
        let core = self.shrunk(sites.into_values().collect());
        let cut = self.people(core)?;
        // How much they take at least.
        let mut model = Model::new(self.world, &scope(&cut.sessions, &cut.people));
        hold_every(&mut model, &cut.sessions);
        model.program.settle();
        let mut solver = Solver::new(&model.program);
        solver.objective(Sense::Minimise, &costs(&model));
        let limits = Limits { iterations: Some(CHECK), gap: 0.004, probing: false, ..Limits::default() };
        let answer = solver.run(limits, &mut Until(self.exchange));
        self.iterations += answer.iterations;
        let least = (answer.bound * 100.0 - 0.5).ceil();
        (answer.status == Status::Optimal && least > 0.0).then_some(Cut { least: Some(least as i64), ..cut })
    }

    /// Without everything that is not needed for the conflict: halves first, then one by one.
    fn shrunk(&mut self, mut core: Vec<Vec<Item>>) -> Vec<Item> {
        let mut size = core.len().div_ceil(2);
        loop {
            let mut at = 0;
            while at < core.len() {
                let end = (at + size).min(core.len());
                let trial: Vec<Vec<Item>> = core[..at].iter().chain(&core[end..]).cloned().collect();
                let found = if trial.is_empty() { None } else { self.impossible(&trial.concat(), &self.choice.people) };
                if let Some(needed) = found {
                    let keeps = |group: &&Vec<Item>| group.iter().any(|item| needed.contains(item));
                    at = trial[..at].iter().filter(keeps).count();
                    core = trial.iter().filter(keeps).cloned().collect();
                } else {
                    at = end;
                }
            }
            if size <= 1 || self.exchange.stopped() {
                return core.concat();
            }
            size = size.div_ceil(2);
        }
    }

    /// The conflict with as many more people as do not help.
    fn people(&mut self, core: Vec<Item>) -> Option<Cut> {
        let open = |item: &&Item| self.world.deliveries[item.0].firm == Firm::Open;
        let sites: BTreeSet<Site> = core.iter().filter(open).map(|(d, _)| self.world.deliveries[*d].site()).collect();
        let all = everybody(self.world, &sites);
        let own = self.choice.people.iter().filter(|p| sites.contains(&(p.0, p.1, p.2)));
        let mut people: People = own.copied().collect();
        let more = if self.priced { None } else { self.helpless(&core, &people, &all) };
        if let Some(more) = more.filter(|more| self.impossible(&core, more).is_some()) {
            people = more;
        } else if self.impossible(&core, &all).is_some() {
            people = all;
        } else {
            for site in &sites {
                let whole: People = all.iter().filter(|p| (p.0, p.1, p.2) == *site).copied().collect();
                let trial: People = people.union(&whole).copied().collect();
                if trial.len() == people.len() {
                    continue;
                }
                if self.impossible(&core, &trial).is_some() {
                    people = trial;
                    continue;
                }
                let whole: Vec<_> = whole.into_iter().collect();
                self.grown(&core, &whole, &mut people);
            }
        }
        if self.exchange.stopped() {
            return None;
        }
        Some(Cut { sessions: core, people, least: None })
    }

    /// These people and everybody whose columns leave the contradiction as it is; None where the relaxation shows none.
    fn helpless(&mut self, core: &[Item], people: &People, all: &People) -> Option<People> {
        let mut people = people.clone();
        let (mut model, _) = self.program(core, all);
        let open = model.program.upper.clone();
        let key = |seat: &Seat, cells: &[Cell]| {
            let (course, place, working) = cells[seat.cell].site();
            (course, place, working, seat.trainer)
        };
        loop {
            for seat in &model.seats {
                let key = key(seat, &model.cells);
                let closed = all.contains(&key) && !people.contains(&key);
                model.program.upper[seat.col.index()] = if closed { 0.0 } else { open[seat.col.index()] };
            }
            self.checks += 1;
            let Said::Impossible { sum, .. } = self.contradiction(&model.program) else { return None };
            let helps = model.seats.iter().filter(|s| sum[s.col.index()] > 1e-9);
            let helpers: People = helps.map(|seat| key(seat, &model.cells)).collect();
            let more: People = all.iter().filter(|p| !helpers.contains(*p)).copied().collect();
            let before = people.len();
            people.extend(more);
            if people.len() == before {
                return Some(people);
            }
        }
    }

    /// Adds those who do not help, of some who help when they all join: half of them at a time.
    fn grown(&mut self, core: &[Item], some: &[(CourseId, PlaceId, LanguageId, TrainerId)], people: &mut People) {
        let (left, right) = some.split_at(some.len() / 2);
        for half in [left, right] {
            let trial: People = people.iter().chain(half).copied().collect();
            if trial.len() == people.len() {
                continue;
            }
            if self.impossible(core, &trial).is_some() {
                *people = trial;
            } else if half.len() > 1 {
                self.grown(core, half, people);
            }
        }
    }

    /// True where two sessions can be in each other's way: by people, place, or what comes after what.
    fn near(&self, a: &Item, b: &Item) -> bool {
        let (x, y) = (&self.world.deliveries[a.0], &self.world.deliveries[b.0]);
        let requests = &self.world.programme.requests;
        let follows = |late: &[RequestId], early: &[RequestId]| {
            late.iter().any(|r| requests[*r].after.iter().any(|p| early.contains(p)))
        };
        let team = |item: &Item| -> Vec<TrainerId> {
            let site = self.world.deliveries[item.0].site();
            self.choice.people.iter().filter(|p| (p.0, p.1, p.2) == site).map(|p| p.3).collect()
        };
        let theirs = team(b);
        x.place == y.place
            || team(a).iter().any(|t| theirs.contains(t))
            || follows(&x.requests, &y.requests)
            || follows(&y.requests, &x.requests)
    }
}
