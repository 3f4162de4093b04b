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
use docent::master::world::World;
use docent::milp::highs::{Limits, Patient, Sense, Solver, Status};
use docent::plan::brief::Brief;
use docent::plan::goals::value;
use docent::programme::Programme;
use docent::words::GoalId;

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
