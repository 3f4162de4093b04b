//! Taking sessions off the board, so that something better can be put in their place: one operator per file.

pub mod any;
pub mod company;
pub mod dismiss;
pub mod fund;
pub mod mates;
pub mod near;
pub mod room;
pub mod trainer;

use super::aim::Aim;
use super::dice::Dice;
use crate::board::Board;
use crate::board::world::World;

/// What is taken off at most in one step.
pub const MOST: usize = 4;
/// Where people are short: a stretch of somebody's days is free only once several sessions are gone.
const MOST_SHORT: usize = 6;

/// An operator: chooses up to so many sessions.
type Operator = fn(&World, &Board, &mut Dice, usize) -> Vec<u32>;

/// The operators that choose sessions, each with its share of 16 steps.
const OPERATORS: [(Operator, usize); 5] =
    [(any::choose, 3), (mates::choose, 6), (near::choose, 4), (trainer::choose, 2), (fund::choose, 1)];

/// What a ruin was for.
pub enum Ruined {
    /// It could not be done: the caller comes back to a mark.
    Failed,
    /// Sessions are gone.
    Done,
    /// Sessions are gone to make room for this unit.
    For(u32),
}

/// Ruins something: who has lost their session stands in `Board::dropped`.
pub fn ruin(world: &World, board: &mut Board, dice: &mut Dice, aim: &Aim) -> Ruined {
    if board.live.items.is_empty() {
        return Ruined::Done;
    }
    let most = if aim.strain.is_none() { MOST } else { MOST_SHORT };
    if dice.chance(aim.dismiss) {
        let count = 1 + dice.below(MOST);
        let chosen = dismiss::choose(world, board, dice, count);
        return if remove_all(world, board, chosen) { Ruined::Done } else { Ruined::Failed };
    }
    if dice.chance(aim.room) {
        let promised = if dice.chance(aim.promised) { room::promised(world, board, dice) } else { None };
        // What was promised may cost more than a few others.
        let most = if promised.is_some() { 2 * MOST } else { most + 1 };
        if let Some(unit) = promised.or_else(|| room::any(board, dice)) {
            let count = 1 + dice.below(most);
            if let Some(chosen) = room::choose(world, board, dice, unit, count) {
                return if remove_all(world, board, chosen) { Ruined::For(unit) } else { Ruined::Failed };
            }
        }
    }
    if dice.below(8) == 0
        && let Some((slot, unit)) = company::choose(world, board, dice)
    {
        return if board.leave(world, slot, unit) { Ruined::Done } else { Ruined::Failed };
    }
    let count = 1 + dice.below(most);
    let mut at = dice.below(OPERATORS.iter().map(|(_, share)| share).sum());
    let mut chosen = Vec::new();
    for (operator, share) in OPERATORS {
        if at < share {
            chosen = operator(world, board, dice, count);
            break;
        }
        at -= share;
    }
    if remove_all(world, board, chosen) { Ruined::Done } else { Ruined::Failed }
}

fn remove_all(world: &World, board: &mut Board, slots: Vec<u32>) -> bool {
    slots.into_iter().all(|slot| !board.slots[slot as usize].live || board.remove(world, slot))
}
