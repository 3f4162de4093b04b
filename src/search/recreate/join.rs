//! Joining a session that is there.

use super::{Offer, Offers};
use crate::board::Board;
use crate::board::roster::{disturbance, penalty};
use crate::board::unit::NONE;
use crate::board::world::World;
use crate::programme::id::Id;
use crate::search::aim::Aim;
use crate::search::dice::Dice;

/// Offers the sessions that a unit may join between these days.
pub fn offers(
    world: &World,
    board: &Board,
    dice: &mut Dice,
    aim: &Aim,
    unit: u32,
    (first, last): (i32, i32),
    offers: &mut Offers,
) {
    let u = &world.units[unit as usize];
    if !u.shared {
        return;
    }
    let course = &world.programme.courses[u.course];
    let mut seen = NONE;
    for mate in &u.mates {
        let id = board.slot_of[*mate as usize];
        if id == NONE || id == seen {
            continue;
        }
        seen = id;
        let slot = &board.slots[id as usize];
        if slot.still
            || slot.first < first
            || slot.last > last
            || course.max_participants.is_some_and(|max| slot.participants + u.participants > max)
            || !u.takes(slot.place, slot.language, slot.working)
            || u.start.is_some_and(|s| s != slot.first)
            || !u.team.iter().all(|t| slot.team.iter().any(|m| m.trainer == *t))
            || !u.labels.iter().all(|l| board.label_at[l.index()].0 == NONE || board.label_at[l.index()].0 == id)
        {
            continue;
        }
        let Some(host) = u.host(slot.place) else { continue };
        let served = |c: &u32| slot.units.iter().any(|v| world.units[*v as usize].countries.contains(c));
        let absorbed = u.countries.iter().all(|c| served(c) || board.occupancy.absorbs(*c, (slot.first, slot.last)));
        if !absorbed || dice.chance(aim.blink) {
            continue;
        }
        let mut score = aim.money(u.attends(host, slot.span()) + u.materials);
        if aim.change != 0 && u.known > 0 {
            score += aim.change * disturbance(world, u, slot.first, slot.place, slot.language, &slot.team);
        }
        if aim.penalty != 0 {
            score += aim.dislike(penalty(world, &[unit], slot.place, slot.language, (slot.first, slot.last)));
        }
        if score < offers.bar() {
            offers.put(score, Offer::Join(id));
        }
    }
}
