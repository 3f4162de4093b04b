//! Days as numbers: one day more is one more. No hours, no zones.

use chrono::{Datelike, NaiveDate, Weekday};
use std::fmt;
use std::ops::{Add, Sub};

/// A calendar day, counted from 1 January of the year 1 (day 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day of this date.
    pub fn of(date: NaiveDate) -> Day {
        Day(date.num_days_from_ce())
    }

    /// The day with this year, month and day of the month, if there is one.
    pub fn ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(Day::of)
    }

    /// The day written as `2027-03-01`.
    pub fn iso(text: &str) -> Option<Day> {
        let b = text.as_bytes();
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' || !text.is_ascii() {
            return None;
        }
        let digits = |s: &str| s.bytes().all(|c| c.is_ascii_digit()).then(|| s.parse::<u32>().ok()).flatten();
        Day::ymd(digits(&text[..4])? as i32, digits(&text[5..7])?, digits(&text[8..])?)
    }

    /// The date of this day.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0).unwrap_or(NaiveDate::MAX)
    }

    /// Its weekday, 0 = Monday … 6 = Sunday.
    pub fn weekday(self) -> usize {
        (self.0 - 1).rem_euclid(7) as usize
    }

    /// Its weekday as chrono knows it.
    pub fn chrono_weekday(self) -> Weekday {
        self.date().weekday()
    }

    /// Its calendar year.
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// The days from this one to `last`, both included.
    pub fn to(self, last: Day) -> impl DoubleEndedIterator<Item = Day> {
        (self.0..=last.0).map(Day)
    }
}

impl Add<i32> for Day {
    type Output = Day;
    fn add(self, days: i32) -> Day {
        Day(self.0 + days)
    }
}

impl Sub<i32> for Day {
    type Output = Day;
    fn sub(self, days: i32) -> Day {
        Day(self.0 - days)
    }
}

impl Sub<Day> for Day {
    type Output = i32;
    fn sub(self, other: Day) -> i32 {
        self.0 - other.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

/// Days from `first` to `last`, both included (never empty).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub first: Day,
    pub last: Day,
}

impl Span {
    /// How many days it has.
    pub fn days(self) -> i32 {
        self.last - self.first + 1
    }

    /// True when the two share a day.
    pub fn meets(self, other: Span) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// `1–5 March 2027`, `29 March – 2 April 2027`, `29 December 2026 – 2 January 2027`
    pub fn in_words(self) -> String {
        let (first, last) = (self.first.date(), self.last.date());
        let whole = last.format("%-d %B %Y");
        if first == last {
            whole.to_string()
        } else if first.year() != last.year() {
            format!("{} – {whole}", first.format("%-d %B %Y"))
        } else if first.month() != last.month() {
            format!("{} – {whole}", first.format("%-d %B"))
        } else {
            format!("{}–{whole}", first.format("%-d"))
        }
    }

    /// True when `day` is one of its days.
    pub fn holds(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_as_people_write_them() {
        let span = |a: &str, b: &str| Span { first: Day::iso(a).expect(a), last: Day::iso(b).expect(b) };
        for (a, b, text) in [
            ("2027-03-01", "2027-03-05", "1–5 March 2027"),
            ("2027-03-01", "2027-03-01", "1 March 2027"),
            ("2027-03-29", "2027-04-02", "29 March – 2 April 2027"),
            ("2026-12-29", "2027-01-02", "29 December 2026 – 2 January 2027"),
        ] {
            assert_eq!(span(a, b).in_words(), text);
        }
    }
}
