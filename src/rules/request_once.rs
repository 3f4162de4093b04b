//! A request is served once, as a whole, in a session of its course.

use super::Statement;
use crate::programme::Programme;
use crate::programme::id::RequestId;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::RequestOnce,
    demands: "A request is served by at most one session, as a whole; a session serves at least one request, and all its requests ask for its course. A request with shared = no is alone in its session, but for those of its together label.",
    why: "A cohort is trained together, once; a state that asked for a course of its own does not share it.",
    symbols: "for each request r: Σ x[s] over sessions s that serve r ≤ 1",
    example: "R012 asks for MLA in Dakar and is pooled with R040, which asks for MLA too; R013 has shared = no and gets a session of its own.",
    relaxations: &["set shared = yes on the request"],
};

/// True when these requests may sit in one session as far as this rule goes: one course, and nobody who wants to be
/// alone sits with others than those of their own `together` label.
pub fn admits(programme: &Programme, requests: &[RequestId]) -> bool {
    let Some(first) = requests.first() else { return false };
    let first = &programme.requests[*first];
    requests.iter().all(|r| {
        let request = &programme.requests[*r];
        let alone = !request.shared
            && requests
                .iter()
                .any(|o| o != r && (request.together.is_none() || programme.requests[*o].together != request.together));
        request.course == first.course && !alone
    })
}
