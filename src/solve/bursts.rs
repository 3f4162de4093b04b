//! The search beside a proof: bursts that grow, remembered one by one.
//!
//! How many of them count is told by the proof's work, not by the clock: those that the machine had time for beyond that
//! are forgotten, those that it had no time for are waited for.

use crate::search::{Memory, Search};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Iterations of the first burst; each further one has half as many more.
const FIRST: u64 = 10_000;

/// Search iterations for one of the simplex: few enough that the search is seldom waited for, whose iterations take longer
/// where there are many requests.
fn rate(requests: usize) -> u64 {
    (4_000 / requests.max(1) as u64).clamp(2, 10)
}

/// The iterations of each burst.
fn lengths() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(FIRST), |n| Some((n + n / 2).min(2_000_000)))
}

/// How many bursts go with so much work of a proof about so many requests, within `most` iterations; and how many iterations
/// those are.
pub fn due(work: u64, requests: usize, most: u64) -> (usize, u64) {
    let wanted = work.saturating_mul(rate(requests)).min(most);
    let mut sum = 0;
    for (i, length) in lengths().enumerate() {
        sum += length;
        if sum >= wanted {
            return (i + 1, sum);
        }
    }
    (0, 0)
}

/// What the bursts of a round left behind.
#[derive(Default)]
pub struct Bursts {
    /// After each burst.
    done: Mutex<Vec<Memory>>,
}

impl Bursts {
    /// Runs bursts until `cut` is set; beside the proof.
    pub fn run(&self, search: &mut Search, cut: &AtomicBool) {
        for length in lengths() {
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
pub fn alone(search: &mut Search, count: usize, cut: &AtomicBool) {
    for length in lengths().take(count) {
        search.run(length, cut);
    }
}
