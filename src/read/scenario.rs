//! Scenario files: named lists of changes to a programme.

use super::lines::Lines;
use super::settings::{cell, flatten, tell};
use crate::programme::build::codes;
use crate::programme::build::columns::TableId;
use crate::programme::build::log::Log;
use crate::programme::build::tables::{Cell, Source, Spot};
use crate::programme::build::values;
use crate::words::Finding;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A scenario as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// As it calls itself, else as its file is called.
    pub name: String,
    /// As findings name it.
    pub file: String,
    pub text: String,
    /// A path beside this file, whose changes come first.
    pub extends: Option<Cell>,
    pub changes: Vec<Change>,
}

/// What a change is made to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// programme.toml.
    Programme,
    Table(TableId),
}

/// One change. All its cells stand in the scenario file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub spot: Spot,
    pub target: Target,
    /// The rows' id, `*` for every row.
    pub id: Option<Cell>,
    /// Values that rows have.
    pub condition: Vec<Value>,
    pub set: Vec<Value>,
    pub scale: Vec<Value>,
    /// Not empty: a new row.
    pub add: Vec<Value>,
    pub remove: bool,
}

/// A value for a column, or for a key of programme.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub column: String,
    pub cell: Cell,
}

/// Reads a scenario's text; `file` is how findings name it.
pub fn parse(file: &str, text: &str) -> (Scenario, Vec<Finding>) {
    let mut log = Log::default();
    let scenario = read(file, text, 0, &mut log);
    (scenario, log.finish(&[Source { name: file.to_owned(), decimal_comma: false }]))
}

/// Reads scenario files with those that they extend: an extended one before the one that names it, each once.
/// `add_source` numbers a file; each scenario comes with its number.
pub fn open(paths: &[PathBuf], add_source: &mut dyn FnMut(String) -> u32, log: &mut Log) -> Vec<(u32, Scenario)> {
    let mut opened = Opened { add_source, log, done: Vec::new(), scenarios: Vec::new() };
    for path in paths {
        opened.open(path, None, &mut Vec::new());
    }
    opened.scenarios
}

struct Opened<'a> {
    add_source: &'a mut dyn FnMut(String) -> u32,
    log: &'a mut Log,
    done: Vec<PathBuf>,
    scenarios: Vec<(u32, Scenario)>,
}

impl Opened<'_> {
    /// `named_at`: where another scenario names this one.
    fn open(&mut self, path: &Path, named_at: Option<Spot>, above: &mut Vec<PathBuf>) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if above.contains(&real) {
            let text = format!("{} extends itself by way of others", path.display());
            self.log.add(&codes::SCENARIO_CIRCLE, named_at.unwrap_or_default(), text, "");
            return;
        }
        if self.done.contains(&real) {
            return;
        }
        let file = path.display().to_string();
        let source = (self.add_source)(file.clone());
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let spot = named_at.unwrap_or(Spot { source, line: 0, column: 0 });
                let (text, help) = match error.kind() {
                    ErrorKind::NotFound => (format!("there is no scenario {file}"), "correct the path"),
                    ErrorKind::IsADirectory => {
                        (format!("{file} is a folder, not a scenario"), "name the .toml files in it")
                    }
                    _ => (format!("the scenario {file} cannot be read: {error}"), ""),
                };
                self.log.add(&codes::UNREADABLE_FILE, spot, text, help);
                return;
            }
        };
        let scenario = read(&file, &super::decode::decode(&bytes), source, self.log);
        if let Some(base) = &scenario.extends {
            above.push(real.clone());
            self.open(&path.with_file_name(&base.text), Some(base.spot), above);
            above.pop();
        }
        self.done.push(real);
        self.scenarios.push((source, scenario));
    }
}

/// Reads a scenario's text, which is source number `source`.
pub fn read(file: &str, text: &str, source: u32, log: &mut Log) -> Scenario {
    let lines = Lines::new(source, text);
    let stem = Path::new(file).file_stem().map_or(file.to_owned(), |s| s.to_string_lossy().into_owned());
    let mut scenario =
        Scenario { name: stem, file: file.to_owned(), text: text.to_owned(), extends: None, changes: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    let before = log.errors();
    for error in errors {
        tell(&error, &lines, log);
    }
    for (key, value) in table.get_ref() {
        let spot = lines.spot(key.span().start);
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("name", DeValue::String(name)) => scenario.name = name.to_string(),
            ("extends", DeValue::String(_)) => scenario.extends = Some(cell(value, &lines, log)),
            ("name" | "extends", _) => {
                log.add(&codes::BAD_SCENARIO, spot, format!("{} must be a text", key.get_ref()), "");
            }
            ("change", DeValue::Array(items)) => {
                for item in items.iter() {
                    scenario.changes.extend(change(item, &lines, log));
                }
            }
            ("change", _) => {
                log.add(&codes::BAD_SCENARIO, spot, "changes are a list", "write [[change]], with two brackets");
            }
            (other, _) => {
                let help = log.did_you_mean(other, ["name", "extends", "change"]);
                log.add(&codes::BAD_SCENARIO, spot, format!("a scenario has no key \"{other}\""), help);
            }
        }
    }
    if scenario.changes.is_empty() && scenario.extends.is_none() && log.errors() == before {
        let spot = Spot { source, line: 0, column: 0 };
        log.add(&codes::BAD_SCENARIO, spot, "the scenario changes nothing", "add a [[change]]");
    }
    scenario
}

/// One `[[change]]`; None where it cannot be followed (which is told).
fn change(item: &Spanned<DeValue>, lines: &Lines, log: &mut Log) -> Option<Change> {
    let spot = lines.spot(item.span().start);
    let mut tell = |spot: Spot, text: String, help: &str| log.add(&codes::BAD_SCENARIO, spot, text, help);
    let DeValue::Table(table) = item.get_ref() else {
        tell(spot, "a change is a table".into(), "write [[change]], and its keys below");
        return None;
    };
    let errors = log.errors();
    let mut target = None;
    let (mut id, mut remove) = (None, false);
    let (mut condition, mut set, mut scale, mut add) = (None, None, None, None);
    for (key, value) in table {
        let at = lines.spot(key.span().start);
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("table", DeValue::String(name)) => target = named(name, lines.spot(value.span().start), log),
            ("id", DeValue::String(_) | DeValue::Integer(_)) => id = Some(cell(value, lines, log)),
            ("remove", DeValue::Boolean(yes)) => remove = *yes,
            ("where", DeValue::Table(t)) => condition = Some(values_of(t, lines, log)),
            ("set", DeValue::Table(t)) => set = Some(values_of(t, lines, log)),
            ("scale", DeValue::Table(t)) => scale = Some(values_of(t, lines, log)),
            ("add", DeValue::Table(t)) => add = Some(values_of(t, lines, log)),
            (known @ ("table" | "id" | "remove" | "where" | "set" | "scale" | "add"), _) => {
                let help = match known {
                    "table" | "id" => "write a text between quotes",
                    "remove" => "write remove = true",
                    _ => "write columns and values between braces: { amount = 0 }",
                };
                log.add(&codes::BAD_SCENARIO, at, format!("{known} cannot be understood"), help);
            }
            (other, _) => {
                let keys = ["table", "id", "where", "set", "scale", "add", "remove"];
                let help = log.did_you_mean(other, keys);
                log.add(&codes::BAD_SCENARIO, at, format!("a change has no key \"{other}\""), help);
            }
        }
    }
    let has_table = table.keys().any(|k| k.get_ref() == "table");
    let selects = id.is_some() || condition.is_some();
    let changes = [set.is_some() || scale.is_some(), add.is_some(), remove].iter().filter(|c| **c).count();
    let wrong = if !has_table {
        Some("the change has no table")
    } else if changes != 1 {
        Some("a change has either set and scale, or add, or remove = true")
    } else if target == Some(Target::Programme) && (selects || add.is_some() || remove) {
        Some("the table programme has no rows: it has only set and scale")
    } else if add.is_some() && selects {
        Some("a new row has no id or where beside it: its values stand in add")
    } else if !selects && add.is_none() && target.is_some_and(|t| t != Target::Programme) {
        Some("the change does not say which rows it means")
    } else {
        None
    };
    if let Some(text) = wrong {
        let help = if !selects { "name them: id = \"F1\", id = \"*\" for every row, or where = { … }" } else { "" };
        log.add(&codes::BAD_SCENARIO, spot, text, if text.contains("which rows") { help } else { "" });
    }
    let [condition, set, scale, add] = [condition, set, scale, add].map(Option::unwrap_or_default);
    let change = Change { spot, target: target?, id, condition, set, scale, add, remove };
    (log.errors() == errors).then_some(change)
}

fn named(name: &str, spot: Spot, log: &mut Log) -> Option<Target> {
    if name == "programme" {
        return Some(Target::Programme);
    }
    let table = TableId::named(name).map(Target::Table);
    if table.is_none() {
        let help = log.did_you_mean(name, TableId::ALL.map(TableId::word).into_iter().chain(["programme"]));
        log.add(&codes::BAD_SCENARIO, spot, format!("there is no table \"{name}\""), help);
    }
    table
}

fn values_of(table: &DeTable, lines: &Lines, log: &mut Log) -> Vec<Value> {
    let mut settings = Vec::new();
    flatten("", table, lines, &mut settings, log);
    settings.into_iter().map(|s| Value { column: s.key, cell: s.value }).collect()
}

/// True where two lists name the same things in the same order.
pub fn same_items(a: &str, b: &str) -> bool {
    values::list(a).eq(values::list(b))
}
