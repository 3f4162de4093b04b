//! A plan file as one side of a comparison.

use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::money::{Cents, MicroCents};
use crate::read::plan_file::{PlanFile, Session};
use crate::whatif::compare::{Booking, Cohort, Figure, Member, Named, Purse, Side};

/// The side that this plan is. Names come from the programme; where it lacks a row, the id stands for the name.
pub fn of(name: &str, programme: &Programme, file: &PlanFile) -> Side {
    let charged = |fund: &str| -> Cents {
        file.sessions.iter().flat_map(|s| &s.charges).filter(|c| c.fund == fund).map(|c| c.amount.0).sum()
    };
    Side {
        name: name.to_string(),
        currency: programme.currency.clone(),
        goals: file
            .goals
            .iter()
            .map(|g| Figure { goal: g.name.0, value: g.value.0, bound: g.bound.0, proof: g.proof.clone() })
            .collect(),
        sessions: file.sessions.iter().map(|s| booking(programme, s)).collect(),
        funds: programme
            .funds
            .values()
            .map(|f| Purse {
                fund: named(&f.id, &f.donor),
                in_kind: f.in_kind,
                has: f.has,
                used: MicroCents(charged(&f.id).with_overhead(f.overhead).0),
            })
            .collect(),
        requests: programme.requests.values().map(|r| cohort(programme, &r.id)).collect(),
    }
}

fn named(id: &str, name: &str) -> Named {
    Named { id: id.to_string(), name: if name.is_empty() { id } else { name }.to_string() }
}

fn booking(programme: &Programme, s: &Session) -> Booking {
    let place = programme.places.values().find(|p| p.id == s.place);
    Booking {
        id: s.id.clone(),
        course: course(programme, &s.course),
        place: named(&s.place, place.map_or("", |p| &p.name)),
        online: place.is_some_and(|p| p.online),
        language: s.language.clone(),
        working_language: s.working_language.clone(),
        days: Span { first: s.start.0, last: s.end.0 },
        cohorts: s.requests.iter().map(|r| cohort(programme, r)).collect(),
        team: s
            .team
            .iter()
            .map(|m| {
                let trainer = programme.trainers.values().find(|t| t.id == m.trainer);
                Member {
                    trainer: named(&m.trainer, trainer.map_or("", |t| &t.name)),
                    email: trainer.map_or(String::new(), |t| t.email.clone()),
                    role: m.role.0,
                }
            })
            .collect(),
    }
}

fn course(programme: &Programme, id: &str) -> Named {
    let title = programme.courses.values().find(|c| c.id == id).map_or("", |c| &c.title);
    named(id, title)
}

fn cohort(programme: &Programme, id: &str) -> Cohort {
    let request = programme.requests.values().find(|r| r.id == id);
    let country = request.map(|r| &programme.countries[programme.places[r.place].country]);
    Cohort {
        request: id.to_string(),
        course: request.map_or(named("", ""), |r| course(programme, &programme.courses[r.course].id)),
        country: country.map_or(named("", ""), |c| named(&c.id, &c.name)),
        officials: request.map_or(0, |r| r.participants),
    }
}
