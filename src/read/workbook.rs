//! A workbook: a sheet for each table, and a sheet `programme` with rows `section.key | value`.

use super::header::Header;
use crate::programme::build::codes;
use crate::programme::build::columns::TableId;
use crate::programme::build::log::Log;
use crate::programme::build::tables::{Cell, Setting, Spot, Tables};
use calamine::{DataRef, Reader, Xlsx};
use std::io::Cursor;

/// No table of docent's has so many columns; what stands further right is not read.
const MOST_COLUMNS: u32 = 200;

/// Reads an .xlsx workbook. `name` is the file's. Err: it cannot be opened; why.
pub fn workbook(name: &str, bytes: &[u8], log: &mut Log) -> Result<Tables, String> {
    let mut tables = Tables::new(|table| format!("{name}[{}]", table.map_or("programme", TableId::word)));
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| format!("this is not readable as a workbook: {error}"))?;
    let sheets = book.sheet_names();
    // The settings come first: they may rename the columns of the tables.
    if let Some(sheet) = sheets.iter().find(|s| *s == "programme") {
        tables.has_programme = true;
        let rows = rows(&mut book, sheet, tables.programme, log);
        tables.settings = rows.into_iter().filter_map(setting).collect();
    }
    for sheet in &sheets {
        let Some(table) = TableId::named(sheet) else {
            if sheet != "programme" {
                let source = tables.add_source(format!("{name}[{sheet}]"));
                let known = TableId::ALL.map(TableId::word).into_iter().chain(["programme"]);
                let help = log.did_you_mean(sheet, known);
                let spot = Spot { source, line: 0, column: 0 };
                log.add(&codes::UNKNOWN_FILE, spot, format!("docent knows no table \"{sheet}\"; it is not read"), help);
            }
            continue;
        };
        let source = tables.table(table).source;
        let mut rows = rows(&mut book, sheet, source, log);
        let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        let header = Header::new(&mut tables, table, &header, log);
        tables.table_mut(table).rows = rows.into_iter().filter_map(|cells| header.row(cells, log)).collect();
    }
    Ok(tables)
}

/// A row of the sheet `programme`; its heading and blank rows are none.
fn setting(cells: Vec<Cell>) -> Option<Setting> {
    let mut cells = cells.into_iter();
    let key = cells.next()?;
    let value = cells.next().unwrap_or(Cell { text: String::new(), spot: key.spot });
    let heading = !key.text.contains('.') && (value.text == "value" || key.text.contains(['|', ' ']));
    (!key.text.is_empty() && !heading).then_some(Setting { key: key.text, key_spot: key.spot, value })
}

/// The rows of a sheet that hold anything, from its first column on. Cell by cell: a stray cell in the last corner of
/// a sheet must not fill the memory.
fn rows(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, source: u32, log: &mut Log) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut reader = match book.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        Err(error) => {
            let spot = Spot { source, line: 0, column: 0 };
            log.add(&codes::UNREADABLE_FILE, spot, format!("the sheet is not readable: {error}"), "");
            return rows;
        }
    };
    loop {
        match reader.next_cell() {
            Ok(Some(cell)) => {
                let (row, column) = cell.get_position();
                if column >= MOST_COLUMNS {
                    continue;
                }
                let at = |column: usize| Spot { source, line: row + 1, column: column as u32 + 1 };
                let text = text(cell.get_value());
                if text.is_empty() {
                    continue;
                }
                if rows.last().is_none_or(|r| r[0].spot.line != row + 1) {
                    rows.push(vec![Cell { text: String::new(), spot: at(0) }]);
                }
                if let Some(cells) = rows.last_mut() {
                    while cells.len() <= column as usize {
                        cells.push(Cell { text: String::new(), spot: at(cells.len()) });
                    }
                    cells[column as usize].text = text;
                }
            }
            Ok(None) => return rows,
            Err(error) => {
                let spot = Spot { source, line: rows.last().map_or(0, |r| r[0].spot.line), column: 0 };
                log.add(&codes::UNREADABLE_FILE, spot, format!("the sheet is not readable: {error}"), "");
                return rows;
            }
        }
    }
}

/// A cell as it would stand in a CSV file.
fn text(value: &DataRef) -> String {
    match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => number(*n),
        DataRef::String(s) => s.trim().to_owned(),
        DataRef::SharedString(s) => s.trim().to_owned(),
        DataRef::Bool(b) => if *b { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(d) if d.is_duration() => time(d.as_f64()),
        DataRef::DateTime(d) if (0.0..1.0).contains(&d.as_f64()) => time(d.as_f64()),
        DataRef::DateTime(d) => d.as_datetime().map_or_else(|| number(d.as_f64()), |d| d.date().to_string()),
        DataRef::DateTimeIso(s) => s.split('T').next().unwrap_or(s).to_owned(),
        DataRef::DurationIso(s) => s.clone(),
        DataRef::Error(e) => format!("#{e:?}"),
        DataRef::Empty => String::new(),
    }
}

/// A number as a spreadsheet shows it: fifteen digits are all that is meant.
fn number(n: f64) -> String {
    match format!("{n:.14e}").parse::<f64>() {
        Ok(n) => n.to_string(),
        Err(_) => n.to_string(),
    }
}

/// A share of a day as a time of day.
fn time(day: f64) -> String {
    let minutes = (day * 1440.0).round() as i64;
    format!("{:02}:{:02}", minutes / 60, minutes.rem_euclid(60))
}
