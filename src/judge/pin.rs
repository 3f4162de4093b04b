//! A pinned request that is served has its pinned start, place, languages and trainers (all of them on the team), and
//! shares its session with those of its session label that are served.
//!
//! A done session serves only requests pinned done, by the team that was pinned; and a request pinned done is in every plan. A frozen session equals
//! the baseline's. A session's status follows from these.

use super::case::{Case, breach};
use super::name;
use crate::plan::Session;
use crate::programme::people::{Pin, PinStatus, Role};
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let mut found = Vec::new();
    for pin in &case.programme.pins {
        match case.session_of(pin.request) {
            Some(session) => as_pinned(case, pin, session, &mut found),
            None if pin.status == PinStatus::Done => {
                let request = name::request(case.programme, pin.request);
                let text = format!("{request} is done, but the plan does not have it.");
                found.push(breach(RuleId::Pin, vec![request.to_string()], text));
            }
            None => {}
        }
    }
    for (i, session) in case.sessions() {
        if case.is_done(i) {
            as_held(case, session, &mut found);
            for r in &session.requests {
                if case.programme.pin(*r).is_none_or(|pin| pin.status != PinStatus::Done) {
                    let request = name::request(case.programme, *r);
                    let text = format!("{} is done, but serves {request}, which is not pinned done.", session.id);
                    found.push(breach(RuleId::Pin, vec![session.id.clone(), request.to_string()], text));
                }
            }
        }
        if session.status != case.status[i] {
            let text = format!(
                "{} is written as {}, but is {} by the pins and frozen sessions.",
                session.id,
                session.status.word(),
                case.status[i].word()
            );
            found.push(breach(RuleId::Pin, vec![session.id.clone()], text));
        }
    }
    for frozen in case.brief.frozen() {
        if !case.plan.sessions.iter().any(|s| same(s, frozen)) {
            let text = format!(
                "{} is frozen, but the plan does not keep it as it was in the baseline.",
                name::session(case.programme, frozen)
            );
            found.push(breach(RuleId::Pin, vec![frozen.id.clone()], text));
        }
    }
    found
}

/// A done session has the team that its pins name, each once, and as many leads and co-trainers as its course has.
fn as_held(case: &Case, session: &Session, found: &mut Vec<Violation>) {
    let programme = case.programme;
    let course = &programme.courses[session.course];
    let pinned = |t| session.requests.iter().filter_map(|r| programme.pin(*r)).any(|pin| pin.trainers.contains(&t));
    let leads = session.team.iter().filter(|seat| seat.role == Role::Lead).count();
    let mut as_held = leads == course.leads as usize && session.team.len() - leads == course.co_trainers as usize;
    for (n, seat) in session.team.iter().enumerate() {
        as_held = as_held && pinned(seat.trainer) && session.team[..n].iter().all(|s| s.trainer != seat.trainer);
    }
    if !as_held {
        let text =
            format!("{} is done, but its team is not the one that was pinned.", name::session(programme, session));
        found.push(breach(RuleId::Pin, vec![session.id.clone()], text));
    }
}

/// Every given value of a pin, against the session that serves its request.
fn as_pinned(case: &Case, pin: &Pin, at: usize, found: &mut Vec<Violation>) {
    let programme = case.programme;
    let session = &case.plan.sessions[at];
    let request = name::request(programme, pin.request);
    let mut tell = |wanted: String, got: String| {
        let text = format!("{request} is pinned to {wanted}, but {} {got}.", session.id);
        found.push(breach(RuleId::Pin, vec![request.to_string(), session.id.clone()], text));
    };
    if let Some(start) = pin.start
        && start != session.span.first
    {
        tell(format!("start on {start}"), format!("starts on {}", session.span.first));
    }
    if let Some(place) = pin.place
        && place != session.place
    {
        tell(name::place(programme, place), format!("is held in {}", name::place(programme, session.place)));
    }
    if let Some(language) = pin.language
        && language != session.language
    {
        let language = name::language(programme, language);
        tell(format!("be held in {language}"), format!("is held in {}", name::language(programme, session.language)));
    }
    if let Some(language) = pin.working_language
        && language != session.working_language
    {
        let language = name::language(programme, language);
        let works = name::language(programme, session.working_language);
        tell(format!("a team that works in {language}"), format!("has one that works in {works}"));
    }
    for trainer in &pin.trainers {
        if !session.team.iter().any(|seat| seat.trainer == *trainer) {
            tell(format!("be taught by {}", name::trainer(programme, *trainer)), "has another team".to_string());
        }
    }
    let Some(label) = pin.session else { return };
    for other in &programme.pins {
        if other.session == Some(label)
            && other.request < pin.request
            && let Some(elsewhere) = case.session_of(other.request)
            && elsewhere != at
        {
            tell(
                format!(
                    "the session \"{}\" with {}",
                    programme.pin_labels[label],
                    name::request(programme, other.request)
                ),
                format!("does not serve both: {} does", case.plan.sessions[elsewhere].id),
            );
        }
    }
}

/// Equal in course, place, languages, start, requests and team with roles.
fn same(session: &Session, frozen: &Session) -> bool {
    let sorted = |s: &Session| {
        let (mut requests, mut team) = (s.requests.clone(), s.team.clone());
        requests.sort();
        team.sort();
        (requests, team)
    };
    session.course == frozen.course
        && session.place == frozen.place
        && session.language == frozen.language
        && session.working_language == frozen.working_language
        && session.span.first == frozen.span.first
        && sorted(session) == sorted(frozen)
}
