//! The search's view of a plan: mutable, indexed, undoable. `crossing.rs` holds the only ways in and out.
//!
//! Named parts: `roster` (sessions), `diary` (trainers' days and missions), `occupancy` (places, regions, interpreters,
//! countries), `ledger` (funds), `tally` (quotas), `change` (the journal). `world` is what never changes, `placing` are
//! the moves. The board keeps every rule that binds several sessions; who moves asks it first (`Diary::admits`,
//! `Occupancy::keep_open`) or lets a move fail and comes back to a mark.

pub mod change;
pub mod crossing;
pub mod days;
pub mod diary;
pub mod ledger;
pub mod occupancy;
pub mod placing;
pub mod purse;
pub mod roster;
pub mod tally;
pub mod unit;
pub mod world;

use crate::programme::id::{Id, TrainerId};
use change::Step;
use diary::Diary;
use ledger::Ledger;
use occupancy::Occupancy;
use roster::{Slot, weigh};
use tally::Tally;
use unit::NONE;
use world::World;

/// Sums of the goals over the board; quotas, floors and cost are kept by their own parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Promised requests that are not served.
    pub promises: i64,
    pub kept: i64,
    pub stability: i64,
    pub points: i64,
    /// Of sessions, and of trainers.
    pub penalty: i64,
    pub overload: i64,
}

/// Ids in no order, each found at once.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    pub items: Vec<u32>,
    place: Vec<u32>,
}

impl Pool {
    /// Puts an id in.
    pub fn put(&mut self, id: u32) {
        if self.place.len() <= id as usize {
            self.place.resize(id as usize + 1, NONE);
        }
        if self.place[id as usize] == NONE {
            self.place[id as usize] = self.items.len() as u32;
            self.items.push(id);
        }
    }

    /// Takes an id out.
    pub fn take(&mut self, id: u32) {
        let Some(at) = self.place.get(id as usize).copied().filter(|at| *at != NONE) else { return };
        self.place[id as usize] = NONE;
        self.items.swap_remove(at as usize);
        if let Some(moved) = self.items.get(at as usize) {
            self.place[*moved as usize] = at;
        }
    }
}

/// Everything that is planned at one moment.
#[derive(Clone, Debug)]
pub struct Board {
    pub slots: Vec<Slot>,
    pub diaries: Vec<Diary>,
    pub occupancy: Occupancy,
    pub ledger: Ledger,
    pub tally: Tally,
    pub totals: Totals,
    /// By unit: its session, or NONE.
    pub slot_of: Vec<u32>,
    /// By session label of pins: its session, or NONE, and how many of its units are there.
    pub label_at: Vec<(u32, u32)>,
    /// Sessions that may be moved, and units that may be served but are not.
    pub live: Pool,
    pub open: Pool,
    /// What done sessions alone measure, by quota.
    pub history: Vec<i64>,
    /// Units that have lost their session, since the one who moves last emptied the list.
    pub dropped: Vec<u32>,
    /// By trainer: sent nowhere by whoever looks for a team.
    pub barred: Vec<bool>,
    free: Vec<u32>,
    journal: Vec<Step>,
    versions: u64,
}

impl Board {
    /// Puts a session into every sum and list, or takes it out.
    fn attach(&mut self, world: &World, id: u32, more: bool) {
        if more {
            let weight = weigh(world, &self.slots[id as usize]);
            self.slots[id as usize].weight = weight;
        }
        let sign = if more { 1 } else { -1 };
        let slot = &self.slots[id as usize];
        let days = (slot.first, slot.last);
        self.occupancy.run(world, slot.place, slot.row, days, more);
        for u in &slot.units {
            let unit = &world.units[*u as usize];
            for country in &unit.countries {
                self.occupancy.serve(*country, days, more);
            }
            self.slot_of[*u as usize] = if more { id } else { NONE };
            if more || unit.still {
                self.open.take(*u);
            } else {
                self.open.put(*u);
            }
            for label in &unit.labels {
                let at = &mut self.label_at[label.index()];
                at.1 = if more { at.1 + 1 } else { at.1 - 1 };
                at.0 = if at.1 == 0 { NONE } else { id };
            }
        }
        if !slot.still {
            if more {
                self.live.put(id);
            } else {
                self.live.take(id);
            }
        }
        self.tally.count(world, slot, more);
        self.tally.spend(world, slot, sign * slot.total());
        let w = &slot.weight;
        self.totals.promises -= sign * w.promises;
        self.totals.kept += sign * w.kept;
        self.totals.stability += sign * w.stability;
        self.totals.points += sign * w.points;
        self.totals.penalty += sign * w.penalty;
    }

    /// A trainer's penalty, in the units of the goal.
    fn overload(world: &World, trainer: TrainerId, worked: i32) -> i64 {
        let weights = &world.programme.preferences;
        let over = world.people[trainer.index()].target.map_or(0, |t| (i64::from(worked) - t).max(0));
        7 * weights.overload_day.0 * over + if worked > 0 { 7 * weights.trainer_used.0 } else { 0 }
    }
}
