//! A session is held in a language of every request and of the course.

use super::Statement;
use crate::programme::Programme;
use crate::programme::id::{LanguageId, RequestId};
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Language,
    demands: "The language of a session is in the list of every request it serves and among the languages in which the materials of its course exist.",
    why: "Officials must follow, and the materials must exist.",
    symbols: "language(s) ∈ languages(course) ∩ ⋂ languages(r) over r served by s",
    example: "R012 wants fr, then en; MLA exists in en and es: the session is held in en.",
    relaxations: &["add the language to the request", "add the language to the course"],
};

/// The languages in which these requests can be served together, those wanted most by the first request first.
pub fn languages(programme: &Programme, requests: &[RequestId]) -> Vec<LanguageId> {
    let Some((first, rest)) = requests.split_first() else { return Vec::new() };
    let first = &programme.requests[*first];
    let course = &programme.courses[first.course];
    let mut languages = first.languages.clone();
    languages
        .retain(|l| course.languages.contains(l) && rest.iter().all(|r| programme.requests[*r].languages.contains(l)));
    languages
}
