//! Trainers travel and teach only when they are available.

use super::Statement;
use super::max_days_away;
use crate::plan::mission::{Stop, trip};
use crate::programme::Programme;
use crate::programme::id::TrainerId;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Availability,
    demands: "Every day of every mission, travel included, lies within available_from..available_to of the trainer and outside their absences. The rest days after it need not.",
    why: "Leave, court dates and other duties come first.",
    symbols: "for each mission m of t: days(m) ⊆ available(t) ∖ absences(t)",
    example: "T03 is on leave from 5 April: a session that ends on 4 April with a day of travel home is not possible.",
    relaxations: &["remove or shorten the absence", "widen available_from or available_to"],
};

/// True when this trainer alone can make the round trip for a session at this place over this span: availability and
/// the longest mission, nothing else booked.
pub fn admits(programme: &Programme, trainer: TrainerId, stop: Stop) -> bool {
    trip(programme, trainer, &[stop]).is_some_and(|trip| {
        programme.trainers[trainer].available(trip.span)
            && max_days_away::admits(programme, trainer, stop.place, trip.span)
    })
}
