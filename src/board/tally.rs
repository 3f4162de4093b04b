//! What the quotas measure.

use super::roster::Slot;
use super::world::World;
use crate::programme::funds::Measure;
use crate::programme::id::{Id, QuotaId};

/// Every quota's measure, in its units.
#[derive(Clone, Debug)]
pub struct Tally {
    pub measured: Vec<i64>,
    /// True where some quota limits or demands money.
    pub money: bool,
}

impl Tally {
    /// Nothing measured.
    pub fn new(world: &World) -> Tally {
        let quotas = &world.programme.quotas;
        Tally { measured: vec![0; quotas.len()], money: quotas.values().any(|q| q.measure == Measure::Cost) }
    }

    /// Counts a session in or out; its money is counted apart.
    pub fn count(&mut self, world: &World, slot: &Slot, more: bool) {
        for (id, q) in world.programme.quotas.iter() {
            if q.measure != Measure::Cost {
                let n = measure(world, id, slot);
                self.measured[id.index()] += if more { n } else { -n };
            }
        }
    }

    /// Counts a change of a session's cost, in cents.
    pub fn spend(&mut self, world: &World, slot: &Slot, by: i64) {
        if !self.money || by == 0 {
            return;
        }
        for (id, q) in world.programme.quotas.iter() {
            if q.measure == Measure::Cost && counted(world, id, slot) > 0 {
                self.measured[id.index()] += by;
            }
        }
    }

    /// True when no quota is above its max; one that only done sessions fill (`history`) is not.
    pub fn within(&self, world: &World, history: &[i64]) -> bool {
        world.programme.quotas.iter().all(|(id, q)| {
            let i = id.index();
            q.max.is_none_or(|max| self.measured[i] <= max || self.measured[i] <= history[i])
        })
    }

    /// How many quotas are below their min, and how far, in parts of 1,024 each.
    pub fn unmet(&self, world: &World) -> (i64, i64) {
        let mut sum = (0, 0);
        for (id, q) in world.programme.quotas.iter() {
            let n = self.measured[id.index()];
            if let Some(min) = q.min.filter(|min| n < *min) {
                sum.0 += 1;
                sum.1 += ((i128::from(min - n) * 1024) / i128::from(min.max(1))) as i64;
            }
        }
        sum
    }
}

/// How many requests of the session the quota counts; 0 where it does not count the session.
fn counted(world: &World, quota: QuotaId, slot: &Slot) -> usize {
    let q = &world.programme.quotas[quota];
    if !q.counts(slot.place, slot.course, slot.language, world.day(slot.first)) {
        return 0;
    }
    requests(world, slot).filter(|r| q.officials[world.programme.requests[*r].place]).count()
}

fn measure(world: &World, quota: QuotaId, slot: &Slot) -> i64 {
    let q = &world.programme.quotas[quota];
    let n = counted(world, quota, slot);
    match q.measure {
        Measure::Sessions => i64::from(n > 0),
        Measure::Requests => n as i64,
        Measure::Participants if n > 0 => requests(world, slot)
            .filter(|r| q.officials[world.programme.requests[*r].place])
            .map(|r| world.programme.requests[r].participants)
            .sum(),
        Measure::Participants | Measure::Cost => 0,
    }
}

fn requests<'w>(world: &'w World, slot: &'w Slot) -> impl Iterator<Item = crate::programme::id::RequestId> + 'w {
    slot.units.iter().flat_map(|u| world.units[*u as usize].requests.iter().copied())
}
