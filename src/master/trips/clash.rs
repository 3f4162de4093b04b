//! What cells have no two sessions for: every request is served once, so sessions that share one exclude each other.

use crate::master::model::Model;
use crate::programme::id::RequestId;
use rustc_hash::FxHashMap;

/// Which cells clash, looked up once for each pair.
#[derive(Debug, Default)]
pub struct Clashes {
    known: FxHashMap<(usize, usize), bool>,
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
}

fn groups<'m>(model: &'m Model, cell: usize) -> Vec<&'m [RequestId]> {
    let deliveries = &model.world.deliveries;
    model.cells[cell].held.iter().map(|h| deliveries[model.held[*h].delivery].requests.as_slice()).collect()
}

/// Requests of a group are in file order.
fn share(a: &[RequestId], b: &[RequestId]) -> bool {
    a.iter().any(|r| b.binary_search(r).is_ok())
}
