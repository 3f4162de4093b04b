//! Sessions that serve one country lie apart.

use super::cliques::{Floating, on_one_day, whenever};
use crate::master::delivery::Firm;
use crate::master::model::{Grain, Model};
use crate::milp::program::{Col, INFINITE};
use crate::programme::day::{Day, Span};
use crate::programme::id::CountryId;

/// Adds the rows of every country.
pub fn add(model: &mut Model) {
    let programme = model.world.programme;
    let Some(gap) = programme.rules.country_gap_days else { return };
    for country in programme.countries.ids() {
        of_country(model, country, gap.max(0));
    }
}

fn of_country(model: &mut Model, country: CountryId, gap: i32) {
    let world = model.world;
    let mut items: Vec<(Span, Col)> = Vec::new();
    let mut floating: Vec<Floating> = Vec::new();
    let mut done: Vec<Span> = Vec::new();
    for held in &model.held {
        let d = &world.deliveries[held.delivery];
        if !d.requests.iter().any(|r| world.programme.country_of(*r) == country) {
            continue;
        }
        let with_gap = |s: &Span| Span { first: s.first, last: s.last + gap };
        if d.firm == Firm::Done {
            done.extend(held.spans.iter().map(with_gap));
        } else if model.grain == Grain::Days {
            items.extend(held.spans.iter().map(|s| (with_gap(s), held.col)));
        } else if let Some(last) = held.spans.last() {
            let free = held.spans.iter().map(|s| s.last).min().unwrap_or(Day(0)) + gap + 1;
            floating.push(Floating { latest: last.first, free, col: held.col });
        }
    }
    // Nothing else where a done session is too near.
    let near: Vec<Col> = items.iter().filter(|(s, _)| done.iter().any(|d| d.meets(*s))).map(|(_, c)| *c).collect();
    for col in near {
        model.program.row(-INFINITE, 0.0, [(col, 1.0)]);
    }
    for (_, cols) in on_one_day(items, 1, false) {
        model.program.row(-INFINITE, 1.0, cols.into_iter().map(|c| (c, 1.0)));
    }
    for set in whenever(&floating) {
        model.program.row(-INFINITE, 1.0, set.into_iter().map(|c| (c, 1.0)));
    }
}
