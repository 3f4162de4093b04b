//! Applies scenarios to tables, before anything is checked: a scenario goes through the same checks as the files.

use super::scenario::{Change, Scenario, Target, Value, same_items};
use crate::programme::build::codes;
use crate::programme::build::columns::{Column, Kind, TableId};
use crate::programme::build::keys::KEYS;
use crate::programme::build::log::Log;
use crate::programme::build::tables::{Cell, Row, Setting, Spot, Tables};
use crate::programme::build::values::{self, Dates, NoNumber};
use crate::programme::build::{atlas, settings};
use crate::words::Finding;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// The tables with a scenario's changes made.
pub fn overlay(tables: &Tables, scenario: &Scenario) -> (Tables, Vec<Finding>) {
    let mut changed = tables.clone();
    let mut log = Log::default();
    let source = changed.add_source(scenario.file.clone());
    apply(&mut changed, scenario, source, &mut log);
    let findings = log.finish(&changed.sources);
    (changed, findings)
}

/// Makes a scenario's changes; `source` is its number in the tables.
pub fn apply(tables: &mut Tables, scenario: &Scenario, source: u32, log: &mut Log) {
    for change in &scenario.changes {
        let at = |spot: Spot| Spot { source, ..spot };
        let moved = |values: &[Value]| -> Vec<Value> {
            let cell = |c: &Cell| Cell { text: c.text.clone(), spot: at(c.spot) };
            values.iter().map(|v| Value { column: v.column.clone(), cell: cell(&v.cell) }).collect()
        };
        let change = Change {
            spot: at(change.spot),
            target: change.target,
            id: change.id.as_ref().map(|c| Cell { text: c.text.clone(), spot: at(c.spot) }),
            condition: moved(&change.condition),
            set: moved(&change.set),
            scale: moved(&change.scale),
            add: moved(&change.add),
            remove: change.remove,
        };
        match change.target {
            Target::Programme => programme(tables, &change, log),
            Target::Table(table) if !change.add.is_empty() => add(tables, table, &change, log),
            Target::Table(table) => rows(tables, table, &change, log),
        }
    }
}

/// Changes keys of programme.toml.
fn programme(tables: &mut Tables, change: &Change, log: &mut Log) {
    for value in &change.set {
        if key(value, log).is_some() {
            put(tables, value, value.cell.text.clone());
        }
    }
    for value in &change.scale {
        let Some((kind, default)) = key(value, log) else { continue };
        let own = tables.setting(&value.column).map(|s| &s.value);
        let comma = own.is_some_and(|c| tables.sources[c.spot.source as usize].decimal_comma);
        let text = own.map_or("", |c| c.text.as_str());
        let text = if text.is_empty() { default } else { text };
        if let Some(scaled) = scaled(kind, text, comma, value, log) {
            put(tables, value, scaled);
        }
    }
}

/// The kind and default of a key of programme.toml; an unknown one is told.
fn key(value: &Value, log: &mut Log) -> Option<(Kind, &'static str)> {
    if value.column.starts_with("rates.") {
        return Some((Kind::Decimal, ""));
    }
    let key = KEYS.iter().find(|k| k.name == value.column);
    if key.is_none() {
        let help = log.did_you_mean(&value.column, KEYS.iter().map(|k| k.name));
        log.add(&codes::BAD_SCENARIO, value.cell.spot, format!("programme has no key \"{}\"", value.column), help);
    }
    key.map(|k| (k.kind, k.default))
}

fn put(tables: &mut Tables, value: &Value, text: String) {
    let cell = Cell { text, spot: value.cell.spot };
    match tables.settings.iter_mut().find(|s| s.key == value.column) {
        Some(setting) => setting.value = cell,
        None => {
            let key_spot = value.cell.spot;
            tables.settings.push(Setting { key: value.column.clone(), key_spot, value: cell });
        }
    }
}

/// The number of a value's column; an unknown one is told.
fn column(table: TableId, value: &Value, log: &mut Log) -> Option<usize> {
    let number = table.column(&value.column);
    if number.is_none() {
        let help = log.did_you_mean(&value.column, table.columns().iter().map(|c| c.name));
        let text = format!("{} has no column \"{}\"", table.word(), value.column);
        log.add(&codes::BAD_SCENARIO, value.cell.spot, text, help);
    }
    number
}

fn add(tables: &mut Tables, table: TableId, change: &Change, log: &mut Log) {
    let mut row = Row { spot: change.spot, cells: vec![None; table.columns().len()] };
    for value in &change.add {
        if let Some(number) = column(table, value, log) {
            row.cells[number] = Some(value.cell.clone());
            tables.table_mut(table).has[number] = true;
        }
    }
    tables.table_mut(table).rows.push(row);
}

/// Changes or removes the rows that the change names.
fn rows(tables: &mut Tables, table: TableId, change: &Change, log: &mut Log) {
    let mut numbers = |values: &[Value]| -> Vec<(usize, Value)> {
        values.iter().filter_map(|v| column(table, v, log).map(|number| (number, v.clone()))).collect()
    };
    let (condition, set, scale) = (numbers(&change.condition), numbers(&change.set), numbers(&change.scale));
    if condition.len() < change.condition.len() {
        return;
    }
    let chosen: Vec<usize> = (0..tables.table(table).rows.len())
        .filter(|row| chosen(tables, table, &tables.table(table).rows[*row], change, &condition))
        .collect();
    if chosen.is_empty() {
        no_match(tables, table, change, log);
        return;
    }
    if change.remove {
        remove(tables, table, &chosen, change.spot, log);
        return;
    }
    for (number, value) in &set {
        for row in &chosen {
            tables.table_mut(table).rows[*row].cells[*number] = Some(value.cell.clone());
        }
        tables.table_mut(table).has[*number] = true;
    }
    for (number, value) in &scale {
        scale_column(tables, table, &chosen, *number, value, log);
    }
}

fn chosen(tables: &Tables, table: TableId, row: &Row, change: &Change, condition: &[(usize, Value)]) -> bool {
    let dates = settings::dates(tables);
    let named = change.id.as_ref().is_none_or(|id| id.text == "*" || row.text(0) == id.text);
    named
        && condition.iter().all(|(number, value)| {
            let column = &table.columns()[*number];
            let comma = tables.sources[row.spot_of(*number).source as usize].decimal_comma;
            let own = match row.text(*number) {
                "" => unwritten(tables, table, row, column),
                text => text,
            };
            let asked = match value.cell.text.as_str() {
                "" => unwritten(tables, table, row, column),
                text => text,
            };
            same(column.kind, own, comma, asked, dates)
        })
}

/// What a blank cell means.
fn unwritten<'t>(tables: &'t Tables, table: TableId, row: &'t Row, column: &Column) -> &'t str {
    let own = |name: &str| table.column(name).map_or("", |number| row.text(number));
    let setting = |key: &str| {
        let written = tables.setting(key).map(|s| s.value.text.as_str()).filter(|t| !t.is_empty());
        written.unwrap_or_else(|| KEYS.iter().find(|k| k.name == key).map_or("", |k| k.default))
    };
    let state = || atlas::state_of(own("country"));
    match (table, column.name) {
        (TableId::Funds, "currency") => setting("programme.currency"),
        (TableId::Requests, "hosts") => own("place"),
        (TableId::Requests, "earliest") => setting("programme.start"),
        (TableId::Requests, "latest") => setting("programme.end"),
        (TableId::Trainers, "max_days_away") => setting("rules.max_days_away"),
        (TableId::Trainers, "rest_days") => setting("rules.rest_days"),
        (TableId::Holidays, "until") => own("date"),
        (TableId::Regions, "name") => atlas::region_name(own("id")).unwrap_or(own("id")),
        (TableId::Places, "name") => state().map_or(own("id"), |s| s.capital),
        (TableId::Places, "region") => state().map_or("", |s| s.region),
        (TableId::Places, "timezone") => state().map_or("UTC", |s| s.timezone),
        (TableId::Places, "weekend") => state().map_or("sat;sun", |s| s.weekend),
        (TableId::Places, "lat") => state().map_or("", |s| s.lat),
        (TableId::Places, "lon") => state().map_or("", |s| s.lon),
        _ => column.default,
    }
}

/// True where two texts mean the same value; `comma`: the first may have a decimal comma.
fn same(kind: Kind, a: &str, comma: bool, b: &str, dates: Dates) -> bool {
    fn both<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
        a.is_some() && a == b
    }
    let means_the_same = match kind {
        kind if kind.numeric() => both(values::decimal(a, 9, comma).ok(), values::decimal(b, 9, false).ok()),
        Kind::Day => both(values::day(a, dates), values::day(b, dates)),
        Kind::YesNo => both(values::yes_no(a), values::yes_no(b)),
        Kind::Choice(_) => a.eq_ignore_ascii_case(b),
        Kind::List => same_items(a, b),
        Kind::Weekdays => {
            let days = |text| values::list(text).map(values::weekday).collect::<BTreeSet<_>>();
            days(a) == days(b) && !days(a).contains(&None)
        }
        _ => false,
    };
    means_the_same || a == b
}

fn no_match(tables: &Tables, table: TableId, change: &Change, log: &mut Log) {
    let (text, spot, help) = match &change.id {
        Some(id) if change.condition.is_empty() => {
            let ids = tables.table(table).rows.iter().map(|r| r.text(0));
            let help = log.did_you_mean(&id.text, ids);
            (format!("{} has no row \"{}\"", table.word(), id.text), id.spot, help)
        }
        _ => (format!("no row of {} has these values", table.word()), change.spot, String::new()),
    };
    log.add(&codes::NO_MATCH, spot, text, help);
}

fn scale_column(tables: &mut Tables, table: TableId, chosen: &[usize], number: usize, value: &Value, log: &mut Log) {
    let column = &table.columns()[number];
    let mut touched = false;
    for row in chosen {
        let row_now = &tables.table(table).rows[*row];
        let comma = tables.sources[row_now.spot_of(number).source as usize].decimal_comma;
        let text = match row_now.text(number) {
            "" => unwritten(tables, table, row_now, column),
            text => text,
        };
        // A blank cell without a default has nothing to scale.
        if text.is_empty() && column.kind.numeric() {
            continue;
        }
        touched = true;
        let kind = match column.kind {
            Kind::Limit if row_now.text(1).eq_ignore_ascii_case("cost") => Kind::Money,
            kind => kind,
        };
        let Some(text) = scaled(kind, text, comma, value, log) else { return };
        tables.table_mut(table).rows[*row].cells[number] = Some(Cell { text, spot: value.cell.spot });
    }
    if touched {
        tables.table_mut(table).has[number] = true;
    } else {
        let text = format!("{} is blank in every row that is meant: there is nothing to scale", column.name);
        log.add(&codes::NO_MATCH, value.cell.spot, text, "set it instead");
    }
}

/// A number times a factor, rounded half up as its kind is; None where it cannot be scaled (which is told).
fn scaled(kind: Kind, text: &str, comma: bool, value: &Value, log: &mut Log) -> Option<String> {
    if !kind.numeric() {
        let text = format!("{} holds no number, and cannot be scaled", value.column);
        log.add(&codes::BAD_SCENARIO, value.cell.spot, text, "set it instead");
        return None;
    }
    let Ok(factor) = values::decimal(&value.cell.text, 9, false) else {
        let text = format!("\"{}\" is not a factor", value.cell.text);
        log.add(&codes::BAD_SCENARIO, value.cell.spot, text, "write a number such as 0.8, with at most nine decimals");
        return None;
    };
    let places = match kind {
        Kind::Money => 2,
        Kind::Decimal => 6,
        _ => 0,
    };
    // What is no number stays as it is: the build tells it where it stands.
    let number = match values::decimal(text, places, comma) {
        Ok(number) => i128::from(number),
        Err(NoNumber::Decimals | NoNumber::Large | NoNumber::Unreadable) => return Some(text.to_owned()),
    };
    let billion = 1_000_000_000i128;
    let scaled = (2 * number * i128::from(factor) + billion).div_euclid(2 * billion);
    Some(written(scaled, places))
}

/// A number in units of 10^-`places`.
fn written(value: i128, places: u32) -> String {
    if places == 0 {
        return value.to_string();
    }
    let unit = 10i128.pow(places);
    let (sign, value) = if value < 0 { ("-", -value) } else { ("", value) };
    format!("{sign}{}.{:0width$}", value / unit, value % unit, width = places as usize)
}

/// Removes rows, and what hangs on them.
fn remove(tables: &mut Tables, table: TableId, chosen: &[usize], spot: Spot, log: &mut Log) {
    let ids: FxHashSet<String> = chosen.iter().map(|row| tables.table(table).rows[*row].text(0).to_owned()).collect();
    let is_removed = |id: &str| ids.contains(id);
    match table {
        TableId::Trainers => {
            tables.calendars = {
                let owned = |c: &_| tables.calendar_owner(c).is_some_and(is_removed);
                tables.calendars.iter().filter(|c| !owned(c)).cloned().collect()
            };
            for other in [TableId::Qualifications, TableId::Absences] {
                tables.table_mut(other).rows.retain(|row| !is_removed(row.text(0)));
            }
            let (trainers, status) = (number(TableId::Pins, "trainers"), number(TableId::Pins, "status"));
            for row in &tables.table(TableId::Pins).rows {
                let Some(id) = values::list(row.text(trainers)).find(|id| is_removed(id)) else { continue };
                if row.text(status).eq_ignore_ascii_case("done") {
                    let text = format!("{id} taught {}, which is done", row.text(0));
                    log.add(&codes::REMOVES_HISTORY, spot, text, "");
                } else if row.text(status).eq_ignore_ascii_case("confirmed") {
                    let text = format!("{id} is confirmed for {}: without {id} that pin goes too", row.text(0));
                    log.add(&codes::REMOVES_PROMISE, spot, text, "");
                }
            }
            let named = |row: &Row| values::list(row.text(trainers)).any(is_removed);
            tables.table_mut(TableId::Pins).rows.retain(|row| !named(row));
        }
        TableId::Requests => {
            tables.table_mut(TableId::Pins).rows.retain(|row| !is_removed(row.text(0)));
            let after = number(TableId::Requests, "after");
            for row in &mut tables.table_mut(TableId::Requests).rows {
                if let Some(cell) = &mut row.cells[after]
                    && values::list(&cell.text).any(is_removed)
                {
                    let kept: Vec<&str> = values::list(&cell.text).filter(|id| !is_removed(id)).collect();
                    cell.text = kept.join(";");
                }
            }
        }
        _ => {}
    }
    let chosen: FxHashSet<usize> = chosen.iter().copied().collect();
    let mut row = 0..;
    tables.table_mut(table).rows.retain(|_| row.next().is_some_and(|row| !chosen.contains(&row)));
}

fn number(table: TableId, name: &str) -> usize {
    table.column(name).unwrap_or(0)
}
