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
    let clash = |a: &Floating, b: &Floating| a.free > b.latest && b.free > a.latest;
    // Most clash with nothing: only the others are looked at pair by pair, a set being a row of bits.
    let some: Vec<&Floating> = clashing(items).into_iter().map(|i| &items[i]).collect();
    let n = some.len();
    let words = n.div_ceil(64);
    let mut met = vec![0_u64; n * words];
    for (a, first) in some.iter().enumerate() {
        for (b, second) in some.iter().enumerate() {
            if a != b && clash(first, second) {
                met[a * words + b / 64] |= 1 << (b % 64);
            }
        }
    }
    let row = |a: usize| a * words..(a + 1) * words;
    let first = |bits: &mut dyn Iterator<Item = u64>| {
        bits.enumerate().find(|(_, w)| *w != 0).map(|(i, w)| 64 * i + w.trailing_zeros() as usize)
    };
    let mut left = met.clone();
    let mut found = Vec::new();
    for a in 0..n {
        while let Some(b) = first(&mut left[row(a)].iter().copied()) {
            let mut set = vec![a, b];
            let mut with: Vec<u64> = met[row(a)].iter().zip(&met[row(b)]).map(|(x, y)| x & y).collect();
            while let Some(c) = first(&mut with.iter().zip(&left[row(a)]).map(|(x, y)| x & y))
                .or_else(|| first(&mut with.iter().copied()))
            {
                set.push(c);
                with.iter_mut().zip(&met[row(c)]).for_each(|(x, y)| *x &= y);
            }
            for p in &set {
                for q in &set {
                    left[p * words + q / 64] &= !(1 << (q % 64));
                }
            }
            found.push(set.iter().map(|i| some[*i].col).collect());
        }
    }
    found
}

/// Those that clash with at least one other, in order.
fn clashing(items: &[Floating]) -> Vec<usize> {
    let mut by_latest: Vec<usize> = (0..items.len()).collect();
    by_latest.sort_by_key(|i| (items[*i].latest, *i));
    // The two that keep others waiting longest among those that begin early enough, one of them being somebody else.
    let mut longest: Vec<[Option<usize>; 2]> = vec![[None; 2]];
    for i in &by_latest {
        let mut best = longest[longest.len() - 1];
        if best[0].is_none_or(|b| items[b].free < items[*i].free) {
            best = [Some(*i), best[0]];
        } else if best[1].is_none_or(|b| items[b].free < items[*i].free) {
            best[1] = Some(*i);
        }
        longest.push(best);
    }
    let clashes = |i: &usize| {
        let item = &items[*i];
        let early = by_latest.partition_point(|b| items[*b].latest < item.free);
        longest[early].iter().flatten().any(|b| b != i && items[*b].free > item.latest)
    };
    (0..items.len()).filter(clashes).collect()
}
