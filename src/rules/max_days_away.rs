//! A mission is no longer than a trainer may be away.

use super::Statement;
use crate::plan::mission::stays;
use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::id::{PlaceId, TrainerId};
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::MaxDaysAway,
    demands: "A mission that travels is no longer, departure to return inclusive, than max_days_away of the trainer, or of the programme where the trainer has none.",
    why: "Families, and the rules on travel.",
    symbols: "return(m) − depart(m) + 1 ≤ max_days_away(t)",
    example: "With 21 days, a chain of three sessions in three weeks is about the longest.",
    relaxations: &["raise max_days_away of the trainer or of the programme"],
};

/// True when a mission of this span is not too long for this trainer; at home or online there is no limit.
pub fn admits(programme: &Programme, trainer: TrainerId, place: PlaceId, mission: Span) -> bool {
    stays(programme, trainer, place) || mission.days() <= programme.trainers[trainer].max_days_away
}
