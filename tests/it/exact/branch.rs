//! Branch and price: between the relaxation's bound and the best whole values of the same master with every trip listed.

use super::small::{Deaf, drawn};
use docent::master::aims::Aim;
use docent::master::branch::branch;
use docent::master::ladder::{Work, whole};
use docent::master::linear::relaxed;
use docent::master::model::{Chains, Grain, Model, Scope};
use docent::master::trips;
use docent::master::world::World;
use docent::milp::compact::Compact;
use docent::milp::highs::{Limits, Status};
use docent::plan::brief::Brief;
use docent::programme::Programme;
use docent::words::GoalId;

const WORK: Work = Work { iterations: 200_000 };

/// Whether branching betters the bound of a goal, and whether it ends at the best values; None where that is too much to
/// look at.
fn branched(programme: &Programme, goal: GoalId, name: &str) -> Option<(bool, bool)> {
    let brief = Brief::new(programme);
    let world = World::new(&brief);
    let scope = Scope { grain: Grain::Free, chains: Chains::Trips, only: None, people: None, money: true };
    let mut model = Model::new(&world, &scope);
    let aim = Aim::new(&model, goal);
    let sign = if goal.maximised() { -1.0 } else { 1.0 };
    let mut linear = relaxed(&mut model, &aim, WORK, &Deaf, &mut 0)?;
    let mut solver = linear.solver.take()?;

    let mut all = Model::new(&world, &scope);
    let again = relaxed(&mut all, &aim, WORK, &Deaf, &mut 0)?;
    if !trips::list(&mut all, &again.answer, aim.sense(), 1e9, &Deaf) {
        return None;
    }
    all.program.settle();
    let upper = all.program.upper.clone();
    let best = whole(&Compact::new(&all.program, &upper), &aim, None, Limits::default(), &Deaf);
    assert_eq!(best.status, Status::Optimal, "{name}");
    let best = sign * best.objective;

    let slack = 1e-6 * best.abs().max(1.0);
    let mut bounds = Vec::new();
    // Whether the best value is known, or only one far off.
    for roof in [best, best + 0.1 * best.abs() + 1.0] {
        let found = branch(&mut model, &mut solver, &aim, (linear.bound, roof), WORK.iterations, &Deaf);
        assert!(found.bound >= linear.bound - slack, "{name}: {} is worse than {}", found.bound, linear.bound);
        assert!(found.bound <= best + slack, "{name}: {goal} can be {best}, the bound says {}", found.bound);
        bounds.push(found.bound);
    }
    Some((bounds[1] > linear.bound + slack, bounds[1] >= best - slack))
}

#[test]
fn branching_betters_bounds_and_never_passes_the_best() {
    let (mut betters, mut ends) = (0, 0);
    for seed in 0..12 {
        let programme = drawn(seed, 6 + seed as u32 % 4, true);
        for goal in [GoalId::Coverage, GoalId::Commitments] {
            if let Some((better, end)) = branched(&programme, goal, &format!("drawn {seed}")) {
                betters += usize::from(better);
                ends += usize::from(end);
            }
        }
    }
    assert!(betters > 2, "only {betters} bounds are better than the relaxation's");
    assert!(ends > 12, "only {ends} end at the best values");
}
