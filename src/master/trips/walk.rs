//! Lists the trips of one trainer whose reduced cost is below a limit: a depth-first walk over stops, cut by potentials.

use super::mask::Mask;
use super::prices::Prices;

/// A trip found: its stops, the idle days before each, its reduced cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub cost: f64,
    pub stops: Vec<usize>,
    pub idle: Vec<i32>,
}

/// How many to look for, and how far.
#[derive(Clone, Copy, Debug)]
pub struct Quest {
    /// Only trips that cost less than this.
    pub below: f64,
    /// Give up when there are more.
    pub most: usize,
    /// Look at so many partial trips at most.
    pub looks: u64,
}

/// What a walk found, and whether it saw everything there is.
pub struct Walked {
    pub found: Vec<Found>,
    pub complete: bool,
}

struct Walk<'p, 't> {
    prices: &'p Prices<'t>,
    least: Vec<f64>,
    quest: Quest,
    found: Vec<Found>,
    stops: Vec<usize>,
    idle: Vec<i32>,
    looks: u64,
    full: bool,
}

/// Walks.
pub fn walk(prices: &Prices, quest: Quest) -> Walked {
    let least = prices.potentials(None).swap_remove(0);
    let away = prices.tour.away.max(0) as usize;
    let mut walk =
        Walk { prices, least, quest, found: Vec::new(), stops: Vec::new(), idle: Vec::new(), looks: 0, full: false };
    let mut firsts: Vec<(f64, usize)> = (0..prices.tour.stops.len())
        .filter_map(|i| {
            let s = &prices.tour.stops[i];
            let left = away as i32 - s.out - s.length;
            let bound = (left >= 0).then(|| prices.begin(i) + walk.least[i * (away + 1) + left as usize])?;
            (bound < quest.below).then_some((bound, i))
        })
        .collect();
    firsts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (bound, i) in firsts {
        let s = &prices.tour.stops[i];
        if bound >= quest.below || walk.full {
            continue;
        }
        walk.stops.push(i);
        walk.idle.push(0);
        let left = away as i32 - s.out - s.length;
        walk.on(i, prices.begin(i), left, &s.first);
        walk.stops.pop();
        walk.idle.pop();
    }
    walk.found.sort_by(|a, b| a.cost.total_cmp(&b.cost).then_with(|| a.stops.cmp(&b.stops)));
    Walked { complete: !walk.full, found: walk.found }
}

impl Walk<'_, '_> {
    /// At the last stop of `stops`, having started there on one of the days of `mask`.
    fn on(&mut self, i: usize, cost: f64, left: i32, mask: &Mask) {
        let tour = self.prices.tour;
        let away = tour.away.max(0) as usize;
        self.looks += 1;
        if self.looks > self.quest.looks || self.found.len() > self.quest.most {
            self.full = true;
            return;
        }
        let s = &tour.stops[i];
        let ended = mask.later(s.length as usize);
        if self.stops.len() > 1 && s.back <= left {
            let total = cost + self.prices.end(i);
            if total < self.quest.below && ended.meets_later(&s.last, 0, &tour.open[0]) {
                let (stops, idle) = (self.stops.clone(), self.idle.clone());
                self.found.push(Found { cost: total, stops, idle });
            }
        }
        let n = tour.stops.len();
        let mut next: Vec<(f64, usize, i32, f64)> = Vec::new();
        for j in 0..n {
            let mut bits = tour.idle[i * n + j];
            if bits == 0 || self.stops.contains(&j) && !tour.stops[j].again {
                continue;
            }
            let (go, idle) = (self.prices.go_on(i, j), self.prices.idle(i, j));
            let days = tour.way[i * n + j] + tour.stops[j].length;
            while bits != 0 {
                let g = bits.trailing_zeros() as i32;
                bits &= bits - 1;
                if days + g > left {
                    break;
                }
                let now = cost + go + f64::from(g) * idle;
                let bound = now + self.least[j * (away + 1) + (left - days - g) as usize];
                if bound < self.quest.below {
                    next.push((bound, j, g, now));
                } else if idle >= 0.0 {
                    break;
                }
            }
        }
        next.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (bound, j, g, now) in next {
            if self.full || bound >= self.quest.below {
                break;
            }
            let gap = (tour.way[i * n + j] + g) as usize;
            let days = tour.way[i * n + j] + tour.stops[j].length;
            let there = ended.clone().and(&tour.open[gap]).later(gap).and(&tour.stops[j].starts);
            if there.any() {
                self.stops.push(j);
                self.idle.push(g);
                self.on(j, now, left - days - g, &there);
                self.stops.pop();
                self.idle.pop();
            }
        }
    }
}
