//! The trips of one trainer that cost least at some prices, one for each last stop: labels over stops.
//!
//! A label is a way to have come to a stop: what it has cost, the days it has taken, and the days on which it may have
//! started there. On a day on which another label may have started too, one that costs no less, has taken no fewer days
//! and has visited all that the other has leads to nothing better. Potentials (the least that going on can cost) cut the rest.

use super::mask::Mask;
use super::prices::Prices;
use super::walk::Found;

/// How far to look. The best trip that ends at each stop is kept.
#[derive(Clone, Copy, Debug)]
pub struct Quest {
    /// Only trips that cost less than this.
    pub below: f64,
    /// Stops of a trip, at most; None: any number.
    pub stops: Option<usize>,
    /// Labels, at most.
    pub labels: usize,
}

/// What was found.
pub struct Priced {
    pub found: Vec<Found>,
    /// No trip (of any length) costs less.
    pub least: f64,
}

struct Label {
    at: u32,
    cost: f64,
    used: i32,
    mask: Mask,
    before: Option<u32>,
    idle: i32,
    visited: Vec<u32>,
}

struct Search<'p, 't> {
    prices: &'p Prices<'t>,
    /// By further stops (or for any number): potentials.
    least: Vec<Vec<f64>>,
    quest: Quest,
    labels: Vec<Label>,
    /// By stop: labels there; by days used: labels to be continued.
    there: Vec<Vec<u32>>,
    due: Vec<Vec<u32>>,
    /// By last stop: cost and label of the best trip.
    found: Vec<Option<(f64, u32)>>,
    /// The best that what was left out could have come to.
    missed: f64,
}

/// Prices the trips of one trainer.
pub fn price(prices: &Prices, quest: Quest) -> Priced {
    let tour = prices.tour;
    let away = tour.away.max(0);
    let n = tour.stops.len();
    let mut search = Search {
        prices,
        least: prices.potentials(quest.stops.map(|s| s - 1)),
        quest,
        labels: Vec::new(),
        there: vec![Vec::new(); n],
        due: vec![Vec::new(); away as usize + 1],
        found: vec![None; n],
        missed: 0.0,
    };
    for i in 0..n {
        let s = &tour.stops[i];
        if s.first.any() {
            let used = s.out + s.length;
            search.arrive(i, prices.begin(i), used, s.first.clone(), None, 0);
        }
    }
    for used in 0..=away {
        let mut next = 0;
        while next < search.due[used as usize].len() {
            let label = search.due[used as usize][next];
            search.go_on(label);
            next += 1;
        }
    }
    let found: Vec<Found> = search.found.iter().flatten().map(|(cost, l)| search.trip(*cost, *l)).collect();
    let best = found.iter().map(|f| f.cost).fold(0.0, f64::min);
    if quest.stops.is_some() {
        // Longer trips were not looked at.
        search.missed = f64::NEG_INFINITY;
    }
    Priced { least: best.min(search.missed), found }
}

impl Search<'_, '_> {
    fn bound(&self, at: usize, cost: f64, used: i32, depth: usize) -> f64 {
        let away = self.prices.tour.away.max(0);
        if used > away {
            return f64::INFINITY;
        }
        let layer = self.quest.stops.map_or(0, |stops| stops.saturating_sub(depth));
        cost + self.least[layer][at * (away as usize + 1) + (away - used) as usize]
    }

    fn depth(&self, label: u32) -> usize {
        self.labels[label as usize].visited.len()
    }

    /// A new way to have come to a stop.
    fn arrive(&mut self, at: usize, cost: f64, used: i32, mask: Mask, before: Option<u32>, idle: i32) {
        let depth = before.map_or(1, |b| self.depth(b) + 1);
        let bound = self.bound(at, cost, used, depth);
        if bound >= self.quest.below {
            return;
        }
        if self.labels.len() >= self.quest.labels {
            self.missed = self.missed.min(bound);
            return;
        }
        let mut visited = before.map_or_else(Vec::new, |b| self.labels[b as usize].visited.clone());
        let spot = visited.partition_point(|v| *v < at as u32);
        visited.insert(spot, at as u32);
        let tour = self.prices.tour;
        let stop = &tour.stops[at];
        let id = self.labels.len() as u32;
        let mut kept = false;
        if before.is_some() && used + stop.back <= tour.away {
            let total = cost + self.prices.end(at);
            let ended = mask.later(stop.length as usize);
            if total < self.quest.below && ended.meets_later(&stop.last, 0, &tour.open[0]) {
                kept = self.keep(at, total, id);
            }
        }
        if !kept && self.quest.stops == Some(depth) {
            return;
        }
        let mask = self.undominated(at, (cost, used, &visited), mask, id);
        let dominated = !mask.any();
        if dominated && !kept {
            return;
        }
        self.labels.push(Label { at: at as u32, cost, used, mask, before, idle, visited });
        if !dominated && self.quest.stops != Some(depth) {
            self.there[at].push(id);
            self.due[used.max(0) as usize].push(id);
        }
    }

    /// The days of `mask` on which no label that is there already is as good.
    fn undominated(&self, at: usize, (cost, used, visited): (f64, i32, &[u32]), mut mask: Mask, id: u32) -> Mask {
        let within = |a: &[u32], b: &[u32]| a.iter().all(|v| b.binary_search(v).is_ok());
        for other in &self.there[at] {
            let l = &self.labels[*other as usize];
            let earlier = l.cost < cost || l.used < used || *other < id;
            if *other != id && l.cost <= cost && l.used <= used && earlier && within(&l.visited, visited) {
                mask.without(&l.mask);
                if !mask.any() {
                    break;
                }
            }
        }
        mask
    }

    /// Keeps a trip if it is the best that ends here.
    fn keep(&mut self, at: usize, cost: f64, label: u32) -> bool {
        match self.found[at] {
            Some((best, _)) if best <= cost => false,
            _ => {
                self.found[at] = Some((cost, label));
                true
            }
        }
    }

    /// Goes on from a label to every stop that comes next.
    fn go_on(&mut self, label: u32) {
        let tour = self.prices.tour;
        let n = tour.stops.len();
        let l = &self.labels[label as usize];
        let (i, cost, used) = (l.at as usize, l.cost, l.used);
        let depth = self.depth(label);
        if self.bound(i, cost, used, depth) >= self.quest.below {
            return;
        }
        // Better labels may have come since.
        let mask = self.undominated(i, (cost, used, &l.visited), l.mask.clone(), label);
        if !mask.any() {
            return;
        }
        let ended = mask.later(tour.stops[i].length as usize);
        for j in 0..n {
            let mut bits = tour.idle[i * n + j];
            if bits == 0
                || !tour.stops[j].again && self.labels[label as usize].visited.binary_search(&(j as u32)).is_ok()
            {
                continue;
            }
            let (go, idle) = (self.prices.go_on(i, j), self.prices.idle(i, j));
            let way = tour.way[i * n + j];
            while bits != 0 {
                let g = bits.trailing_zeros() as i32;
                bits &= bits - 1;
                let then = used + way + g + tour.stops[j].length;
                let now = cost + go + f64::from(g) * idle;
                if then > tour.away {
                    break;
                }
                if self.bound(j, now, then, depth + 1) >= self.quest.below {
                    if idle >= 0.0 {
                        break;
                    }
                    continue;
                }
                let gap = (way + g) as usize;
                let there = ended.clone().and(&tour.open[gap]).later(gap).and(&tour.stops[j].starts);
                if there.any() {
                    self.arrive(j, now, then, there, Some(label), g);
                }
            }
        }
    }

    fn trip(&self, cost: f64, label: u32) -> Found {
        let (mut stops, mut idle) = (Vec::new(), Vec::new());
        let mut at = Some(label);
        while let Some(l) = at {
            let label = &self.labels[l as usize];
            stops.push(label.at as usize);
            idle.push(label.idle);
            at = label.before;
        }
        stops.reverse();
        idle.reverse();
        Found { cost, stops, idle }
    }
}
