//! A session lies within the programme and the windows of its requests.

use super::Statement;
use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::id::{PlaceId, RequestId};
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Window,
    demands: "The session days lie within the programme and within earliest..latest of every request of the session; unless it is confirmed, done or frozen, a session starts no earlier than as_of plus the larger of lead_days of the programme and of the place.",
    why: "Officials are free only then; visas, host approval and tickets take their time.",
    symbols: "max(start, earliest(r), as_of + lead) ≤ first(s), last(s) ≤ min(end, latest(r))",
    example: "as_of 2027-02-15 and lead_days 30 at the place: nothing new starts there before 2027-03-17.",
    relaxations: &["widen earliest or latest of the request", "lower lead_days of the place or of the programme"],
};

/// The days among which a session of these requests at this place lies, first start to last session day; None where
/// there is none. `booked`: confirmed, done or frozen, so lead days do not bind.
pub fn window(programme: &Programme, requests: &[RequestId], place: PlaceId, booked: bool) -> Option<Span> {
    let mut first = if booked { programme.start } else { programme.first_start(place) };
    let mut last = programme.end;
    for r in requests {
        let request = &programme.requests[*r];
        first = request.earliest.map_or(first, |d| first.max(d));
        last = request.latest.map_or(last, |d| last.min(d));
    }
    (first <= last).then_some(Span { first, last })
}
