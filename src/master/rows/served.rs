//! A request is served at most once: its column *served* is the sum of the *held* columns that serve it.

use crate::master::model::Model;

/// Adds the columns *served* and their rows.
pub fn add(model: &mut Model) {
    for r in model.world.programme.requests.ids() {
        if model.serving[r].is_empty() {
            continue;
        }
        let served = model.program.column(0.0, 1.0, false);
        let terms: Vec<_> =
            model.serving[r].iter().map(|h| (model.held[*h].col, 1.0)).chain([(served, -1.0)]).collect();
        model.program.row(0.0, 0.0, terms);
        model.served[r] = Some(served);
    }
}
