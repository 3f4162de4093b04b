//! The seats of a team are filled by different, qualified trainers.

use super::Statement;
use super::{barred, mission};
use crate::programme::Programme;
use crate::programme::id::{CourseId, LanguageId, PlaceId, TrainerId};
use crate::programme::people::Role;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Qualification,
    demands: "A team has exactly the leads and co-trainers that the course needs, all different, each qualified for the course in a role that allows the seat: a lead may fill a co-trainer's seat, not the reverse.",
    why: "Who teaches must know the course.",
    symbols: "Σ leads = leads(course), Σ co-trainers = co_trainers(course), no trainer twice",
    example: "MLA needs one lead and one co-trainer: T03 (lead) and T07 (co), or T03 and T05 (both leads).",
    relaxations: &["qualify a trainer for the course", "lower leads or co_trainers of the course"],
};

/// Who may fill this seat of a session of this course at this place in this working language, in file order: the
/// unary side of `qualification`, `working-language`, `barred` and `mission`.
pub fn candidates(
    programme: &Programme,
    course: CourseId,
    seat: Role,
    place: PlaceId,
    working_language: LanguageId,
) -> Vec<TrainerId> {
    programme
        .trainers
        .iter()
        .filter(|(id, trainer)| {
            trainer.fits(course, seat, working_language)
                && barred::admits(programme, *id, place)
                && mission::admits(programme, *id, place)
        })
        .map(|(id, _)| id)
        .collect()
}
