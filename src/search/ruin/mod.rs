//! Taking sessions off the board, so that something better can be put in their place: one operator per file.

pub mod any;
pub mod company;
pub mod fund;
pub mod near;
pub mod trainer;

use super::dice::Dice;
use crate::board::Board;
use crate::board::world::World;

/// What is taken off at most in one step.
pub const MOST: usize = 4;

/// An operator: chooses up to so many sessions.
type Operator = fn(&World, &Board, &mut Dice, usize) -> Vec<u32>;

/// The operators that choose sessions, each with its share of 16 steps.
const OPERATORS: [(Operator, usize); 4] =
    [(any::choose, 5), (near::choose, 6), (trainer::choose, 3), (fund::choose, 2)];

/// Ruins something: who has lost their session stands in `Board::dropped`. False where it could not be done, and then
/// the caller comes back to a mark.
pub fn ruin(world: &World, board: &mut Board, dice: &mut Dice) -> bool {
    if board.live.items.is_empty() {
        return true;
    }
    if dice.below(8) == 0
        && let Some((slot, unit)) = company::choose(world, board, dice)
    {
        return board.leave(world, slot, unit);
    }
    let count = 1 + dice.below(MOST);
    let mut at = dice.below(OPERATORS.iter().map(|(_, share)| share).sum());
    let mut chosen = Vec::new();
    for (operator, share) in OPERATORS {
        if at < share {
            chosen = operator(world, board, dice, count);
            break;
        }
        at -= share;
    }
    chosen.into_iter().all(|slot| !board.slots[slot as usize].live || board.remove(world, slot))
}
