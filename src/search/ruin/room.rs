//! Making room for a unit that is not served: what may stand in its way goes.

use super::mates;
use crate::board::Board;
use crate::board::unit::NONE;
use crate::board::world::World;
use crate::programme::id::Id;
use crate::search::dice::Dice;

/// How many draws are made for each session chosen.
const DRAWS: usize = 10;

/// An open unit, and sessions that may stand in its way: by its mates' company, its trainers' days, or by money.
pub fn choose(world: &World, board: &Board, dice: &mut Dice, count: usize) -> Option<(u32, Vec<u32>)> {
    let unit = dice.pick(&board.open.items)?;
    let u = &world.units[unit as usize];
    let mut chosen: Vec<u32> = Vec::new();
    for _ in 0..count {
        let found = match dice.below(3) {
            0 => dice.pick(&u.mates).and_then(|m| board.session_of(m)),
            1 => {
                let choice = dice.pick(&u.choices)?;
                let crew = &world.crews[choice.crew as usize];
                let list = if dice.below(2) == 0 && !crew.leads.is_empty() { &crew.leads } else { &crew.others };
                // Cheap people are wanted most.
                let at = dice.below(list.len()).min(dice.below(list.len()));
                list.get(at).and_then(|c| {
                    let visits = &board.diaries[c.trainer.index()].visits;
                    (0..DRAWS)
                        .filter_map(|_| dice.pick(visits))
                        .find(|v| v.first <= u.latest && v.last >= u.earliest)
                        .map(|v| v.slot)
                })
            }
            _ => dice.pick(&board.live.items),
        };
        chosen.extend(found.filter(|s| *s != NONE && !board.slots[*s as usize].still && !chosen.contains(s)));
    }
    if chosen.is_empty() {
        chosen = mates::choose(world, board, dice, 1);
    }
    Some((unit, chosen))
}
