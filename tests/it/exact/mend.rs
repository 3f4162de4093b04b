//! A choice that dating refused, mended: as good as before, true to what dating taught, and the same wherever nobody
//! complained.

use super::small::{Deaf, drawn};
use docent::dating::Choice;
use docent::dating::conflict::conflicts;
use docent::master::aims::Aim;
use docent::master::cuts;
use docent::master::ladder::{Start, Work, climb};
use docent::master::mend::mend;
use docent::master::model::{Chains, Grain, Model, Scope};
use docent::master::world::World;
use docent::plan::brief::Brief;
use docent::programme::id::RequestId;
use docent::words::GoalId;
use std::collections::BTreeSet;

/// By *held* column: whether it is on.
fn held(model: &Model, values: &[f64]) -> Vec<bool> {
    model.held.iter().map(|h| values[h.col.index()] > 0.5).collect()
}

/// Mends the best choice of one programme; None where nothing was wrong with it or nothing as good is near.
fn mended(seed: u64) -> Option<()> {
    let programme = drawn(seed, 10 + seed as u32 % 4, false);
    let brief = Brief::new(&programme);
    let world = World::new(&brief);
    let scope = Scope { grain: Grain::Free, chains: Chains::Alone, only: None, people: None, money: true };
    let mut model = Model::new(&world, &scope);
    let aim = Aim::new(&model, GoalId::Coverage);
    let work = Work { iterations: 100_000 };
    let (value, values) = climb(&mut model, &aim, Start::default(), work, &Deaf).best?;
    let (learnt, _) = conflicts(&world, &Choice::of(&model, &values), &Deaf);
    for cut in &learnt {
        cuts::add(&mut model, cut);
    }
    if learnt.is_empty() {
        return None;
    }
    let rows = model.program.rows();
    let again = mend(&mut model, &aim, (&values, value), &learnt, 100_000, &Deaf).0?;
    assert_eq!(model.program.rows(), rows, "{seed}: no row is left behind");
    for row in 0..rows {
        let sum: f64 = model.program.terms(row).iter().map(|(c, v)| v * again[c.index()]).sum();
        let (lower, upper) = (model.program.row_lower[row], model.program.row_upper[row]);
        assert!(lower - 1e-5 <= sum && sum <= upper + 1e-5, "{seed}: row {row}: {lower} ≤ {sum} ≤ {upper}");
    }
    let now: f64 = aim.terms.iter().map(|(c, v)| v * again[c.index()]).sum();
    assert!(now >= value - 1e-6, "{seed}: {now} is worse than {value}");
    // Who was served and has no part in the conflicts is served as before, or not at all.
    let requests = |d: usize| world.deliveries[d].requests.iter().copied();
    let loose: BTreeSet<RequestId> = learnt.iter().flat_map(|c| &c.sessions).flat_map(|(d, _)| requests(*d)).collect();
    let (before, after) = (held(&model, &values), held(&model, &again));
    let served: BTreeSet<RequestId> =
        model.held.iter().zip(&before).filter(|(_, on)| **on).flat_map(|(h, _)| requests(h.delivery)).collect();
    for (h, (was, is)) in model.held.iter().zip(before.iter().zip(&after)) {
        let firm = requests(h.delivery).any(|r| served.contains(&r) && !loose.contains(&r));
        assert!(!is || *was || !firm, "{seed}: another session for those who have one");
    }
    Some(())
}

#[test]
fn what_is_mended_is_as_good_and_keeps_the_cuts() {
    let found = (0..10).filter(|seed| mended(*seed).is_some()).count();
    assert!(found > 2, "only {found} of 10 were mended");
}
