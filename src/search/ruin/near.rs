//! Sessions that have something to do with each other: a course, a place, a trainer or some weeks.

use crate::board::Board;
use crate::board::roster::Slot;
use crate::board::world::World;
use crate::search::dice::Dice;

/// How many sessions are looked at for each one chosen.
const LOOKS: usize = 12;

/// A session and the nearest of some others.
pub fn choose(world: &World, board: &Board, dice: &mut Dice, count: usize) -> Vec<u32> {
    dice.pick(&board.live.items).map_or(Vec::new(), |seed| beside(world, board, dice, seed, count))
}

/// This session and those nearest to it, `count` in all.
pub fn beside(world: &World, board: &Board, dice: &mut Dice, seed: u32, count: usize) -> Vec<u32> {
    let mut chosen = vec![seed];
    while chosen.len() < count {
        let other = (0..LOOKS)
            .filter_map(|_| dice.pick(&board.live.items))
            .filter(|s| !chosen.contains(s))
            .min_by_key(|s| distance(world, &board.slots[seed as usize], &board.slots[*s as usize]));
        match other {
            Some(s) => chosen.push(s),
            None => break,
        }
    }
    chosen
}

/// How little two sessions have to do with each other.
fn distance(world: &World, a: &Slot, b: &Slot) -> i64 {
    let days = i64::from((a.first - b.first).abs()).min(60);
    let course = if a.course == b.course { 0 } else { 30 };
    let region = |s: &Slot| world.programme.places[s.place].region;
    let place = if a.place == b.place {
        0
    } else if region(a) == region(b) {
        10
    } else {
        30
    };
    let shared = a.team.iter().filter(|m| b.team.iter().any(|n| n.trainer == m.trainer)).count() as i64;
    days + course + place - 40 * shared
}
