//! The trips of one trainer that cost least at some prices, one for each last stop: labels over stops.
//!
//! A label is a way to have come to a stop: what it has cost, the days it has taken, and the days on which it may have
//! started there. On a day on which another label may have started too, one that costs no less, has taken no fewer days
//! and bars all that the other bars leads to nothing better. Potentials (the least that going on can cost) cut the rest.

use super::bits::holds;
use super::mask::Mask;
use super::potentials::Potentials;
use super::prices::Prices;
use super::walk::Found;
use std::cell::Cell;

/// So many comparisons of labels take as long as one look at a way on.
const COMPARED: u64 = 16;

/// How far to look. The best trip that ends at each stop is kept.
#[derive(Clone, Copy, Debug)]
pub struct Quest {
    /// Only trips that cost less than this.
    pub below: f64,
    /// False to drop a label also for one that bars more: much faster, and mostly as good.
    pub exact: bool,
    /// Labels, at most.
    pub labels: usize,
}

/// What was found.
pub struct Priced {
    pub found: Vec<Found>,
    /// No trip costs less.
    pub least: f64,
    /// Ways on that were looked at.
    pub looks: u64,
}

#[derive(Clone, Copy)]
struct Label {
    at: u32,
    cost: f64,
    used: i32,
    before: Option<u32>,
    idle: i32,
    /// What was visited, as far as it matters (`memory.rs`).
    visited: u64,
}

/// What others are compared with, all in a row.
#[derive(Clone, Copy)]
struct There {
    cost: f64,
    visited: u64,
    used: i32,
    id: u32,
}

struct Search<'p, 't> {
    prices: &'p Prices<'t>,
    potentials: &'p Potentials,
    quest: Quest,
    labels: Vec<Label>,
    /// By label: the days on which it may have started; the stops that it bars.
    days: Rows,
    barred: Rows,
    /// By stop: labels there; by days used: labels to be continued.
    there: Vec<Vec<There>>,
    due: Vec<Vec<u32>>,
    /// By last stop: cost and label of the best trip.
    found: Vec<Option<(f64, u32)>>,
    /// The best that what was left out could have come to.
    missed: f64,
    looks: u64,
    /// Comparisons of one label with another.
    compared: Cell<u64>,
}

/// Rows of bits, all of one length.
struct Rows {
    words: usize,
    all: Vec<u64>,
}

impl Rows {
    fn row(&self, label: u32) -> &[u64] {
        &self.all[label as usize * self.words..][..self.words]
    }
}

/// Prices the trips of one trainer.
pub fn price(prices: &Prices, potentials: &Potentials, quest: Quest) -> Priced {
    let tour = prices.tour;
    let away = tour.away.max(0);
    let n = tour.stops.len();
    let rows = |words| Rows { words, all: Vec::new() };
    let mut search = Search {
        prices,
        potentials,
        quest,
        labels: Vec::new(),
        days: rows(tour.open[0].0.len()),
        barred: rows(n.div_ceil(64)),
        there: vec![Vec::new(); n],
        due: vec![Vec::new(); away as usize + 1],
        found: vec![None; n],
        missed: 0.0,
        looks: 0,
        compared: Cell::new(0),
    };
    for (i, s) in tour.stops.iter().enumerate() {
        let used = s.out + s.length;
        let bound = prices.begin[i] + potentials.least(i, away - used, &tour.barred[i].0, &tour.barred[i].0);
        if bound < quest.below && s.first.any() {
            let label = Label {
                at: i as u32,
                cost: prices.begin[i],
                used,
                before: None,
                idle: 0,
                visited: prices.memory.after(0, i),
            };
            search.arrive(label, s.first.0.clone(), bound);
        }
    }
    let (mut ended, mut there) = (Vec::new(), Vec::new());
    for used in 0..=away {
        let mut next = 0;
        while next < search.due[used as usize].len() {
            let label = search.due[used as usize][next];
            search.go_on(label, &mut ended, &mut there);
            next += 1;
        }
    }
    let found: Vec<Found> = search.found.iter().flatten().map(|(cost, l)| search.trip(*cost, *l)).collect();
    let best = found.iter().map(|f| f.cost).fold(0.0, f64::min);
    if !quest.exact {
        search.missed = potentials.of_all(prices);
    }
    Priced { least: best.min(search.missed), found, looks: search.looks + search.compared.get() / COMPARED }
}

impl Search<'_, '_> {
    /// A new way to have come to a stop, on some of these days.
    fn arrive(&mut self, label: Label, mut days: Vec<u64>, bound: f64) {
        if self.labels.len() >= self.quest.labels {
            self.missed = self.missed.min(bound);
            return;
        }
        let tour = self.prices.tour;
        let at = label.at as usize;
        let stop = &tour.stops[at];
        let id = self.labels.len() as u32;
        let mut kept = false;
        if label.before.is_some() && label.used + stop.back <= tour.away {
            let total = label.cost + self.prices.end[at];
            let best = self.found[at].is_none_or(|(best, _)| total < best);
            let home = |from: &[u64]| Mask(from.to_vec()).meets_later(&tour.open[0], stop.length as usize, &stop.last);
            if best && total < self.quest.below && home(&days) {
                self.found[at] = Some((total, id));
                kept = true;
            }
        }
        let from = self.barred.all.len();
        for (w, (own, later)) in tour.barred[at].0.iter().zip(&tour.later[at].0).enumerate() {
            let before = label.before.map_or(0, |b| self.barred.row(b)[w]);
            // What cannot come any more need not be barred.
            self.barred.all.push((before | own) & later);
        }
        let open = self.undominated(&label, id, &mut days, 0);
        if !open && !kept {
            self.barred.all.truncate(from);
            return;
        }
        self.days.all.extend(&days);
        self.labels.push(label);
        if open {
            self.there[at].push(There { cost: label.cost, visited: label.visited, used: label.used, id });
            self.due[label.used.max(0) as usize].push(id);
        }
    }

    /// Leaves those of the days on which none of the labels there from this one on is as good; true when there are any.
    fn undominated(&self, label: &Label, id: u32, days: &mut [u64], from: u32) -> bool {
        let barred = self.barred.row(id);
        let there = &self.there[label.at as usize];
        let there = &there[there.partition_point(|l| l.id < from)..];
        self.compared.set(self.compared.get() + there.len() as u64);
        for l in there {
            if l.cost > label.cost || l.used > label.used || l.id == id {
                continue;
            }
            let more = self.prices.memory.dearer(l.visited, label.visited);
            if l.cost + more > label.cost {
                continue;
            }
            let earlier = l.cost < label.cost || l.used < label.used || l.id < id;
            let within = || self.barred.row(l.id).iter().zip(barred).all(|(a, b)| a & !b == 0);
            if earlier && (!self.quest.exact || within()) {
                days.iter_mut().zip(self.days.row(l.id)).for_each(|(a, b)| *a &= !b);
                if days.iter().all(|w| *w == 0) {
                    return false;
                }
            }
        }
        true
    }

    /// Goes on from a label to every stop that comes next.
    fn go_on(&mut self, id: u32, ended: &mut Vec<u64>, there: &mut Vec<u64>) {
        let prices = self.prices;
        let tour = prices.tour;
        let l = self.labels[id as usize];
        let i = l.at as usize;
        // Better labels may have come since.
        let mut days = self.days.row(id).to_vec();
        if !self.undominated(&l, id, &mut days, id) {
            return;
        }
        Mask::move_on(&days, &tour.open[0], tour.stops[i].length as usize, &tour.open[0], ended);
        self.looks += prices.links[i].len() as u64;
        for link in &prices.links[i] {
            let j = link.to;
            if holds(self.barred.row(id), j) {
                continue;
            }
            if link.each >= 0.0 && l.cost + link.cost + self.potentials.floor(j) >= self.quest.below {
                continue;
            }
            let besides = prices.memory.besides(l.visited, j);
            let mut bits = link.idle;
            while bits != 0 {
                let g = bits.trailing_zeros() as i32;
                bits &= bits - 1;
                let used = l.used + link.days + g;
                if used > tour.away {
                    break;
                }
                let cost = l.cost + besides + link.cost + f64::from(g) * link.each;
                let on = self.potentials.least(j, tour.away - used, self.barred.row(id), &tour.barred[j].0);
                if cost + on >= self.quest.below {
                    // Fewer days left and more to pay for them.
                    if link.each >= 0.0 {
                        break;
                    }
                    continue;
                }
                let gap = (link.days - tour.stops[j].length + g) as usize;
                if Mask::move_on(ended, &tour.open[gap], gap, &tour.stops[j].starts, there) {
                    let label = Label {
                        at: j as u32,
                        cost,
                        used,
                        before: Some(id),
                        idle: g,
                        visited: prices.memory.after(l.visited, j),
                    };
                    self.arrive(label, there.clone(), cost + on);
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
