//! The programme on disk: a folder of tables, or a workbook, with busy calendars beside them.

use super::{decode, settings, sheet, workbook};
use crate::programme::build::codes;
use crate::programme::build::columns::TableId;
use crate::programme::build::log::Log;
use crate::programme::build::tables::{Calendar, Spot, Tables};
use std::fs;
use std::path::Path;

/// What stands on the disk.
pub struct Disk {
    pub tables: Tables,
    /// Every file that was read: path relative to the programme, with `/`, and its bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Reads a programme folder or a workbook. Err: there is none, or it cannot be opened; why.
pub fn disk(path: &Path, log: &mut Log) -> Result<Disk, String> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let is_workbook = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx"));
    if path.is_dir() {
        folder(path, log)
    } else if !path.exists() {
        Err("there is no such folder or workbook".to_owned())
    } else if is_workbook {
        book(path, &name, log)
    } else {
        Err("this is neither a folder nor an .xlsx workbook".to_owned())
    }
}

/// The bytes of a file, and its place in `files`; a file that cannot be read is told.
fn read<'f>(
    path: &Path,
    name: &str,
    source: u32,
    files: &'f mut Vec<(String, Vec<u8>)>,
    log: &mut Log,
) -> Option<&'f [u8]> {
    match fs::read(path) {
        Ok(bytes) => {
            files.push((name.to_owned(), bytes));
            files.last().map(|(_, bytes)| bytes.as_slice())
        }
        Err(error) => {
            log.add(&codes::UNREADABLE_FILE, Spot { source, line: 0, column: 0 }, error.to_string(), "");
            None
        }
    }
}

fn folder(path: &Path, log: &mut Log) -> Result<Disk, String> {
    let mut tables = Tables::new(|t| t.map_or("programme.toml".to_owned(), |t| format!("{}.csv", t.word())));
    let mut files = Vec::new();
    let entries = fs::read_dir(path).map_err(|error| error.to_string())?;
    let mut names: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    if names.iter().any(|n| n == "programme.toml") {
        tables.has_programme = true;
        let source = tables.programme;
        if let Some(bytes) = read(&path.join("programme.toml"), "programme.toml", source, &mut files, log) {
            tables.settings = settings::settings(source, &decode::decode(bytes), log);
        }
    }
    for table in TableId::ALL {
        let name = format!("{}.csv", table.word());
        if names.contains(&name) {
            let source = tables.table(table).source;
            if let Some(bytes) = read(&path.join(&name), &name, source, &mut files, log) {
                sheet::sheet(&mut tables, table, &decode::decode(bytes), log);
            } else {
                // It is there, whatever it holds: nothing more to tell.
                let unread = tables.table_mut(table);
                unread.present = true;
                unread.has.fill(true);
            }
        }
    }
    unknown_files(&mut tables, &names, log);
    calendars(path, &mut tables, &mut files, log);
    Ok(Disk { tables, files })
}

/// Tells tables that docent does not know.
fn unknown_files(tables: &mut Tables, names: &[String], log: &mut Log) {
    let known = || TableId::ALL.iter().map(|t| format!("{}.csv", t.word())).chain(["programme.toml".to_owned()]);
    for name in names.iter().filter(|n| !n.starts_with('.') && !known().any(|k| k == **n)) {
        let known: Vec<String> = known().filter(|k| !names.contains(k)).collect();
        let help = log.did_you_mean(name, known.iter().map(String::as_str));
        let table = name.to_ascii_lowercase().ends_with(".csv");
        if table || !help.is_empty() {
            let source = tables.add_source(name.clone());
            let spot = Spot { source, line: 0, column: 0 };
            log.add(&codes::UNKNOWN_FILE, spot, "docent knows no table of this name; it is not read", help);
        }
    }
}

fn book(path: &Path, name: &str, log: &mut Log) -> Result<Disk, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let mut tables = workbook::workbook(name, &bytes, log)?;
    let mut files = vec![(name.to_owned(), bytes)];
    let beside = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    calendars(beside, &mut tables, &mut files, log);
    Ok(Disk { tables, files })
}

/// Reads `busy/*.ics`.
fn calendars(programme: &Path, tables: &mut Tables, files: &mut Vec<(String, Vec<u8>)>, log: &mut Log) {
    let Ok(entries) = fs::read_dir(programme.join("busy")) else { return };
    let mut names: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    for name in names.iter().filter(|n| !n.starts_with('.')) {
        let Some(stem) = name.strip_suffix(".ics").or_else(|| name.strip_suffix(".ICS")) else { continue };
        let relative = format!("busy/{name}");
        let source = tables.add_source(relative.clone());
        if let Some(bytes) = read(&programme.join("busy").join(name), &relative, source, files, log) {
            tables.calendars.push(Calendar { stem: stem.to_owned(), source, bytes: bytes.into() });
        }
    }
}
