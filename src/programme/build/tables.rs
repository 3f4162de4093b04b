//! Neutral tables: text cells that know where they stand. CSV, workbook and scenario all end up here.

use super::columns::TableId;
use std::sync::Arc;

/// Where a cell stands: its source in `Tables::sources`, line and column counted from 1 (0 = unknown).
/// In a CSV file the column counts characters of the line, in a workbook the columns of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Spot {
    pub source: u32,
    pub line: u32,
    pub column: u32,
}

/// One file or sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As the user knows it: `requests.csv`, `programme.xlsx[requests]`, a scenario file.
    pub name: String,
    /// True where `1,5` means 1.5 (the separator is a semicolon).
    pub decimal_comma: bool,
}

/// A cell: its text without surrounding blanks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub spot: Spot,
}

/// One row; `cells` are in the order of the table's columns (`TableId::columns`), None where the sheet has no such
/// column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub spot: Spot,
    pub cells: Vec<Option<Cell>>,
}

impl Row {
    /// The text in this column, blank where there is none.
    pub fn text(&self, column: usize) -> &str {
        self.cells[column].as_ref().map_or("", |c| &c.text)
    }

    /// Where this column stands, the row's own place where there is no cell.
    pub fn spot_of(&self, column: usize) -> Spot {
        self.cells[column].as_ref().map_or(self.spot, |c| c.spot)
    }
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The file or sheet that holds it, or would hold it.
    pub source: u32,
    /// False: there is no such file or sheet.
    pub present: bool,
    /// By column: does the header have it?
    pub has: Vec<bool>,
    /// What else stands in the header.
    pub unread: Vec<Cell>,
    pub rows: Vec<Row>,
}

/// One value of programme.toml: `rules.rest_days`, `columns.requests.Pays`. A list is joined with `;`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub key: String,
    pub key_spot: Spot,
    pub value: Cell,
}

/// A busy calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The file's name without `.ics`: a trainer's id, or one followed by `-` and anything.
    pub stem: String,
    pub source: u32,
    pub bytes: Arc<[u8]>,
}

/// Everything that was read, before any of it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tables {
    pub sources: Vec<Source>,
    /// The source of programme.toml, or of the sheet `programme`.
    pub programme: u32,
    /// False: there is no such file or sheet.
    pub has_programme: bool,
    pub settings: Vec<Setting>,
    tables: Vec<Table>,
    pub calendars: Vec<Calendar>,
}

impl Tables {
    /// Empty tables; `name_of` says how the file or sheet of a table is called (None: the programme's own).
    pub fn new(name_of: impl Fn(Option<TableId>) -> String) -> Tables {
        let named = |table| Source { name: name_of(table), decimal_comma: false };
        let sources = std::iter::once(None).chain(TableId::ALL.into_iter().map(Some)).map(named).collect();
        let table = |(i, id): (usize, &TableId)| Table {
            source: i as u32 + 1,
            present: false,
            has: vec![false; id.columns().len()],
            unread: Vec::new(),
            rows: Vec::new(),
        };
        let tables = TableId::ALL.iter().enumerate().map(table).collect();
        Tables { sources, programme: 0, has_programme: false, settings: Vec::new(), tables, calendars: Vec::new() }
    }

    /// Adds a file or sheet and says its number.
    pub fn add_source(&mut self, name: String) -> u32 {
        self.sources.push(Source { name, decimal_comma: false });
        self.sources.len() as u32 - 1
    }

    /// A table.
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id as usize]
    }

    /// A table, to be filled or changed.
    pub fn table_mut(&mut self, id: TableId) -> &mut Table {
        &mut self.tables[id as usize]
    }

    /// The value of a key of programme.toml, if it is given.
    pub fn setting(&self, key: &str) -> Option<&Setting> {
        self.settings.iter().find(|s| s.key == key)
    }

    /// The trainer whose busy calendar this is: the longest id that fits the file's name wins.
    pub fn calendar_owner(&self, calendar: &Calendar) -> Option<&str> {
        let fits =
            |id: &&str| calendar.stem.strip_prefix(*id).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        self.table(TableId::Trainers)
            .rows
            .iter()
            .map(|r| r.text(0))
            .filter(|id| !id.is_empty())
            .filter(fits)
            .max_by_key(|id| id.len())
    }
}
