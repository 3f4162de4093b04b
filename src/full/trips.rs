//! Trips: one trainer, the sites visited in date order, with exact days and costs.

use super::candidates::{Candidate, Firm};
use super::sites::Site;
use crate::plan::mission::{Part, Stop, stays, trip};
use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::id::TrainerId;
use crate::programme::money::Cents;
use crate::rules::max_days_away;

/// One trip of one trainer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trip {
    pub trainer: TrainerId,
    /// In date order.
    pub sites: Vec<usize>,
    /// Departure to return.
    pub span: Span,
    /// With the days of rest after it.
    pub extended: Span,
    /// What it costs each site.
    pub parts: Vec<Part>,
}

/// The trip through these sites; None where a rule that looks at one trip alone forbids it.
pub fn plan(programme: &Programme, sites: &[Site], trainer: TrainerId, visits: &[usize]) -> Option<Trip> {
    let stops: Vec<Stop> = visits.iter().map(|s| sites[*s].stop).collect();
    let person = &programme.trainers[trainer];
    let first = stops.first()?;
    let done = sites[visits[0]].firm == Firm::Done;
    let made = trip(programme, trainer, &stops);
    if done {
        // History is as it is, even where there is no way.
        let made = made.unwrap_or(crate::plan::mission::Trip { span: first.span, parts: vec![Part::default()] });
        return (visits.len() == 1).then(|| finished(programme, trainer, visits, first, made));
    }
    let made = made?;
    if !person.available(made.span) || !max_days_away::admits(programme, trainer, first.place, made.span) {
        return None;
    }
    let chained =
        visits.len() == 1 || programme.rules.chain_missions && visits.iter().all(|s| sites[*s].firm != Firm::Done);
    let paid = visits.iter().zip(&made.parts).all(|(s, part)| {
        let amounts = [part.fees, part.travel, part.allowance];
        amounts.iter().zip(&sites[*s].classes).all(|(amount, class)| *amount == Cents::ZERO || class.is_some())
    });
    (chained && paid).then(|| finished(programme, trainer, visits, first, made))
}

fn finished(
    programme: &Programme,
    trainer: TrainerId,
    visits: &[usize],
    first: &Stop,
    made: crate::plan::mission::Trip,
) -> Trip {
    let rest = if stays(programme, trainer, first.place) { 0 } else { programme.trainers[trainer].rest_days };
    let extended = Span { first: made.span.first, last: made.span.last + rest };
    Trip { trainer, sites: visits.to_vec(), span: made.span, extended, parts: made.parts }
}

/// True when no plan can hold a session of the one site and one of the other.
pub fn exclude(programme: &Programme, candidates: &[Candidate], a: &Site, b: &Site) -> bool {
    a.candidates.iter().all(|i| b.candidates.iter().all(|j| apart(programme, &candidates[*i], &candidates[*j])))
}

/// True when no plan can hold both: they share a request, or a rule about pairs of sessions forbids it.
fn apart(programme: &Programme, a: &Candidate, b: &Candidate) -> bool {
    let (a, b) = if a.span.first <= b.span.first { (a, b) } else { (b, a) };
    let country = |gap: i32| {
        b.span.first <= a.span.last + gap
            && a.requests
                .iter()
                .any(|r| b.requests.iter().any(|q| programme.country_of(*r) == programme.country_of(*q)))
    };
    let precedes = |r: &crate::programme::id::RequestId, q| programme.requests[*r].after.contains(q);
    a.requests.iter().any(|r| b.requests.contains(r))
        || programme.rules.country_gap_days.is_some_and(country)
        || a.requests.iter().any(|r| b.requests.iter().any(|q| precedes(r, q)))
        || b.span.first - a.span.last <= programme.rules.after_gap_days
            && b.requests.iter().any(|r| a.requests.iter().any(|q| precedes(r, q)))
}
