//! Each request is served once or not at all: Σ x[c] over candidates c that serve r = v[r].

use super::Terms;
use crate::milp::program::{Program, Row};
use crate::programme::Programme;
use crate::programme::id::{Dense, RequestId};

/// One row per request.
pub struct Served(Dense<RequestId, Row>);

impl Served {
    /// The rows, empty.
    pub fn new(programme: &Programme, program: &mut Program) -> Served {
        Served(programme.requests.ids().map(|_| program.row(0.0, 0.0, [])).collect())
    }

    /// The terms of a session.
    pub fn session(&self, requests: &[RequestId], terms: &mut Terms) {
        terms.extend(requests.iter().map(|r| (self.0[*r], 1.0)));
    }

    /// The term of a request's own column.
    pub fn request(&self, request: RequestId, terms: &mut Terms) {
        terms.push((self.0[request], -1.0));
    }
}
