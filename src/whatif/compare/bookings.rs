//! Which session of one plan is which of the other: those that share most requests, most first.

use super::Side;

/// Pairs of sessions (place in `from`, place in `to`), each session in at most one; in the order of `from`.
pub fn pairs(from: &Side, to: &Side) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (i, before) in from.sessions.iter().enumerate() {
        for (j, after) in to.sessions.iter().enumerate() {
            let shared = before.cohorts.iter().filter(|c| after.cohorts.iter().any(|d| d.request == c.request)).count();
            if shared > 0 {
                candidates.push((std::cmp::Reverse(shared), i, after.days.first, j));
            }
        }
    }
    candidates.sort();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, i, _, j) in candidates {
        if pairs.iter().all(|(a, b)| *a != i && *b != j) {
            pairs.push((i, j));
        }
    }
    pairs.sort();
    pairs
}
