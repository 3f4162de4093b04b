//! A table as CSV (RFC 4180, UTF-8, comma). Knows the format, not the plan.

use super::tables::{Cell, Table};

/// The file's bytes, header first.
///
/// A spreadsheet takes a text that begins with = + - @ for a formula; such texts get an apostrophe before them.
pub fn render(table: &Table) -> Vec<u8> {
    let mut lines = String::new();
    line(&mut lines, table.columns.iter().map(|c| c.to_string()));
    for row in &table.rows {
        line(&mut lines, row.iter().map(shown));
    }
    lines.into_bytes()
}

/// A cell as text: money with two decimals, days as `2027-03-01`.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text),
        Cell::Count(n) => n.to_string(),
        Cell::Money(cents) => cents.to_string(),
        Cell::Decimal(micro) => decimal(micro.0),
        Cell::Day(day) => day.to_string(),
        Cell::Blank => String::new(),
    }
}

fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_string() }
}

/// Millionths without zeros at the end.
fn decimal(millionths: i64) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let m = millionths.unsigned_abs();
    let text = format!("{sign}{}.{:06}", m / 1_000_000, m % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

fn line(lines: &mut String, cells: impl Iterator<Item = String>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            lines.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
            lines.push('"');
            lines.push_str(&cell.replace('"', "\"\""));
            lines.push('"');
        } else {
            lines.push_str(&cell);
        }
    }
    lines.push_str("\r\n");
}
