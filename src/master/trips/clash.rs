//! What cells have no two sessions for: every request is served once, so sessions that share one exclude each other.

use crate::master::model::Model;
use crate::programme::id::RequestId;
use rustc_hash::FxHashMap;

/// So many groups of one cell are looked at, to see how many sessions can be held of it.
const LOOKS: usize = 2_000;

/// Which cells clash, looked up once for each pair.
#[derive(Debug, Default)]
pub struct Clashes {
    known: FxHashMap<(usize, usize), bool>,
    most: FxHashMap<usize, usize>,
}

impl Clashes {
    /// True when no session of the one and session of the other can both be held. (Of a cell with itself: when no two.)
    pub fn between(&mut self, model: &Model, a: usize, b: usize) -> bool {
        if model.cells[a].course != model.cells[b].course {
            return false;
        }
        let (a, b) = (a.min(b), a.max(b));
        *self.known.entry((a, b)).or_insert_with(|| {
            let (ours, theirs) = (groups(model, a), groups(model, b));
            ours.iter().all(|x| theirs.iter().all(|y| share(x, y)))
        })
    }

    /// How many sessions of a cell can be held, at most.
    pub fn most(&mut self, model: &Model, cell: usize) -> usize {
        *self.most.entry(cell).or_insert_with(|| {
            let mut groups: Vec<Vec<RequestId>> = groups(model, cell).into_iter().map(<[RequestId]>::to_vec).collect();
            groups.sort();
            groups.dedup();
            let mut looks = LOOKS;
            disjoint(&groups, &mut looks)
        })
    }
}

fn groups<'m>(model: &'m Model, cell: usize) -> Vec<&'m [RequestId]> {
    let deliveries = &model.world.deliveries;
    model.cells[cell].held.iter().map(|h| deliveries[model.held[*h].delivery].requests.as_slice()).collect()
}

/// Requests of a group are in file order.
fn share(a: &[RequestId], b: &[RequestId]) -> bool {
    a.iter().any(|r| b.binary_search(r).is_ok())
}

/// How many of these groups share no request, or more where that is too much to look at.
fn disjoint(groups: &[Vec<RequestId>], looks: &mut usize) -> usize {
    let Some(first) = groups.iter().filter_map(|g| g.first()).min().copied() else { return groups.len() };
    // Every group needs its own requests.
    let mut requests: Vec<RequestId> = groups.iter().flatten().copied().collect();
    requests.sort();
    requests.dedup();
    let smallest = groups.iter().map(Vec::len).min().unwrap_or(1).max(1);
    let bound = groups.len().min(requests.len() / smallest);
    if bound <= 1 || *looks == 0 {
        return bound;
    }
    *looks -= 1;
    // The first request is in one of its groups, or in none.
    let (with, without): (Vec<_>, Vec<_>) = groups.iter().cloned().partition(|g| g.contains(&first));
    let mut best = disjoint(&without, looks);
    for group in &with {
        if best >= bound {
            break;
        }
        let rest: Vec<Vec<RequestId>> = without.iter().filter(|g| !share(g, group)).cloned().collect();
        best = best.max(1 + disjoint(&rest, looks));
    }
    best
}
