//! From a plan to values of a model's whole columns: a start for the solver, and the test that a bound is valid.

use super::model::Model;
use crate::milp::program::Col;
use crate::plan::Plan;
use crate::plan::mission::Stop;
use crate::plan::price::stop;

/// The whole columns that this plan sets, at its values; None where the model has no column for something in it.
/// Chained missions are looked for among the trips that the model has; those that are missing come back to be added.
pub struct Encoded {
    pub values: Vec<(Col, f64)>,
    /// Chained missions without a column: their seats in date order, with the idle days before each.
    pub missing: Vec<(Vec<usize>, Vec<i32>)>,
}

/// Looks up a plan in a model.
pub fn plan(model: &Model, plan: &Plan) -> Option<Encoded> {
    let world = model.world;
    let mut values = vec![0.0; model.program.columns()];
    let mut cell_of = Vec::with_capacity(plan.sessions.len());
    for session in &plan.sessions {
        let first = session.requests.first()?;
        let held = model.serving[*first].iter().copied().find(|h| {
            let held = &model.held[*h];
            let d = &world.deliveries[held.delivery];
            d.place == session.place
                && d.language == session.language
                && d.working == session.working_language
                && d.requests == session.requests
                && held.spans.contains(&session.span)
        })?;
        values[model.held[held].col.index()] = 1.0;
        cell_of.push(model.held[held].cell);
    }
    for r in world.programme.requests.ids() {
        if let Some(col) = model.served[r] {
            let held = model.serving[r].iter().map(|h| values[model.held[*h].col.index()]).sum();
            values[col.index()] = held;
        }
    }
    let mut missing = Vec::new();
    for mission in &plan.missions {
        let mut seats = Vec::with_capacity(mission.sessions.len());
        for s in &mission.sessions {
            let seat =
                model.cells[cell_of[*s]].seats.iter().copied().find(|i| model.seats[*i].trainer == mission.trainer)?;
            values[model.seats[seat].col.index()] += 1.0;
            seats.push(seat);
        }
        if let Some(used) = model.used[mission.trainer] {
            values[used.index()] = 1.0;
        }
        if seats.len() > 1 {
            let stops: Vec<Stop> = mission.sessions.iter().map(|s| stop(world.programme, &plan.sessions[*s])).collect();
            let idle: Vec<i32> = (0..stops.len())
                .map(|i| {
                    let before = if i == 0 { return 0 } else { &stops[i - 1] };
                    let way = world.programme.travel.leg(before.place, stops[i].place).map_or(0, |l| l.days);
                    stops[i].span.first - before.span.last - 1 - way
                })
                .collect();
            if !model.has_trips() {
                return None;
            }
            match model.trips.iter().find(|t| t.seats == seats && t.idle == idle) {
                Some(t) => values[t.col.index()] += 1.0,
                None => missing.push((seats, idle)),
            }
        }
    }
    let whole = (0..model.program.columns()).filter(|c| model.program.integer[*c]);
    let short: Vec<Col> =
        model.short_quota.iter().map(|(_, c)| *c).chain(model.short_floor.iter().map(|(_, c)| *c)).collect();
    let values = whole.map(|c| (Col(c as u32), values[c])).filter(|(c, _)| !short.contains(c)).collect();
    Some(Encoded { values, missing })
}
