//! What is asked of the planner's engines: a programme and, when replanning, the plan that people know already.

use super::{Plan, Session};
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::programme::id::{Dense, LanguageId, PlaceId, RequestId, TrainerId};
use crate::words::GoalId;

/// The task: plan this programme, keeping what the baseline promised.
#[derive(Clone, Debug)]
pub struct Brief<'a> {
    pub programme: &'a Programme,
    pub baseline: Option<Baseline>,
    /// Session ids that are taken though no session of the plan has them (withdrawn ones).
    pub taken: Vec<String>,
    /// Requests that are to be served whatever it takes: not serving one of them breaks more commitments than there are.
    pub insist: Vec<RequestId>,
    /// `kept` and `stability` come last: of plans that are worth the same, the one that changes least.
    pub afterwards: bool,
}

/// A plan that people know already, as far as the programme still has its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Its sessions, in its order: id, start, and the requests that the programme still has.
    pub sessions: Vec<Known>,
    /// By request: where the baseline serves it.
    pub promises: Dense<RequestId, Option<Promise>>,
    /// The sessions that stay as they are (status confirmed or done, no charges).
    pub frozen: Vec<Session>,
}

/// A session of the baseline, as far as its id and its leads are to be carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub id: String,
    pub start: Day,
    pub requests: Vec<RequestId>,
    /// Those whom the programme still has.
    pub leads: Vec<TrainerId>,
}

/// How the baseline serves a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub start: Day,
    /// None: the programme no longer has the place.
    pub place: Option<PlaceId>,
    /// None: the programme no longer has the language.
    pub language: Option<LanguageId>,
    /// Those whom the programme still has.
    pub team: Vec<TrainerId>,
    /// How many of the team the programme no longer has.
    pub gone: u32,
}

impl Baseline {
    /// What a plan of this programme tells people; without ids, nothing frozen.
    pub fn told(programme: &Programme, plan: &Plan) -> Baseline {
        let mut promises = Dense::filled(None, programme.requests.len());
        for session in &plan.sessions {
            for request in &session.requests {
                promises[*request] = Some(Promise {
                    start: session.span.first,
                    place: Some(session.place),
                    language: Some(session.language),
                    team: session.team.iter().map(|seat| seat.trainer).collect(),
                    gone: 0,
                });
            }
        }
        Baseline { promises, ..Baseline::default() }
    }
}

impl<'a> Brief<'a> {
    /// Plan from scratch.
    pub fn new(programme: &'a Programme) -> Brief<'a> {
        Brief { programme, baseline: None, taken: Vec::new(), insist: Vec::new(), afterwards: false }
    }

    /// How many commitments are broken where this request is not served.
    pub fn promise(&self, request: RequestId) -> i64 {
        if self.insist.contains(&request) { self.insistence() } else { i64::from(self.programme.is_promised(request)) }
    }

    /// One more than all commitments that there are.
    pub fn insistence(&self) -> i64 {
        let programme = self.programme;
        let requests = programme.requests.ids().filter(|r| programme.is_promised(*r)).count();
        let quotas = programme.quotas.values().filter(|q| q.min.is_some()).count();
        let floors = programme.funds.values().filter(|f| f.spend_at_least.is_some()).count();
        (requests + quotas + floors) as i64 + 1
    }

    /// The goals in the order in which they are optimised.
    pub fn goals(&self) -> Vec<GoalId> {
        let mut goals = self.programme.objective.goals(self.baseline.is_some());
        if self.afterwards {
            goals.sort_by_key(|goal| matches!(goal, GoalId::Kept | GoalId::Stability));
        }
        goals
    }

    /// The sessions that stay as they are.
    pub fn frozen(&self) -> &[Session] {
        self.baseline.as_ref().map_or(&[], |b| &b.frozen)
    }
}
