//! The least that going on from a stop can cost: by stop and days left, any number of further stops, dates looked at
//! between neighbours only. A way on does not come back at once to what the stop before it bars; what was barred earlier
//! is looked at where a value is asked for, as far as the best few ways on tell.

use super::bits::holds;
use super::prices::{Link, Prices};
use rustc_hash::FxHashMap;

/// Ways on that are remembered at each stop, of different kinds.
const WAYS: usize = 3;

/// A way on: what it costs at least, and the stop that it goes to first.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Way {
    cost: f64,
    to: u32,
}

/// What of a link is looked at first: days until the next stop is over, and whether it may pay to wait longer than needed.
struct Step {
    to: u32,
    days: i32,
    waits: bool,
}

impl Step {
    fn new(link: &Link) -> Step {
        // Else to wait longer costs no less, and leaves fewer days.
        Step { to: link.to as u32, days: link.days + link.idle.trailing_zeros() as i32, waits: link.each < 0.0 }
    }
}

/// To go home.
const HOME: u32 = u32::MAX;

const NONE: Way = Way { cost: f64::INFINITY, to: HOME };

/// By stop and days left: the best ways on, best first.
pub struct Potentials {
    away: usize,
    ways: Vec<[Way; WAYS]>,
    /// By stop: the least with all days left.
    floor: Vec<f64>,
}

impl Potentials {
    /// Of all stops.
    pub fn new(prices: &Prices) -> Potentials {
        let tour = prices.tour;
        let n = tour.stops.len();
        let away = tour.away.max(0) as usize;
        // Stops that bar the same are of one kind.
        let mut kinds: FxHashMap<&[u64], u32> = FxHashMap::default();
        let kind: Vec<u32> =
            tour.barred.iter().enumerate().map(|(i, bits)| *kinds.entry(&bits.0).or_insert(i as u32)).collect();
        let mut all = Potentials { away, ways: vec![[NONE; WAYS]; n * (away + 1)], floor: Vec::new() };
        let steps: Vec<Vec<Step>> = prices.links.iter().map(|links| links.iter().map(Step::new).collect()).collect();
        // By stop and days left: whether going on is cheaper there than with a day less.
        let mut cheaper = vec![false; n * (away + 1)];
        for left in 0..=away {
            for (i, steps) in steps.iter().enumerate() {
                let at = i * (away + 1) + left;
                let before = if left > 0 { all.ways[at - 1] } else { [NONE; WAYS] };
                let mut best = before;
                if tour.stops[i].back == left as i32 {
                    keep(&mut best, Way { cost: prices.end[i], to: HOME }, &kind);
                }
                for (step, link) in steps.iter().zip(&prices.links[i]) {
                    let days = step.days as usize;
                    // What costs as much as with a day less is there already.
                    if days > left || !step.waits && !cheaper[step.to as usize * (away + 1) + left - days] {
                        continue;
                    }
                    let mut least = f64::INFINITY;
                    let mut bits = link.idle;
                    while bits != 0 {
                        let g = bits.trailing_zeros() as i32;
                        let then = left as i32 - link.days - g;
                        if then < 0 {
                            break;
                        }
                        let on = all.least(link.to, then, &tour.barred[i].0, &tour.barred[link.to].0);
                        least = least.min(link.cost + f64::from(g) * link.each + on);
                        if !step.waits {
                            break;
                        }
                        bits &= bits - 1;
                    }
                    if least < best[WAYS - 1].cost {
                        keep(&mut best, Way { cost: least, to: link.to as u32 }, &kind);
                    }
                }
                all.ways[at] = best;
                cheaper[at] = best != before;
            }
        }
        all.floor = (0..n).map(|i| all.ways[i * (away + 1) + away][0].cost).collect();
        all
    }

    /// The least from a stop, however many days are left and whatever is barred.
    pub fn floor(&self, stop: usize) -> f64 {
        self.floor[stop]
    }

    /// The least from a stop with so many days left, when these stops are barred.
    pub fn least(&self, stop: usize, left: i32, barred: &[u64], also: &[u64]) -> f64 {
        if left < 0 {
            return f64::INFINITY;
        }
        let ways = &self.ways[stop * (self.away + 1) + left as usize];
        let open = |w: &&Way| w.to == HOME || !holds(barred, w.to as usize) && !holds(also, w.to as usize);
        ways.iter().find(open).unwrap_or(&ways[WAYS - 1]).cost
    }

    /// No trip costs less.
    pub fn of_all(&self, prices: &Prices) -> f64 {
        let tour = prices.tour;
        let from = |i: usize| {
            let (s, barred) = (&tour.stops[i], &tour.barred[i].0);
            prices.begin[i] + self.least(i, tour.away - s.out - s.length, barred, barred)
        };
        (0..tour.stops.len()).map(from).fold(0.0, f64::min)
    }
}

/// Keeps a way among the best, one of each kind.
fn keep(best: &mut [Way; WAYS], way: Way, kind: &[u32]) {
    let alike = |w: &Way| w.to != HOME && way.to != HOME && kind[w.to as usize] == kind[way.to as usize];
    if let Some(at) = best.iter().position(alike) {
        if best[at].cost <= way.cost {
            return;
        }
        best[at..].rotate_left(1);
        best[WAYS - 1] = NONE;
        // What was forgotten beyond the last is at least as dear as the last was.
    }
    let at = best.iter().position(|w| w.cost > way.cost).unwrap_or(WAYS - 1);
    best[at..].rotate_right(1);
    best[at] = way;
}
