//! One text that stands somewhere: read as a value, or told what is wrong with it. Cells and settings alike.

use super::codes;
use super::log::Log;
use super::tables::Spot;
use super::values::{self, Dates, NoNumber};
use crate::programme::day::Day;
use std::ops::RangeInclusive;

/// The largest price, in cents: what one day or one way may cost.
pub const MOST_PRICE: i64 = 100_000_000_000;
/// The largest amount of a fund or a quota, in cents.
pub const MOST_MONEY: i64 = 1_000_000_000_000_000;

/// A text that is not blank, the name of its column or key, and its place.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    pub name: &'a str,
    pub text: &'a str,
    pub spot: Spot,
    /// True where a decimal comma is read.
    pub comma: bool,
}

impl Written<'_> {
    /// A number in units of 10^-`places` within `range`.
    pub fn number(self, places: u32, range: RangeInclusive<i64>, log: &mut Log) -> Option<i64> {
        let Written { name, text, spot, comma } = self;
        let wrong = match values::decimal(text, places, comma) {
            Ok(value) if range.contains(&value) => return Some(value),
            Ok(value) if value < *range.start() && *range.start() == 1 => {
                format!("{name} is {text}, and must be above 0")
            }
            Ok(value) if value < *range.start() => {
                format!("{name} is {text}, and may not be below {}", shown(*range.start(), places))
            }
            Ok(_) => format!("{name} is {text}, and may not be above {}", shown(*range.end(), places)),
            Err(NoNumber::Large) => format!("{name} is {text}: too large"),
            Err(NoNumber::Decimals) if places == 0 => {
                let wrong = format!("{name} is {text}, and must be a whole number");
                log.add(&codes::BAD_NUMBER, spot, wrong, thousands(text));
                return None;
            }
            Err(NoNumber::Decimals) => {
                let wrong = format!("{name} is {text}, and may have at most {places} decimals");
                log.add(&codes::BAD_NUMBER, spot, wrong, thousands(text));
                return None;
            }
            Err(NoNumber::Unreadable) => {
                let help = match places {
                    0 => "write digits alone: 1200".to_string(),
                    2 => String::new(),
                    _ => "write a number such as 0.07 (7 % is 0.07), with a decimal point".to_string(),
                };
                log.add(&codes::BAD_NUMBER, spot, format!("{name} is \"{text}\", which is not a number"), help);
                return None;
            }
        };
        log.add(&codes::OUT_OF_RANGE, spot, wrong, "");
        None
    }

    /// Degrees from -`most` to `most`.
    pub fn degrees(self, most: f64, log: &mut Log) -> Option<f64> {
        let Written { name, text, spot, comma } = self;
        let plain = if comma { text.replace(',', ".") } else { text.to_string() };
        let digits = plain.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
        match plain.parse::<f64>() {
            Ok(value) if digits && value.abs() <= most => return Some(value),
            Ok(_) if digits => {
                let text = format!("{name} is {text}, and must lie between -{most} and {most} degrees");
                log.add(&codes::OUT_OF_RANGE, spot, text, "");
            }
            _ => log.add(&codes::BAD_NUMBER, spot, format!("{name} is \"{text}\", which is not a number"), ""),
        }
        None
    }

    /// A day.
    pub fn day(self, dates: Dates, log: &mut Log) -> Option<Day> {
        let day = values::day(self.text, dates);
        if day.is_none() {
            let text = format!("{} is \"{}\", which is not a date", self.name, self.text);
            log.add(&codes::BAD_DATE, self.spot, text, date_help(self.text, dates));
        }
        day
    }

    /// Yes or no.
    pub fn yes(self, log: &mut Log) -> Option<bool> {
        let yes = values::yes_no(self.text);
        if yes.is_none() {
            let text = format!("{} is \"{}\", and must be yes or no", self.name, self.text);
            log.add(&codes::BAD_YES_NO, self.spot, text, "");
        }
        yes
    }

    /// Which of these words.
    pub fn choice(self, words: &[&'static str], log: &mut Log) -> Option<usize> {
        let found = words.iter().position(|w| w.eq_ignore_ascii_case(self.text));
        if found.is_none() {
            let help = log.did_you_mean(self.text, words.iter().copied());
            let text = format!("{} is \"{}\", and must be {}", self.name, self.text, one_of(words));
            log.add(&codes::BAD_WORD, self.spot, text, help);
        }
        found
    }

    /// The days of the week that a list names, Monday first; `help` says how they may be written.
    pub fn weekdays(self, help: &str, log: &mut Log) -> [bool; 7] {
        let mut days = [false; 7];
        for item in values::list(self.text) {
            match values::weekday(item) {
                Some(day) => days[day] = true,
                None => {
                    let text = format!("{} names \"{item}\", which is not a day of the week", self.name);
                    log.add(&codes::BAD_WORD, self.spot, text, help);
                }
            }
        }
        days
    }
}

/// What to do about a date that cannot be read.
fn date_help(text: &str, dates: Dates) -> String {
    let named = |d: Dates| values::day(text, d);
    match (named(Dates::DayFirst), named(Dates::MonthFirst)) {
        (Some(a), Some(b)) if dates == Dates::Iso && a != b => format!(
            "write {a} or {b}, or say in programme.toml under [input] which one is meant: dates = \"dmy\" or \"mdy\""
        ),
        (Some(a), _) if dates != Dates::DayFirst => {
            format!("write {a}, or set dates = \"dmy\" under [input] in programme.toml")
        }
        (_, Some(b)) if dates != Dates::MonthFirst => {
            format!("write {b}, or set dates = \"mdy\" under [input] in programme.toml")
        }
        _ => String::new(),
    }
}

/// `a, b or c`.
pub fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => only.to_string(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// A number in units of 10^-`places`, without needless zeros.
fn shown(value: i64, places: u32) -> String {
    if places == 0 {
        return value.to_string();
    }
    let unit = 10i64.pow(places);
    let text = format!("{}.{:0width$}", value / unit, value.rem_euclid(unit), width = places as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// What to write where thousands may have been meant.
fn thousands(text: &str) -> String {
    values::thousands(text).map_or(String::new(), |plain| format!("write {plain} where thousands were meant"))
}
