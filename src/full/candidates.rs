//! The sessions that a plan may hold: who attends, where, in which languages, on which days, taught by whom.

use super::groups;
use crate::plan::brief::Brief;
use crate::plan::history::done_sessions;
use crate::plan::mission::{Stop, stays};
use crate::plan::{Session, price};
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::id::{CourseId, Dense, InterpretationId, LanguageId, PlaceId, RequestId, TrainerId};
use crate::programme::people::{PinStatus, Role};
use crate::rules::{
    availability, budget, host, language, pin, qualification, team_needs, window, working_days, working_language,
};
use crate::words::Category;
use std::collections::BTreeMap;

/// How firm a session is before anything is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Firm {
    /// It may be held, or not.
    Open,
    /// It stays as it is, but trips may be chained through it.
    Frozen,
    /// History: held, and never chained.
    Done,
}

/// A session that may be held.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub firm: Firm,
    /// In file order.
    pub requests: Vec<RequestId>,
    pub course: CourseId,
    pub place: PlaceId,
    pub language: LanguageId,
    pub working: LanguageId,
    /// The row of interpretation.csv that it uses.
    pub interpreters: Option<InterpretationId>,
    pub span: Span,
    /// Who may sit on the team, in file order.
    pub able: Vec<TrainerId>,
    /// Who of them may lead; all of them where there are no other seats.
    pub leads: Vec<TrainerId>,
    /// Who must be on the team.
    pub pinned: Vec<TrainerId>,
    /// The session itself, where it is not open.
    pub booked: Option<Session>,
}

impl Candidate {
    /// The session as a trip sees it.
    pub fn stop(&self, programme: &Programme) -> Stop {
        Stop { place: self.place, span: self.span, days: programme.courses[self.course].days }
    }
}

/// Every session that unary rules allow, and those that are booked; None where there are more than `limit`.
pub fn list(brief: &Brief, limit: usize) -> Option<Vec<Candidate>> {
    let programme = brief.programme;
    let done = done_sessions(programme);
    let frozen: Vec<&Session> =
        brief.frozen().iter().filter(|s| !s.requests.iter().any(|r| programme.is_done(*r))).collect();
    let mut all: Vec<Candidate> = done
        .iter()
        .map(|s| (s, Firm::Done))
        .chain(frozen.iter().map(|s| (*s, Firm::Frozen)))
        .map(|(s, firm)| booked(programme, s, firm))
        .collect();
    let open = open(programme, &all);
    let mut menu = Menu { programme, spans: BTreeMap::new(), teams: BTreeMap::new() };
    for group in groups::enumerate(programme, &open, limit)? {
        menu.expand(&group, &mut all);
        if all.len() > limit {
            return None;
        }
    }
    Some(in_order(programme, all))
}

fn booked(programme: &Programme, session: &Session, firm: Firm) -> Candidate {
    let team: Vec<TrainerId> = session.team.iter().map(|seat| seat.trainer).collect();
    let mut requests = session.requests.clone();
    requests.sort();
    Candidate {
        firm,
        requests,
        course: session.course,
        place: session.place,
        language: session.language,
        working: session.working_language,
        interpreters: (session.language != session.working_language)
            .then(|| programme.interpreters(session.place, session.working_language, session.language))
            .flatten(),
        span: session.span,
        able: team.clone(),
        leads: team.clone(),
        pinned: team,
        booked: Some(session.clone()),
    }
}

/// Requests that are still to be decided: not booked, not left behind by a booked session of their label or party.
fn open(programme: &Programme, booked: &[Candidate]) -> Dense<RequestId, bool> {
    let taken: Vec<RequestId> = booked.iter().flat_map(|c| c.requests.iter().copied()).collect();
    let label = |r: RequestId| programme.pin(r).and_then(|p| p.session);
    programme
        .requests
        .iter()
        .map(|(r, request)| {
            let with = |q: &RequestId| {
                *q == r
                    || request.together.is_some() && programme.requests[*q].together == request.together
                    || label(r).is_some() && label(*q) == label(r)
            };
            !programme.is_done(r) && !taken.iter().any(with)
        })
        .collect()
}

/// What candidates share: looked up once.
struct Menu<'a> {
    programme: &'a Programme,
    spans: BTreeMap<(CourseId, PlaceId), Vec<Span>>,
    teams: BTreeMap<(CourseId, PlaceId, LanguageId), Able>,
}

/// Who may lead, and who may sit on a team at all.
struct Able {
    leads: Vec<TrainerId>,
    all: Vec<TrainerId>,
}

impl Menu<'_> {
    fn expand(&mut self, requests: &[RequestId], all: &mut Vec<Candidate>) {
        let programme = self.programme;
        let Some(first) = requests.first() else { return };
        let course = programme.requests[*first].course;
        let pinned = pin::team(programme, requests);
        let confirmed = requests.iter().any(|r| programme.pin(*r).is_some_and(|p| p.status == PinStatus::Confirmed));
        for place in host::hosts(programme, requests) {
            if !pin::admits(programme, requests, None, Some(place), None, None) {
                continue;
            }
            let Some(window) = window::window(programme, requests, place, confirmed) else { continue };
            let whole = Span { first: programme.start, last: programme.end };
            let spans: Vec<Span> = self
                .spans
                .entry((course, place))
                .or_insert_with(|| working_days::spans(programme, course, place, whole))
                .iter()
                .copied()
                .filter(|s| s.first >= window.first && s.last <= window.last)
                .filter(|s| pin::admits(programme, requests, Some(s.first), None, None, None))
                .collect();
            for language in language::languages(programme, requests) {
                for (working, interpreters) in working_language::working_languages(programme, requests, place, language)
                {
                    if !pin::admits(programme, requests, None, None, Some(language), Some(working)) {
                        continue;
                    }
                    let proto = Candidate {
                        firm: Firm::Open,
                        requests: requests.to_vec(),
                        course,
                        place,
                        language,
                        working,
                        interpreters,
                        span: window,
                        able: Vec::new(),
                        leads: Vec::new(),
                        pinned: pinned.clone(),
                        booked: None,
                    };
                    all.extend(spans.iter().filter_map(|span| self.staffed(&proto, *span)));
                }
            }
        }
    }

    /// The candidate on these days with everybody who may sit on its team; None where no team or no money is possible.
    fn staffed(&mut self, proto: &Candidate, span: Span) -> Option<Candidate> {
        let programme = self.programme;
        let course = &programme.courses[proto.course];
        let able = self.teams.entry((proto.course, proto.place, proto.working)).or_insert_with(|| {
            let of = |role| qualification::candidates(programme, proto.course, role, proto.place, proto.working);
            let leads = of(Role::Lead);
            let all = if course.co_trainers == 0 { leads.clone() } else { of(Role::Co) };
            Able { leads, all }
        });
        let stop = Stop { place: proto.place, span, days: course.days };
        let full = proto.pinned.len() == course.team();
        let there = |t: &TrainerId| {
            let chained = programme.rules.chain_missions && !stays(programme, *t, proto.place);
            (!full || proto.pinned.contains(t))
                && if chained {
                    programme.trainers[*t].available(span)
                } else {
                    availability::admits(programme, *t, stop)
                }
        };
        let here: Vec<TrainerId> = able.all.iter().copied().filter(there).collect();
        let leads: Vec<TrainerId> = able.leads.iter().copied().filter(|t| here.contains(t)).collect();
        if here.len() < course.team()
            || leads.len() < course.leads as usize
            || proto.pinned.len() > course.team()
            || !proto.pinned.iter().all(|t| here.contains(t))
            || !team_needs::admits(programme, proto.course, here.iter().copied())
            || !payable(programme, proto, span)
        {
            return None;
        }
        Some(Candidate { span, able: here, leads, ..proto.clone() })
    }
}

/// True when every cost but the team's has a fund that may pay it.
fn payable(programme: &Programme, proto: &Candidate, span: Span) -> bool {
    let kind = (proto.course, proto.place, proto.language, span);
    let everyone: Vec<PlaceId> = proto.requests.iter().map(|r| programme.requests[*r].place).collect();
    let paid = |category, officials: &[PlaceId]| !budget::payers(programme, kind, category, officials).is_empty();
    let Some(interpretation) =
        price::interpretation(programme, proto.course, proto.place, proto.working, proto.language)
    else {
        return false;
    };
    let materials: i64 = proto.requests.iter().map(|r| price::materials(programme, *r).0).sum();
    (price::venue(programme, proto.course, proto.place).0 == 0 || paid(Category::Venue, &everyone))
        && (interpretation.0 == 0 || paid(Category::Interpretation, &everyone))
        && (materials == 0 || paid(Category::Materials, &everyone))
        && proto.requests.iter().all(|r| {
            price::participants(programme, *r, proto.place, span)
                .is_some_and(|cost| cost.0 == 0 || paid(Category::Participants, &[programme.requests[*r].place]))
        })
}

/// Drops what cannot come after what it must come after, until nothing changes.
fn in_order(programme: &Programme, mut all: Vec<Candidate>) -> Vec<Candidate> {
    let gap = programme.rules.after_gap_days;
    loop {
        let mut ends: Dense<RequestId, Option<Day>> = Dense::filled(None, programme.requests.len());
        for c in &all {
            for r in &c.requests {
                ends[*r] = Some(ends[*r].map_or(c.span.last, |d| d.min(c.span.last)));
            }
        }
        let before = all.len();
        all.retain(|c| {
            c.firm != Firm::Open
                || c.requests
                    .iter()
                    .flat_map(|r| &programme.requests[*r].after)
                    .all(|q| ends[*q].is_some_and(|end| c.span.first - end > gap))
        });
        if all.len() == before {
            return all;
        }
    }
}
