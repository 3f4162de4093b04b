//! Requests pinned to one session label share one session: at most one session serves any of them.

use crate::master::model::Model;
use crate::milp::program::{Col, INFINITE};

/// Adds a row per label.
pub fn add(model: &mut Model) {
    let programme = model.world.programme;
    for label in programme.pin_labels.ids() {
        let mut held: Vec<Col> = programme
            .pins
            .iter()
            .filter(|p| p.session == Some(label))
            .flat_map(|p| &model.serving[p.request])
            .map(|h| model.held[*h].col)
            .collect();
        held.sort();
        held.dedup();
        if held.len() > 1 {
            model.program.row(-INFINITE, 1.0, held.into_iter().map(|c| (c, 1.0)));
        }
    }
}
