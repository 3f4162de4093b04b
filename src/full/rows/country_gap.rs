//! A country's officials are not called away again too soon: the days of a session with the gap after them meet those of
//! no other session for the same country. Cliques by start days, as for capacities.

use super::Terms;
use super::parallel::{Scarce, Use, on_days, rows};
use crate::full::candidates::{Candidate, Firm};
use crate::milp::program::{Program, Row};
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::id::CountryId;
use std::collections::BTreeMap;

/// Rows by country and day.
pub struct CountryGap {
    gap: i32,
    rows: BTreeMap<Scarce, Vec<(Day, Row)>>,
}

impl CountryGap {
    /// The rows, empty; none where there is no rule.
    pub fn new(programme: &Programme, candidates: &[Candidate], program: &mut Program) -> CountryGap {
        let Some(gap) = programme.rules.country_gap_days else {
            return CountryGap { gap: 0, rows: BTreeMap::new() };
        };
        let uses = candidates.iter().flat_map(|c| {
            countries(programme, c).into_iter().map(move |country| Use {
                what: Scarce::Country(country),
                limit: 1,
                days: extended(c, gap),
                done: c.firm == Firm::Done,
            })
        });
        CountryGap { gap, rows: rows(uses.collect(), program) }
    }

    /// The terms of a session.
    pub fn session(&self, programme: &Programme, c: &Candidate, terms: &mut Terms) {
        if self.rows.is_empty() {
            return;
        }
        for country in countries(programme, c) {
            on_days(&self.rows, Scarce::Country(country), extended(c, self.gap), terms);
        }
    }
}

/// The session's days with the gap after them.
pub fn extended(c: &Candidate, gap: i32) -> Span {
    Span { first: c.span.first, last: c.span.last + gap }
}

/// The countries that a session serves, each once.
pub fn countries(programme: &Programme, c: &Candidate) -> Vec<CountryId> {
    let mut all: Vec<CountryId> = c.requests.iter().map(|r| programme.country_of(*r)).collect();
    all.sort();
    all.dedup();
    all
}
