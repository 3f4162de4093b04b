//! Rows by rounding: every whole packing keeps them, and they are found where a relaxation takes odd things by halves.

use super::small::{Deaf, built, searched};
use crate::search::programmes::Chance;
use docent::master::aims::Aim;
use docent::master::encode;
use docent::master::ladder::Work;
use docent::master::linear::relaxed;
use docent::master::model::{Chains, Grain, Model, Scope};
use docent::master::world::World;
use docent::milp::packing::broken;
use docent::plan::brief::Brief;
use docent::programme::Programme;
use docent::programme::money::Micro;
use docent::random::Wish;
use docent::read::load;
use std::collections::BTreeSet;

type Sets = Vec<(Vec<u32>, f64)>;

/// Sets of a few items with values that take no item more than once.
fn drawn_sets(seed: u64) -> Sets {
    let mut c = Chance::new(seed);
    let items = c.between(3, 9) as u64;
    let part = f64::from([2, 3, 4][seed as usize % 3]);
    let mut left = vec![part; items as usize];
    let mut sets = Sets::new();
    for _ in 0..30 {
        let set: BTreeSet<u32> = (0..c.between(2, 4)).map(|_| c.below(items) as u32).collect();
        if sets.len() < 14 && set.len() > 1 && set.iter().all(|i| left[*i as usize] > 0.5) {
            set.iter().for_each(|i| left[*i as usize] -= 1.0);
            sets.push((set.into_iter().collect(), 1.0 / part));
        }
    }
    sets
}

/// Holds the rows that these values break against every whole packing; how many there are.
fn hold(sets: &Sets, name: &str) -> usize {
    let rows = broken(sets.iter().cloned());
    for row in &rows {
        let times = |s: usize| f64::from(row.times(&sets[s].0));
        let taken: f64 = (0..sets.len()).map(|s| times(s) * sets[s].1).sum();
        assert!(taken > f64::from(row.upper()) + 0.009, "{name}: {row:?} is kept");
        for chosen in 0_u32..1 << sets.len() {
            let chosen: Vec<usize> = (0..sets.len()).filter(|s| chosen >> s & 1 == 1).collect();
            let all: Vec<u32> = chosen.iter().flat_map(|s| &sets[*s].0).copied().collect();
            let once = all.iter().collect::<BTreeSet<_>>().len() == all.len();
            let sum: f64 = chosen.iter().map(|s| times(*s)).sum();
            assert!(!once || sum <= f64::from(row.upper()), "{name}: {row:?} forbids {chosen:?}");
        }
    }
    rows.len()
}

#[test]
fn whole_packings_keep_what_halves_break() {
    let found: usize = (0..60).map(|seed| hold(&drawn_sets(seed), &format!("seed {seed}"))).sum();
    assert!(found > 100, "{found}");
}

#[test]
fn odd_cycles_and_what_meets_two_by_two_are_found() {
    for n in [3, 5, 7, 9] {
        let cycle: Sets = (0..n).map(|i| (vec![i, (i + 1) % n], 0.5)).collect();
        assert!(hold(&cycle, "a cycle") > 0, "{n}");
    }
    for n in [4, 6, 8] {
        let cycle: Sets = (0..n).map(|i| (vec![i, (i + 1) % n], 0.5)).collect();
        assert_eq!(hold(&cycle, "an even cycle"), 0, "{n}: every other one is as good");
    }
    // Four of five each time: any two have something in common.
    let fours: Sets = (0..5).map(|out| ((0..5).filter(|i| *i != out).collect(), 0.25)).collect();
    assert!(hold(&fours, "four of five") > 0);
    assert!(broken::<u32>([]).is_empty());
}

/// Enough requests to be taught together in several ways.
fn many(seed: u64) -> Programme {
    let wish = Wish {
        requests: 60,
        trainers: Some(20),
        places: Some(10),
        weeks: Some(40),
        seed,
        tight: Micro(500_000),
        chain: false,
    };
    let loaded = load(&crate::random::folder(&wish, "packing"), &[]);
    loaded.programme.unwrap_or_else(|| panic!("{wish:?}: {:?}", loaded.findings))
}

/// Rows that the relaxations of every goal broke, held against a plan; how many there are.
fn admitted(programme: &Programme, name: &str) -> usize {
    let brief = Brief::new(programme);
    let Some(plan) = searched(&brief, 3, 3_000) else { return 0 };
    let world = World::new(&brief);
    let scope = Scope { grain: Grain::Free, chains: Chains::Alone, only: None, people: None, money: true };
    let mut model = Model::new(&world, &scope);
    for goal in brief.goals() {
        let aim = Aim::new(&model, goal);
        let _ = relaxed(&mut model, &aim, Work { iterations: 100_000 }, &Deaf, &mut 0);
    }
    let Some(found) = encode::plan(&model, &plan) else { return 0 };
    let mut values = vec![0.0; model.program.columns()];
    found.values.iter().for_each(|(col, value)| values[col.index()] = *value);
    for row in &model.learnt {
        let sum: f64 = row.terms.iter().map(|(col, times)| times * values[col.index()]).sum();
        assert!(sum <= row.upper + 1e-9, "{name}: a plan breaks {row:?}");
    }
    model.learnt.len()
}

#[test]
fn plans_keep_the_rows_that_masters_learn() {
    let mut rows = 0;
    for seed in 0..10 {
        rows += admitted(&built(seed, false), &format!("built {seed}"));
        rows += admitted(&many(seed), &format!("many {seed}"));
    }
    assert!(rows > 10, "{rows}");
}
