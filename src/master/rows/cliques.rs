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
    /// The last day on which it can begin.
    pub latest: Day,
    /// The day before which nothing else can begin, when it begins as early as it can.
    pub free: Day,
    pub col: Col,
}

/// So many columns stand in the sets of those that are nowhere sure to be under way: with more, the rows are harder than they are
/// worth.
const MOST: usize = 500_000;

/// The largest sets of which any two cannot both take place, whichever comes first: all of them, or where that were too many, all
/// of those that are sure to be under way on one day, and some others.
///
/// Two clash where each begins before the other could follow it. Of those that are sure to be under way at some time (from
/// `latest` on, until `free`) that is where these times meet, and all that meet one another share a day. One that is nowhere
/// sure to be clashes only with those that are sure to be under way all the time between.
pub fn whenever(items: &[Floating]) -> Vec<Vec<Col>> {
    let (mut sure, rest): (Vec<&Floating>, Vec<&Floating>) = items.iter().partition(|i| i.free > i.latest);
    let times = sure.iter().map(|i| (Span { first: i.latest, last: i.free - 1 }, i.col)).collect();
    let mut found: Vec<Vec<Col>> = on_one_day(times, 1, false).into_iter().map(|(_, cols)| cols).collect();
    sure.sort_by_key(|i| i.latest);
    // The last day until which one of the first of them is under way.
    let mut until: Vec<Day> = Vec::new();
    for item in &sure {
        until.push(until.last().map_or(item.free, |day| item.free.max(*day)));
    }
    let mut left = MOST;
    for item in rest {
        let early = sure.partition_point(|i| i.latest < item.free);
        if early == 0 || until[early - 1] <= item.latest {
            continue;
        }
        let mut set: Vec<Col> = sure[..early].iter().filter(|i| i.free > item.latest).map(|i| i.col).collect();
        if set.len() > left {
            break;
        }
        left -= set.len();
        set.push(item.col);
        found.push(set);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_that_clashes_is_in_a_set_and_no_other_pair_is() {
        // Windows of all lengths at all places, some of which leave a session nowhere sure to be under way.
        let mut items = Vec::new();
        for earliest in 0..9 {
            for slack in 0..6 {
                let (latest, free) = (Day(earliest + slack), Day(earliest + 3));
                items.push(Floating { latest, free, col: Col(items.len() as u32) });
            }
        }
        let clash = |a: &Floating, b: &Floating| a.free > b.latest && b.free > a.latest;
        let sets = whenever(&items);
        let mut clashing = 0;
        for (i, a) in items.iter().enumerate() {
            for b in &items[..i] {
                let together = sets.iter().any(|set| set.contains(&a.col) && set.contains(&b.col));
                assert_eq!(together, clash(a, b), "{a:?} {b:?}");
                clashing += usize::from(together);
            }
        }
        assert!(clashing > 100, "{clashing}");
    }
}
