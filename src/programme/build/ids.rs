//! Which row an id names.

use super::codes::{self, Code};
use super::columns::TableId;
use super::log::Log;
use super::tables::{Spot, Tables};
use super::values;
use crate::programme::id::Id;
use rustc_hash::FxHashMap;

/// The ids of one table: row i has id i, also where its id is wrong or taken (which is told).
pub struct Ids<'t, I> {
    of: FxHashMap<&'t str, I>,
    order: Vec<&'t str>,
    noun: &'static str,
    table: TableId,
    unknown: &'static Code,
}

impl<'t, I: Id> Ids<'t, I> {
    /// Numbers the rows of a table whose first column is its id.
    pub fn number(
        tables: &'t Tables,
        table: TableId,
        noun: &'static str,
        unknown: &'static Code,
        log: &mut Log,
    ) -> Ids<'t, I> {
        let of = unique(tables, table, noun, log).into_iter().map(|(id, row)| (id, I::new(row))).collect();
        let order = tables.table(table).rows.iter().map(|r| r.text(0)).collect();
        Ids { of, order, noun, table, unknown }
    }

    /// The row with this id, if there is one.
    pub fn get(&self, id: &str) -> Option<I> {
        self.of.get(id).copied()
    }

    /// Every id, in file order.
    pub fn all(&self) -> impl Iterator<Item = &'t str> + '_ {
        self.order.iter().copied().filter(|id| !id.is_empty())
    }

    /// The id of a row, as written.
    pub fn text(&self, id: I) -> &'t str {
        self.order.get(id.index()).copied().unwrap_or("?")
    }

    /// The row with this id; an unknown one is told.
    pub fn find(&self, id: &str, spot: Spot, log: &mut Log) -> Option<I> {
        if id.is_empty() {
            return None;
        }
        let found = self.get(id);
        if found.is_none() {
            let mut help = log.did_you_mean(id, self.all());
            if help.is_empty() {
                help = format!("add it to the table {}, or correct the name", self.table.word());
            }
            log.add(self.unknown, spot, format!("no {} is called \"{id}\"", self.noun), help);
        }
        found
    }
}

/// The row of each id of a table whose first column is its id; wrong ids and ids that stand twice are told.
pub fn unique<'t>(tables: &'t Tables, table: TableId, noun: &str, log: &mut Log) -> FxHashMap<&'t str, usize> {
    let rows = &tables.table(table).rows;
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    for (i, row) in rows.iter().enumerate() {
        let (id, spot) = (row.text(0), row.spot_of(0));
        if id.is_empty() {
            continue;
        }
        check_id(id, spot, log);
        match first.get(id) {
            Some(other) => {
                let line = rows[*other].spot.line;
                let text = format!("the {noun} {id} stands here a second time, first in line {line}");
                log.add(&codes::DUPLICATE_ID, spot, text, "");
            }
            None => {
                first.insert(id, i);
            }
        }
    }
    first
}

/// Tells an id that is not written as one.
pub fn check_id(id: &str, spot: Spot, log: &mut Log) {
    if !values::is_id(id) {
        let shown: String = id.chars().take(60).collect();
        log.add(&codes::BAD_ID, spot, format!("\"{shown}\" cannot be an id"), "");
    }
}

/// Names that are numbered as they are met.
#[derive(Debug, Default)]
pub struct Labels<'t> {
    of: FxHashMap<&'t str, usize>,
    pub order: Vec<&'t str>,
}

impl<'t> Labels<'t> {
    /// The number of this name.
    pub fn number<I: Id>(&mut self, name: &'t str) -> I {
        let next = self.order.len();
        let number = *self.of.entry(name).or_insert(next);
        if number == next {
            self.order.push(name);
        }
        I::new(number)
    }

    /// The number of this name, if it has one already.
    pub fn get<I: Id>(&self, name: &str) -> Option<I> {
        self.of.get(name).map(|i| I::new(*i))
    }

    /// The names in order.
    pub fn strings<I: Id>(&self) -> crate::programme::id::Dense<I, String> {
        self.order.iter().map(|s| s.to_string()).collect()
    }
}
