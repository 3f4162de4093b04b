//! Working days: which days a session takes, and where it may start.

use super::day::{Day, Span};
use super::places::Place;
use super::policy::StartDays;

/// The weekend of a place: true = weekend, Monday first. All false = works every day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Week(pub [bool; 7]);

impl Week {
    /// True on a weekend day.
    pub fn rests(self, day: Day) -> bool {
        self.0[day.weekday()]
    }

    /// True when the place has no weekend at all.
    pub fn none(self) -> bool {
        !self.0.contains(&true)
    }

    /// The place's longest row of working days; i32::MAX where there is no weekend.
    pub fn longest_row(self) -> i32 {
        if self.none() {
            return i32::MAX;
        }
        let (mut longest, mut row) = (0, 0);
        for i in 0..14 {
            row = if self.0[i % 7] { 0 } else { row + 1 };
            longest = longest.max(row);
        }
        longest
    }
}

/// The days that a session of `days` teaching days takes when it starts on `start`: weekend days are skipped,
/// holidays are not looked at. None where the first day is a weekend day or the place never works.
pub fn span(week: Week, days: i32, start: Day) -> Option<Span> {
    if week.0 == [true; 7] || week.rests(start) || days < 1 {
        return None;
    }
    let mut last = start;
    let mut left = days - 1;
    while left > 0 {
        last = last + 1;
        if !week.rests(last) {
            left -= 1;
        }
    }
    Some(Span { first: start, last })
}

/// The days that a session takes at `place`, under the whole rule `working-days`: None where it may not start on
/// `start` (weekday, weekend inside a short course, closed day inside).
pub fn session_span(place: &Place, days: i32, starts: StartDays, start: Day) -> Option<Span> {
    let span = span(place.week, days, start)?;
    if !may_start(place, starts, start) {
        return None;
    }
    if days <= place.week.longest_row() && span.days() != days {
        return None;
    }
    let closed = span.first.to(span.last).any(|d| !place.week.rests(d) && place.is_closed(d));
    (!closed).then_some(span)
}

/// True when start_weekdays allows a start on this day (`start` itself is taken to be open).
pub fn may_start(place: &Place, starts: StartDays, start: Day) -> bool {
    match starts {
        StartDays::Any => true,
        StartDays::On(days) => days[start.weekday()],
        StartDays::First => {
            if place.week.none() {
                return true;
            }
            let mut before = start - 1;
            while !place.week.rests(before) {
                if !place.is_closed(before) {
                    return false;
                }
                before = before - 1;
            }
            true
        }
    }
}

/// The session days among a span: the working days of the place.
pub fn session_days(week: Week, span: Span) -> impl Iterator<Item = Day> {
    span.first.to(span.last).filter(move |d| !week.rests(*d))
}
