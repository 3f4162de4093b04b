//! The journal: what was done to the board, so that it can be undone, last first.

use super::diary::Visit;
use super::roster::Slot;
use super::{Board, Totals};
use crate::board::world::World;
use crate::programme::id::{Id, TrainerId};

/// One step of a change.
#[derive(Clone, Debug)]
pub enum Step {
    /// A session was put on the board.
    Created(u32),
    /// A session was taken off the board.
    Destroyed(u32, Box<Slot>),
    /// A session has other units: this is how it was.
    Replaced(u32, Box<Slot>),
    /// One amount of a session was this.
    Amount(u32, usize, i64),
    /// A visit was put into a diary or taken out of it.
    Visited { trainer: TrainerId, at: usize, taken_out: Option<Visit>, linked: Option<bool>, worked: i32, version: u64 },
}

/// A point to come back to.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    steps: usize,
    ledger: usize,
    totals: Totals,
}

impl Board {
    /// The point where the board is now.
    pub fn mark(&self) -> Mark {
        Mark { steps: self.journal.len(), ledger: self.ledger.mark(), totals: self.totals }
    }

    /// True when nothing happened since the mark.
    pub fn unchanged(&self, mark: &Mark) -> bool {
        self.journal.len() == mark.steps
    }

    /// Forgets how to undo: marks taken before are void.
    pub fn settle(&mut self) {
        self.journal.clear();
        self.ledger.settle();
    }

    /// Undoes everything since the mark.
    pub fn undo(&mut self, world: &World, mark: &Mark) {
        while self.journal.len() > mark.steps {
            let Some(step) = self.journal.pop() else { break };
            match step {
                Step::Created(slot) => {
                    self.attach(world, slot, false);
                    self.slots[slot as usize].live = false;
                    self.free.push(slot);
                }
                Step::Destroyed(slot, old) => {
                    self.free.pop();
                    self.slots[slot as usize] = *old;
                    self.attach(world, slot, true);
                }
                Step::Replaced(slot, old) => {
                    self.attach(world, slot, false);
                    self.slots[slot as usize] = *old;
                    self.attach(world, slot, true);
                }
                Step::Amount(slot, category, old) => {
                    let s = &mut self.slots[slot as usize];
                    let by = old - s.amounts[category];
                    s.amounts[category] = old;
                    self.tally.spend(world, &self.slots[slot as usize], by);
                }
                Step::Visited { trainer, at, taken_out, linked, worked, version } => {
                    let diary = &mut self.diaries[trainer.index()];
                    match taken_out {
                        Some(visit) => diary.visits.insert(at, visit),
                        None => {
                            diary.visits.remove(at);
                        }
                    }
                    let next = if taken_out.is_some() { at + 1 } else { at };
                    if let (Some(linked), Some(v)) = (linked, diary.visits.get_mut(next)) {
                        v.linked = linked;
                    }
                    diary.worked = worked;
                    diary.version = version;
                }
            }
        }
        self.ledger.undo(mark.ledger);
        self.totals = mark.totals;
    }
}
