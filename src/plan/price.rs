//! The seven categories of a session's cost (SPEC §4), exact in cents.

use super::mission::{Stop, trip};
use super::{Plan, Session};
use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::id::{CourseId, LanguageId, PlaceId, RequestId};
use crate::programme::money::Cents;
use crate::words::Category;

/// What one session costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    /// In the order of `Category::ALL`.
    pub by_category: [Cents; 7],
    /// The `participants` category by request, in the order of the session's requests.
    pub participants: Vec<Cents>,
}

impl Costs {
    /// All seven categories together.
    pub fn total(&self) -> Cents {
        self.by_category.iter().copied().sum()
    }
}

/// `venue` of a session of this course at this place.
pub fn venue(programme: &Programme, course: CourseId, place: PlaceId) -> Cents {
    programme.places[place].venue_day * i64::from(programme.courses[course].days)
}

/// `interpretation` when the team works in `from` and the session is held in `to`; zero where they are the same, None
/// where no row prices it.
pub fn interpretation(
    programme: &Programme,
    course: CourseId,
    place: PlaceId,
    from: LanguageId,
    to: LanguageId,
) -> Option<Cents> {
    if from == to {
        return Some(Cents::ZERO);
    }
    let row = programme.interpreters(place, from, to)?;
    Some(programme.interpretation[row].cost_day * i64::from(programme.courses[course].days))
}

/// `materials` of a request.
pub fn materials(programme: &Programme, request: RequestId) -> Cents {
    let r = &programme.requests[request];
    programme.courses[r.course].materials_per_participant * r.participants
}

/// `participants` of a request in a session held at `host` over `span`; None where officials cannot travel there.
pub fn participants(programme: &Programme, request: RequestId, host: PlaceId, span: Span) -> Option<Cents> {
    let r = &programme.requests[request];
    let place = &programme.places[host];
    if place.online {
        return Some(Cents::ZERO);
    }
    let mut each = place.participant_day * i64::from(programme.courses[r.course].days);
    if r.place != host {
        let there = programme.travel.leg(r.place, host)?;
        let back = programme.travel.leg(host, r.place)?;
        each += there.fare + back.fare + place.allowance_day * i64::from(span.days() + 1);
    }
    Some(each * r.participants)
}

/// The session as a trip sees it.
pub fn stop(programme: &Programme, session: &Session) -> Stop {
    Stop { place: session.place, span: session.span, days: programme.courses[session.course].days }
}

/// What every session of the plan costs, in the order of its sessions; missions' money goes to the sessions they
/// visit. A way that does not exist costs nothing here: the judge refuses such a plan.
pub fn costs(programme: &Programme, plan: &Plan) -> Vec<Costs> {
    let mut all: Vec<Costs> = plan
        .sessions
        .iter()
        .map(|s| {
            let mut by = [Cents::ZERO; 7];
            let each: Vec<Cents> =
                s.requests.iter().map(|r| participants(programme, *r, s.place, s.span).unwrap_or_default()).collect();
            by[Category::Venue as usize] = venue(programme, s.course, s.place);
            by[Category::Interpretation as usize] =
                interpretation(programme, s.course, s.place, s.working_language, s.language).unwrap_or_default();
            by[Category::Materials as usize] = s.requests.iter().map(|r| materials(programme, *r)).sum();
            by[Category::Participants as usize] = each.iter().copied().sum();
            Costs { by_category: by, participants: each }
        })
        .collect();
    for m in &plan.missions {
        let stops: Vec<Stop> = m.sessions.iter().map(|s| stop(programme, &plan.sessions[*s])).collect();
        if let Some(trip) = trip(programme, m.trainer, &stops) {
            for (s, part) in m.sessions.iter().zip(&trip.parts) {
                all[*s].by_category[Category::Fees as usize] += part.fees;
                all[*s].by_category[Category::Travel as usize] += part.travel;
                all[*s].by_category[Category::Allowance as usize] += part.allowance;
            }
        }
    }
    all
}
