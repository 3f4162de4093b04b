//! The days and legs of a trip, and what it costs each of its sessions (SPEC §3 Missions, §4).

use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::id::{PlaceId, TrainerId};
use crate::programme::money::Cents;

/// A session as a trip sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    pub place: PlaceId,
    pub span: Span,
    /// Teaching days (for fees at home or online).
    pub days: i32,
}

/// What a trip costs one of its sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Part {
    pub fees: Cents,
    pub travel: Cents,
    pub allowance: Cents,
}

/// A trip: departure to return, and the cost of each stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trip {
    pub span: Span,
    pub parts: Vec<Part>,
}

/// True when a session at this place is, for this trainer, a mission of its own without travel.
pub fn stays(programme: &Programme, trainer: TrainerId, place: PlaceId) -> bool {
    programme.places[place].online || programme.trainers[trainer].home == place
}

/// The trip of one trainer through these stops, in date order: one stop at home or online, or one or several away.
///
/// None where two places are not joined, where a stop comes before the trainer can have reached it, or where a stop
/// at home or online shares the trip with another. Length, availability and rest are not looked at.
pub fn trip(programme: &Programme, trainer: TrainerId, stops: &[Stop]) -> Option<Trip> {
    let person = &programme.trainers[trainer];
    let (first, last) = (stops.first()?, stops.last()?);
    if stops.len() == 1 {
        let (span, part) = lone(programme, person.home, person.fee_day, *first)?;
        return Some(Trip { span, parts: vec![part] });
    }
    if stops.iter().any(|s| stays(programme, trainer, s.place)) {
        return None;
    }
    let mut parts = Vec::with_capacity(stops.len());
    for (i, stop) in stops.iter().enumerate() {
        let day = programme.places[stop.place].allowance_day;
        let span = stop.span.days();
        let mut part;
        if i == 0 {
            let way = programme.travel.leg(person.home, stop.place)?;
            part = Part {
                fees: person.fee_day * i64::from(way.days + span),
                travel: way.fare,
                allowance: day * i64::from(way.days + span),
            };
        } else {
            let before = &stops[i - 1];
            let way = programme.travel.leg(before.place, stop.place)?;
            let free = stop.span.first - before.span.last - 1;
            if free < way.days {
                return None;
            }
            let idle = free - way.days;
            part = Part {
                fees: person.fee_day * i64::from(free + span),
                travel: way.fare,
                allowance: day * i64::from(way.days + span)
                    + programme.places[before.place].allowance_day * i64::from(idle),
            };
        }
        if i + 1 == stops.len() {
            let way = programme.travel.leg(stop.place, person.home)?;
            part.fees += person.fee_day * i64::from(way.days);
            part.travel += way.fare;
        }
        parts.push(part);
    }
    let out = programme.travel.leg(person.home, first.place)?;
    let back = programme.travel.leg(last.place, person.home)?;
    Some(Trip { span: Span { first: first.span.first - out.days, last: last.span.last + back.days }, parts })
}

/// The trip of somebody who lives at `home` and takes `fee_day` to one session only: departure to return, and its cost.
/// None where there is no way there and back.
pub fn lone(programme: &Programme, home: PlaceId, fee_day: Cents, stop: Stop) -> Option<(Span, Part)> {
    let place = &programme.places[stop.place];
    if place.online || home == stop.place {
        return Some((stop.span, Part { fees: fee_day * i64::from(stop.days), ..Part::default() }));
    }
    let (out, back) = (programme.travel.leg(home, stop.place)?, programme.travel.leg(stop.place, home)?);
    let span = Span { first: stop.span.first - out.days, last: stop.span.last + back.days };
    let part = Part {
        fees: fee_day * i64::from(span.days()),
        travel: out.fare + back.fare,
        allowance: place.allowance_day * i64::from(out.days + stop.span.days()),
    };
    Some((span, part))
}
