//! The ways to hold a session: who attends, where, in which languages, and on which days it may start.

use super::groups::{Fills, Group};
use super::world::World;
use crate::plan::Seat;
use crate::plan::price;
use crate::programme::day::Span;
use crate::programme::id::{CourseId, InterpretationId, LanguageId, PlaceId, RequestId, TrainerId};
use crate::programme::people::Role;
use crate::rules::{host, language, pin, qualification, working_language};

/// How firm a session is before anything is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Firm {
    /// It may be held, or not.
    Open,
    /// It stays as it is, but trips may be chained through it.
    Frozen,
    /// History: held, and never chained.
    Done,
}

/// What is taught where, in which working language: what trainers qualify for.
pub type Site = (CourseId, PlaceId, LanguageId);

/// One way to hold a session of a group; or of one request's share of it, where groups are too many to list.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub firm: Firm,
    /// In file order.
    pub requests: Vec<RequestId>,
    pub fills: Fills,
    pub course: CourseId,
    pub place: PlaceId,
    pub language: LanguageId,
    pub working: LanguageId,
    /// The row of interpretation.csv that it uses.
    pub interpreters: Option<InterpretationId>,
    /// When it may be held, earliest first.
    pub spans: Vec<Span>,
    /// Trainers who must be on the team.
    pub pinned: Vec<TrainerId>,
    /// The whole team, where it is not open.
    pub team: Vec<Seat>,
}

impl Delivery {
    pub fn site(&self) -> Site {
        (self.course, self.place, self.working)
    }

    /// What it takes of a session: its venue, its interpreters, its team.
    pub fn share(&self) -> f64 {
        self.fills.part as f64 / self.fills.whole as f64
    }
}

/// Every way to hold a session of a group that unary rules allow.
pub fn expand(world: &World, group: &Group) -> Vec<Delivery> {
    let requests = &group.requests;
    let programme = world.programme;
    let mut all = Vec::new();
    let Some(first) = requests.first() else { return all };
    let course = programme.requests[*first].course;
    let pinned = pin::team(programme, requests);
    if pinned.len() > programme.courses[course].team() {
        return all;
    }
    for place in host::hosts(programme, requests) {
        if !pin::admits(programme, requests, None, Some(place), None, None) {
            continue;
        }
        let spans = world.spans_for(requests, course, place, group.confirmed);
        let Some(one) = spans.first() else { continue };
        if requests.iter().any(|r| price::participants(programme, *r, place, *one).is_none()) {
            continue;
        }
        for language in language::languages(programme, requests) {
            for (working, interpreters) in working_language::working_languages(programme, requests, place, language) {
                if !pin::admits(programme, requests, None, None, Some(language), Some(working))
                    || !world.staffed(course, place, working)
                    || !pinned
                        .iter()
                        .all(|t| qualification::candidates(programme, course, Role::Co, place, working).contains(t))
                {
                    continue;
                }
                all.push(Delivery {
                    firm: Firm::Open,
                    requests: requests.clone(),
                    fills: group.fills,
                    course,
                    place,
                    language,
                    working,
                    interpreters,
                    spans: spans.clone(),
                    pinned: pinned.clone(),
                    team: Vec::new(),
                });
            }
        }
    }
    all
}
