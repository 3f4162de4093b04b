//! Which of a sheet's columns is which column of the table.

use crate::programme::build::codes;
use crate::programme::build::columns::TableId;
use crate::programme::build::log::Log;
use crate::programme::build::tables::{Cell, Row, Spot, Tables};

/// For each cell of a sheet's rows the number of its column, None where the column is not read.
pub struct Header {
    table: TableId,
    columns: Vec<Option<usize>>,
}

impl Header {
    /// Matches a header row, under `[columns.TABLE]` of programme.toml; tells unknown and repeated names.
    pub fn new(tables: &mut Tables, table: TableId, cells: &[Cell], log: &mut Log) -> Header {
        let prefix = format!("columns.{}.", table.word());
        let mut columns = Vec::new();
        let mut has = vec![false; table.columns().len()];
        let mut unread = Vec::new();
        for cell in cells {
            let renamed = tables.setting(&format!("{prefix}{}", cell.text)).map(|s| s.value.text.as_str());
            let name = renamed.unwrap_or(&cell.text);
            let number = table.column(name);
            match number {
                // A rename to a column that does not exist is told where it is written.
                None if cell.text.is_empty() || renamed.is_some() => {}
                None => {
                    let help = log.did_you_mean(name, table.columns().iter().map(|c| c.name));
                    let text = format!("{} has no column \"{name}\"; it is not read", table.word());
                    log.add(&codes::UNKNOWN_COLUMN, cell.spot, text, help);
                    unread.push(cell.clone());
                }
                Some(number) if std::mem::replace(&mut has[number], true) => {
                    log.add(&codes::DUPLICATE_COLUMN, cell.spot, format!("the column {name} stands here twice"), "");
                }
                Some(_) => {}
            }
            columns.push(number);
        }
        renames(tables, table, cells, log);
        let filled = tables.table_mut(table);
        filled.present = true;
        (filled.has, filled.unread) = (has, unread);
        Header { table, columns }
    }

    /// A row by the table's columns; None where it is blank. Cells beyond the header are told.
    pub fn row(&self, cells: Vec<Cell>, log: &mut Log) -> Option<Row> {
        let first = cells.iter().find(|c| !c.text.is_empty())?;
        let spot = Spot { column: 0, ..first.spot };
        if let Some(extra) = cells.iter().skip(self.columns.len()).find(|c| !c.text.is_empty()) {
            let text = format!("the row has a cell here (\"{}\"), and the header has none", shortened(&extra.text));
            log.add(&codes::EXTRA_CELLS, extra.spot, text, "");
        }
        let mut row = Row { spot, cells: vec![None; self.table.columns().len()] };
        for (cell, column) in cells.into_iter().zip(&self.columns) {
            if let Some(column) = column
                && row.cells[*column].is_none()
            {
                row.cells[*column] = Some(cell);
            }
        }
        Some(row)
    }
}

/// Tells entries of `[columns.TABLE]` that rename nothing, or to nothing.
fn renames(tables: &Tables, table: TableId, cells: &[Cell], log: &mut Log) {
    let prefix = format!("columns.{}.", table.word());
    for setting in &tables.settings {
        let Some(header) = setting.key.strip_prefix(&prefix) else { continue };
        let to = &setting.value.text;
        if table.column(to).is_none() {
            let help = log.did_you_mean(to, table.columns().iter().map(|c| c.name));
            log.add(
                &codes::UNKNOWN_COLUMN,
                setting.value.spot,
                format!("{} has no column \"{to}\"", table.word()),
                help,
            );
        } else if !cells.iter().any(|c| c.text == header) {
            let help = log.did_you_mean(header, cells.iter().map(|c| c.text.as_str()));
            let text = format!("the table {} has no header \"{header}\"", table.word());
            log.add(&codes::UNUSED_RENAME, setting.key_spot, text, help);
        }
    }
}

/// Tells entries of `[columns.TABLE]` for tables that are not there.
pub fn idle_renames(tables: &Tables, log: &mut Log) {
    for setting in &tables.settings {
        let Some((name, _)) = setting.key.strip_prefix("columns.").and_then(|rest| rest.split_once('.')) else {
            continue;
        };
        if !TableId::ALL.iter().any(|t| t.word() == name && tables.table(*t).present) {
            let there = TableId::ALL.iter().filter(|t| tables.table(**t).present).map(|t| t.word());
            let help = log.did_you_mean(name, there);
            log.add(&codes::UNUSED_RENAME, setting.key_spot, format!("there is no table {name}"), help);
        }
    }
}

/// The beginning of a text.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
