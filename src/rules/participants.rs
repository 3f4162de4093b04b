//! A session has as many participants as its course takes.

use super::Statement;
use crate::programme::Programme;
use crate::programme::id::RequestId;
use crate::programme::people::Course;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Participants,
    demands: "The participants of the requests of a session add up to no fewer than min_participants and no more than max_participants of the course.",
    why: "A course with too few is not worth its cost, one with too many does not teach.",
    symbols: "min ≤ Σ participants(r) over r served by s ≤ max",
    example: "MLA takes 12 to 25: R012 with 8 officials needs company, R040 with 9 makes 17 of them.",
    relaxations: &[
        "lower min_participants or raise max_participants of the course",
        "change the participants of the request",
    ],
};

/// How many participants these requests have together.
pub fn count(programme: &Programme, requests: &[RequestId]) -> i64 {
    requests.iter().map(|r| programme.requests[*r].participants).sum()
}

/// True when the course takes so many.
pub fn admits(course: &Course, participants: i64) -> bool {
    participants >= course.min_participants && course.max_participants.is_none_or(|max| participants <= max)
}
