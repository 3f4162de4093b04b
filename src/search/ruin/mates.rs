//! Sessions whose units could share one: so that company is chosen anew.

use crate::board::Board;
use crate::board::world::World;
use crate::search::dice::Dice;

/// How many draws are made for each session chosen.
const DRAWS: usize = 6;

/// A session and others that serve mates of its units.
pub fn choose(world: &World, board: &Board, dice: &mut Dice, count: usize) -> Vec<u32> {
    let Some(seed) = dice.pick(&board.live.items) else { return Vec::new() };
    let mut chosen = vec![seed];
    for _ in 1..count {
        for _ in 0..DRAWS {
            let from = chosen[dice.below(chosen.len())];
            let Some(unit) = dice.pick(&board.slots[from as usize].units) else { continue };
            let Some(mate) = dice.pick(&world.units[unit as usize].mates) else { continue };
            let Some(other) = board.session_of(mate) else { continue };
            if !board.slots[other as usize].still && !chosen.contains(&other) {
                chosen.push(other);
                break;
            }
        }
    }
    chosen
}
