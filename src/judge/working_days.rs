//! A session takes the course's `days` working days of the place in a row: the first is its start, allowed by
//! start_weekdays; weekend days are skipped; no working day in the span may be closed; a course of at most as many days
//! as the place's longest row of working days does not run over a weekend.

use super::case::{Case, breach};
use super::name;
use crate::programme::day::Day;
use crate::programme::places::Place;
use crate::programme::policy::StartDays;
use crate::words::{RuleId, Violation};

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (_, session) in case.open_sessions() {
        let place = &programme.places[session.place];
        let where_ = name::place(programme, session.place);
        let days = programme.courses[session.course].days;
        let (first, last) = (session.span.first, session.span.last);
        let mut tell = |text: String| {
            let subjects = vec![session.id.clone(), place.id.clone()];
            found.push(breach(RuleId::WorkingDays, subjects, text));
        };
        let what = name::session(programme, session);
        if rests(place, first) {
            tell(format!("{what} starts on a {}, a weekend day in {where_}.", weekday(first)));
            continue;
        }
        let mut working = 0;
        let mut weekend = 0;
        for day in first.to(last) {
            if rests(place, day) {
                weekend += 1;
                continue;
            }
            working += 1;
            if let Some((_, holiday)) = place.closed.iter().find(|(span, _)| span.first <= day && day <= span.last) {
                let why = if holiday.is_empty() { String::new() } else { format!(" ({holiday})") };
                tell(format!("{what} runs over {day}, a day on which {where_} is closed{why}."));
            }
        }
        if working != days || rests(place, last) {
            tell(format!(
                "{what} has {} in {where_}; {} takes {}.",
                name::count(i64::from(working), "working day"),
                name::course(programme, session.course),
                name::count(i64::from(days), "working day")
            ));
        }
        if weekend > 0 && longest_row(place).is_none_or(|row| days <= row) {
            tell(format!(
                "{what} runs over a weekend, though its {} fit into one week.",
                name::count(i64::from(days), "day")
            ));
        }
        match programme.rules.start_weekdays {
            StartDays::Any => {}
            StartDays::On(allowed) => {
                if !allowed[first.weekday()] {
                    tell(format!("{what} starts on a {}, which start_weekdays does not allow.", weekday(first)));
                }
            }
            StartDays::First => {
                if !first_open_day(place, first) {
                    tell(format!("{what} does not start on the first open day after a weekend of {where_}."));
                }
            }
        }
    }
    found
}

fn weekday(day: Day) -> &'static str {
    WEEKDAYS[day.weekday()]
}

fn rests(place: &Place, day: Day) -> bool {
    place.week.0[day.weekday()]
}

fn closed(place: &Place, day: Day) -> bool {
    place.closed.iter().any(|(span, _)| span.first <= day && day <= span.last)
}

/// True when every working day between the last weekend day and this day is closed; anywhere without a weekend.
fn first_open_day(place: &Place, day: Day) -> bool {
    if place.week.0 == [false; 7] {
        return true;
    }
    let mut before = day - 1;
    while !rests(place, before) {
        if !closed(place, before) {
            return false;
        }
        before = before - 1;
    }
    true
}

/// How many working days come in a row at most; None where there is no weekend and the row never ends.
fn longest_row(place: &Place) -> Option<i32> {
    if place.week.0 == [false; 7] {
        return None;
    }
    let mut longest = 0;
    for from in 0..7 {
        let mut row = 0;
        while !place.week.0[(from + row) % 7] {
            row += 1;
        }
        longest = longest.max(row);
    }
    i32::try_from(longest).ok()
}
