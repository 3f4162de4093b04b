//! Any sessions.

use crate::board::Board;
use crate::board::world::World;
use crate::search::dice::Dice;

/// Any `count` sessions; one may be named twice.
pub fn choose(_: &World, board: &Board, dice: &mut Dice, count: usize) -> Vec<u32> {
    (0..count).filter_map(|_| dice.pick(&board.live.items)).collect()
}
