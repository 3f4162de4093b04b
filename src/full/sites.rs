//! Sites: what a trainer sees of a session. Candidates that are alike to trainers (the same days at the same place, paid
//! by the same funds) are one site, and trips visit sites.

use super::candidates::{Candidate, Firm};
use super::rows::money::{ClassId, Classes};
use crate::plan::mission::Stop;
use crate::programme::Programme;
use crate::programme::funds::Measure;
use crate::programme::id::QuotaId;
use crate::words::Category;
use std::collections::BTreeMap;

/// What a trainer sees of a session.
#[derive(Clone, Debug)]
pub struct Site {
    pub stop: Stop,
    pub firm: Firm,
    /// Who may pay fees, travel and allowance; None: nobody.
    pub classes: [Option<ClassId>; 3],
    /// The quotas of cost that count it.
    pub quotas: Vec<QuotaId>,
    /// Its candidates, ascending.
    pub candidates: Vec<usize>,
}

/// The sites, by first day; and the site of every candidate.
pub fn list(programme: &Programme, candidates: &[Candidate], classes: &mut Classes) -> (Vec<Site>, Vec<usize>) {
    let mut sites: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, c) in candidates.iter().enumerate() {
        let stop = c.stop(programme);
        let payers =
            [Category::Fees, Category::Travel, Category::Allowance].map(|k| classes.of_session(programme, c, k));
        // What is booked stands alone: its trips are its own.
        let alone = (c.firm != Firm::Open).then_some(i);
        let key = (stop.span.first, stop.span.last, stop.place, stop.days, payers, cost_quotas(programme, c), alone);
        sites.entry(key).or_default().push(i);
    }
    let mut of = vec![0; candidates.len()];
    let mut all = Vec::with_capacity(sites.len());
    for ((_, _, _, _, classes, quotas, _), members) in sites {
        for c in &members {
            of[*c] = all.len();
        }
        let first = &candidates[members[0]];
        all.push(Site { stop: first.stop(programme), firm: first.firm, classes, quotas, candidates: members });
    }
    (all, of)
}

/// The quotas of cost that count this session.
pub fn cost_quotas(programme: &Programme, c: &Candidate) -> Vec<QuotaId> {
    programme
        .quotas
        .iter()
        .filter(|(_, q)| {
            q.measure == Measure::Cost
                && q.counts(c.place, c.course, c.language, c.span.first)
                && c.requests.iter().any(|r| q.officials[programme.requests[*r].place])
        })
        .map(|(id, _)| id)
        .collect()
}
