//! Trips in a row: the days on which a session can be hung onto a trip that a trainer makes anyway.

use crate::board::days::Days;
use crate::board::diary::{Diary, Link, Visit, part};
use crate::board::unit::NONE;
use crate::board::world::World;
use crate::programme::id::{Id, PlaceId, TrainerId};

/// One way to hang a session onto a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Start of the session.
    pub day: i32,
    /// What it adds to the cost of all trips, in cents; or its price, once `team.rs` knows what else counts.
    pub cost: i64,
    pub link: Link,
}

/// How many idle days are looked at on each side of a trip, and how many ways are kept there.
const IDLE: i32 = 12;
const KEPT: usize = 3;

/// Between two sessions of one trip, so many.
const MOST: usize = 32;

/// Finds ways to hang a session at this place onto the trips of a diary, starting on one of these days: those that
/// cost less than a trip of its own, or where there is no day for one.
#[allow(clippy::too_many_arguments)]
pub fn hops(
    world: &World,
    diary: &Diary,
    trainer: TrainerId,
    place: PlaceId,
    span: i32,
    days: &Days,
    alone: i64,
    hops: &mut Vec<Hop>,
) {
    let Some((first, last)) = days.ends() else { return };
    let person = &world.people[trainer.index()];
    let away = person.away;
    // Days in the order in which a trip becomes longer, each adding `step` to its cost: what one day allows, those before it do.
    let mut offer = |from: i32, to: i32, most: usize, link: Link, step: i64| {
        let toward = if from <= to { 1 } else { -1 };
        let days = (0..=(to - from).abs()).map(|i| from + i * toward).filter(|day| days.holds(*day));
        let mut some: [i32; MOST] = [0; MOST];
        let mut count = 0;
        for (slot, day) in some.iter_mut().zip(days.take(most)) {
            *slot = day;
            count += 1;
        }
        while count > 0 && !diary.admits(world, trainer, &visit(place, some[count - 1], span, link), link) {
            count -= 1;
        }
        if count == 0 {
            return;
        }
        let least = added(world, diary, trainer, &visit(place, some[0], span, link), link);
        for day in &some[..count] {
            let cost = least + step * i64::from((day - some[0]).abs());
            if cost < alone {
                hops.push(Hop { day: *day, cost, link });
            }
        }
    };
    let rate = |at: PlaceId| world.programme.places[at].allowance_day.0;
    // How many idle days a trip may have before it costs more than one of its own.
    let worth = |least: i64, per_day: i64| -> i32 {
        if alone == i64::MAX {
            return IDLE.min(away);
        }
        let idle = (alone - 1 - least).checked_div(per_day).unwrap_or(i64::from(IDLE));
        if least >= alone { -1 } else { (idle.min(i64::from(IDLE)) as i32).min(away) }
    };
    let (Some(out), Some(back)) = (world.way(person.home, place), world.way(place, person.home)) else { return };
    for (at, v) in diary.visits.iter().enumerate() {
        if v.stays || v.last + away < first || v.first - away > last + span {
            continue;
        }
        let next = diary.visits.get(at + 1).filter(|n| !n.stays);
        let until = diary.visits.get(at + 1).map_or(i32::MAX, |n| n.first - span);
        if let Some(way) = world.way(v.place, place) {
            let from = v.last + 1 + way.1;
            let linked = next.is_some_and(|n| n.linked);
            if !linked {
                let home = world.way(v.place, person.home).unwrap_or((0, 0));
                let least = way.0 + back.0 - home.0
                    + person.fee * i64::from(way.1 + span + back.1 - home.1)
                    + rate(place) * i64::from(way.1 + span);
                let step = person.fee + rate(v.place);
                let to = (from + worth(least, step)).min(until);
                if from <= to {
                    offer(from, to, KEPT, Link { before: true, behind: false }, step);
                }
            }
            if let Some((n, on)) = next.and_then(|n| world.way(place, n.place).map(|on| (n, on))) {
                let latest = n.first - on.1 - span;
                // Between two sessions of one trip, or of two that become one.
                let (earliest, to) = if linked {
                    (from, latest.min(from + away))
                } else {
                    (from.max(latest - IDLE), latest.min(from + IDLE))
                };
                if earliest <= to {
                    let step = rate(v.place) - rate(place);
                    offer(earliest, to, MOST, Link { before: true, behind: true }, step);
                }
            }
        }
        if !v.linked
            && let Some(on) = world.way(place, v.place)
        {
            let old = world.way(person.home, v.place).unwrap_or((0, 0));
            let step = person.fee + rate(place);
            let least = out.0 + on.0 - old.0
                + person.fee * i64::from(out.1 + span + on.1 - old.1)
                + rate(place) * i64::from(out.1 + span)
                + rate(v.place) * i64::from(on.1 - old.1);
            let from = v.first - on.1 - span;
            let since = at.checked_sub(1).map_or(i32::MIN, |i| diary.visits[i].last + 1);
            let to = (from - worth(least, step)).max(since);
            if from >= to {
                offer(from, to, KEPT, Link { before: false, behind: true }, step);
            }
        }
    }
}

/// So many days more is a trainer away or resting with a session at this place hung onto a trip.
pub fn longer(world: &World, diary: &Diary, trainer: TrainerId, place: PlaceId, span: i32, hop: &Hop) -> i32 {
    let visit = visit(place, hop.day, span, hop.link);
    let Some(joined) = diary.joined(world, trainer, &visit, hop.link) else { return 0 };
    let rest = world.people[trainer.index()].rest;
    joined.back - joined.depart + 1 + rest - joined.days - rest * joined.missions
}

/// A session that is not held yet, on a trip.
fn visit(place: PlaceId, day: i32, span: i32, link: Link) -> Visit {
    Visit { slot: NONE, place, first: day, last: day + span - 1, days: span, stays: false, linked: link.before }
}

/// What a visit adds to the cost of a trainer's trips, in cents.
fn added(world: &World, diary: &Diary, trainer: TrainerId, visit: &Visit, link: Link) -> i64 {
    let at = diary.position(visit.first);
    let before = link.before.then(|| &diary.visits[at - 1]);
    let mut sum = part(world, trainer, before, visit, !link.behind).total();
    if link.before {
        let v = &diary.visits[at - 1];
        let from = (v.linked && at > 1).then(|| &diary.visits[at - 2]);
        sum += part(world, trainer, from, v, false).total() - diary.part(world, trainer, at - 1).total();
    }
    if link.behind {
        let n = &diary.visits[at];
        let last = diary.visits.get(at + 1).is_none_or(|m| !m.linked);
        sum += part(world, trainer, Some(visit), n, last).total() - diary.part(world, trainer, at).total();
    }
    sum
}
