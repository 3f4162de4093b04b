//! What must come first is served and over in time. For r after q: v[r] ≤ v[q], and for every day L,
//! Σ x[c] over c that serve r and start by L ≤ Σ x[c] over c that serve q and end by L − gap − 1.

use super::Terms;
use crate::full::candidates::Candidate;
use crate::milp::program::{INFINITE, Program, Row};
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::programme::id::{Dense, RequestId};

/// The rows of one pair.
struct Pair {
    first: RequestId,
    then: RequestId,
    served: Row,
    /// By latest start of `then`, ascending.
    by_start: Vec<(Day, Row)>,
}

/// The rows of every pair.
pub struct After {
    gap: i32,
    pairs: Vec<Pair>,
    /// By request: the pairs that name it.
    of: Dense<RequestId, Vec<usize>>,
}

impl After {
    /// The rows, empty.
    pub fn new(programme: &Programme, candidates: &[Candidate], program: &mut Program) -> After {
        let gap = programme.rules.after_gap_days;
        let mut pairs = Vec::new();
        let mut of = Dense::filled(Vec::new(), programme.requests.len());
        for (then, request) in programme.requests.iter() {
            let starts = days(candidates, then, |c| c.span.first);
            if starts.is_empty() || programme.is_done(then) {
                continue;
            }
            for first in &request.after {
                let ends = days(candidates, *first, |c| c.span.last);
                let mut by_start: Vec<(Day, Row)> = Vec::new();
                for (i, start) in starts.iter().enumerate() {
                    // The next start has the same predecessors: it says more.
                    let over = |day: &Day| ends.partition_point(|e| *e < *day - gap);
                    let last = starts.get(i + 1).is_none_or(|next| over(next) != over(start));
                    if last && over(start) < ends.len() {
                        by_start.push((*start, program.row(-INFINITE, 0.0, [])));
                    }
                }
                for r in [*first, then] {
                    of[r].push(pairs.len());
                }
                let served = program.row(-INFINITE, 0.0, []);
                pairs.push(Pair { first: *first, then, served, by_start });
            }
        }
        After { gap, pairs, of }
    }

    /// The terms of a session.
    pub fn session(&self, c: &Candidate, terms: &mut Terms) {
        for r in &c.requests {
            for pair in self.of[*r].iter().map(|i| &self.pairs[*i]) {
                for (start, row) in &pair.by_start {
                    if pair.then == *r && c.span.first <= *start {
                        terms.push((*row, 1.0));
                    }
                    if pair.first == *r && c.span.last < *start - self.gap {
                        terms.push((*row, -1.0));
                    }
                }
            }
        }
    }

    /// The terms of a request's own column.
    pub fn request(&self, r: RequestId, terms: &mut Terms) {
        for pair in self.of[r].iter().map(|i| &self.pairs[*i]) {
            terms.push((pair.served, if pair.then == r { 1.0 } else { -1.0 }));
        }
    }
}

/// Days of the candidates that serve a request, ascending, each once.
fn days(candidates: &[Candidate], request: RequestId, day: impl Fn(&Candidate) -> Day) -> Vec<Day> {
    let serving = candidates.iter().filter(|c| c.requests.contains(&request));
    let mut all: Vec<Day> = serving.map(day).collect();
    all.sort();
    all.dedup();
    all
}
