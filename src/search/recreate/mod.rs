//! Serving a unit: every way is looked at, the best is taken that can be paid.

pub mod chain;
pub mod join;
pub mod open;
pub mod team;

use super::aim::Aim;
use super::dice::Dice;
use crate::board::Board;
use crate::board::placing::Placement;
use crate::board::unit::NONE;
use crate::board::world::World;
use crate::programme::id::Id;

/// One way to serve a unit.
#[derive(Clone, Debug)]
pub enum Offer {
    /// In a session that is there.
    Join(u32),
    /// In a new one; `spare` are other start days for the same team, on which other funds are valid.
    Open(Box<Placement>, Vec<i32>),
}

/// How many ways are tried before the unit is given up for now.
const TRIES: usize = 4;

/// The best ways found so far, best first.
#[derive(Debug, Default)]
pub struct Offers {
    list: Vec<(i64, Offer)>,
}

impl Offers {
    /// What a way must cost less than to be worth a look.
    pub fn bar(&self) -> i64 {
        if self.list.len() < TRIES { i64::MAX } else { self.list[TRIES - 1].0 }
    }

    /// Keeps a way if it is among the best.
    pub fn put(&mut self, score: i64, offer: Offer) {
        let at = self.list.partition_point(|(s, _)| *s <= score);
        if at < TRIES {
            self.list.insert(at, (score, offer));
            self.list.truncate(TRIES);
        }
    }
}

/// How many of something are looked at, the most or fewer: where trips are chained a look is long, and where there are more units than
/// `THOROUGH` too, a quick look at many of them is worth more than a long one at each.
fn few(world: &World, (least, most): (usize, usize)) -> usize {
    if world.programme.rules.chain_missions {
        (most * THOROUGH / world.units.len().max(1)).clamp(least, most)
    } else {
        most
    }
}

/// So many units are looked at thoroughly.
const THOROUGH: usize = 200;

/// Serves a unit as well as it can; false where no way was found that can be paid.
pub fn insert(world: &World, board: &mut Board, dice: &mut Dice, aim: &Aim, unit: u32) -> bool {
    let u = &world.units[unit as usize];
    if u.still || board.slot_of[unit as usize] != NONE {
        return false;
    }
    let Some(first) = board.earliest(world, unit) else { return false };
    let last = board.latest(world, unit);
    if first > last {
        return false;
    }
    let mut offers = Offers::default();
    join::offers(world, board, dice, aim, unit, (first, last), &mut offers);
    let tied = u.labels.iter().any(|l| board.label_at[l.index()].0 != NONE);
    if !tied {
        open::offers(world, board, dice, aim, unit, (first, last), &mut offers);
    }
    for (_, offer) in offers.list {
        let done = match offer {
            Offer::Join(slot) => board.join(world, slot, unit),
            Offer::Open(mut placement, spare) => {
                let span = placement.last - placement.first;
                board.open(world, &placement).is_some()
                    || spare.into_iter().any(|day| {
                        placement.first = day;
                        placement.last = day + span;
                        board.open(world, &placement).is_some()
                    })
            }
        };
        if done {
            return true;
        }
    }
    false
}
