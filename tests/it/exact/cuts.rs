//! What dating teaches the master is true of every plan: of those found anyway, and of those that come as near as can be
//! to breaking it.

use super::small::{Deaf, drawn, searched};
use crate::search::programmes::Chance;
use docent::dating::Choice;
use docent::dating::conflict::conflicts;
use docent::master::cuts::{self, Cut};
use docent::master::delivery::Firm;
use docent::master::model::{Chains, Grain, Model, Scope};
use docent::master::world::World;
use docent::master::{decode, encode};
use docent::milp::highs::{Limits, Patient, Sense, Solver, Status};
use docent::milp::program::Col;
use docent::plan::Plan;
use docent::plan::brief::Brief;
use docent::programme::Programme;
use docent::programme::id::Dense;

fn scope(grain: Grain, money: bool) -> Scope<'static> {
    Scope { grain, chains: Chains::Alone, only: None, people: None, money }
}

/// Sessions as they come and just people enough for each: much of it cannot be dated.
fn choice(model: &Model, chance: &mut Chance) -> Choice {
    let world = model.world;
    let mut choice = Choice::default();
    let mut taken: Dense<_, bool> = Dense::filled(false, world.programme.requests.len());
    let mut order: Vec<usize> = (0..model.held.len()).collect();
    for i in (1..order.len()).rev() {
        order.swap(i, chance.below(i as u64 + 1) as usize);
    }
    // What is booked takes place in any case.
    order.sort_by_key(|h| world.deliveries[model.held[*h].delivery].firm == Firm::Open);
    for h in order {
        let held = &model.held[h];
        let d = &world.deliveries[held.delivery];
        if d.requests.iter().any(|r| taken[*r]) {
            continue;
        }
        d.requests.iter().for_each(|r| taken[*r] = true);
        choice.sessions.push((held.delivery, held.spans.clone()));
        let cell = &model.cells[held.cell];
        // Leads first: a team needs them.
        let mut seats = cell.seats.clone();
        seats.sort_by_key(|s| (!model.seats[*s].lead, chance.below(5)));
        let team = model.team_size(held.cell) + chance.below(2) as usize;
        for s in seats.into_iter().take(team) {
            choice.people.insert((cell.course, cell.place, cell.working, model.seats[s].trainer));
        }
    }
    choice
}

/// A plan as the master sees it.
fn values(model: &Model, plan: &Plan, name: &str) -> Vec<f64> {
    let encoded = encode::plan(model, plan).unwrap_or_else(|| panic!("{name}: no column for something in the plan"));
    let mut values = vec![0.0; model.program.columns()];
    for (col, value) in encoded.values {
        values[col.index()] = value;
    }
    values
}

/// The sessions and people of a plan, for less than it paid: that can be dated, but not at this price.
fn cheaper(model: &Model, plan: &Plan, chance: &mut Chance, name: &str) -> Choice {
    let mut choice = Choice::of(model, &values(model, plan, name));
    choice.paid.values_mut().for_each(|cents| *cents -= chance.below(*cents as u64 / 2 + 2) as i64);
    choice
}

/// What a plan makes of a cut's row: its left side less its right side.
fn room(world: &World, cut: &Cut, plan: &Plan, name: &str) -> f64 {
    let mut model = Model::new(world, &scope(Grain::Free, true));
    let row = model.program.rows();
    cuts::add(&mut model, cut);
    model.program.settle();
    let values = values(&model, plan, name);
    let sum: f64 = model.program.terms(row).iter().map(|(c, v)| v * values[c.index()]).sum();
    sum - model.program.row_lower[row]
}

/// The plan that comes nearest to breaking a cut, money aside: as many of its sessions, or of what stands for them, with
/// as few others.
fn nearest(world: &World, cut: &Cut) -> Option<Plan> {
    let model = Model::new(world, &scope(Grain::Days, false));
    let mut sites = Vec::new();
    let mut terms: Vec<(Col, f64)> = Vec::new();
    for (delivery, spans) in &cut.sessions {
        let d = &world.deliveries[*delivery];
        if d.firm != Firm::Open {
            continue;
        }
        sites.push((d.course, d.place, d.working));
        for held in &model.held {
            let other = &world.deliveries[held.delivery];
            let serves = d.requests.iter().all(|r| other.requests.contains(r));
            if serves && other.place == d.place && other.working == d.working && spans.contains(&held.spans[0]) {
                terms.push((held.col, 1.0));
            }
        }
    }
    for seat in &model.seats {
        let cell = &model.cells[seat.cell];
        let site = (cell.course, cell.place, cell.working);
        let stranger = !cut.people.contains(&(cell.course, cell.place, cell.working, seat.trainer));
        if cell.firm == Firm::Open && sites.contains(&site) && stranger {
            terms.push((seat.col, -0.9));
        }
    }
    let mut solver = Solver::new(&model.program);
    solver.objective(Sense::Maximise, &terms);
    let answer = solver.run(Limits { iterations: Some(50_000), ..Limits::default() }, &mut Patient);
    if !matches!(answer.status, Status::Optimal | Status::Stopped) {
        return None;
    }
    decode::plan(&model, &answer.values?)
}

/// How many cuts there were, how many of them some plan just keeps, and how many are about money.
fn hold(programme: &Programme, seed: u64, name: &str) -> (usize, usize, usize) {
    let brief = Brief::new(programme);
    let world = World::new(&brief);
    let model = Model::new(&world, &scope(Grain::Free, true));
    let mut chance = Chance::new(seed);
    let plans: Vec<Plan> = (0..3).filter_map(|s| searched(&brief, s, 300)).collect();
    let (mut all, mut tight, mut dear) = (0, 0, 0);
    let mut choices: Vec<Choice> = (0..2).map(|_| choice(&model, &mut chance)).collect();
    choices.extend(plans.iter().map(|plan| cheaper(&model, plan, &mut chance, name)));
    for choice in choices {
        for cut in conflicts(&world, &choice, &Deaf).0 {
            all += 1;
            dear += usize::from(cut.least.is_some());
            let near = nearest(&world, &cut).unwrap_or_else(|| panic!("{name}: no plan at all"));
            for (i, plan) in plans.iter().chain([&near]).enumerate() {
                let room = room(&world, &cut, plan, name);
                assert!(room > -1e-6, "{name}: plan {i} breaks {cut:?}: {plan:#?}");
                tight += usize::from(i == plans.len() && room < 0.5);
            }
        }
    }
    (all, tight, dear)
}

#[test]
fn every_plan_keeps_what_dating_taught() {
    let (mut all, mut tight, mut dear) = (0, 0, 0);
    for seed in 0..4 {
        let (cuts, near, money) = hold(&drawn(seed, 8 + seed as u32, false), seed, &format!("drawn {seed}"));
        all += cuts;
        tight += near;
        dear += money;
    }
    assert!(all > 8 && tight > 3 && dear > 3, "{all} cuts, {tight} of them as near as can be, {dear} about money");
}
