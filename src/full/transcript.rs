//! Plans as values of columns, and back.

use super::candidates::Firm;
use super::model::{Model, Name};
use crate::milp::program::Col;
use crate::plan::goals::{Broken, broken};
use crate::plan::history::seats;
use crate::plan::{Mission, Plan, Seat};
use crate::programme::id::TrainerId;
use crate::programme::people::Role;
use std::collections::{BTreeMap, BTreeSet};

/// The whole-number columns of a plan that are one, money aside (the solver finds that itself); trips that the model
/// lacks are added. None where the plan has something that the model does not know.
pub fn chosen(model: &mut Model, plan: &Plan) -> Option<BTreeSet<Col>> {
    let mut ones = BTreeSet::new();
    let mut held = Vec::with_capacity(plan.sessions.len());
    for session in &plan.sessions {
        let c = model.candidates.iter().position(|c| {
            c.span == session.span
                && c.place == session.place
                && c.language == session.language
                && c.working == session.working_language
                && same(&c.requests, &session.requests)
        })?;
        held.push(c);
        ones.insert(*model.by_name.get(&Name::Session(c))?);
        for r in &session.requests {
            ones.insert(*model.by_name.get(&Name::Request(*r))?);
        }
        for seat in &session.team {
            if !model.candidates[c].able.contains(&seat.trainer) {
                return None;
            }
            ones.extend(model.by_name.get(&Name::Seat(c, seat.trainer)));
        }
    }
    for mission in &plan.missions {
        let mut visits: Vec<usize> = mission.sessions.iter().map(|i| model.site_of[held[*i]]).collect();
        visits.sort_by_key(|s| model.sites[*s].stop.span.first);
        ones.insert(model.add_trip(mission.trainer, &visits)?);
        ones.extend(model.by_name.get(&Name::Used(mission.trainer)));
    }
    for b in broken(model.brief.programme, plan) {
        match b {
            Broken::Quota(q) => ones.extend(model.by_name.get(&Name::Missed(q))),
            Broken::Floor(f) => ones.extend(model.by_name.get(&Name::Short(f))),
            Broken::Must(_) | Broken::Pin(_) => {}
        }
    }
    Some(ones)
}

fn same(sorted: &[crate::programme::id::RequestId], given: &[crate::programme::id::RequestId]) -> bool {
    sorted.len() == given.len() && given.iter().all(|r| sorted.contains(r))
}

/// The plan of a solution, without ids and charges; None where the values are no plan. `one` tells whether a column is
/// chosen.
pub fn plan(model: &Model, one: &dyn Fn(usize) -> bool) -> Option<Plan> {
    let programme = model.brief.programme;
    let mut plan = Plan::default();
    let mut teams: BTreeMap<usize, Vec<TrainerId>> = BTreeMap::new();
    let mut at_site: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, column) in model.columns.iter().enumerate() {
        if let Name::Session(c) = column.name
            && one(i)
        {
            teams.insert(c, Vec::new());
            at_site.entry(model.site_of[c]).or_default().push(c);
        }
    }
    let mut missions: Vec<(TrainerId, usize, Vec<usize>)> = Vec::new();
    for (i, column) in model.columns.iter().enumerate() {
        let Name::Trip(k) = column.name else { continue };
        if !one(i) {
            continue;
        }
        let trip = &model.trips[k];
        let mut sessions = Vec::new();
        for s in &trip.sites {
            // Of several sessions at one site, the one on whose team the trainer sits.
            let mine = |c: &&usize| {
                model.candidates[**c].able.contains(&trip.trainer)
                    && model.by_name.get(&Name::Seat(**c, trip.trainer)).is_none_or(|col| one(col.index()))
            };
            let c = *at_site.get(s)?.iter().find(mine)?;
            teams.get_mut(&c)?.push(trip.trainer);
            sessions.push(c);
        }
        missions.push((trip.trainer, k, sessions));
    }
    let mut place: BTreeMap<usize, usize> = BTreeMap::new();
    for (c, mut team) in teams {
        let candidate = &model.candidates[c];
        team.sort();
        let mut session = super::rows::goals::sketch(candidate);
        session.team = match &candidate.booked {
            Some(booked) => booked.team.clone(),
            None => seated(model, c, &team)?,
        };
        if candidate.firm == Firm::Open && session.team.len() != programme.courses[candidate.course].team() {
            return None;
        }
        place.insert(c, plan.sessions.len());
        plan.sessions.push(session);
    }
    for (trainer, k, sessions) in missions {
        let sessions = sessions.iter().map(|c| place.get(c).copied()).collect::<Option<Vec<usize>>>()?;
        plan.missions.push(Mission { trainer, span: model.trips[k].span, sessions });
    }
    Some(plan)
}

fn seated(model: &Model, c: usize, team: &[TrainerId]) -> Option<Vec<Seat>> {
    let candidate = &model.candidates[c];
    let seats = seats(model.brief.programme, candidate.course, candidate.working, team)?;
    debug_assert!(seats.iter().all(|s| s.role == Role::Co || candidate.leads.contains(&s.trainer)));
    Some(seats)
}
