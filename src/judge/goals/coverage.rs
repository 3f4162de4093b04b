//! The sum of the points of served requests: priority × participants, or priority.

use crate::judge::case::Case;
use crate::programme::id::RequestId;
use crate::programme::policy::Coverage;

pub fn value(case: &Case) -> i128 {
    case.programme.requests.ids().filter(|r| case.session_of(*r).is_some()).map(|r| points(case, r)).sum()
}

/// The points of a request, in millionths.
pub fn points(case: &Case, request: RequestId) -> i128 {
    let request = &case.programme.requests[request];
    let priority = i128::from(request.priority.0);
    match case.programme.objective.coverage {
        Coverage::Participants => priority * i128::from(request.participants),
        Coverage::Requests => priority,
    }
}
