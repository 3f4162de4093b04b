//! Why days cannot be put to what the master chose: a few sessions that cannot all take place with the people they were
//! given, nor with others who do not help either. Said to the master as a row, it will not choose them again.

use super::{Choice, hold_every};
use crate::master::cuts::Cut;
use crate::master::delivery::Firm;
use crate::master::exchange::Exchange;
use crate::master::ladder::Until;
use crate::master::model::{Chains, Grain, Model, People, Scope};
use crate::master::world::World;
use crate::milp::highs::{Limits, Sense, Solver, Status};
use crate::programme::day::Span;
use crate::programme::id::{CourseId, LanguageId, PlaceId, RequestId, TrainerId};
use std::collections::BTreeSet;

/// A check that takes longer says nothing.
const CHECK: u64 = 4_000;

/// So often other sessions are left out, for other conflicts.
const PASSES: usize = 2;

/// Sessions around one that was left out are looked at in so many widening circles.
const CIRCLES: usize = 6;

type Item = (usize, Vec<Span>);
type Site = (CourseId, PlaceId, LanguageId);

/// Everybody who could teach where the conflicts are.
pub fn around(world: &World, cuts: &[Cut]) -> People {
    let sites = cuts.iter().flat_map(|c| &c.sessions).map(|(d, _)| site(world, *d)).collect();
    everybody(world, &sites)
}

fn site(world: &World, delivery: usize) -> Site {
    let d = &world.deliveries[delivery];
    (d.course, d.place, d.working)
}

fn everybody(world: &World, sites: &BTreeSet<Site>) -> People {
    sites.iter().flat_map(|s| world.candidates(s.0, s.1, s.2).into_iter().map(|(t, _)| (s.0, s.1, s.2, t))).collect()
}

fn scope<'s>(items: &'s [Item], people: &'s People) -> Scope<'s> {
    Scope { grain: Grain::Days, chains: Chains::Alone, only: Some(items), people: Some(people), money: false }
}

/// Conflicts among the chosen sessions: one for each session that has to be left out when as many as can be are dated,
/// where one is found. Also says how many simplex iterations it took.
pub fn conflicts(world: &World, choice: &Choice, exchange: &dyn Exchange) -> (Vec<Cut>, u64) {
    let mut study = Study { world, choice, exchange, iterations: 0, checks: 0 };
    let mut cuts: Vec<Cut> = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    for _ in 0..PASSES {
        let fresh: Vec<Item> = study.left_out(&seen).into_iter().filter(|(d, _)| !seen.contains(d)).collect();
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
    exchange.tell(&format!(
        "{} conflicts after {} checks: {:?} sessions each",
        cuts.len(),
        study.checks,
        cuts.iter().map(|c| c.sessions.len()).collect::<Vec<_>>()
    ));
    (cuts, study.iterations)
}

struct Study<'s, 'a> {
    world: &'s World<'a>,
    choice: &'s Choice,
    exchange: &'s dyn Exchange,
    iterations: u64,
    checks: usize,
}

impl Study<'_, '_> {
    /// The sessions that are left out when as many as possible are dated, money aside; rather others than before.
    fn left_out(&mut self, before: &[usize]) -> Vec<Item> {
        let items = &self.choice.sessions;
        let model = Model::new(self.world, &scope(items, &self.choice.people));
        let mut solver = Solver::new(&model.program);
        let all: Vec<_> =
            model.held.iter().map(|h| (h.col, if before.contains(&h.delivery) { 3.0 } else { 1.0 })).collect();
        solver.objective(Sense::Maximise, &all);
        let limits = Limits { iterations: Some(CHECK), gap: 0.999, ..Limits::default() };
        let answer = solver.run(limits, &mut Until(self.exchange));
        self.iterations += answer.iterations;
        let Some(values) = answer.values else { return Vec::new() };
        let on = |delivery| model.held.iter().any(|h| h.delivery == delivery && values[h.col.index()] > 0.5);
        items.iter().filter(|(d, _)| !on(*d)).cloned().collect()
    }

    /// True where it is certain that these sessions cannot all take place with no other people than these.
    fn impossible(&mut self, items: &[Item], people: &People) -> bool {
        self.checks += 1;
        let mut model = Model::new(self.world, &scope(items, people));
        hold_every(&mut model, items);
        model.program.settle();
        let mut solver = Solver::new(&model.program);
        let limits = Limits { iterations: Some(CHECK), ..Limits::default() };
        let answer = solver.run(limits, &mut Until(self.exchange));
        self.iterations += answer.iterations;
        answer.status == Status::Infeasible
    }

    /// A small set of the chosen sessions, this one among those that it grew from, that cannot all be dated.
    fn around(&mut self, item: &Item) -> Option<Vec<Item>> {
        let people = &self.choice.people;
        let mut front = vec![item.clone()];
        let mut found = self.impossible(&front, people);
        for _ in 0..CIRCLES {
            if found {
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
        found.then(|| self.shrunk(front))
    }

    /// Without everything that is not needed for the conflict: halves first, then one by one.
    fn shrunk(&mut self, mut core: Vec<Item>) -> Vec<Item> {
        let mut size = core.len().div_ceil(2);
        loop {
            let mut at = 0;
            while at < core.len() {
                let end = (at + size).min(core.len());
                let trial: Vec<Item> = core[..at].iter().chain(&core[end..]).cloned().collect();
                if !trial.is_empty() && self.impossible(&trial, &self.choice.people) {
                    core = trial;
                } else {
                    at = end;
                }
            }
            if size == 1 || self.exchange.stopped() {
                return core;
            }
            size = size.div_ceil(2);
        }
    }

    /// The conflict with as many more people as do not help.
    fn people(&mut self, core: Vec<Item>) -> Option<Cut> {
        let open = |item: &&Item| self.world.deliveries[item.0].firm == Firm::Open;
        let sites: BTreeSet<Site> = core.iter().filter(open).map(|(d, _)| site(self.world, *d)).collect();
        let all = everybody(self.world, &sites);
        let people = if self.impossible(&core, &all) {
            all
        } else {
            let mut people: People =
                self.choice.people.iter().filter(|p| sites.contains(&(p.0, p.1, p.2))).copied().collect();
            for site in &sites {
                let whole: People = all.iter().filter(|p| (p.0, p.1, p.2) == *site).copied().collect();
                let trial: People = people.union(&whole).copied().collect();
                if trial.len() == people.len() {
                    continue;
                }
                if self.impossible(&core, &trial) {
                    people = trial;
                    continue;
                }
                for one in whole {
                    let mut trial = people.clone();
                    if trial.insert(one) && self.impossible(&core, &trial) {
                        people = trial;
                    }
                }
            }
            people
        };
        if self.exchange.stopped() {
            return None;
        }
        Some(Cut { sessions: core, people })
    }

    /// True where two sessions can be in each other's way: by people, place, or what comes after what.
    fn near(&self, a: &Item, b: &Item) -> bool {
        let (x, y) = (&self.world.deliveries[a.0], &self.world.deliveries[b.0]);
        let requests = &self.world.programme.requests;
        let follows = |late: &[RequestId], early: &[RequestId]| {
            late.iter().any(|r| requests[*r].after.iter().any(|p| early.contains(p)))
        };
        let team = |item: &Item| -> Vec<TrainerId> {
            let site = site(self.world, item.0);
            self.choice.people.iter().filter(|p| (p.0, p.1, p.2) == site).map(|p| p.3).collect()
        };
        let theirs = team(b);
        x.place == y.place
            || team(a).iter().any(|t| theirs.contains(t))
            || follows(&x.requests, &y.requests)
            || follows(&y.requests, &x.requests)
    }
}
