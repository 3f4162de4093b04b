//! What stands in the way of a request as a plan stands: every other session stays where and when it is, and whoever
//! teaches it; the request has a session of its own, or joins one that there is.

use super::obstacles::{Asked, Obstacles, Way};
use super::rule_set::{RuleSet, Smallest};
use crate::judge::judge;
use crate::plan::brief::Brief;
use crate::plan::mission::lone;
use crate::plan::price::stop;
use crate::plan::{Mission, Plan, Seat, Session, Status};
use crate::programme::funds::Measure;
use crate::programme::id::RequestId;
use crate::programme::people::Role;
use crate::rules::together::party;
use crate::solve::finish::finish;
use crate::words::RuleId;

/// A plan, and what can be done beside it.
pub struct Beside<'p> {
    brief: &'p Brief<'p>,
    plan: &'p Plan,
    /// Trips may change.
    pub obstacles: Obstacles<'p>,
    /// Trips stay as they are.
    pub own_trips: Obstacles<'p>,
}

impl<'p> Beside<'p> {
    /// Beside all sessions of the plan.
    pub fn new(brief: &'p Brief<'p>, plan: &'p Plan) -> Beside<'p> {
        let programme = brief.programme;
        let obstacles = Obstacles::beside(programme, plan);
        Beside { brief, plan, obstacles, own_trips: Obstacles::beside_trips(programme, plan) }
    }

    /// The rules that ways to serve it break, the smallest sets. The empty set alone where it may fit in.
    pub fn sets(&self, request: RequestId) -> Vec<RuleSet> {
        self.ways_by(&self.obstacles, request).into_iter().map(|(set, _)| set).collect()
    }

    /// The same while trips stay as they are, each with a way.
    pub fn ways(&self, request: RequestId) -> Vec<(RuleSet, Way)> {
        self.ways_by(&self.own_trips, request)
    }

    /// True when a quota has no room for it in any plan that serves what this one serves: what it counts does not depend on
    /// when, where or in which language somebody is served.
    pub fn quota_is_full(&self, request: RequestId) -> bool {
        let programme = self.brief.programme;
        let party = party(programme, request);
        programme.quotas.iter().any(|(id, quota)| {
            let Some(max) = quota.max else { return false };
            let counts = |r: &&RequestId| {
                let r = &programme.requests[**r];
                quota.officials[r.place] && quota.courses[r.course]
            };
            let more = match quota.measure {
                Measure::Requests => party.iter().filter(counts).count() as i64,
                Measure::Participants => party.iter().filter(counts).map(|r| programme.requests[*r].participants).sum(),
                Measure::Sessions | Measure::Cost => 0,
            };
            let always = quota.from.is_none()
                && quota.to.is_none()
                && quota.hosts.values().all(|x| *x)
                && quota.languages.values().all(|x| *x);
            always && more > 0 && self.obstacles.counted(id) + more > max
        })
    }

    fn ways_by(&self, obstacles: &Obstacles, request: RequestId) -> Vec<(RuleSet, Way)> {
        let mut all: Smallest<Way> = Smallest::default();
        for (set, way) in obstacles.ways(&Asked::any(request)) {
            all.add(set, way);
        }
        let course = self.brief.programme.requests[request].course;
        for (s, session) in self.plan.sessions.iter().enumerate() {
            if session.course == course && session.status != Status::Done {
                let way = self.joining(request, s);
                all.add(self.broken(&way), way);
            }
        }
        all.into_pairs()
    }

    /// It joins a session that there is.
    fn joining(&self, request: RequestId, s: usize) -> Way {
        let session = &self.plan.sessions[s];
        let mut requests: Vec<RequestId> =
            session.requests.iter().copied().chain(party(self.brief.programme, request)).collect();
        requests.sort();
        Way {
            joins: Some(s),
            requests,
            place: session.place,
            language: session.language,
            working: session.working_language,
            span: session.span,
            team: session.team.iter().map(|seat| seat.trainer).collect(),
            bills: Vec::new(),
            missing: Default::default(),
        }
    }

    /// What the judge says the plan with it breaks.
    fn broken(&self, way: &Way) -> RuleSet {
        let plan = self.with(way);
        let (plan, unpaid) = match finish(self.brief, plan.clone()) {
            Ok(whole) => (whole, false),
            Err(_) => (plan, true),
        };
        let rules: RuleSet = judge(self.brief, &plan).violations.iter().map(|v| v.rule).collect();
        if unpaid { rules | RuleSet::of(RuleId::Budget) } else { rules }
    }

    /// The plan with the request served this way; not finished.
    pub fn with(&self, way: &Way) -> Plan {
        let programme = self.brief.programme;
        let mut plan = self.plan.clone();
        if let Some(s) = way.joins {
            plan.sessions[s].requests = way.requests.clone();
            return plan;
        }
        let course = programme.requests[way.requests[0]].course;
        let leads = programme.courses[course].leads as usize;
        let role = |i: usize| if i < leads { Role::Lead } else { Role::Co };
        let session = Session {
            id: String::new(),
            status: Status::Proposed,
            course,
            place: way.place,
            language: way.language,
            working_language: way.working,
            span: way.span,
            requests: way.requests.clone(),
            team: way.team.iter().enumerate().map(|(i, t)| Seat { role: role(i), trainer: *t }).collect(),
            charges: Vec::new(),
        };
        let at = plan.sessions.len();
        for t in &way.team {
            let person = &programme.trainers[*t];
            let trip = lone(programme, person.home, person.fee_day, stop(programme, &session));
            let span = trip.map_or(way.span, |(span, _)| span);
            plan.missions.push(Mission { trainer: *t, span, sessions: vec![at] });
        }
        plan.sessions.push(session);
        plan
    }
}
