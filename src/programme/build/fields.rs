//! Reads one row: each cell by its column's name, with the column's default, telling what is wrong with it.

use super::codes;
use super::columns::{Column, TableId};
use super::log::Log;
use super::tables::{Row, Spot, Table, Tables};
use super::values::{self, Dates, NoNumber};
use crate::programme::day::Day;
use crate::programme::money::{Cents, Micro};
use std::ops::RangeInclusive;

/// The largest price, in cents: what one day or one way may cost.
pub const MOST_PRICE: i64 = 100_000_000_000;
/// The largest amount of a fund or a quota, in cents.
pub const MOST_MONEY: i64 = 1_000_000_000_000_000;

/// One row under the reader's finger.
pub struct Fields<'t, 'l> {
    columns: &'static [Column],
    table: &'t Table,
    tables: &'t Tables,
    pub row: &'t Row,
    pub log: &'l mut Log,
    dates: Dates,
}

impl<'t, 'l> Fields<'t, 'l> {
    /// The reader of this row of this table.
    pub fn new(tables: &'t Tables, id: TableId, row: &'t Row, dates: Dates, log: &'l mut Log) -> Self {
        Fields { columns: id.columns(), table: tables.table(id), tables, row, log, dates }
    }

    fn number_of(&self, name: &str) -> usize {
        self.columns.iter().position(|c| c.name == name).unwrap_or_else(|| unreachable!("{name} is no column"))
    }

    /// Where this column's cell stands.
    pub fn spot(&self, name: &str) -> Spot {
        self.row.spot_of(self.number_of(name))
    }

    /// The text of a column, its default where it is blank. A blank required cell is told.
    pub fn text(&mut self, name: &str) -> &'t str {
        let number = self.number_of(name);
        let text = self.row.text(number);
        if !text.is_empty() {
            return text;
        }
        let column = self.columns[number];
        // A column that the whole sheet lacks is told once, at its header.
        if column.required && (self.table.has[number] || self.row.spot.source != self.table.source) {
            let text = format!("{name} is blank, and every row needs it");
            self.log.add(&codes::MISSING_VALUE, self.row.spot_of(number), text, "");
        }
        column.default
    }

    /// The items of a list. A required list without any is told.
    pub fn list(&mut self, name: &str) -> Vec<&'t str> {
        let text = self.text(name);
        let items: Vec<&str> = values::list(text).collect();
        if items.is_empty() && !text.is_empty() && self.columns[self.number_of(name)].required {
            let (spot, text) = (self.spot(name), format!("{name} names nothing, and every row needs it"));
            self.log.add(&codes::MISSING_VALUE, spot, text, "");
        }
        items
    }

    fn comma(&self, name: &str) -> bool {
        self.tables.sources[self.spot(name).source as usize].decimal_comma
    }

    /// True when programme.toml has this key.
    pub fn has_setting(&self, key: &str) -> bool {
        self.tables.setting(key).is_some()
    }

    /// A number in units of 10^-`places` within `range`; None where the cell is blank or wrong.
    fn number(&mut self, name: &str, places: u32, range: RangeInclusive<i64>) -> Option<i64> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let spot = self.spot(name);
        let shown = |v: i64| if places == 0 { v.to_string() } else { shown_decimal(v, places) };
        match values::decimal(text, places, self.comma(name)) {
            Ok(value) if range.contains(&value) => return Some(value),
            Ok(value) if value < *range.start() => {
                let text = format!("{name} is {text}, and may not be below {}", shown(*range.start()));
                self.log.add(&codes::OUT_OF_RANGE, spot, text, "");
            }
            Ok(_) => {
                let most = if *range.end() > MOST_MONEY { "what can be counted".into() } else { shown(*range.end()) };
                self.log.add(&codes::OUT_OF_RANGE, spot, format!("{name} is {text}, and may not be above {most}"), "");
            }
            Err(NoNumber::Large) => {
                self.log.add(&codes::OUT_OF_RANGE, spot, format!("{name} is {text}: too large"), "");
            }
            Err(NoNumber::Decimals) if places == 0 => {
                let text = format!("{name} is {text}, and must be a whole number");
                self.log.add(&codes::BAD_NUMBER, spot, text, "");
            }
            Err(NoNumber::Decimals) => {
                let text = format!("{name} is {text}, and may have at most {places} decimals");
                self.log.add(&codes::BAD_NUMBER, spot, text, "");
            }
            Err(NoNumber::Unreadable) => {
                let text = format!("{name} is \"{text}\", which is not a number");
                self.log.add(&codes::BAD_NUMBER, spot, text, "");
            }
        }
        None
    }

    /// A whole number within `range`; None where the cell is blank or wrong.
    pub fn whole(&mut self, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        self.number(name, 0, range)
    }

    /// A whole number of days or heads from `least` to a million; None where the cell is blank or wrong.
    pub fn count(&mut self, name: &str, least: i32) -> Option<i32> {
        self.whole(name, i64::from(least)..=1_000_000).and_then(|n| i32::try_from(n).ok())
    }

    /// A price for one day, one way or one head.
    pub fn price(&mut self, name: &str) -> Cents {
        Cents(self.number(name, 2, 0..=MOST_PRICE).unwrap_or(0))
    }

    /// Money of any size; None where the cell is blank or wrong.
    pub fn money(&mut self, name: &str) -> Option<Cents> {
        self.number(name, 2, 0..=MOST_MONEY).map(Cents)
    }

    /// A decimal in millionths within `range` (in millionths too); None where the cell is blank or wrong.
    pub fn micro(&mut self, name: &str, range: RangeInclusive<i64>) -> Option<Micro> {
        self.number(name, 6, range).map(Micro)
    }

    /// Degrees from -`most` to `most`; None where the cell is blank or wrong.
    pub fn degrees(&mut self, name: &str, most: f64) -> Option<f64> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let plain = if self.comma(name) { text.replace(',', ".") } else { text.to_string() };
        let digits = plain.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
        match plain.parse::<f64>() {
            Ok(value) if digits && value.abs() <= most => Some(value),
            Ok(_) if digits => {
                let text = format!("{name} is {text}, and must lie between -{most} and {most} degrees");
                let spot = self.spot(name);
                self.log.add(&codes::OUT_OF_RANGE, spot, text, "");
                None
            }
            _ => {
                let spot = self.spot(name);
                self.log.add(&codes::BAD_NUMBER, spot, format!("{name} is \"{text}\", which is not a number"), "");
                None
            }
        }
    }

    /// A day; None where the cell is blank or wrong.
    pub fn day(&mut self, name: &str) -> Option<Day> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let day = values::day(text, self.dates);
        if day.is_none() {
            let (spot, help) = (self.spot(name), date_help(text, self.dates));
            self.log.add(&codes::BAD_DATE, spot, format!("{name} is \"{text}\", which is not a date"), help);
        }
        day
    }

    /// Two days of which the second may not come before the first.
    pub fn days(&mut self, first: &str, last: &str) -> (Option<Day>, Option<Day>) {
        let (from, to) = (self.day(first), self.day(last));
        if let (Some(a), Some(b)) = (from, to)
            && b < a
        {
            let spot = self.spot(last);
            self.log.add(&codes::DATES_REVERSED, spot, format!("{last} ({b}) comes before {first} ({a})"), "");
        }
        (from, to)
    }

    /// `yes` or `no`.
    pub fn yes(&mut self, name: &str) -> bool {
        let text = self.text(name);
        values::yes_no(text).unwrap_or_else(|| {
            if !text.is_empty() {
                let spot = self.spot(name);
                self.log.add(&codes::BAD_YES_NO, spot, format!("{name} is \"{text}\", and must be yes or no"), "");
            }
            false
        })
    }

    /// Which of these words stands here; None where it is another one (which is told).
    pub fn choice(&mut self, name: &str, words: &[&'static str]) -> Option<usize> {
        let text = self.text(name);
        let found = words.iter().position(|w| w.eq_ignore_ascii_case(text));
        if found.is_none() && !text.is_empty() {
            let help = self.log.did_you_mean(text, words.iter().copied());
            let text = format!("{name} is \"{text}\", and must be {}", one_of(words));
            let spot = self.spot(name);
            self.log.add(&codes::BAD_WORD, spot, text, help);
        }
        found
    }

    /// Days of the week, Monday first; None where the cell is blank.
    pub fn weekend(&mut self, name: &str) -> Option<[bool; 7]> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let mut days = [false; 7];
        if text.eq_ignore_ascii_case("none") {
            return Some(days);
        }
        for item in values::list(text) {
            match values::weekday(item) {
                Some(day) => days[day] = true,
                None => {
                    let spot = self.spot(name);
                    let text = format!("{name} names \"{item}\", which is not a day of the week");
                    self.log.add(&codes::BAD_WORD, spot, text, "write mon, tue, wed, thu, fri, sat or sun, or none");
                }
            }
        }
        Some(days)
    }

    /// A language code.
    pub fn language(&mut self, name: &str, code: &'t str) -> Option<&'t str> {
        if values::is_id(code) {
            return Some(code);
        }
        let spot = self.spot(name);
        let text = format!("{name} names \"{code}\", which is not a language code");
        self.log.add(&codes::BAD_ID, spot, text, "write a code such as en or fr; several are separated by ;");
        None
    }
}

/// What to do about a date that cannot be read.
pub fn date_help(text: &str, dates: Dates) -> String {
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
fn shown_decimal(value: i64, places: u32) -> String {
    let unit = 10i64.pow(places);
    let text = format!("{}.{:0width$}", value / unit, value.rem_euclid(unit), width = places as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}
