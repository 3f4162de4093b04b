//! Small programmes with few trainers, and plans of them.

use crate::search::programmes::{Wish, programme};
use docent::master::exchange::Exchange;
use docent::plan::Plan;
use docent::plan::brief::Brief;
use docent::programme::Programme;
use docent::programme::money::Micro;
use docent::read::load;
use docent::search::Search;
use docent::solve::finish::finish;
use docent::words::GoalId;
use std::sync::atomic::AtomicBool;

/// Listens to nothing and has all the time there is.
pub struct Deaf;

impl Exchange for Deaf {
    fn offer(&self, _plan: Plan) {}
    fn bound(&self, _goal: GoalId, _bound: i128) {}
    fn stopped(&self) -> bool {
        false
    }
}

/// Built without files: every rule and goal in use.
pub fn built(seed: u64, chained: bool) -> Programme {
    let requests = 5 + (seed as usize % 4) * 2;
    programme(Wish {
        seed,
        requests,
        chained,
        pins: [0, 10, 25][seed as usize % 3],
        money: [200, 30, 80][seed as usize % 3],
    })
}

/// Of the random room: five trainers, twelve weeks.
pub fn drawn(seed: u64, requests: u32, chain: bool) -> Programme {
    let tight = Micro([2_000_000, 600_000, 300_000][seed as usize % 3]);
    let wish =
        docent::random::Wish { requests, trainers: Some(5), places: Some(4), weeks: Some(12), seed, tight, chain };
    let loaded = load(&crate::random::folder(&wish, "small"), &[]);
    loaded.programme.unwrap_or_else(|| panic!("{wish:?}: {:?}", loaded.findings))
}

/// What the search finds; None where it cannot be paid for.
pub fn searched(brief: &Brief, seed: u64, iterations: u64) -> Option<Plan> {
    let mut search = Search::new(brief, seed);
    search.run(iterations, &AtomicBool::new(false));
    finish(brief, search.best()?).ok()
}
