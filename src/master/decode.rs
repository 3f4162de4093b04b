//! From the values of a model that tells days apart to a plan: sessions, teams dealt out, missions. No charges.

use super::model::Model;
use crate::plan::mission::{Stop, trip};
use crate::plan::{Mission, Plan, Seat, Session, Status};
use crate::programme::id::TrainerId;
use crate::programme::people::Role;
use crate::rules::team_needs;

/// The plan that these values stand for; None where they are not whole or a team cannot be dealt out.
pub fn plan(model: &Model, values: &[f64]) -> Option<Plan> {
    let on = |col: crate::milp::program::Col| values[col.index()] > 0.5;
    let programme = model.world.programme;
    let mut plan = Plan::default();
    // By held column: the session it became.
    let mut session_of = vec![None; model.held.len()];
    for cell in &model.cells {
        let held: Vec<usize> = cell.held.iter().copied().filter(|h| on(model.held[*h].col)).collect();
        if held.is_empty() {
            continue;
        }
        let people: Vec<(TrainerId, bool)> =
            cell.seats.iter().map(|s| &model.seats[*s]).filter(|s| on(s.col)).map(|s| (s.trainer, s.lead)).collect();
        let teams = if held.len() == 1 && !model.world.deliveries[model.held[held[0]].delivery].team.is_empty() {
            vec![model.world.deliveries[model.held[held[0]].delivery].team.clone()]
        } else {
            deal(model, &held, &people)?
        };
        for (h, team) in held.iter().zip(teams) {
            let d = &model.world.deliveries[model.held[*h].delivery];
            session_of[*h] = Some(plan.sessions.len());
            plan.sessions.push(Session {
                id: String::new(),
                status: Status::Proposed,
                course: d.course,
                place: d.place,
                language: d.language,
                working_language: d.working,
                span: *model.held[*h].spans.first()?,
                requests: d.requests.clone(),
                team,
                charges: Vec::new(),
            });
        }
    }
    let taught = |seat: usize| {
        let s = &model.seats[seat];
        model.cells[s.cell]
            .held
            .iter()
            .filter_map(|h| session_of[*h])
            .find(|i: &usize| plan.sessions[*i].team.iter().any(|m| m.trainer == s.trainer))
    };
    let mut missions = Vec::new();
    let mut alone: Vec<bool> = model.seats.iter().map(|s| on(s.col)).collect();
    for t in model.trips.iter().filter(|t| on(t.col)) {
        let mut sessions = Vec::new();
        for s in &t.seats {
            alone[*s] = false;
            sessions.push(taught(*s)?);
        }
        missions.push((t.trainer, sessions));
    }
    for (s, seat) in model.seats.iter().enumerate() {
        if alone[s] {
            missions.push((seat.trainer, vec![taught(s)?]));
        }
    }
    for (trainer, mut sessions) in missions {
        sessions.sort_by_key(|i| plan.sessions[*i].span);
        let stops: Vec<Stop> =
            sessions.iter().map(|i| crate::plan::price::stop(programme, &plan.sessions[*i])).collect();
        let span = trip(programme, trainer, &stops)?.span;
        plan.missions.push(Mission { trainer, span, sessions });
    }
    plan.sort(programme);
    Some(plan)
}

/// Deals the people of a cell out to its sessions.
fn deal(model: &Model, held: &[usize], people: &[(TrainerId, bool)]) -> Option<Vec<Vec<Seat>>> {
    let course = model.world.deliveries[model.held[held[0]].delivery].course;
    let size = model.team_size(model.held[held[0]].cell);
    if people.len() != size * held.len() {
        return None;
    }
    // Those who may lead last: co-trainers find their places first.
    let mut order = people.to_vec();
    order.sort_by_key(|(t, lead)| (*lead, *t));
    let mut teams: Vec<Vec<(TrainerId, bool)>> = vec![Vec::new(); held.len()];
    let mut tries = 100_000;
    if !place(model, course, size, &order, &mut teams, &mut tries) {
        return None;
    }
    let leads = model.world.programme.courses[course].leads as usize;
    Some(
        teams
            .into_iter()
            .map(|mut team| {
                team.sort_by_key(|(t, lead)| (!*lead, *t));
                let role = |i: usize| if i < leads { Role::Lead } else { Role::Co };
                team.into_iter().enumerate().map(|(i, (trainer, _))| Seat { role: role(i), trainer }).collect()
            })
            .collect(),
    )
}

fn place(
    model: &Model,
    course: crate::programme::id::CourseId,
    size: usize,
    left: &[(TrainerId, bool)],
    teams: &mut Vec<Vec<(TrainerId, bool)>>,
    tries: &mut u32,
) -> bool {
    let programme = model.world.programme;
    let leads = programme.courses[course].leads as usize;
    let Some((first, rest)) = left.split_first() else {
        return teams.iter().all(|team| {
            team.iter().filter(|(_, lead)| *lead).count() >= leads
                && team_needs::admits(programme, course, team.iter().map(|(t, _)| *t))
        });
    };
    for i in 0..teams.len() {
        let cos = teams[i].iter().filter(|(_, lead)| !*lead).count();
        let first_empty = teams[..i].iter().any(Vec::is_empty) && teams[i].is_empty();
        if *tries == 0 || teams[i].len() == size || !first.1 && cos >= size - leads || first_empty {
            continue;
        }
        *tries -= 1;
        teams[i].push(*first);
        if place(model, course, size, rest, teams, tries) {
            return true;
        }
        teams[i].pop();
    }
    false
}
