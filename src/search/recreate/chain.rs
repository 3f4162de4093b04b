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
    /// What it adds to the cost of all trips, in cents.
    pub cost: i64,
    pub link: Link,
}

/// How many idle days are looked at on each side of a trip, and how many ways are kept there.
const IDLE: i32 = 12;
const KEPT: usize = 3;

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
    let away = world.people[trainer.index()].away;
    let mut try_day = |day: i32, link: Link| -> bool {
        if !days.holds(day) {
            return false;
        }
        let visit = Visit {
            slot: NONE,
            place,
            first: day,
            last: day + span - 1,
            days: span,
            stays: false,
            linked: link.before,
        };
        if !diary.admits(world, trainer, &visit, link) {
            return false;
        }
        let cost = added(world, diary, trainer, &visit, link);
        if cost < alone {
            hops.push(Hop { day, cost, link });
        }
        true
    };
    for (at, v) in diary.visits.iter().enumerate().filter(|(_, v)| !v.stays) {
        let next = diary.visits.get(at + 1);
        if let Some(way) = world.way(v.place, place) {
            let first = v.last + 1 + way.1;
            match next.filter(|n| !n.stays) {
                Some(n) if n.linked => {
                    let Some(on) = world.way(place, n.place) else { continue };
                    for day in first..=(n.first - on.1 - span).min(first + away) {
                        try_day(day, Link { before: true, behind: true });
                    }
                }
                n => {
                    let mut kept = 0;
                    for day in first..=first + IDLE.min(away) {
                        if kept == KEPT || next.is_some_and(|n| day + span > n.first) {
                            break;
                        }
                        kept += usize::from(try_day(day, Link { before: true, behind: false }));
                        if let Some(n) = n
                            && world.way(place, n.place).is_some_and(|w| n.first - (day + span) - w.1 <= IDLE)
                        {
                            try_day(day, Link { before: true, behind: true });
                        }
                    }
                }
            }
        }
        if !v.linked
            && let Some(on) = world.way(place, v.place)
        {
            let last = v.first - on.1 - span;
            let mut kept = 0;
            for day in (last - IDLE.min(away)..=last).rev() {
                if kept == KEPT || at > 0 && diary.visits[at - 1].last >= day {
                    break;
                }
                kept += usize::from(try_day(day, Link { before: false, behind: true }));
            }
        }
    }
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
