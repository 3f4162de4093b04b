//! How many sessions run on one day: at a place, in a region, with one row of interpreters.

use super::cliques::{Floating, on_one_day, whenever};
use crate::master::delivery::{Delivery, Firm};
use crate::master::model::{Grain, Model};
use crate::milp::program::{Col, INFINITE};
use crate::programme::day::{Day, Span};

/// Adds the rows of every place, region and row of interpreters that has a limit.
pub fn add(model: &mut Model) {
    let programme = model.world.programme;
    for (place, p) in programme.places.iter() {
        if let Some(most) = p.max_parallel {
            limit(model, most, &|d| d.place == place);
        }
    }
    for (region, r) in programme.regions.iter() {
        if let Some(most) = r.max_parallel {
            limit(model, most, &|d| programme.places[d.place].region == Some(region));
        }
    }
    for (row, i) in programme.interpretation.iter() {
        if let Some(most) = i.max_parallel {
            limit(model, most, &|d| d.interpreters == Some(row));
        }
    }
}

fn limit(model: &mut Model, most: u32, concerns: &dyn Fn(&Delivery) -> bool) {
    let world = model.world;
    let mut items: Vec<(Span, Col)> = Vec::new();
    let mut floating: Vec<Floating> = Vec::new();
    let mut done: Vec<Span> = Vec::new();
    for held in &model.held {
        let d = &world.deliveries[held.delivery];
        if !concerns(d) {
            continue;
        }
        if d.firm == Firm::Done {
            done.extend(&held.spans);
            continue;
        }
        if model.grain == Grain::Days {
            items.extend(held.spans.iter().map(|s| (*s, held.col)));
        } else if let Some(last) = held.spans.last() {
            let free = held.spans.iter().map(|s| s.last).min().unwrap_or(Day(0)) + 1;
            floating.push(Floating { latest: last.first, free, col: held.col });
        }
    }
    if model.grain == Grain::Days {
        let past = |day: Day| done.iter().filter(|s| s.holds(day)).count() as u32;
        let all = !done.is_empty();
        for (day, cols) in on_one_day(items, most as usize, all) {
            let taken = past(day);
            // Where done sessions alone are too many, the rule says nothing.
            if taken <= most && cols.len() as u32 + taken > most {
                model.program.row(-INFINITE, f64::from(most - taken), cols.into_iter().map(|c| (c, 1.0)));
            }
        }
    } else if most == 1 {
        for set in whenever(&floating) {
            model.program.row(-INFINITE, 1.0, set.into_iter().map(|c| (c, 1.0)));
        }
    } else if most == 0 {
        for f in floating {
            model.program.row(-INFINITE, 0.0, [(f.col, 1.0)]);
        }
    }
}
