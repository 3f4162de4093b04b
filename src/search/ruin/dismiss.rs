//! All sessions of a trainer who teaches little, so that others may do without them.

use super::near;
use crate::board::Board;
use crate::board::diary::Visit;
use crate::board::world::World;
use crate::programme::id::Id;
use crate::search::dice::Dice;

/// Trainers who are drawn: the one with the fewest sessions goes.
const DRAWS: usize = 4;

/// Sessions that go at most; nobody with more of them is dismissed.
const MOST: usize = 12;

/// Every session of somebody with few, and up to `count` others that have something to do with one of them.
pub fn choose(world: &World, board: &Board, dice: &mut Dice, count: usize) -> Vec<u32> {
    let visits = |slot: u32, dice: &mut Dice| {
        let team = &board.slots[slot as usize].team;
        (!team.is_empty()).then(|| &board.diaries[team[dice.below(team.len())].trainer.index()].visits)
    };
    let drawn: Vec<u32> = (0..DRAWS).filter_map(|_| dice.pick(&board.live.items)).collect();
    let least = drawn.into_iter().filter_map(|slot| visits(slot, dice)).min_by_key(|v| v.len());
    let Some(least) = least.filter(|v| v.len() <= MOST && movable(board, v)) else {
        return Vec::new();
    };
    let mut chosen: Vec<u32> = least.iter().map(|v| v.slot).collect();
    if let Some(seed) = dice.pick(&chosen) {
        let others = near::beside(world, board, dice, seed, count);
        chosen.extend(others);
    }
    chosen.sort();
    chosen.dedup();
    chosen
}

/// True where none of these has to stay as it is.
fn movable(board: &Board, visits: &[Visit]) -> bool {
    visits.iter().all(|v| !board.slots[v.slot as usize].still)
}

/// Takes all sessions off somebody who teaches little; they, and who teaches nothing, are sent nowhere from now on.
/// False where nobody can be done without.
pub fn bar(world: &World, board: &mut Board, dice: &mut Dice) -> bool {
    let used: Vec<usize> = (0..board.diaries.len()).filter(|t| !board.diaries[*t].visits.is_empty()).collect();
    let drawn = (0..DRAWS).filter_map(|_| dice.pick(&used)).filter(|t| movable(board, &board.diaries[*t].visits));
    let Some(least) = drawn.min_by_key(|t| board.diaries[*t].visits.len()) else { return false };
    let slots: Vec<u32> = board.diaries[least].visits.iter().map(|v| v.slot).collect();
    board.barred = board.diaries.iter().map(|d| d.visits.is_empty()).collect();
    board.barred[least] = true;
    slots.into_iter().all(|slot| board.remove(world, slot))
}
