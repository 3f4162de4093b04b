//! What is done is done: the sessions of the requests pinned `done`, booked as they were (SPEC §3).

use super::{Plan, Seat, Session, Status};
use crate::programme::Programme;
use crate::programme::calendar::span;
use crate::programme::day::Span;
use crate::programme::id::{CourseId, LanguageId, PlaceId, RequestId, TrainerId};
use crate::programme::people::{Pin, PinStatus, Role};

/// The done sessions, by their first request in file order; no ids, no charges.
///
/// Requests with one session label, or one `together` label, were one session; so were requests without a label that
/// agree in everything, were willing to share, and would else have had their team in two rooms at once.
pub fn done_sessions(programme: &Programme) -> Vec<Session> {
    let mut groups: Vec<Vec<&Pin>> = Vec::new();
    for r in programme.requests.ids() {
        let Some(pin) = programme.pin(r).filter(|p| p.status == PinStatus::Done) else { continue };
        match groups.iter_mut().find(|g| g.iter().any(|other| one_session(programme, other, pin))) {
            Some(group) => group.push(pin),
            None => groups.push(vec![pin]),
        }
    }
    groups.iter().filter_map(|g| session(programme, g)).collect()
}

fn one_session(programme: &Programme, a: &Pin, b: &Pin) -> bool {
    let (ra, rb) = (&programme.requests[a.request], &programme.requests[b.request]);
    if ra.course != rb.course || (a.start, a.place, a.language) != (b.start, b.place, b.language) {
        return false;
    }
    if a.session.is_some() && a.session == b.session || ra.together.is_some() && ra.together == rb.together {
        return true;
    }
    let sorted = |p: &Pin| {
        let mut team = p.trainers.clone();
        team.sort();
        team
    };
    a.session.is_none()
        && b.session.is_none()
        && ra.shared
        && rb.shared
        && a.working_language == b.working_language
        && sorted(a) == sorted(b)
}

fn session(programme: &Programme, pins: &[&Pin]) -> Option<Session> {
    let first = pins.first()?;
    let course = programme.requests[first.request].course;
    let (start, place, language) = (first.start?, first.place?, first.language?);
    let mut trainers: Vec<TrainerId> = pins.iter().flat_map(|p| p.trainers.iter().copied()).collect();
    trainers.sort();
    trainers.dedup();
    let working = pins
        .iter()
        .find_map(|p| p.working_language)
        .unwrap_or_else(|| working_language(programme, course, place, language, &trainers));
    let days = programme.courses[course].days;
    let span = span(programme.places[place].week, days, start).unwrap_or(Span { first: start, last: start + days - 1 });
    let requests: Vec<RequestId> = pins.iter().map(|p| p.request).collect();
    let team = team(programme, course, working, &trainers);
    Some(Session {
        id: String::new(),
        status: Status::Done,
        course,
        place,
        language,
        working_language: working,
        span,
        requests,
        team,
        charges: Vec::new(),
    })
}

/// The session's own language where the team can work in it, else the first one that interpretation is priced from
/// and in which they can, else its own.
fn working_language(
    programme: &Programme,
    course: CourseId,
    place: PlaceId,
    language: LanguageId,
    trainers: &[TrainerId],
) -> LanguageId {
    let priced = programme.interpretation.values().filter(|row| row.to == language && row.places[place]);
    std::iter::once(language)
        .chain(priced.map(|row| row.from))
        .find(|l| seats(programme, course, *l, trainers).is_some())
        .unwrap_or(language)
}

fn team(programme: &Programme, course: CourseId, working: LanguageId, trainers: &[TrainerId]) -> Vec<Seat> {
    if let Some(seats) = seats(programme, course, working, trainers) {
        return seats;
    }
    // History need not fit today's qualifications: leads first by what they are qualified for, then by file order.
    let mut order = trainers.to_vec();
    order.sort_by_key(|t| (programme.trainers[*t].roles[course] != Some(Role::Lead), *t));
    let leads = programme.courses[course].leads as usize;
    order
        .iter()
        .enumerate()
        .map(|(i, t)| Seat { role: if i < leads { Role::Lead } else { Role::Co }, trainer: *t })
        .collect()
}

/// These trainers on the seats of a session of this course in this working language, leads first, in file order; None
/// where they are too many, too few, or not able to fill the seats.
pub fn seats(
    programme: &Programme,
    course: CourseId,
    working: LanguageId,
    trainers: &[TrainerId],
) -> Option<Vec<Seat>> {
    let leads = programme.courses[course].leads as usize;
    let fits = |t: &TrainerId, role: Role| programme.trainers[*t].fits(course, role, working);
    let able: Vec<TrainerId> = trainers.iter().copied().filter(|t| fits(t, Role::Lead)).take(leads).collect();
    let rest: Vec<TrainerId> = trainers.iter().copied().filter(|t| !able.contains(t)).collect();
    let full = able.len() == leads && trainers.len() == programme.courses[course].team();
    if !full || !rest.iter().all(|t| fits(t, Role::Co)) {
        return None;
    }
    let lead = able.into_iter().map(|trainer| Seat { role: Role::Lead, trainer });
    Some(lead.chain(rest.into_iter().map(|trainer| Seat { role: Role::Co, trainer })).collect())
}

/// The plan that holds what is done and nothing else; its sessions' missions are of one session each.
pub fn history(programme: &Programme) -> Plan {
    let sessions = done_sessions(programme);
    let mut missions = Vec::new();
    for (i, s) in sessions.iter().enumerate() {
        for seat in &s.team {
            let stop = super::price::stop(programme, s);
            let span = super::mission::trip(programme, seat.trainer, &[stop]).map_or(s.span, |trip| trip.span);
            missions.push(super::Mission { trainer: seat.trainer, span, sessions: vec![i] });
        }
    }
    Plan { sessions, missions }
}
