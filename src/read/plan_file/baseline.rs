//! A plan file as the plan that people know already.

use super::resolve::Rows;
use super::{PlanFile, Session as Written};
use crate::plan::brief::{Baseline, Known, Promise};
use crate::plan::{Plan, Seat, Session, Status};
use crate::programme::Programme;
use crate::programme::build::codes;
use crate::programme::calendar::span;
use crate::programme::day::{Day, Span};
use crate::programme::id::{Dense, RequestId};
use crate::programme::people::{PinStatus, Role};
use crate::words::{At, Finding, Level};

/// The baseline that a plan file is, as far as the programme still has its rows. Sessions that start before
/// `freeze_until` are frozen; one that can no longer stay as it is (a row of it is gone, a pin says otherwise) is an
/// error, but for what is done: history is as the pins tell it.
pub fn baseline(programme: &Programme, file: &PlanFile, freeze_until: Option<Day>) -> Result<Baseline, Vec<Finding>> {
    let rows = Rows::new(programme);
    if let Some(finding) = foreign(programme, file) {
        return Err(vec![finding]);
    }
    let mut known = Vec::new();
    let mut promises = Dense::filled(None, programme.requests.len());
    let mut frozen = Vec::new();
    let mut findings = Vec::new();
    for s in &file.sessions {
        let requests = requests(&rows, s);
        let team: Vec<_> = s.team.iter().filter_map(|m| rows.trainer(&m.trainer)).collect();
        for r in &requests {
            if promises[*r].is_none() {
                promises[*r] = Some(Promise {
                    start: s.start.0,
                    place: rows.place(&s.place),
                    language: rows.language(&s.language),
                    team: team.clone(),
                    gone: u32::try_from(s.team.len() - team.len()).unwrap_or(u32::MAX),
                });
            }
        }
        if freeze_until.is_some_and(|day| s.start.0 < day) && !requests.is_empty() {
            match session(programme, &rows, s) {
                Ok(session) => match disagreement(programme, &session) {
                    None => frozen.push(session),
                    Some(_) if requests.iter().any(|r| programme.is_done(*r)) => {}
                    Some(request) => {
                        findings.push(stuck(&s.id, s.start.0, &format!("the pin of {request} says otherwise")));
                    }
                },
                Err(why) => findings.push(stuck(&s.id, s.start.0, &why)),
            }
        }
        let leads = s.team.iter().filter(|m| m.role.0 == Role::Lead).filter_map(|m| rows.trainer(&m.trainer)).collect();
        known.push(Known { id: s.id.clone(), start: s.start.0, requests, leads });
    }
    if findings.is_empty() { Ok(Baseline { sessions: known, promises, frozen }) } else { Err(findings) }
}

/// A finding where the plan tells of requests, served or not, and the programme has none of them.
pub fn foreign(programme: &Programme, file: &PlanFile) -> Option<Finding> {
    let rows = Rows::new(programme);
    let mut told = file.sessions.iter().flat_map(|s| &s.requests).chain(&file.unserved).peekable();
    told.peek()?;
    if told.any(|id| rows.request(id).is_some()) {
        return None;
    }
    Some(Finding {
        level: Level::Error,
        code: codes::OTHER_PROGRAMME.id,
        at: At::default(),
        text: format!("the plan was made for \"{}\"; this programme has none of its requests", file.programme.name),
        help: codes::OTHER_PROGRAMME.remedy.to_string(),
    })
}

/// The baseline that a plan was made with, as far as the programme still has its rows; frozen is what the plan itself says:
/// the sessions whose session of the same id is confirmed in the plan though no pin makes it so.
pub fn baseline_of(programme: &Programme, known: &PlanFile, plan: &Plan) -> Baseline {
    let rows = Rows::new(programme);
    let pinned = |r: &RequestId| programme.pin(*r).is_some_and(|pin| pin.status != PinStatus::Wanted);
    // Without a day to freeze until nothing can be in the way.
    let mut base = baseline(programme, known, None).unwrap_or_default();
    base.frozen = plan
        .sessions
        .iter()
        .filter(|s| s.status == Status::Confirmed && !s.requests.iter().any(pinned))
        .filter_map(|s| known.sessions.iter().find(|old| old.id == s.id))
        .filter_map(|old| session(programme, &rows, old).ok())
        .collect();
    base
}

/// Session ids that are taken though no session has them: those of withdrawn sessions.
pub fn taken(file: &PlanFile) -> Vec<String> {
    file.cancelled.iter().map(|c| c.id.clone()).collect()
}

/// The requests of a session that the programme still has, in file order.
fn requests(rows: &Rows, s: &Written) -> Vec<RequestId> {
    let mut requests: Vec<RequestId> = s.requests.iter().filter_map(|r| rows.request(r)).collect();
    requests.sort();
    requests.dedup();
    requests
}

/// A session of the baseline as it would stay; Err: what of it is gone.
fn session(programme: &Programme, rows: &Rows, s: &Written) -> Result<Session, String> {
    let gone = |what: &str, id: &str| format!("the programme no longer has the {what} {id}");
    let course = rows.course(&s.course).ok_or_else(|| gone("course", &s.course))?;
    let place = rows.place(&s.place).ok_or_else(|| gone("place", &s.place))?;
    let language = rows.language(&s.language).ok_or_else(|| gone("language", &s.language))?;
    let working_language = rows.language(&s.working_language).ok_or_else(|| gone("language", &s.working_language))?;
    let mut team = Vec::new();
    for member in &s.team {
        let trainer = rows.trainer(&member.trainer).ok_or_else(|| gone("trainer", &member.trainer))?;
        team.push(Seat { role: member.role.0, trainer });
    }
    let requests = requests(rows, s);
    let done = requests.iter().any(|r| programme.is_done(*r));
    let days = programme.courses[course].days;
    let span = span(programme.places[place].week, days, s.start.0)
        .unwrap_or(Span { first: s.start.0, last: s.end.0.max(s.start.0) });
    let status = if done { Status::Done } else { Status::Confirmed };
    Ok(Session {
        id: s.id.clone(),
        status,
        course,
        place,
        language,
        working_language,
        span,
        requests,
        team,
        charges: Vec::new(),
    })
}

/// A request of a frozen session whose pin does not agree with it.
fn disagreement(programme: &Programme, s: &Session) -> Option<String> {
    let done = s.requests.iter().filter(|r| programme.is_done(**r)).count();
    for r in &s.requests {
        let mixed = done > 0 && done < s.requests.len();
        let differs = programme.pin(*r).is_some_and(|pin| {
            pin.start.is_some_and(|d| d != s.span.first)
                || pin.place.is_some_and(|p| p != s.place)
                || pin.language.is_some_and(|l| l != s.language)
                || pin.working_language.is_some_and(|l| l != s.working_language)
                || pin.trainers.iter().any(|t| !s.team.iter().any(|seat| seat.trainer == *t))
        });
        if mixed || differs {
            return Some(programme.requests[*r].id.clone());
        }
    }
    None
}

/// A finding about a frozen session that cannot stay.
pub fn stuck(id: &str, start: Day, why: &str) -> Finding {
    Finding {
        level: Level::Error,
        code: codes::FROZEN_SESSION.id,
        at: At::default(),
        text: format!("{id} starts on {start} and is frozen, but cannot stay as it is: {why}"),
        help: "put back what is missing, or let --freeze-until be an earlier day".to_string(),
    }
}
