//! Requests with one label are served by one session, or none of them is.

use super::Statement;
use crate::programme::Programme;
use crate::programme::id::RequestId;
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Together,
    demands: "The requests that carry the same together label are served by one and the same session, or none of them is served.",
    why: "A regional course is agreed with all its states: holding it for some of them only would break the agreement.",
    symbols: "for requests q, r of one label and each session s: s serves q ⇔ s serves r",
    example: "R021, R022 and R023 carry together = sahel: one session in Dakar serves all three, or all three stay unserved.",
    relaxations: &["clear the label of the request"],
};

/// The requests that must be served with this one: those of its label, itself included, in file order.
pub fn party(programme: &Programme, request: RequestId) -> Vec<RequestId> {
    match programme.requests[request].together {
        Some(label) => programme.together[label].clone(),
        None => vec![request],
    }
}

/// True when a session of these requests leaves nobody of a label out.
pub fn admits(programme: &Programme, requests: &[RequestId]) -> bool {
    requests
        .iter()
        .filter_map(|r| programme.requests[*r].together)
        .all(|label| programme.together[label].iter().all(|r| requests.contains(r)))
}
