//! Sets of columns of which only so many can be 1, because their days meet.

use crate::milp::program::Col;
use crate::programme::day::{Day, Span};

/// The maximal sets of intervals that share a day, each with that day: only where there are more than `most`, or, with
/// `all`, wherever an interval begins.
pub fn on_one_day(mut items: Vec<(Span, Col)>, most: usize, all: bool) -> Vec<(Day, Vec<Col>)> {
    items.sort();
    let mut begins: Vec<Day> = items.iter().map(|(s, _)| s.first).collect();
    begins.dedup();
    let mut found = Vec::new();
    let mut running: Vec<(Span, Col)> = Vec::new();
    let mut next = 0;
    for (i, day) in begins.iter().enumerate() {
        running.retain(|(s, _)| s.last >= *day);
        while next < items.len() && items[next].0.first <= *day {
            running.push(items[next]);
            next += 1;
        }
        // Whatever goes on until the next one begins is among those of that day.
        let ends = begins.get(i + 1).is_none_or(|after| running.iter().any(|(s, _)| s.last < *after));
        if ends && (all || running.len() > most) {
            found.push((*day, running.iter().map(|(_, c)| *c).collect()));
        }
    }
    found
}

/// Something that takes place once, in some window.
#[derive(Clone, Copy, Debug)]
pub struct Floating {
    /// First and last day on which it can begin.
    pub earliest: Day,
    pub latest: Day,
    /// The day before which nothing else can begin, when it begins as early as it can.
    pub free: Day,
    pub col: Col,
}

/// Sets of which any two cannot both take place, whichever comes first. Every such pair is in one of the sets.
pub fn whenever(items: &[Floating]) -> Vec<Vec<Col>> {
    let n = items.len();
    let clash = |a: &Floating, b: &Floating| a.free > b.latest && b.free > a.latest;
    let met: Vec<Vec<bool>> = (0..n).map(|a| (0..n).map(|b| a != b && clash(&items[a], &items[b])).collect()).collect();
    let mut left = met.clone();
    let mut found = Vec::new();
    for a in 0..n {
        while let Some(b) = (0..n).find(|b| left[a][*b]) {
            let mut set = vec![a, b];
            let mut with: Vec<usize> = (0..n).filter(|c| met[a][*c] && met[b][*c]).collect();
            while let Some(c) = with.iter().copied().find(|c| left[a][*c]).or(with.first().copied()) {
                set.push(c);
                with.retain(|d| met[c][*d]);
            }
            for p in &set {
                for q in &set {
                    left[*p][*q] = false;
                }
            }
            found.push(set.iter().map(|i| items[*i].col).collect());
        }
    }
    found
}
