//! One unit of a session that can do without it.

use crate::board::Board;
use crate::board::world::World;
use crate::plan::Status;
use crate::search::dice::Dice;

/// How many sessions are looked at.
const LOOKS: usize = 6;

/// A session in company and one of its units, where enough participants are left without it.
pub fn choose(world: &World, board: &Board, dice: &mut Dice) -> Option<(u32, u32)> {
    for _ in 0..LOOKS {
        let id = dice.pick(&board.live.items)?;
        let slot = &board.slots[id as usize];
        // A confirmed session may owe its start to the one that leaves.
        if slot.units.len() < 2 || slot.status != Status::Proposed {
            continue;
        }
        let unit = slot.units[dice.below(slot.units.len())];
        let left = slot.participants - world.units[unit as usize].participants;
        if left >= world.programme.courses[slot.course].min_participants {
            return Some((id, unit));
        }
    }
    None
}
