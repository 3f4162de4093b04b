//! From the ids of a plan file to the rows of a programme.

use super::{Member, PlanFile};
use crate::plan::{Charge, Mission, Plan, Seat, Session};
use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::id::{CourseId, FundId, Id, LanguageId, PlaceId, RequestId, TrainerId};
use crate::words::{RuleId, Violation};
use std::collections::BTreeMap;

/// Where the rows of a programme stand, by their ids.
pub struct Rows<'p> {
    courses: BTreeMap<&'p str, CourseId>,
    places: BTreeMap<&'p str, PlaceId>,
    languages: BTreeMap<&'p str, LanguageId>,
    trainers: BTreeMap<&'p str, TrainerId>,
    requests: BTreeMap<&'p str, RequestId>,
    funds: BTreeMap<&'p str, FundId>,
}

impl<'p> Rows<'p> {
    pub fn new(p: &'p Programme) -> Rows<'p> {
        fn map<'a, I: Id>(ids: impl Iterator<Item = (I, &'a str)>) -> BTreeMap<&'a str, I> {
            ids.map(|(id, word)| (word, id)).collect()
        }
        Rows {
            courses: map(p.courses.iter().map(|(i, r)| (i, r.id.as_str()))),
            places: map(p.places.iter().map(|(i, r)| (i, r.id.as_str()))),
            languages: map(p.languages.iter().map(|(i, r)| (i, r.as_str()))),
            trainers: map(p.trainers.iter().map(|(i, r)| (i, r.id.as_str()))),
            requests: map(p.requests.iter().map(|(i, r)| (i, r.id.as_str()))),
            funds: map(p.funds.iter().map(|(i, r)| (i, r.id.as_str()))),
        }
    }

    pub fn course(&self, id: &str) -> Option<CourseId> {
        self.courses.get(id).copied()
    }

    pub fn place(&self, id: &str) -> Option<PlaceId> {
        self.places.get(id).copied()
    }

    pub fn language(&self, id: &str) -> Option<LanguageId> {
        self.languages.get(id).copied()
    }

    pub fn trainer(&self, id: &str) -> Option<TrainerId> {
        self.trainers.get(id).copied()
    }

    pub fn request(&self, id: &str) -> Option<RequestId> {
        self.requests.get(id).copied()
    }

    fn fund(&self, id: &str) -> Option<FundId> {
        self.funds.get(id).copied()
    }
}

/// The plan that a file writes, in the file's order. What the programme does not have is left out, and each such id is
/// a violation of the rule that would have used it.
pub fn resolve(programme: &Programme, file: &PlanFile) -> (Plan, Vec<Violation>) {
    let rows = Rows::new(programme);
    let mut unknown = Vec::new();
    let mut tell = |rule: RuleId, what: &str, id: &str, at: &str| {
        let text = format!("{at} names the {what} {id}, which the programme does not have.");
        unknown.push(Violation { rule, subjects: vec![id.to_string(), at.to_string()], text });
    };
    let mut plan = Plan::default();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for s in &file.sessions {
        let found = (
            rows.course(&s.course),
            rows.place(&s.place),
            rows.language(&s.language),
            rows.language(&s.working_language),
        );
        let (Some(course), Some(place), Some(language), Some(working_language)) = found else {
            if found.0.is_none() {
                tell(RuleId::RequestOnce, "course", &s.course, &s.id);
            }
            if found.1.is_none() {
                tell(RuleId::Host, "place", &s.place, &s.id);
            }
            if found.2.is_none() {
                tell(RuleId::Language, "language", &s.language, &s.id);
            }
            if found.3.is_none() {
                tell(RuleId::WorkingLanguage, "working language", &s.working_language, &s.id);
            }
            continue;
        };
        let mut requests = Vec::new();
        for r in &s.requests {
            match rows.request(r) {
                Some(id) => requests.push(id),
                None => tell(RuleId::RequestOnce, "request", r, &s.id),
            }
        }
        let mut team = Vec::new();
        for Member { trainer, role } in &s.team {
            match rows.trainer(trainer) {
                Some(id) => team.push(Seat { role: role.0, trainer: id }),
                None => tell(RuleId::Qualification, "trainer", trainer, &s.id),
            }
        }
        let mut charges = Vec::new();
        for c in &s.charges {
            let request = match &c.request {
                None => None,
                Some(r) => match rows.request(r) {
                    Some(id) => Some(id),
                    None => {
                        tell(RuleId::Budget, "request", r, &s.id);
                        continue;
                    }
                },
            };
            match rows.fund(&c.fund) {
                Some(fund) => charges.push(Charge { category: c.category.0, request, fund, amount: c.amount.0 }),
                None => tell(RuleId::Budget, "fund", &c.fund, &s.id),
            }
        }
        index.entry(&s.id).or_insert(plan.sessions.len());
        plan.sessions.push(Session {
            id: s.id.clone(),
            status: s.status.0,
            course,
            place,
            language,
            working_language,
            span: Span { first: s.start.0, last: s.end.0 },
            requests,
            team,
            charges,
        });
    }
    for m in &file.missions {
        let at = format!("the mission of {} from {}", m.trainer, m.depart.0);
        let mut sessions = Vec::new();
        for s in &m.sessions {
            match index.get(s.as_str()) {
                Some(i) => sessions.push(*i),
                // A session that was left out for its own sake has been told already.
                None if file.sessions.iter().any(|known| known.id == *s) => {}
                None => tell(RuleId::Mission, "session", s, &at),
            }
        }
        match rows.trainer(&m.trainer) {
            None => tell(RuleId::Mission, "trainer", &m.trainer, &at),
            Some(_) if sessions.is_empty() && !m.sessions.is_empty() => {}
            Some(trainer) => {
                plan.missions.push(Mission { trainer, span: Span { first: m.depart.0, last: m.back.0 }, sessions });
            }
        }
    }
    (plan, unknown)
}
