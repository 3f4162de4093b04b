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
use docent::milp::program::Col;
use docent::plan::brief::Brief;
use docent::plan::goals::value;
use docent::programme::Programme;
use docent::read::load;
use docent::words::GoalId;
use std::collections::HashMap;
use std::path::Path;

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
            let task =
                Task { given: &given, goal: *goal, known: None, plan: None, beyond: None, work: Work { iterations } };
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

/// Rows over visits: plans keep them, and pricing knows what they cost. How many there were.
fn visited(programme: &Programme, name: &str) -> usize {
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
    model.trip_rows.visits.len()
}

#[test]
fn plans_keep_the_rows_over_visits() {
    let rows: usize = (0..16).map(|s| visited(&drawn(s, 14 + s as u32 % 8, true), &format!("drawn {s}"))).sum();
    assert!(rows > 5, "relaxations visit more than there is: {rows} rows");
}

/// Two requests for a course at one place, the second on days from `from` on: what both cost at least.
fn twice(from: &str) -> i128 {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("trips").join(from);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let head = "[programme]\nname = \"Twice\"\nstart = 2027-01-04\nend = 2027-12-17\ncurrency = \"USD\"\n";
    let requests = format!(
        "id,course,place,participants,languages,earliest,latest,shared\n\
         R1,K,B,20,en,2027-02-01,2027-02-26,no\nR2,K,B,20,en,{from},2027-11-26,no\n"
    );
    let tables = [
        ("programme.toml", format!("{head}\n[rules]\nchain_missions = true\n")),
        ("courses.csv", "id,title,days,leads,co_trainers,min_participants,max_participants,languages\nK,Course,3,1,0,10,20,en\n".into()),
        ("places.csv", "id,name,country,region,weekend,venue_day,allowance_day\nA,Home,AA,X,sat;sun,0,100\nB,Away,BB,X,sat;sun,0,100\n".into()),
        ("trainers.csv", "id,name,home,languages,fee_day,max_days\nT,Trainer,A,en,500,60\n".into()),
        ("qualifications.csv", "trainer,course,role\nT,K,lead\n".into()),
        ("travel.csv", "from,to,fare,days\nA,B,1000,1\n".into()),
        ("funds.csv", "id,donor,amount,currency\nF,Donor,100000,USD\n".into()),
        ("requests.csv", requests),
    ];
    for (file, text) in tables {
        std::fs::write(folder.join(file), text).expect("a table");
    }
    let loaded = load(&folder, &[]);
    let programme = loaded.programme.unwrap_or_else(|| panic!("{:?}", loaded.findings));
    let brief = Brief::new(&programme);
    let world = World::new(&brief);
    let given = [(GoalId::Commitments, 0), (GoalId::Coverage, 40 * GoalId::Coverage.units())];
    let work = Work { iterations: 10_000 };
    let task = Task { given: &given, goal: GoalId::Cost, known: None, plan: None, beyond: None, work };
    Exact::dateless(&world).prove(&task, &Deaf).bound.expect("a bound")
}

#[test]
fn sessions_that_are_months_apart_are_on_no_trip_though_they_look_alike() {
    // Out and back twice: 2,000 each, and five days of fees and allowance. In a row: once, and the days of both ways once.
    let (apart, near) = (twice("2027-11-01"), twice("2027-02-01"));
    assert_eq!(apart, 2 * (2_000 + 5 * 500 + 4 * 100) * GoalId::Cost.units(), "out and back twice");
    assert!(near < apart, "in a row {near}, apart {apart}");
}
