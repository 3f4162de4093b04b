//! Lists the trips of one trainer whose reduced cost is below a limit: a depth-first walk over stops, cut by potentials.

use super::bits::holds;
use super::mask::Mask;
use super::potentials::Potentials;
use super::prices::{Link, Prices};

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
    potentials: Potentials,
    quest: Quest,
    found: Vec<Found>,
    stops: Vec<usize>,
    idle: Vec<i32>,
    looks: u64,
    full: bool,
}

/// Walks.
pub fn walk(prices: &Prices, quest: Quest) -> Walked {
    let potentials = Potentials::new(prices);
    let tour = prices.tour;
    let (stops, idle) = (Vec::new(), Vec::new());
    let mut walk = Walk { prices, potentials, quest, found: Vec::new(), stops, idle, looks: 0, full: false };
    let mut firsts: Vec<(f64, usize)> = (0..tour.stops.len())
        .filter_map(|i| {
            let (s, barred) = (&tour.stops[i], &tour.barred[i].0);
            let bound = prices.begin[i] + walk.potentials.least(i, tour.away - s.out - s.length, barred, barred);
            (bound < quest.below).then_some((bound, i))
        })
        .collect();
    firsts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (bound, i) in firsts {
        let s = &tour.stops[i];
        if bound >= quest.below || walk.full {
            continue;
        }
        walk.stops.push(i);
        walk.idle.push(0);
        let visited = prices.memory.after(0, i);
        walk.on(i, prices.begin[i], tour.away - s.out - s.length, (&s.first, &tour.barred[i].0, visited));
        walk.stops.pop();
        walk.idle.pop();
    }
    walk.found.sort_by(|a, b| a.cost.total_cmp(&b.cost).then_with(|| a.stops.cmp(&b.stops)));
    Walked { complete: !walk.full, found: walk.found }
}

impl Walk<'_, '_> {
    /// At the last stop of `stops`, having started there on one of the days of `mask`.
    fn on(&mut self, i: usize, cost: f64, left: i32, (mask, barred, visited): (&Mask, &[u64], u64)) {
        let tour = self.prices.tour;
        self.looks += 1;
        if self.looks > self.quest.looks || self.found.len() > self.quest.most {
            self.full = true;
            return;
        }
        let s = &tour.stops[i];
        let ended = mask.later(s.length as usize);
        if self.stops.len() > 1 && s.back <= left {
            let total = cost + self.prices.end[i];
            if total < self.quest.below && ended.meets_later(&s.last, 0, &tour.open[0]) {
                let (stops, idle) = (self.stops.clone(), self.idle.clone());
                self.found.push(Found { cost: total, stops, idle });
            }
        }
        let mut next: Vec<(f64, &Link, i32, f64)> = Vec::new();
        for link in self.prices.links[i].iter().filter(|l| !holds(barred, l.to)) {
            let cost = cost + self.prices.memory.besides(visited, link.to);
            let mut bits = link.idle;
            while bits != 0 {
                let g = bits.trailing_zeros() as i32;
                bits &= bits - 1;
                if link.days + g > left {
                    break;
                }
                let now = cost + link.cost + f64::from(g) * link.each;
                let on = self.potentials.least(link.to, left - link.days - g, barred, &tour.barred[link.to].0);
                if now + on < self.quest.below {
                    next.push((now + on, link, g, now));
                } else if link.each >= 0.0 {
                    break;
                }
            }
        }
        next.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.to.cmp(&b.1.to)).then(a.2.cmp(&b.2)));
        for (_, link, g, now) in next {
            if self.full {
                break;
            }
            let j = link.to;
            let gap = (link.days - tour.stops[j].length + g) as usize;
            let there = ended.clone().and(&tour.open[gap]).later(gap).and(&tour.stops[j].starts);
            if there.any() {
                let barred: Vec<u64> = barred.iter().zip(&tour.barred[j].0).map(|(a, b)| a | b).collect();
                self.stops.push(j);
                self.idle.push(g);
                let visited = self.prices.memory.after(visited, j);
                self.on(j, now, left - link.days - g, (&there, &barred, visited));
                self.stops.pop();
                self.idle.pop();
            }
        }
    }
}
