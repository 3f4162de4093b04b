//! Sessions of one trainer.

use crate::board::Board;
use crate::board::world::World;
use crate::programme::id::Id;
use crate::search::dice::Dice;

/// Up to `count` sessions in a row of one trainer.
pub fn choose(_: &World, board: &Board, dice: &mut Dice, count: usize) -> Vec<u32> {
    let Some(seed) = dice.pick(&board.live.items) else { return Vec::new() };
    let team = &board.slots[seed as usize].team;
    if team.is_empty() {
        return vec![seed];
    }
    let member = team[dice.below(team.len())];
    let visits = &board.diaries[member.trainer.index()].visits;
    let at = visits.iter().position(|v| v.slot == seed).unwrap_or(0);
    let from = at.saturating_sub(dice.below(count));
    visits[from..].iter().map(|v| v.slot).filter(|s| !board.slots[*s as usize].still).take(count).collect()
}
