//! Quotas: never above max; below min is a broken commitment.

use crate::master::delivery::{Delivery, Firm};
use crate::master::model::{Chains, Model};
use crate::master::payers::units;
use crate::milp::program::{Col, INFINITE};
use crate::plan::price;
use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::funds::{Measure, Quota};

/// True when a session of this delivery on these days counts towards a quota of money.
pub fn counts_money(programme: &Programme, quota: &Quota, delivery: &Delivery, span: Span) -> bool {
    quota.measure == Measure::Cost && counts(programme, quota, delivery, span)
}

fn counts(programme: &Programme, quota: &Quota, d: &Delivery, span: Span) -> bool {
    quota.counts(d.place, d.course, d.language, span.first)
        && d.requests.iter().any(|r| quota.officials[programme.requests[*r].place])
}

/// Adds the rows of every quota and *short* columns for those with a min.
pub fn add(model: &mut Model) {
    let programme = model.world.programme;
    for (id, quota) in programme.quotas.iter() {
        if quota.measure == Measure::Cost && !model.with_money {
            continue;
        }
        let mut terms: Vec<(Col, f64, bool)> = Vec::new();
        for held in &model.held {
            let d = &model.world.deliveries[held.delivery];
            if counts(programme, quota, d, held.spans[0]) {
                let of = d.requests.iter().filter(|r| quota.officials[programme.requests[**r].place]);
                let n = match quota.measure {
                    Measure::Sessions => d.share(),
                    Measure::Requests => of.count() as f64,
                    Measure::Participants => of.map(|r| programme.requests[*r].participants).sum::<i64>() as f64,
                    Measure::Cost => session_cost(programme, d, held.spans[0]),
                };
                terms.push((held.col, n, d.firm == Firm::Done));
            }
        }
        if quota.measure == Measure::Cost {
            for seat in &model.seats {
                let cell = &model.cells[seat.cell];
                if cell.quotas.contains(&id) {
                    let part = seat.part;
                    let n = units(part.fees.0 + part.travel.0 + part.allowance.0);
                    terms.push((seat.col, n, cell.firm == Firm::Done));
                }
            }
        }
        let scale = |n: i64| if quota.measure == Measure::Cost { units(n) } else { n as f64 };
        let done: f64 = terms.iter().filter(|(_, _, done)| *done).map(|(_, n, _)| n).sum();
        let terms: Vec<(Col, f64)> = terms.into_iter().map(|(c, n, _)| (c, n)).collect();
        if let Some(most) = quota.max.map(scale) {
            // What done sessions alone exceed is not exceeded by them, but by whatever comes to it.
            let row = model.program.row(-INFINITE, most.max(done), terms.clone());
            model.trip_rows.quota.push((row, id));
        }
        // Where ways cost nothing or sessions are shared, less is spent than in truth: what is too little here need not be
        // too little.
        let told = match quota.measure {
            Measure::Cost => model.world.complete && model.chains != Chains::Bounded,
            Measure::Sessions => model.world.complete,
            Measure::Requests | Measure::Participants => true,
        };
        if let Some(least) = quota.min.map(scale).filter(|n| told && *n > 0.0) {
            let short = model.program.column(0.0, 1.0, true);
            let row = model.program.row(least, INFINITE, terms.into_iter().chain([(short, least)]));
            model.trip_rows.quota.push((row, id));
            model.short_quota.push((id, short));
        }
    }
}

/// What a session costs whoever teaches it, in currency units.
fn session_cost(programme: &Programme, d: &Delivery, span: Span) -> f64 {
    let officials: i64 = d
        .requests
        .iter()
        .map(|r| {
            price::materials(programme, *r).0 + price::participants(programme, *r, d.place, span).unwrap_or_default().0
        })
        .sum();
    let venue = price::venue(programme, d.course, d.place).0;
    let interpretation =
        price::interpretation(programme, d.course, d.place, d.working, d.language).unwrap_or_default().0;
    units(officials) + d.share() * units(venue + interpretation)
}
