//! What comes after something else: served only with it, and late enough.
//!
//! For each latest start d of a request: it starts by d only where what it follows can have ended gap + 1 days before.

use crate::master::delivery::Firm;
use crate::master::model::Model;
use crate::milp::program::{Col, INFINITE};
use crate::programme::day::Day;
use crate::programme::id::RequestId;

/// Adds the rows of every pair.
pub fn add(model: &mut Model) {
    let programme = model.world.programme;
    for (r, request) in programme.requests.iter() {
        if programme.is_done(r) || model.served[r].is_none() {
            continue;
        }
        for before in &request.after {
            pair(model, r, *before);
        }
    }
}

fn pair(model: &mut Model, r: RequestId, before: RequestId) {
    let Some(later) = model.served[r] else { return };
    // What is not in this part of the world is somebody else's question.
    let Some(earlier) = model.served[before] else { return };
    let gap = model.world.programme.rules.after_gap_days;
    model.program.row(-INFINITE, 0.0, [(later, 1.0), (earlier, -1.0)]);
    let mut starts: Vec<(Day, Col)> = Vec::new();
    for h in &model.serving[r] {
        let held = &model.held[*h];
        if model.world.deliveries[held.delivery].firm != Firm::Done {
            starts.push((held.spans.iter().map(|s| s.first).max().unwrap_or(Day(0)), held.col));
        }
    }
    starts.sort();
    let mut ends: Vec<(Day, Col)> = model.serving[before]
        .iter()
        .map(|h| (model.held[*h].spans.iter().map(|s| s.last).min().unwrap_or(Day(0)), model.held[*h].col))
        .collect();
    ends.sort();
    let mut last: Option<(usize, usize)> = None;
    let mut rows: Vec<(usize, usize)> = Vec::new();
    let mut i = 0;
    while i < starts.len() {
        let day = starts[i].0;
        let upto = starts.partition_point(|(d, _)| *d <= day);
        let ended = ends.partition_point(|(e, _)| *e <= day - 1 - gap);
        if ended == ends.len() {
            break;
        }
        // With the same right side, the row with more on its left says more.
        if last.is_some_and(|(_, e)| e == ended) {
            rows.pop();
        }
        rows.push((upto, ended));
        last = Some((upto, ended));
        i = upto;
    }
    for (upto, ended) in rows {
        let terms: Vec<_> = starts[..upto]
            .iter()
            .map(|(_, c)| (*c, 1.0))
            .chain(ends[..ended].iter().map(|(_, c)| (*c, -1.0)))
            .collect();
        model.program.row(-INFINITE, 0.0, terms);
    }
}
