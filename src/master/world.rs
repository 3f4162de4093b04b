//! What the exact side knows before its first column: what is booked, windows tightened by `after`, the deliveries.

use super::delivery::{Delivery, Firm, expand};
use super::groups::{self, Fills};
use crate::plan::brief::Brief;
use crate::plan::history::done_sessions;
use crate::plan::price;
use crate::plan::{Session, mission};
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::id::{CourseId, Dense, LanguageId, PlaceId, RequestId, TrainerId};
use crate::programme::people::{PinStatus, Role};
use crate::rules::{pin, qualification, working_days};
use std::collections::BTreeMap;

/// The facts behind the columns.
pub struct World<'a> {
    pub brief: &'a Brief<'a>,
    pub programme: &'a Programme,
    /// Sessions of requests pinned done.
    pub done: Vec<Session>,
    /// Other sessions that stay as they are.
    pub frozen: Vec<Session>,
    /// False for requests that are booked already or that no plan can serve.
    pub open: Dense<RequestId, bool>,
    /// First day on which a session of this request may start, `after` looked at.
    pub earliest: Dense<RequestId, Day>,
    /// Last session day.
    pub latest: Dense<RequestId, Day>,
    pub deliveries: Vec<Delivery>,
    /// False when there are too many groups to list: then deliveries are of shares of sessions, and every plan is some
    /// choice of them, but not every choice a plan.
    pub complete: bool,
    /// By trainer: the days of done missions, and after them the days of rest, when nothing else may be.
    pub history: Dense<TrainerId, Vec<Past>>,
    spans: BTreeMap<(CourseId, PlaceId), Vec<Span>>,
    candidates: BTreeMap<(CourseId, PlaceId, LanguageId), Candidates>,
}

/// A mission of a done session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    pub span: Span,
    /// The days of rest that follow.
    pub rest: i32,
}

/// Who may sit on a team.
#[derive(Clone, Debug, Default)]
struct Candidates {
    leads: Vec<TrainerId>,
    all: Vec<TrainerId>,
}

impl<'a> World<'a> {
    /// Looks at a brief once.
    pub fn new(brief: &'a Brief<'a>) -> World<'a> {
        World::listing(brief, groups::LIMIT)
    }

    /// Looks at a brief once, and lists at most so many groups.
    pub fn listing(brief: &'a Brief<'a>, limit: usize) -> World<'a> {
        let programme = brief.programme;
        let done = done_sessions(programme);
        let frozen: Vec<Session> =
            brief.frozen().iter().filter(|s| !s.requests.iter().any(|r| programme.is_done(*r))).cloned().collect();
        let requests = || programme.requests.iter();
        let mut world = World {
            brief,
            programme,
            open: requests().map(|_| true).collect(),
            earliest: requests().map(|(_, r)| r.earliest.map_or(programme.start, |d| d.max(programme.start))).collect(),
            latest: requests().map(|(_, r)| r.latest.map_or(programme.end, |d| d.min(programme.end))).collect(),
            deliveries: Vec::new(),
            complete: true,
            history: Dense::filled(Vec::new(), programme.trainers.len()),
            spans: BTreeMap::new(),
            candidates: BTreeMap::new(),
            done,
            frozen,
        };
        world.look_at_sites();
        world.close_what_is_booked();
        world.tighten();
        let listed = groups::enumerate(&world, limit);
        world.complete = listed.is_some();
        let groups = listed.unwrap_or_else(|| groups::shares(&world));
        world.deliveries = groups.iter().flat_map(|g| expand(&world, g)).collect();
        for (session, firm) in
            world.done.iter().map(|s| (s, Firm::Done)).chain(world.frozen.iter().map(|s| (s, Firm::Frozen)))
        {
            world.deliveries.push(booked(programme, session, firm));
        }
        world.drop_what_waits_in_vain();
        world
    }

    /// Deliveries of requests that come after one that nothing serves are no deliveries.
    fn drop_what_waits_in_vain(&mut self) {
        loop {
            let mut served: Dense<RequestId, bool> = Dense::filled(false, self.programme.requests.len());
            for r in self.deliveries.iter().flat_map(|d| &d.requests) {
                served[*r] = true;
            }
            let before = self.deliveries.len();
            let programme = self.programme;
            self.deliveries.retain(|d| {
                d.firm != Firm::Open
                    || d.requests.iter().all(|r| programme.requests[*r].after.iter().all(|p| served[*p]))
            });
            if self.deliveries.len() == before {
                return;
            }
        }
    }

    fn look_at_sites(&mut self) {
        let programme = self.programme;
        let whole = Span { first: programme.start, last: programme.end };
        for request in programme.requests.values() {
            for place in &request.hosts {
                self.spans
                    .entry((request.course, *place))
                    .or_insert_with(|| working_days::spans(programme, request.course, *place, whole));
            }
        }
        for (course, place) in self.spans.keys() {
            for working in programme.languages.ids() {
                let leads = qualification::candidates(programme, *course, Role::Lead, *place, working);
                let all = qualification::candidates(programme, *course, Role::Co, *place, working);
                self.candidates.insert((*course, *place, working), Candidates { leads, all });
            }
        }
    }

    fn close_what_is_booked(&mut self) {
        let programme = self.programme;
        let booked: Vec<RequestId> =
            self.done.iter().chain(&self.frozen).flat_map(|s| s.requests.iter().copied()).collect();
        for r in &booked {
            self.open[*r] = false;
        }
        for (r, request) in programme.requests.iter() {
            let party = request.together.is_some_and(|t| programme.together[t].iter().any(|q| booked.contains(q)));
            let label = |q: RequestId| programme.pin(q).and_then(|p| p.session);
            let labelled = label(r).is_some_and(|l| booked.iter().any(|q| label(*q) == Some(l)));
            if party || labelled || programme.is_done(r) {
                self.open[r] = false;
            }
        }
        for s in &self.done {
            for seat in &s.team {
                let stop = price::stop(programme, s);
                let span = mission::trip(programme, seat.trainer, &[stop]).map_or(s.span, |trip| trip.span);
                let stays = mission::stays(programme, seat.trainer, s.place);
                let rest = if stays { 0 } else { programme.trainers[seat.trainer].rest_days };
                self.history[seat.trainer].push(Past { span, rest });
            }
        }
    }

    /// Earliest starts by what must come before; requests whose predecessor no plan can serve are closed.
    fn tighten(&mut self) {
        let programme = self.programme;
        let gap = programme.rules.after_gap_days;
        let mut ends: Dense<RequestId, Option<Day>> = Dense::filled(None, programme.requests.len());
        for s in self.done.iter().chain(&self.frozen) {
            for r in &s.requests {
                ends[*r] = Some(s.span.last);
            }
        }
        let booked = ends.clone();
        for _ in 0..programme.requests.len().min(50) {
            let mut changed = false;
            for r in programme.requests.ids() {
                if !self.open[r] {
                    continue;
                }
                ends[r] = self.first_end(r);
                if ends[r].is_none() {
                    self.open[r] = false;
                    changed = true;
                }
            }
            for (r, request) in programme.requests.iter() {
                for p in request.after.iter().filter(|_| self.open[r]) {
                    let end = if self.open[*p] { ends[*p] } else { booked[*p] };
                    let Some(end) = end else {
                        self.open[r] = false;
                        changed = true;
                        break;
                    };
                    if end + gap + 1 > self.earliest[r] {
                        self.earliest[r] = end + gap + 1;
                        changed = true;
                    }
                }
            }
            if !changed {
                break;
            }
        }
    }

    /// The earliest day on which a session of this request can end.
    fn first_end(&self, r: RequestId) -> Option<Day> {
        let request = &self.programme.requests[r];
        request
            .hosts
            .iter()
            .filter_map(|place| {
                let spans = &self.spans[&(request.course, *place)];
                let from = spans.partition_point(|s| s.first < self.earliest[r]);
                spans[from..].first().map(|s| s.last).filter(|d| *d <= self.latest[r])
            })
            .min()
    }

    /// True when a request is pinned and confirmed.
    pub fn confirmed(&self, request: RequestId) -> bool {
        self.programme.pin(request).is_some_and(|p| p.status == PinStatus::Confirmed)
    }

    /// When a session of these requests may be held at this place, one that a confirmed request sits in or not.
    pub fn spans_for(&self, requests: &[RequestId], course: CourseId, place: PlaceId, confirmed: bool) -> Vec<Span> {
        let programme = self.programme;
        let mut first = if confirmed { programme.start } else { programme.first_start(place) };
        let mut last = programme.end;
        for r in requests {
            first = first.max(self.earliest[*r]);
            last = last.min(self.latest[*r]);
        }
        let Some(spans) = self.spans.get(&(course, place)) else { return Vec::new() };
        spans
            .iter()
            .filter(|s| s.first >= first && s.last <= last)
            .filter(|s| pin::admits(programme, requests, Some(s.first), None, None, None))
            .copied()
            .collect()
    }

    /// True when there are people enough for a team.
    pub fn staffed(&self, course: CourseId, place: PlaceId, working: LanguageId) -> bool {
        let needs = &self.programme.courses[course];
        self.candidates
            .get(&(course, place, working))
            .is_some_and(|c| c.leads.len() >= needs.leads as usize && c.all.len() >= needs.team())
    }

    /// Everybody who may sit on a team, each with whether they may lead.
    pub fn candidates(&self, course: CourseId, place: PlaceId, working: LanguageId) -> Vec<(TrainerId, bool)> {
        let Some(c) = self.candidates.get(&(course, place, working)) else { return Vec::new() };
        c.all.iter().map(|t| (*t, c.leads.contains(t))).collect()
    }

    /// True when this trainer can be on a mission on these days, with so many days of rest after it: available, and
    /// not on a done mission or resting after one.
    pub fn free(&self, trainer: TrainerId, span: Span, rest: i32) -> bool {
        self.programme.trainers[trainer].available(span)
            && self.history[trainer]
                .iter()
                .all(|past| span.first > past.span.last + past.rest || span.last + rest < past.span.first)
    }
}

fn booked(programme: &Programme, session: &Session, firm: Firm) -> Delivery {
    let interpreters = if session.working_language == session.language {
        None
    } else {
        programme.interpreters(session.place, session.working_language, session.language)
    };
    Delivery {
        firm,
        requests: session.requests.clone(),
        fills: Fills::ALL,
        course: session.course,
        place: session.place,
        language: session.language,
        working: session.working_language,
        interpreters,
        spans: vec![session.span],
        pinned: session.team.iter().map(|s| s.trainer).collect(),
        team: session.team.clone(),
    }
}
