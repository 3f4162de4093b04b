//! Nobody fills two seats of one session: over all candidates c that serve r, Σ seats of t ≤ v[r]. Whole seats say so
//! already; the rows make the relaxation tighter where teams have two members or more.

use super::Terms;
use crate::full::candidates::{Candidate, Firm};
use crate::milp::program::{INFINITE, Program, Row};
use crate::programme::Programme;
use crate::programme::id::{RequestId, TrainerId};
use std::collections::BTreeMap;

/// A row per request and trainer.
pub struct Presence(BTreeMap<(RequestId, TrainerId), Row>);

impl Presence {
    /// The rows, empty.
    pub fn new(programme: &Programme, candidates: &[Candidate], program: &mut Program) -> Presence {
        let mut rows = BTreeMap::new();
        for c in candidates.iter().filter(|c| c.firm == Firm::Open && programme.courses[c.course].team() > 1) {
            for r in &c.requests {
                for t in c.able.iter().filter(|t| !c.pinned.contains(t)) {
                    rows.entry((*r, *t)).or_insert_with(|| program.row(-INFINITE, 0.0, []));
                }
            }
        }
        Presence(rows)
    }

    /// The terms of a trainer's seat in a session.
    pub fn seat(&self, c: &Candidate, t: TrainerId, terms: &mut Terms) {
        if c.firm == Firm::Open {
            terms.extend(c.requests.iter().filter_map(|r| self.0.get(&(*r, t)).map(|row| (*row, 1.0))));
        }
    }

    /// The terms of a request's own column.
    pub fn request(&self, r: RequestId, terms: &mut Terms) {
        let (first, last) = ((r, TrainerId(0)), (r, TrainerId(u32::MAX)));
        terms.extend(self.0.range(first..=last).map(|(_, row)| (*row, -1.0)));
    }
}
