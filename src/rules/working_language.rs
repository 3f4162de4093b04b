//! A team works in one language, interpreted where it is not the session's.

use super::Statement;
use crate::programme::Programme;
use crate::programme::id::{InterpretationId, LanguageId, PlaceId, RequestId};
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::WorkingLanguage,
    demands: "The team works in one language: the language of the session, or another one with interpretation into it that is priced for the place and that no request refuses. Every lead is able to teach in it, every co-trainer to teach or to assist.",
    why: "Trainers teach in languages that they master; interpreters bridge the rest, at a price.",
    symbols: "w(s) = language(s), or a row interpretation[place, w(s) → language(s)] exists and interpretation(r) = yes for every r served by s",
    example: "A session in ar at Cairo is taught in en with interpreters from en to ar at 1,200.00 a day; R030 says interpretation = no, so its team must work in ar itself.",
    relaxations: &[
        "set interpretation = yes on the request",
        "price interpretation for the place",
        "add the language to a trainer",
    ],
};

/// The languages in which a team may work in a session of these requests at this place in this language, each with
/// the row of interpretation.csv that it uses; the session's own language first, then in file order.
pub fn working_languages(
    programme: &Programme,
    requests: &[RequestId],
    place: PlaceId,
    language: LanguageId,
) -> Vec<(LanguageId, Option<InterpretationId>)> {
    let mut all = vec![(language, None)];
    if requests.iter().all(|r| programme.requests[*r].interpretation) {
        for (id, row) in programme.interpretation.iter() {
            if row.to == language
                && row.from != language
                && row.places[place]
                && !all.iter().any(|(l, _)| *l == row.from)
            {
                all.push((row.from, Some(id)));
            }
        }
    }
    all
}
