//! Sessions that the same funds may pay.

use crate::board::Board;
use crate::board::world::World;
use crate::search::dice::Dice;
use crate::words::Category;

/// How many sessions are looked at for each one chosen.
const LOOKS: usize = 8;

/// A session and some others whose trips the same funds may pay.
pub fn choose(_: &World, board: &Board, dice: &mut Dice, count: usize) -> Vec<u32> {
    let Some(seed) = dice.pick(&board.live.items) else { return Vec::new() };
    let pot = |s: u32| board.slots[s as usize].pots[Category::Travel as usize];
    let mut chosen = vec![seed];
    for _ in 1..count {
        let other = (0..LOOKS).filter_map(|_| dice.pick(&board.live.items)).find(|s| pot(*s) == pot(seed));
        chosen.extend(other);
    }
    chosen
}
