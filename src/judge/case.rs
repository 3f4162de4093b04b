//! What is judged: the brief, the plan, and what every rule asks about them.

use super::cost::{self, Costs};
use crate::plan::brief::Brief;
use crate::plan::{Mission, Plan, Session, Status};
use crate::programme::Programme;
use crate::programme::id::RequestId;
use crate::programme::people::PinStatus;
use crate::words::{RuleId, Violation};

/// The brief and the plan, with what follows from them.
pub struct Case<'a> {
    pub brief: &'a Brief<'a>,
    pub programme: &'a Programme,
    pub plan: &'a Plan,
    /// By session: its status as pins and frozen sessions make it, whatever the plan says.
    pub status: Vec<Status>,
    /// By session.
    pub costs: Vec<Costs>,
}

impl<'a> Case<'a> {
    pub fn new(brief: &'a Brief<'a>, plan: &'a Plan) -> Case<'a> {
        let programme = brief.programme;
        let status = plan.sessions.iter().map(|s| status(brief, s)).collect();
        Case { brief, programme, plan, status, costs: cost::of_all(programme, plan) }
    }

    /// The sessions, each with its place in the plan.
    pub fn sessions(&self) -> impl Iterator<Item = (usize, &'a Session)> {
        self.plan.sessions.iter().enumerate()
    }

    /// The sessions that are not done: those that unary rules look at.
    pub fn open_sessions(&self) -> impl Iterator<Item = (usize, &'a Session)> {
        self.sessions().filter(|(i, _)| !self.is_done(*i))
    }

    /// True for a session of requests pinned done.
    pub fn is_done(&self, session: usize) -> bool {
        self.status[session] == Status::Done
    }

    /// True for a mission that only visits what is done.
    pub fn is_history(&self, mission: &Mission) -> bool {
        !mission.sessions.is_empty() && mission.sessions.iter().all(|s| self.is_done(*s))
    }

    /// True for a mission that leaves home for a place that is not online.
    pub fn travels(&self, mission: &Mission) -> bool {
        mission.sessions.iter().any(|s| {
            let place = self.plan.sessions[*s].place;
            !self.programme.places[place].online && self.programme.trainers[mission.trainer].home != place
        })
    }

    /// The session that serves a request: the first in the plan's order.
    pub fn session_of(&self, request: RequestId) -> Option<usize> {
        self.sessions().find(|(_, s)| s.requests.contains(&request)).map(|(i, _)| i)
    }
}

/// Done when a request of it is pinned done, confirmed when one is pinned so or the session is frozen.
fn status(brief: &Brief, session: &Session) -> Status {
    let sorted = |s: &Session| {
        let mut requests = s.requests.clone();
        requests.sort();
        requests
    };
    let mut confirmed = brief.frozen().iter().any(|f| sorted(f) == sorted(session));
    for request in &session.requests {
        match brief.programme.pin(*request).map(|pin| pin.status) {
            Some(PinStatus::Done) => return Status::Done,
            Some(PinStatus::Confirmed) => confirmed = true,
            Some(PinStatus::Wanted) | None => {}
        }
    }
    if confirmed { Status::Confirmed } else { Status::Proposed }
}

/// A violation: the rule, the ids, the sentence.
pub fn breach(rule: RuleId, subjects: Vec<String>, text: String) -> Violation {
    Violation { rule, subjects, text }
}
