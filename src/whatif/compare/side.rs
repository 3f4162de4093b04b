//! A plan file with the names of its programme, ready to be compared.

use super::{Booking, Cohort, Figure, Member, Named, Purse, Side};
use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::id::{Dense, Id};
use crate::programme::money::{Cents, Micro, MicroCents};
use crate::read::plan_file::PlanFile;
use std::collections::BTreeMap;

impl Side {
    /// The plan under this name. What the programme does not have (it may have changed since) is called by its id.
    pub fn of(name: &str, file: &PlanFile, programme: &Programme) -> Side {
        let names = Names::new(programme);
        Side {
            name: name.to_string(),
            currency: programme.currency.clone(),
            goals: file
                .goals
                .iter()
                .map(|g| Figure { goal: g.name.0, value: g.value.0, bound: g.bound.0, proof: g.proof.clone() })
                .collect(),
            sessions: file.sessions.iter().map(|s| names.booking(s)).collect(),
            funds: funds(file, programme),
            requests: names.requests(file),
        }
    }
}

/// Rows of the programme by id.
struct Names<'a> {
    programme: &'a Programme,
    requests: BTreeMap<&'a str, crate::programme::id::RequestId>,
}

impl<'a> Names<'a> {
    fn new(programme: &'a Programme) -> Names<'a> {
        Names { programme, requests: programme.requests.iter().map(|(r, request)| (request.id.as_str(), r)).collect() }
    }

    fn booking(&self, s: &crate::read::plan_file::Session) -> Booking {
        let place = find(&self.programme.places, |p| &p.id, &s.place);
        Booking {
            id: s.id.clone(),
            course: self.course(&s.course),
            place: Named { id: s.place.clone(), name: place.map_or(&s.place, |p| &p.name).clone() },
            online: place.is_some_and(|p| p.online),
            language: s.language.clone(),
            working_language: s.working_language.clone(),
            days: Span { first: s.start.0, last: s.end.0 },
            cohorts: s.requests.iter().map(|r| self.cohort(r, Some(&s.course))).collect(),
            team: s
                .team
                .iter()
                .map(|m| {
                    let trainer = find(&self.programme.trainers, |t| &t.id, &m.trainer);
                    let name = trainer.map_or(&m.trainer, |t| &t.name).clone();
                    Member {
                        trainer: Named { id: m.trainer.clone(), name },
                        email: trainer.map(|t| t.email.clone()).unwrap_or_default(),
                        role: m.role.0,
                    }
                })
                .collect(),
        }
    }

    fn course(&self, id: &str) -> Named {
        let course = find(&self.programme.courses, |c| &c.id, id);
        Named { id: id.to_string(), name: course.map_or(id, |c| &c.title).to_string() }
    }

    /// Every request of the programme, in file order, then those that only the plan knows.
    fn requests(&self, file: &PlanFile) -> Vec<Cohort> {
        let here = self.programme.requests.values().map(|r| self.cohort(&r.id, None));
        let served = file.sessions.iter().flat_map(|s| s.requests.iter().map(|r| (r, &s.course)));
        let gone = served.filter(|(r, _)| !self.requests.contains_key(r.as_str()));
        here.chain(gone.map(|(r, course)| self.cohort(r, Some(course)))).collect()
    }

    /// `course`: that of its session, if it has one.
    fn cohort(&self, request: &str, course: Option<&str>) -> Cohort {
        let programme = self.programme;
        let Some(r) = self.requests.get(request) else {
            let nothing = Named { id: String::new(), name: String::new() };
            let course = course.map_or(nothing.clone(), |c| self.course(c));
            return Cohort { request: request.to_string(), course, country: nothing, officials: 0 };
        };
        let of = &programme.requests[*r];
        let country = &programme.countries[programme.country_of(*r)];
        Cohort {
            request: request.to_string(),
            course: self.course(&programme.courses[of.course].id),
            country: Named { id: country.id.clone(), name: country.name.clone() },
            officials: of.participants,
        }
    }
}

fn find<'a, I: Id, T>(rows: &'a Dense<I, T>, id: impl Fn(&T) -> &str, wanted: &str) -> Option<&'a T> {
    rows.values().find(|row| id(row) == wanted)
}

/// Every fund of the programme, in file order, then those that only the plan knows.
fn funds(file: &PlanFile, programme: &Programme) -> Vec<Purse> {
    let mut charged: BTreeMap<&str, Cents> = BTreeMap::new();
    for charge in file.sessions.iter().flat_map(|s| &s.charges) {
        *charged.entry(&charge.fund).or_default() += charge.amount.0;
    }
    let mut funds: Vec<Purse> = programme
        .funds
        .values()
        .map(|fund| Purse {
            fund: Named { id: fund.id.clone(), name: fund.donor.clone() },
            in_kind: fund.in_kind,
            has: fund.has,
            used: charged.remove(fund.id.as_str()).unwrap_or_default().with_overhead(fund.overhead),
        })
        .collect();
    funds.extend(charged.into_iter().map(|(id, sum)| Purse {
        fund: Named { id: id.to_string(), name: id.to_string() },
        in_kind: false,
        has: MicroCents(0),
        used: sum.with_overhead(Micro(0)),
    }));
    funds
}
