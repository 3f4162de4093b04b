//! Reads one row: each cell by its column's name, with the column's default, telling what is wrong with it.

use super::codes;
use super::columns::{Column, TableId};
use super::log::Log;
use super::tables::{Row, Spot, Table, Tables};
use super::values::{self, Dates};
use super::written::{MOST_MONEY, MOST_PRICE, Written};
use crate::programme::day::Day;
use crate::programme::money::{Cents, Micro};
use std::ops::RangeInclusive;

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

    /// The text of a column with its place; None where it is blank.
    fn written(&mut self, name: &'static str) -> Option<Written<'t>> {
        let (text, spot) = (self.text(name), self.spot(name));
        let comma = self.tables.sources[spot.source as usize].decimal_comma;
        (!text.is_empty()).then_some(Written { name, text, spot, comma })
    }

    /// True when programme.toml has this key.
    pub fn has_setting(&self, key: &str) -> bool {
        self.tables.setting(key).is_some()
    }

    fn number(&mut self, name: &'static str, places: u32, range: RangeInclusive<i64>) -> Option<i64> {
        self.written(name)?.number(places, range, self.log)
    }

    /// A whole number within `range`; None where the cell is blank or wrong.
    pub fn whole(&mut self, name: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        self.number(name, 0, range)
    }

    /// A whole number of days or heads from `least` to a million; None where the cell is blank or wrong.
    pub fn count(&mut self, name: &'static str, least: i32) -> Option<i32> {
        self.whole(name, i64::from(least)..=1_000_000).and_then(|n| i32::try_from(n).ok())
    }

    /// A price for one day, one way or one head.
    pub fn price(&mut self, name: &'static str) -> Cents {
        Cents(self.number(name, 2, 0..=MOST_PRICE).unwrap_or(0))
    }

    /// Money of any size; None where the cell is blank or wrong.
    pub fn money(&mut self, name: &'static str) -> Option<Cents> {
        self.number(name, 2, 0..=MOST_MONEY).map(Cents)
    }

    /// A decimal in millionths within `range` (in millionths too); None where the cell is blank or wrong.
    pub fn micro(&mut self, name: &'static str, range: RangeInclusive<i64>) -> Option<Micro> {
        self.number(name, 6, range).map(Micro)
    }

    /// Degrees from -`most` to `most`; None where the cell is blank or wrong.
    pub fn degrees(&mut self, name: &'static str, most: f64) -> Option<f64> {
        self.written(name)?.degrees(most, self.log)
    }

    /// A day; None where the cell is blank or wrong.
    pub fn day(&mut self, name: &'static str) -> Option<Day> {
        self.written(name)?.day(self.dates, self.log)
    }

    /// Two days of which the second may not come before the first.
    pub fn days(&mut self, first: &'static str, last: &'static str) -> (Option<Day>, Option<Day>) {
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
    pub fn yes(&mut self, name: &'static str) -> bool {
        self.written(name).and_then(|w| w.yes(self.log)).unwrap_or(false)
    }

    /// Which of these words stands here; None where the cell is blank or wrong.
    pub fn choice(&mut self, name: &'static str, words: &[&'static str]) -> Option<usize> {
        self.written(name)?.choice(words, self.log)
    }

    /// The weekend, Monday first; None where the cell is blank.
    pub fn weekend(&mut self, name: &'static str) -> Option<[bool; 7]> {
        let written = self.written(name)?;
        if written.text.eq_ignore_ascii_case("none") {
            return Some([false; 7]);
        }
        Some(written.weekdays("write mon, tue, wed, thu, fri, sat or sun, or none", self.log))
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
