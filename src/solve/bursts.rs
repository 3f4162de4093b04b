//! The search beside a proof: bursts that grow, remembered one by one.
//!
//! How many of them count is told by the proof's work, not by the clock: those that the machine had time for beyond that
//! are forgotten, those that it had no time for are waited for.

use crate::search::{Memory, Search};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Iterations of the first burst beside a proof, which may be over soon.
const FIRST: u64 = 10_000;

/// Search iterations for one of the simplex: few enough that the search is seldom waited for, whose iterations take longer
/// where there are many requests. Where people are short, programs are harder, and theirs take longer.
pub fn rate(requests: usize, short: bool) -> u64 {
    let rate = (4_000 / requests.max(1) as u64).clamp(2, 10);
    if short { 3 * rate } else { rate }
}

/// The iterations of each burst: the second goes on where the last proof ended, each further one has half as many more.
fn lengths(longest: u64) -> impl Iterator<Item = u64> {
    let longer = |n: &u64| Some((n + n / 2).min(2_000_000));
    std::iter::once(FIRST).chain(std::iter::successors(Some(longest.max(FIRST + FIRST / 2)), longer))
}

/// The bursts that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub count: usize,
    /// Of all of them.
    pub iterations: u64,
    /// Of the longest so far.
    pub longest: u64,
}

/// The bursts that go with so much work of a proof at this rate, within some `most` iterations, where the last proofs went
/// with bursts of so many at most. One that is due by half is waited for.
pub fn due(work: u64, rate: u64, most: u64, longest: u64) -> Due {
    let wanted = work.saturating_mul(rate).min(most);
    let mut due = Due { count: 0, iterations: 0, longest };
    for length in lengths(longest) {
        if due.count > 0 && due.iterations + length / 2 > wanted {
            break;
        }
        due.count += 1;
        due.iterations += length;
        due.longest = due.longest.max(length);
    }
    due
}

/// What the bursts of a round left behind.
#[derive(Default)]
pub struct Bursts {
    /// After each burst.
    done: Mutex<Vec<Memory>>,
}

impl Bursts {
    /// Runs bursts until `cut` is set; beside the proof.
    pub fn run(&self, search: &mut Search, longest: u64, cut: &AtomicBool) {
        for length in lengths(longest) {
            search.run(length, cut);
            if cut.load(Ordering::Relaxed) {
                return;
            }
            if let Ok(mut done) = self.done.lock() {
                done.push(search.memory());
            }
        }
    }

    /// Waits until so many bursts are done, or until `cut` is set.
    pub fn wait(&self, count: usize, cut: &AtomicBool) {
        while !cut.load(Ordering::Relaxed) && self.done.lock().is_ok_and(|d| d.len() < count) {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Where the search stood after so many bursts.
    pub fn after(self, count: usize) -> Option<Memory> {
        let done = self.done.into_inner().ok()?;
        done.into_iter().nth(count.checked_sub(1)?)
    }
}

/// Runs so many bursts, alone.
pub fn alone(search: &mut Search, count: usize, longest: u64, cut: &AtomicBool) {
    for length in lengths(longest).take(count) {
        search.run(length, cut);
    }
}
