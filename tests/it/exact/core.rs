//! The core of a choice: with every request undecided it finds what the whole master finds, with some decided never more, and
//! whatever it finds keeps every row.

use super::small::{Deaf, drawn};
use docent::master::aims::Aim;
use docent::master::core::core;
use docent::master::ladder::{Work, whole};
use docent::master::linear::relaxed;
use docent::master::model::{Chains, Grain, Model, Scope};
use docent::master::world::World;
use docent::milp::compact::Compact;
use docent::milp::highs::{Limits, Status};
use docent::milp::program::INFINITE;
use docent::plan::brief::Brief;
use docent::words::GoalId;

/// Looks for values of one programme with so much work; how far they are from the best there are, if there are any.
fn missing(seed: u64, requests: u32, work: u64) -> Option<f64> {
    let programme = drawn(seed, requests, false);
    let brief = Brief::new(&programme);
    let world = World::new(&brief);
    let scope = Scope { grain: Grain::Free, chains: Chains::Alone, only: None, people: None, money: true };
    let mut model = Model::new(&world, &scope);
    let aim = Aim::new(&model, GoalId::Coverage);
    let linear = relaxed(&mut model, &aim, Work { iterations: 100_000 }, &Deaf, &mut 0).expect("a bound");
    let upper = model.program.upper.clone();
    let all = whole(&Compact::new(&model.program, &upper), &aim, None, Limits::default(), &Deaf);
    assert_eq!(all.status, Status::Optimal, "{seed}");
    let found = core(&model, &aim, &linear.answer, INFINITE, work, &Deaf);
    let values = found.values?;
    for row in 0..model.program.rows() {
        let sum: f64 = model.program.terms(row).iter().map(|(c, v)| v * values[c.index()]).sum();
        let (lower, upper) = (model.program.row_lower[row], model.program.row_upper[row]);
        assert!(lower - 1e-5 <= sum && sum <= upper + 1e-5, "{seed}: row {row}: {lower} ≤ {sum} ≤ {upper}");
    }
    let better = core(&model, &aim, &linear.answer, -all.objective - aim.step(), work, &Deaf);
    assert!(better.values.is_none(), "{seed}: nothing is better than the best");
    Some(all.objective - found.objective)
}

#[test]
fn with_nothing_decided_the_core_is_the_whole() {
    for seed in 0..8 {
        let missing =
            missing(seed, 10 + seed as u32 % 8, 100_000).unwrap_or_else(|| panic!("{seed}: something is there"));
        assert!(missing.abs() < 1e-6, "{seed}: {missing} points less than there are");
    }
}

#[test]
fn with_most_decided_the_core_is_part_of_the_whole() {
    let missing: Vec<f64> = (0..3).filter_map(|seed| missing(seed, 30, 10_000)).collect();
    assert!(missing.len() > 1, "only {} of 3 had anything", missing.len());
    assert!(missing.iter().all(|m| *m > -1e-6), "{missing:?}");
}
