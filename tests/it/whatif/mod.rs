//! What if, and what changed.

mod allows;
mod replan;
mod study;
mod verb;

use docent::programme::Programme;
use docent::random::Wish;
use docent::read::{self, Loaded};
use docent::solve::Options;
use docent::whatif::quick::{Edit, scenario};

/// A small programme: proven in no time.
fn small(seed: u64) -> Wish {
    Wish { requests: 8, trainers: Some(5), places: Some(4), weeks: Some(14), seed, ..Wish::default() }
}

/// Work that does not depend on the machine, without a clock.
fn little() -> Options {
    Options { effort: 2, seconds: None, threads: 2, ..Options::default() }
}

fn loaded(wish: &Wish, test: &str) -> Loaded {
    let loaded = read::load(&super::random::folder(wish, test), &[]);
    assert!(loaded.programme.is_some(), "{:?}", loaded.findings);
    loaded
}

/// The programme with these changes.
fn changed(loaded: &Loaded, edits: &[Edit]) -> Programme {
    let texts = [("the test".to_string(), scenario(edits).text)];
    let after = read::apply(loaded, &texts);
    after.programme.unwrap_or_else(|| panic!("{:?}", after.findings))
}
