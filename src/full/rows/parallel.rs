//! No more sessions on one day than a place, a region or a pair of interpreters takes: on every day on which one starts,
//! Σ x of those that run ≤ max_parallel. Also the gaps between sessions for one country: see `country_gap`.

use super::Terms;
use crate::full::candidates::{Candidate, Firm};
use crate::milp::program::{INFINITE, Program, Row};
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use std::collections::BTreeMap;

/// Something of which so many can be in use on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scarce {
    Place(crate::programme::id::PlaceId),
    Region(crate::programme::id::RegionId),
    Interpreters(crate::programme::id::InterpretationId),
    /// Extended by the gap.
    Country(crate::programme::id::CountryId),
}

/// Rows by what is scarce and day.
pub struct Parallel(BTreeMap<Scarce, Vec<(Day, Row)>>);

impl Parallel {
    /// The rows, empty, for places, regions and interpreters.
    pub fn new(programme: &Programme, candidates: &[Candidate], program: &mut Program) -> Parallel {
        let limit = |what: Scarce| match what {
            Scarce::Place(p) => programme.places[p].max_parallel,
            Scarce::Region(r) => programme.regions[r].max_parallel,
            Scarce::Interpreters(i) => programme.interpretation[i].max_parallel,
            Scarce::Country(_) => None,
        };
        let uses = candidates.iter().flat_map(|c| {
            let all = scarce(programme, c).into_iter().filter_map(move |what| Some((what, limit(what)?)));
            all.map(move |(what, limit)| Use { what, limit, days: c.span, done: c.firm == Firm::Done })
        });
        Parallel(rows(uses.collect(), program))
    }

    /// The terms of a session.
    pub fn session(&self, programme: &Programme, c: &Candidate, terms: &mut Terms) {
        for what in scarce(programme, c) {
            on_days(&self.0, what, c.span, terms);
        }
    }
}

fn scarce(programme: &Programme, c: &Candidate) -> Vec<Scarce> {
    let mut all = vec![Scarce::Place(c.place)];
    all.extend(programme.places[c.place].region.map(Scarce::Region));
    all.extend(c.interpreters.map(Scarce::Interpreters));
    all
}

/// One candidate's use of something scarce.
pub struct Use {
    pub what: Scarce,
    pub limit: u32,
    pub days: Span,
    pub done: bool,
}

/// Rows on those start days on which more may be in use than the limit. What done sessions use may be beyond it.
pub fn rows(uses: Vec<Use>, program: &mut Program) -> BTreeMap<Scarce, Vec<(Day, Row)>> {
    let mut by: BTreeMap<Scarce, Vec<Use>> = BTreeMap::new();
    for one in uses {
        by.entry(one.what).or_default().push(one);
    }
    let mut all = BTreeMap::new();
    for (what, uses) in by {
        let mut starts: Vec<Day> = uses.iter().map(|u| u.days.first).collect();
        starts.sort();
        starts.dedup();
        let mut ends: Vec<Day> = uses.iter().map(|u| u.days.last).collect();
        ends.sort();
        let mut rows = Vec::new();
        for (i, day) in starts.iter().enumerate() {
            let next = starts.get(i + 1);
            let over = ends.get(ends.partition_point(|e| e < day));
            if next.is_some_and(|next| over.is_none_or(|e| e >= next)) {
                continue;
            }
            let running = uses.iter().filter(|u| u.days.holds(*day));
            let done = running.clone().filter(|u| u.done).count();
            let limit = (uses[0].limit as usize).max(done);
            if running.count() > limit {
                rows.push((*day, program.row(-INFINITE, limit as f64, [])));
            }
        }
        all.insert(what, rows);
    }
    all
}

/// The terms of a session that uses something scarce on these days.
pub fn on_days(rows: &BTreeMap<Scarce, Vec<(Day, Row)>>, what: Scarce, days: Span, terms: &mut Terms) {
    let Some(rows) = rows.get(&what) else { return };
    let from = rows.partition_point(|(d, _)| *d < days.first);
    terms.extend(rows[from..].iter().take_while(|(d, _)| *d <= days.last).map(|(_, row)| (*row, 1.0)));
}
