//! Requests pinned to one session share it if both are served: Σ x[c] over c that serve q without r + v[r] ≤ 1.

use super::Terms;
use crate::full::candidates::{Candidate, Firm};
use crate::milp::program::{INFINITE, Program, Row};
use crate::programme::Programme;
use crate::programme::id::RequestId;

/// One row per ordered pair of requests with one label.
pub struct Labels(Vec<(RequestId, RequestId, Row)>);

impl Labels {
    /// The rows, empty.
    pub fn new(programme: &Programme, program: &mut Program) -> Labels {
        let mut rows = Vec::new();
        for a in programme.pins.iter().filter(|p| p.session.is_some()) {
            for b in programme.pins.iter().filter(|p| p.session == a.session && p.request != a.request) {
                if !programme.is_done(a.request) {
                    rows.push((a.request, b.request, program.row(-INFINITE, 1.0, [])));
                }
            }
        }
        Labels(rows)
    }

    /// The terms of a session.
    pub fn session(&self, c: &Candidate, terms: &mut Terms) {
        if c.firm == Firm::Done {
            return;
        }
        let without = |(q, r, _): &&(RequestId, RequestId, Row)| c.requests.contains(q) && !c.requests.contains(r);
        terms.extend(self.0.iter().filter(without).map(|(_, _, row)| (*row, 1.0)));
    }

    /// The terms of a request's own column.
    pub fn request(&self, r: RequestId, terms: &mut Terms) {
        terms.extend(self.0.iter().filter(|(_, other, _)| *other == r).map(|(_, _, row)| (*row, 1.0)));
    }
}
