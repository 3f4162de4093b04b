//! A plan with the names of its programme, ready to be compared.

use super::{Booking, Cohort, Figure, Member, Named, Purse, Side};
use crate::plan::Plan;
use crate::plan::goals::uses;
use crate::programme::Programme;
use crate::programme::id::RequestId;
use crate::solve::report::{GoalReport, hundredths};

impl Side {
    /// The plan of this programme under this name. Goals as the solver reports them.
    pub fn of(name: &str, programme: &Programme, plan: &Plan, goals: &[GoalReport]) -> Side {
        let figures = goals
            .iter()
            .map(|g| Figure {
                goal: g.goal,
                value: hundredths(g.goal, g.value),
                bound: hundredths(g.goal, g.bound),
                proof: g.proof.word().to_string(),
            })
            .collect();
        Side::with_figures(name, programme, plan, figures)
    }

    /// The plan of this programme under this name, goals as its file has them.
    pub fn with_figures(name: &str, programme: &Programme, plan: &Plan, goals: Vec<Figure>) -> Side {
        let sessions = plan
            .sessions
            .iter()
            .map(|s| Booking {
                id: s.id.clone(),
                course: course(programme, s.course),
                place: Named { id: programme.places[s.place].id.clone(), name: programme.places[s.place].name.clone() },
                online: programme.places[s.place].online,
                language: programme.languages[s.language].clone(),
                working_language: programme.languages[s.working_language].clone(),
                days: s.span,
                cohorts: s.requests.iter().map(|r| cohort(programme, *r)).collect(),
                team: s
                    .team
                    .iter()
                    .map(|seat| {
                        let trainer = &programme.trainers[seat.trainer];
                        Member {
                            trainer: Named { id: trainer.id.clone(), name: trainer.name.clone() },
                            email: trainer.email.clone(),
                            role: seat.role,
                        }
                    })
                    .collect(),
            })
            .collect();
        let used = uses(programme, plan);
        let funds = programme
            .funds
            .iter()
            .map(|(f, fund)| Purse {
                fund: Named { id: fund.id.clone(), name: fund.donor.clone() },
                in_kind: fund.in_kind,
                has: fund.has,
                used: used[f],
            })
            .collect();
        Side {
            name: name.to_string(),
            currency: programme.currency.clone(),
            goals,
            sessions,
            funds,
            requests: programme.requests.ids().map(|r| cohort(programme, r)).collect(),
        }
    }
}

fn course(programme: &Programme, course: crate::programme::id::CourseId) -> Named {
    let course = &programme.courses[course];
    Named { id: course.id.clone(), name: course.title.clone() }
}

fn cohort(programme: &Programme, request: RequestId) -> Cohort {
    let of = &programme.requests[request];
    let country = &programme.countries[programme.country_of(request)];
    Cohort {
        request: of.id.clone(),
        course: course(programme, of.course),
        country: Named { id: country.id.clone(), name: country.name.clone() },
        officials: of.participants,
    }
}
