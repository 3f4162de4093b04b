//! A team carries the tags that its course needs.

use super::Statement;
use crate::programme::Programme;
use crate::programme::id::{CourseId, TrainerId};
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::TeamNeeds,
    demands: "For every tag in team_needs of the course, at least that many members of the team carry it.",
    why: "Some courses need a practitioner in the room: a prosecutor, a forensic expert.",
    symbols: "for each tag g: Σ members of the team with g ≥ needs(course, g)",
    example: "CFT has team_needs = prosecutor:1: with T03 (prosecutor) the co-trainer may be anyone.",
    relaxations: &["lower or clear team_needs of the course", "add the tag to a trainer"],
};

/// True when these people carry the tags that the course needs.
pub fn admits(programme: &Programme, course: CourseId, team: impl Iterator<Item = TrainerId> + Clone) -> bool {
    programme.courses[course].team_needs.iter().all(|(tag, needed)| {
        team.clone().filter(|t| programme.trainers[*t].tags.contains(tag)).count() >= *needed as usize
    })
}
