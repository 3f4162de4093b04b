//! How many sessions run on each day: by place, region and row of interpreters; and which spans serve each country.

use super::days::Days;
use super::world::World;
use crate::programme::id::{Id, InterpretationId, PlaceId};

/// Sessions by day, for a list of things that have a limit or none.
#[derive(Clone, Debug)]
struct Count {
    days: usize,
    words: usize,
    limits: Vec<Option<u32>>,
    running: Vec<u16>,
    /// Days on which no more may run.
    full: Vec<u64>,
}

impl Count {
    fn new(words: usize, limits: Vec<Option<u32>>) -> Count {
        let (n, days) = (limits.len(), words * 64);
        let mut full = vec![0; n * words];
        for (i, limit) in limits.iter().enumerate() {
            if *limit == Some(0) {
                full[i * words..(i + 1) * words].fill(u64::MAX);
            }
        }
        Count { days, words, limits, running: vec![0; n * days], full }
    }

    fn change(&mut self, i: usize, first: i32, last: i32, more: bool) {
        let Some(limit) = self.limits[i] else { return };
        for d in first.max(0)..=last.min(self.days as i32 - 1) {
            let d = d as usize;
            let n = &mut self.running[i * self.days + d];
            *n = if more { *n + 1 } else { *n - 1 };
            let full = &mut self.full[i * self.words + d / 64];
            if u32::from(*n) >= limit {
                *full |= 1 << (d % 64);
            } else {
                *full &= !(1 << (d % 64));
            }
        }
    }

    fn keep_open(&self, i: usize, span: i32, starts: &mut Days) {
        if self.limits[i].is_none() {
            return;
        }
        let full = &self.full[i * self.words..(i + 1) * self.words];
        if full.iter().all(|w| *w == 0) {
            return;
        }
        starts.without(Days::of(full).spread(span - 1, 0).words());
    }
}

/// What runs where and when.
#[derive(Clone, Debug)]
pub struct Occupancy {
    places: Count,
    regions: Count,
    rows: Count,
    /// By country: first and last day of the sessions that serve it. Empty lists where there is no rule.
    countries: Vec<Vec<(i32, i32)>>,
    gap: Option<i32>,
}

impl Occupancy {
    /// Nothing runs.
    pub fn new(world: &World) -> Occupancy {
        let p = world.programme;
        Occupancy {
            places: Count::new(world.words, p.places.values().map(|x| x.max_parallel).collect()),
            regions: Count::new(world.words, p.regions.values().map(|x| x.max_parallel).collect()),
            rows: Count::new(world.words, p.interpretation.values().map(|x| x.max_parallel).collect()),
            countries: vec![Vec::new(); p.countries.len()],
            gap: p.rules.country_gap_days,
        }
    }

    /// A session begins or ceases to run.
    pub fn run(
        &mut self,
        world: &World,
        place: PlaceId,
        row: Option<InterpretationId>,
        (first, last): (i32, i32),
        more: bool,
    ) {
        self.places.change(place.index(), first, last, more);
        if let Some(region) = world.programme.places[place].region {
            self.regions.change(region.index(), first, last, more);
        }
        if let Some(row) = row {
            self.rows.change(row.index(), first, last, more);
        }
    }

    /// A session begins or ceases to serve a country.
    pub fn serve(&mut self, country: u32, span: (i32, i32), more: bool) {
        if self.gap.is_none() {
            return;
        }
        let list = &mut self.countries[country as usize];
        if more {
            list.push(span);
        } else if let Some(i) = list.iter().rposition(|s| *s == span) {
            list.swap_remove(i);
        }
    }

    /// Keeps the start days on which place, region and interpreters can take one more session of this span.
    pub fn keep_open(
        &self,
        world: &World,
        place: PlaceId,
        row: Option<InterpretationId>,
        span: i32,
        starts: &mut Days,
    ) {
        self.places.keep_open(place.index(), span, starts);
        if let Some(region) = world.programme.places[place].region {
            self.regions.keep_open(region.index(), span, starts);
        }
        if let Some(row) = row {
            self.rows.keep_open(row.index(), span, starts);
        }
    }

    /// Keeps the start days on which this country can absorb one more session of this span.
    pub fn keep_absorbed(&self, country: u32, span: i32, starts: &mut Days) {
        let Some(gap) = self.gap else { return };
        for (first, last) in &self.countries[country as usize] {
            starts.remove(first - gap - span + 1, last + gap);
        }
    }

    /// True when a session over these days may begin to serve this country.
    pub fn absorbs(&self, country: u32, (first, last): (i32, i32)) -> bool {
        let Some(gap) = self.gap else { return true };
        self.countries[country as usize].iter().all(|(f, l)| first > l + gap || *f > last + gap)
    }
}
