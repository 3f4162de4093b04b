//! What a planner has pinned stays as pinned.

use super::Statement;
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::programme::id::{LanguageId, PlaceId, RequestId, TrainerId};
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Pin,
    demands: "A pinned request that is served has its pinned start, place, language and working language, all pinned trainers are on the team, and it shares its session with those of its session label that are served.",
    why: "Some things are agreed already.",
    symbols: "for each pin p of r: s(r) agrees with every given value of p",
    example: "R007 is pinned to Nairobi on 1 March with T04: if it is served, then so.",
    relaxations: &["remove the pin, or the value that is in the way"],
};

/// True when a session of these requests may be held so; None = not decided yet. A confirmed or done request sits
/// with the requests of its session label only where the label says so (`mates`).
pub fn admits(
    programme: &Programme,
    requests: &[RequestId],
    start: Option<Day>,
    place: Option<PlaceId>,
    language: Option<LanguageId>,
    working_language: Option<LanguageId>,
) -> bool {
    fn agrees<T: PartialEq>(pinned: Option<T>, given: Option<T>) -> bool {
        match (pinned, given) {
            (Some(pinned), Some(given)) => pinned == given,
            _ => true,
        }
    }
    requests.iter().filter_map(|r| programme.pin(*r)).all(|pin| {
        agrees(pin.start, start)
            && agrees(pin.place, place)
            && agrees(pin.language, language)
            && agrees(pin.working_language, working_language)
    })
}

/// True when these requests may sit in one session as far as pins go: a done session serves only requests pinned
/// done, and requests pinned to one session do not sit with those of another label's start, place or languages.
pub fn mates(programme: &Programme, requests: &[RequestId]) -> bool {
    let done = requests.iter().filter(|r| programme.is_done(**r)).count();
    let pins: Vec<_> = requests.iter().filter_map(|r| programme.pin(*r)).collect();
    let agree = pins.iter().enumerate().all(|(i, a)| {
        pins[..i].iter().all(|b| {
            a.start.is_none_or(|d| b.start.is_none_or(|e| d == e))
                && a.place.is_none_or(|d| b.place.is_none_or(|e| d == e))
                && a.language.is_none_or(|d| b.language.is_none_or(|e| d == e))
                && a.working_language.is_none_or(|d| b.working_language.is_none_or(|e| d == e))
        })
    });
    (done == 0 || done == requests.len()) && agree
}

/// The trainers who must be on the team of a session of these requests, in file order.
pub fn team(programme: &Programme, requests: &[RequestId]) -> Vec<TrainerId> {
    let mut all: Vec<TrainerId> =
        requests.iter().filter_map(|r| programme.pin(*r)).flat_map(|pin| pin.trainers.iter().copied()).collect();
    all.sort();
    all.dedup();
    all
}
