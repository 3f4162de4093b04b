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
use crate::rules::participants;
use crate::rules::together::party;
use crate::solve::finish::finish;
use crate::words::RuleId;
use std::collections::BTreeMap;

/// So many of those who could fill a course are looked at, and so many companies of them.
const COMPANY: usize = 16;

/// Ways that break more rules are not built: nobody lifts so many at once.
const FEW: u32 = 2;

/// The rules that ways to serve a request beside a plan break, small sets first; the empty set alone where one breaks none.
pub struct Ways {
    /// Where trips may be made anew.
    pub loose: Vec<RuleSet>,
    /// Where every trip stays as it is; who fills a course is taken to be as good as it can be.
    pub own: Vec<RuleSet>,
    /// The same, where it is two rules at most, each with a way, complete with those who fill the course: added to the plan it
    /// breaks no more than that.
    pub built: Vec<(RuleSet, Way)>,
}

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

    /// What the ways to serve a request break, in both readings.
    pub fn ways(&self, request: RequestId) -> Ways {
        let asked = Asked::any(request);
        let (mut loose, mut own, mut built): (Smallest, Smallest, Smallest<Way>) = Default::default();
        for set in self.obstacles.of(&asked) {
            loose.add(set, ());
        }
        for (set, way) in self.own_trips.ways(&asked) {
            own.add(set, ());
            if set.len() <= FEW
                && let Some(way) = self.filled(way, set)
            {
                built.add(set, way);
            }
        }
        let course = self.brief.programme.requests[request].course;
        for (s, session) in self.plan.sessions.iter().enumerate() {
            if session.course == course && session.status != Status::Done {
                let way = self.joining(request, s);
                let set = self.broken(&way);
                loose.add(set, ());
                own.add(set, ());
                if set.len() <= FEW {
                    built.add(set, way);
                }
            }
        }
        Ways { loose: loose.sets(), own: own.sets(), built: built.into_pairs() }
    }

    /// The way with those besides whom the course is held, where it needs more participants than come: the fewest of them
    /// with whom it breaks no other rule. None where there are none such.
    pub fn filled(&self, way: Way, allowed: RuleSet) -> Option<Way> {
        let programme = self.brief.programme;
        let course = &programme.courses[programme.requests[way.requests[0]].course];
        let heads = participants::count(programme, &way.requests);
        if heads >= course.min_participants || allowed.has(RuleId::Participants) {
            return Some(way);
        }
        // So many heads come with these; the first found of each number.
        let mut sums: BTreeMap<i64, Vec<RequestId>> = BTreeMap::from([(heads, Vec::new())]);
        for party in self.others(&way).into_iter().take(COMPANY) {
            if !self.broken(&with(&way, &party)).without(RuleSet::of(RuleId::Participants)).within(allowed) {
                continue;
            }
            let more = participants::count(programme, &party);
            for (sum, company) in sums.clone().range(..course.min_participants) {
                let all = || company.iter().chain(&party).copied().collect();
                sums.entry(sum + more).or_insert_with(all);
            }
        }
        let enough = sums.range(course.min_participants..).map(|(_, company)| with(&way, company));
        enough.take(COMPANY).find(|way| self.broken(way).within(allowed))
    }

    /// Those of a way who are served with a request though nothing says that they have to be, and are not served now.
    pub fn company(&self, request: RequestId, way: &Way) -> Vec<RequestId> {
        let party = party(self.brief.programme, request);
        way.requests.iter().copied().filter(|r| !party.contains(r) && !self.obstacles.taken().serves(*r)).collect()
    }

    /// Who could fill its course: not served now, each with those who are served with it or not at all.
    fn others(&self, way: &Way) -> Vec<Vec<RequestId>> {
        let programme = self.brief.programme;
        let course = programme.requests[way.requests[0]].course;
        let mut all: Vec<Vec<RequestId>> = Vec::new();
        for (r, row) in programme.requests.iter().filter(|(_, row)| row.course == course && row.shared) {
            let party = party(programme, r);
            let free = |q: &RequestId| !way.requests.contains(q) && !self.obstacles.taken().serves(*q);
            if row.hosts.contains(&way.place) && party.iter().all(free) && !all.contains(&party) {
                all.push(party);
            }
        }
        all
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

/// The way with others in the same session.
fn with(way: &Way, others: &[RequestId]) -> Way {
    let mut requests: Vec<RequestId> = way.requests.iter().chain(others).copied().collect();
    requests.sort();
    Way { requests, ..way.clone() }
}
