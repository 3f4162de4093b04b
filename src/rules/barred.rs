//! Nobody is sent where they are barred.

use super::Statement;
use crate::programme::Programme;
use crate::programme::id::{PlaceId, TrainerId};
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Barred,
    demands: "No trainer teaches in person at a place that, or whose country or region, is in their barred list. Online is not in person.",
    why: "Security, visas, conflicts of interest.",
    symbols: "for each session s in person at p and member t: p ∉ barred(t)",
    example: "T09 has barred = SOM: no session in Mogadishu, but an online course for officials from there is possible.",
    relaxations: &["remove the entry from the barred list of the trainer"],
};

/// True when this trainer may teach at this place.
pub fn admits(programme: &Programme, trainer: TrainerId, place: PlaceId) -> bool {
    programme.places[place].online || !programme.trainers[trainer].barred[place]
}
