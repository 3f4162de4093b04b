//! One CSV file: its separator, its cells with their places.

use super::header::{Header, shortened};
use crate::programme::build::codes;
use crate::programme::build::columns::TableId;
use crate::programme::build::log::Log;
use crate::programme::build::tables::{Cell, Spot, Tables};

/// Reads the text of a CSV file into its table.
pub fn sheet(tables: &mut Tables, table: TableId, text: &str, log: &mut Log) {
    let source = tables.table(table).source;
    // Spreadsheets write the separator they use into a first line of its own.
    let (text, skipped, separator) = match text.split_once('\n') {
        Some((first, rest)) if first.trim_end().len() == 5 && first.starts_with("sep=") => {
            (rest, 1, first.as_bytes()[4])
        }
        _ => (text, 0, separator(text)),
    };
    tables.sources[source as usize].decimal_comma = separator == b';';
    let mut rows = rows(text, separator, Spot { source, line: 1 + skipped, column: 1 }, log);
    let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
    let header = Header::new(tables, table, &header, log);
    tables.table_mut(table).rows = rows.into_iter().filter_map(|cells| header.row(cells, log)).collect();
}

/// Comma, semicolon or tab: whichever the header row has most of.
fn separator(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(s, _)| *s == byte).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    // The first of equals wins.
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(s, _)| *s)
}

/// The rows of a CSV text, blank lines left out, each cell trimmed and with its place; `from` is where the text begins.
fn rows(text: &str, separator: u8, from: Spot, log: &mut Log) -> Vec<Vec<Cell>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut walk = Walk { text, at: 0, spot: from };
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                log.add(&codes::UNREADABLE_FILE, walk.spot, format!("not readable as CSV: {error}"), "");
                break;
            }
        }
        let begin = record.position().map_or(0, |p| p.byte() as usize);
        let end = reader.position().byte() as usize;
        walk.skip_to(begin);
        let spots = walk.cells(end.min(text.len()), separator);
        let cell = |(i, field): (usize, &str)| {
            let spot = spots.starts.get(i).copied().unwrap_or(Spot { column: 0, ..spots.starts[0] });
            Cell { text: field.trim().to_owned(), spot }
        };
        rows.push(record.iter().enumerate().map(cell).collect());
        if let Some((spot, start)) = spots.open {
            let cell = shortened(text[start..].lines().next().unwrap_or(""));
            log.add(&codes::OPEN_QUOTE, spot, format!("the quote that begins here is never closed: {cell}"), "");
        }
    }
    rows
}

/// Follows the reader through the text, counting lines and characters.
struct Walk<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
    spot: Spot,
}

/// Where the cells of one row begin.
struct Starts {
    /// Never empty.
    starts: Vec<Spot>,
    /// The quoted cell that is never closed: its place, and its first byte.
    open: Option<(Spot, usize)>,
}

impl Walk<'_> {
    fn step(&mut self, c: char) {
        self.at += c.len_utf8();
        if c == '\n' {
            self.spot = Spot { line: self.spot.line + 1, column: 1, ..self.spot };
        } else {
            self.spot.column += 1;
        }
    }

    fn skip_to(&mut self, byte: usize) {
        let text = self.text;
        for c in text[self.at..].chars() {
            // Blank lines belong to no row.
            if self.at >= byte && c != '\r' && c != '\n' {
                break;
            }
            self.step(c);
        }
    }

    fn cells(&mut self, end: usize, separator: u8) -> Starts {
        let text = self.text;
        let mut starts = vec![self.spot];
        let mut quote: Option<(Spot, usize)> = None;
        let mut begin = self.at;
        let mut chars = text[self.at..].chars().peekable();
        while let Some(c) = chars.next() {
            if self.at >= end {
                break;
            }
            let (at, spot) = (self.at, self.spot);
            self.step(c);
            match c {
                '"' if quote.is_some() && chars.peek() == Some(&'"') => {
                    chars.next();
                    self.step('"');
                }
                '"' if quote.is_some() => quote = None,
                '"' if at == begin => quote = Some((spot, at)),
                c if quote.is_none() && c == char::from(separator) => {
                    starts.push(self.spot);
                    begin = self.at;
                }
                _ => {}
            }
        }
        Starts { starts, open: quote }
    }
}

#[cfg(test)]
mod tests {
    use super::{rows, separator};
    use crate::programme::build::log::Log;
    use crate::programme::build::tables::Spot;

    fn read(text: &str) -> Vec<Vec<(String, u32, u32)>> {
        let mut log = Log::default();
        let from = Spot { source: 0, line: 1, column: 1 };
        let rows = rows(text, separator(text), from, &mut log);
        rows.into_iter().map(|r| r.into_iter().map(|c| (c.text, c.spot.line, c.spot.column)).collect()).collect()
    }

    fn cell(text: &str, line: u32, column: u32) -> (String, u32, u32) {
        (text.to_owned(), line, column)
    }

    #[test]
    fn cells_know_their_lines_and_characters() {
        let rows = read("id,name\r\n\r\nA,é x\r\n\"B \"\"b\"\"\",\"two\nlines\"\nC,5\" disc");
        assert_eq!(rows[0], [cell("id", 1, 1), cell("name", 1, 4)]);
        assert_eq!(rows[1], [cell("A", 3, 1), cell("é x", 3, 3)]);
        assert_eq!(rows[2], [cell("B \"b\"", 4, 1), cell("two\nlines", 4, 11)]);
        assert_eq!(rows[3], [cell("C", 6, 1), cell("5\" disc", 6, 3)]);
    }

    #[test]
    fn separators() {
        assert_eq!(separator("id;name;x\na,b,c,d"), b';');
        assert_eq!(separator("id\tname\n"), b'\t');
        assert_eq!(separator("\"a;b;c\",x\n"), b',');
        assert_eq!(separator("id\n"), b',');
        assert_eq!(separator("a,b;c\n"), b',');
    }
}
