//! TOML text to settings: one row for each key, `section.key` with its value as text, each with its place.

use super::lines::Lines;
use crate::programme::build::codes;
use crate::programme::build::log::Log;
use crate::programme::build::tables::{Cell, Setting, Spot};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads programme.toml. Every syntax error is told; what can be read in spite of them is.
pub fn settings(source: u32, text: &str, log: &mut Log) -> Vec<Setting> {
    let lines = Lines::new(source, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        tell(&error, &lines, log);
    }
    let mut settings = Vec::new();
    flatten("", table.get_ref(), &lines, &mut settings, log);
    settings
}

/// Tells one syntax error.
pub fn tell(error: &toml::de::Error, lines: &Lines, log: &mut Log) {
    let spot = lines.spot(error.span().map_or(0, |s| s.start));
    let message = error.message().replace('\n', ", ");
    log.add(&codes::BAD_TOML, spot, message, "");
}

/// Every value below a table, under its dotted key; an empty table leaves its name.
pub fn flatten(prefix: &str, table: &DeTable, lines: &Lines, into: &mut Vec<Setting>, log: &mut Log) {
    for (key, value) in table {
        let name = match prefix {
            "" => key.get_ref().to_string(),
            prefix => format!("{prefix}.{}", key.get_ref()),
        };
        let key_spot = lines.spot(key.span().start);
        match value.get_ref() {
            DeValue::Table(inner) if !inner.is_empty() => flatten(&name, inner, lines, into, log),
            _ => {
                let value = cell(value, lines, log);
                into.push(Setting { key: name, key_spot, value });
            }
        }
    }
}

/// A value as the text of a cell: a list joined with `;`.
pub fn cell(value: &Spanned<DeValue>, lines: &Lines, log: &mut Log) -> Cell {
    let spot = lines.spot(value.span().start);
    Cell { text: text(value.get_ref(), spot, log).trim().to_owned(), spot }
}

fn text(value: &DeValue, spot: Spot, log: &mut Log) -> String {
    match value {
        DeValue::String(s) => s.to_string(),
        DeValue::Integer(i) => match (i.radix(), i64::from_str_radix(i.as_str(), i.radix())) {
            (10, _) | (_, Err(_)) => i.as_str().to_owned(),
            (_, Ok(number)) => number.to_string(),
        },
        DeValue::Float(f) => f.as_str().to_owned(),
        DeValue::Boolean(b) => if *b { "yes" } else { "no" }.to_owned(),
        DeValue::Datetime(d) => d.to_string(),
        DeValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| text(item.get_ref(), spot, log)).collect();
            items.join(";")
        }
        DeValue::Table(inner) => {
            if !inner.is_empty() {
                log.add(&codes::BAD_TOML, spot, "a table stands where a value is expected", "");
            }
            String::new()
        }
    }
}
