//! Making room for a unit that is not served: what may stand in its way goes.

use super::mates;
use crate::board::Board;
use crate::board::unit::NONE;
use crate::board::world::World;
use crate::programme::id::Id;
use crate::search::dice::Dice;

/// How many draws are made for each session chosen.
const DRAWS: usize = 10;

/// An open unit that was promised, if one is found.
pub fn promised(world: &World, board: &Board, dice: &mut Dice) -> Option<u32> {
    (0..DRAWS).filter_map(|_| dice.pick(&board.open.items)).find(|u| world.units[*u as usize].promises > 0)
}

/// Any open unit.
pub fn any(board: &Board, dice: &mut Dice) -> Option<u32> {
    dice.pick(&board.open.items)
}

/// Sessions that may stand in the way of an open unit: by its mates' company, its trainers' days, or by money.
pub fn choose(world: &World, board: &Board, dice: &mut Dice, unit: u32, count: usize) -> Option<Vec<u32>> {
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
            _ => dear(world, board, dice),
        };
        chosen.extend(found.filter(|s| *s != NONE && !board.slots[*s as usize].still && !chosen.contains(s)));
    }
    if chosen.is_empty() {
        chosen = mates::choose(world, board, dice, 1);
    }
    Some(chosen)
}

/// A session that gives little for its money: the least of a few draws.
fn dear(world: &World, board: &Board, dice: &mut Dice) -> Option<u32> {
    let points =
        |slot: u32| -> i64 { board.slots[slot as usize].units.iter().map(|u| world.units[*u as usize].points).sum() };
    let draws = 1 + dice.below(DRAWS);
    (0..draws).filter_map(|_| dice.pick(&board.live.items)).min_by(|a, b| {
        let (x, y) = (points(*a), points(*b));
        let (c, d) = (board.slots[*a as usize].total(), board.slots[*b as usize].total());
        (i128::from(x) * i128::from(d)).cmp(&(i128::from(y) * i128::from(c)))
    })
}
