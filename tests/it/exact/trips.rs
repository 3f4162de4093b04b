//! Bounds that know trips: brute force does not beat them, and no trip that a plan makes was overlooked.

use super::small::{Deaf, drawn, searched};
use crate::oracle::best_within;
use docent::dating::exact::{Exact, Task};
use docent::master::aims::Aim;
use docent::master::encode;
use docent::master::ladder::{Work, hold_all};
use docent::master::linear::relaxed;
use docent::master::model::{Chains, Grain, Model, Scope};
use docent::master::trips;
use docent::master::trips::visits::Count;
use docent::master::world::World;
use docent::milp::highs::{Limits, Patient, Sense, Solver, Status};
use docent::milp::program::Col;
use docent::plan::brief::Brief;
use docent::plan::goals::value;
use docent::programme::Programme;
use docent::words::GoalId;
use std::collections::HashMap;

/// Goals of the best plan that there is, against what is said of plans that keep its earlier ones: how many are
/// reached. However little work there was for it, a bound is a bound.
fn brute(programme: &Programme, name: &str) -> usize {
    let brief = Brief::new(programme);
    let Some(best) = best_within(&brief, 4_000) else { return 0 };
    let world = World::new(&brief);
    let mut reached = 0;
    for iterations in [60, 3_000] {
        let mut exact = Exact::dateless(&world);
        let mut given: Vec<(GoalId, i128)> = Vec::new();
        for ((goal, own), limit) in best.best.iter().zip(&best.limits) {
            let task = Task { given: &given, goal: *goal, known: None, plan: None, work: Work { iterations } };
            if let Some(bound) = exact.prove(&task, &Deaf).bound {
                let fair = if goal.maximised() { bound >= *own } else { bound <= *own };
                assert!(fair, "{name}: the best {goal} is {own}, the bound {bound}");
                reached += usize::from(bound == *own);
            }
            given.push((*goal, *limit));
        }
    }
    reached
}

#[test]
fn brute_force_does_not_beat_bounds_that_know_trips() {
    let reached: usize = (0..10).map(|s| brute(&drawn(s, 4 + s as u32 % 3, true), &format!("drawn {s}"))).sum();
    assert!(reached > 20, "the bounds say something: {reached} are reached");
}

/// The relaxation's bound of each goal, against the relaxation with the trips of plans let in: how many there were.
fn overlooked(programme: &Programme, name: &str) -> usize {
    let brief = Brief::new(programme);
    let world = World::new(&brief);
    let plans: Vec<_> = (1..4).filter_map(|seed| searched(&brief, seed, 2_000)).collect();
    let Some(first) = plans.first() else { return 0 };
    let scope = Scope { grain: Grain::Free, chains: Chains::Trips, only: None, people: None, money: true };
    let mut let_in = 0;
    for goal in brief.goals() {
        let mut model = Model::new(&world, &scope);
        let earlier = brief.goals().into_iter().take_while(|g| *g != goal);
        let given: Vec<(GoalId, i128)> = earlier.map(|g| (g, value(g, &brief, first))).collect();
        hold_all(&mut model, &given);
        let aim = Aim::new(&model, goal);
        let work = Work { iterations: 100_000 };
        let Some(linear) = relaxed(&mut model, &aim, work, &Deaf, &mut 0) else { continue };
        for plan in &plans {
            let found = encode::plan(&model, plan).unwrap_or_else(|| panic!("{name}: a plan that the master lacks"));
            for (seats, idle) in &found.missing {
                assert!(trips::admit(&mut model, seats, idle), "{name}: a trip that cannot be");
                let_in += 1;
            }
        }
        model.program.settle();
        let mut solver = Solver::new(&model.program);
        solver.objective(aim.sense(), &aim.terms);
        solver.relax(true);
        let answer = solver.run(Limits::default(), &mut Patient);
        assert_eq!(answer.status, Status::Optimal, "{name}: {goal}");
        let least = if aim.sense() == Sense::Maximise { -answer.objective } else { answer.objective };
        let slack = 1e-6 * least.abs().max(1.0);
        assert!(linear.bound <= least + slack, "{name}: {goal} can be {least}, the bound says {}", linear.bound);
    }
    let_in
}

#[test]
fn no_trip_is_overlooked() {
    let trips: usize = (0..12).map(|s| overlooked(&drawn(s, 9 + s as u32 % 8, true), &format!("drawn {s}"))).sum();
    assert!(trips > 10, "plans make trips that the relaxation had no use for: {trips}");
}

/// Rows over visits: plans keep them, and pricing knows what they cost. How many there were, and how many over pairs.
fn visited(programme: &Programme, name: &str) -> (usize, usize) {
    let brief = Brief::new(programme);
    let world = World::new(&brief);
    let plans: Vec<_> = (1..4).filter_map(|seed| searched(&brief, seed, 2_000)).collect();
    let scope = Scope { grain: Grain::Free, chains: Chains::Trips, only: None, people: None, money: true };
    let mut model = Model::new(&world, &scope);
    for goal in [GoalId::Coverage, GoalId::Cost] {
        let aim = Aim::new(&model, goal);
        if goal == GoalId::Cost {
            // So that something is served.
            let given: Vec<(GoalId, i128)> =
                plans.first().map_or(Vec::new(), |p| vec![(GoalId::Coverage, value(GoalId::Coverage, &brief, p))]);
            hold_all(&mut model, &given);
        }
        let work = Work { iterations: 100_000 };
        let Some(linear) = relaxed(&mut model, &aim, work, &Deaf, &mut 0) else { continue };
        // All trips that there are, whatever they cost: none makes the relaxation better.
        if trips::list(&mut model, &linear.answer, aim.sense(), f64::MAX, &Deaf) {
            model.program.settle();
            let mut solver = Solver::new(&model.program);
            solver.objective(aim.sense(), &aim.terms);
            solver.relax(true);
            let answer = solver.run(Limits::default(), &mut Patient);
            let least = if aim.sense() == Sense::Maximise { -answer.objective } else { answer.objective };
            let slack = 1e-6 * least.abs().max(1.0);
            assert!(linear.bound <= least + slack, "{name}: {goal} can be {least}, the bound says {}", linear.bound);
        }
    }
    for plan in &plans {
        for (seats, idle) in &encode::plan(&model, plan).expect("columns").missing {
            assert!(trips::admit(&mut model, seats, idle), "{name}: a trip that cannot be");
        }
        model.program.settle();
        let held: HashMap<Col, f64> = encode::plan(&model, plan).expect("columns").values.into_iter().collect();
        for (visits, row) in &model.trip_rows.visits {
            let row = row.expect("in the program");
            let sum: f64 = model.program.terms(row.index()).iter().map(|(c, v)| held.get(c).unwrap_or(&0.0) * v).sum();
            assert!(sum <= model.program.row_upper[row.index()] + 1e-9, "{name}: a plan breaks {visits:?}");
        }
    }
    let pairs = model.trip_rows.visits.iter().filter(|(visits, _)| visits.count == Count::Pairs).count();
    (model.trip_rows.visits.len() - pairs, pairs)
}

#[test]
fn plans_keep_the_rows_over_visits() {
    let rows = (0..16).map(|s| visited(&drawn(s, 14 + s as u32 % 8, true), &format!("drawn {s}")));
    let (beyond, pairs) = rows.fold((0, 0), |all, rows| (all.0 + rows.0, all.1 + rows.1));
    assert!(beyond > 0 && pairs > 5, "relaxations visit more than there is: {beyond} rows, {pairs} of pairs");
}
