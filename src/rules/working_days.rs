//! A session takes working days of its place in a row.

use super::Statement;
use crate::programme::Programme;
use crate::programme::calendar::session_span;
use crate::programme::day::Span;
use crate::programme::id::{CourseId, PlaceId};
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::WorkingDays,
    demands: "A session takes the days of its course as working days of the place in a row, from a start that start_weekdays allows. Weekend days are skipped, no working day in between may be closed, and a course no longer than the place's longest row of working days does not run over a weekend.",
    why: "People come to work on working days; a five-day course fits one week.",
    symbols: "span(s) = first to last of days(course) working days from start(s); closed ∩ working days of span(s) = ∅",
    example: "A course of three days in Cairo (weekend Friday and Saturday) starts on Sunday, Monday or Tuesday.",
    relaxations: &["set start_weekdays = any", "remove the closed day", "shorten the course"],
};

/// Every span of a session of this course at this place whose days lie within the window, by start.
pub fn spans(programme: &Programme, course: CourseId, place: PlaceId, window: Span) -> Vec<Span> {
    let days = programme.courses[course].days;
    window
        .first
        .to(window.last)
        .filter_map(|start| session_span(&programme.places[place], days, programme.rules.start_weekdays, start))
        .filter(|span| span.last <= window.last)
        .collect()
}
