//! The doors in: the only readers of the disk.
//!
//! `load` goes the whole way: bytes, tables, scenarios, programme; and says everything that is wrong on it.

pub mod busy;
mod decode;
pub mod digest;
mod folder;
mod header;
mod lines;
pub mod overlay;
pub mod plan_file;
pub mod report;
pub mod scenario;
mod settings;
mod sheet;
pub mod summary;
mod workbook;

use crate::programme::Programme;
use crate::programme::build::log::Log;
use crate::programme::build::tables::Spot;
use crate::programme::build::{self, Built, BusyDays, codes};
use crate::programme::day::Day;
use crate::words::{Finding, Level};
use scenario::Scenario;
use std::path::{Path, PathBuf};

pub use crate::programme::build::tables::Tables;

/// What a plan remembers of what it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Over all files, `sha256:…`.
    pub digest: String,
    /// Each file that was read, by path, with its digest.
    pub files: Vec<(String, String)>,
    /// Name and text of each scenario as applied, an extended one before the one that names it.
    pub scenarios: Vec<(String, String)>,
}

/// A programme that was read, or what is wrong with it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// None where there are errors.
    pub programme: Option<Programme>,
    /// By file, line and column.
    pub findings: Vec<Finding>,
    pub inputs: Inputs,
    /// With the scenarios applied.
    pub tables: Tables,
}

/// Reads the programme in a folder or a workbook, with scenarios applied to it, those that they extend first.
pub fn load(path: &Path, scenarios: &[PathBuf]) -> Loaded {
    load_with(path, |tables, log| scenario::open(scenarios, &mut |file| tables.add_source(file), log))
}

/// The same with scenarios as a plan remembers them (name, text): what they extend stands before them.
pub fn load_again(path: &Path, scenarios: &[(String, String)]) -> Loaded {
    load_with(path, |tables, log| {
        let read = |(name, text): &(String, String)| {
            let source = tables.add_source(name.clone());
            (source, scenario::read(name, text, source, log))
        };
        scenarios.iter().map(read).collect()
    })
}

/// Scenario files as texts, each with the name that findings call it by; those that they extend first.
pub fn scenario_texts(paths: &[PathBuf]) -> Result<Vec<(String, String)>, Vec<Finding>> {
    let mut tables = Tables::new(|_| String::new());
    let mut log = Log::default();
    let opened = scenario::open(paths, &mut |file| tables.add_source(file), &mut log);
    let findings = log.finish(&tables.sources);
    if findings.iter().any(|f| f.level == Level::Error) {
        return Err(findings);
    }
    Ok(opened.into_iter().map(|(_, scenario)| (scenario.file, scenario.text)).collect())
}

/// The programme with scenarios applied to tables that are read already. Each text comes with the name that findings
/// call it by; what a scenario extends stands before it.
pub fn apply(read: &Loaded, scenarios: &[(String, String)]) -> Loaded {
    let mut log = Log::default();
    let (mut tables, mut inputs) = (read.tables.clone(), read.inputs.clone());
    for (file, text) in scenarios {
        let source = tables.add_source(file.clone());
        let scenario = scenario::read(file, text, source, &mut log);
        overlay::apply(&mut tables, &scenario, source, &mut log);
        inputs.scenarios.push((scenario.name, scenario.text));
    }
    let Built { programme, findings } = build::build_after(&tables, log, &calendar);
    Loaded { programme, findings, inputs, tables }
}

fn load_with(path: &Path, scenarios: impl FnOnce(&mut Tables, &mut Log) -> Vec<(u32, Scenario)>) -> Loaded {
    let mut log = Log::default();
    let folder::Disk { mut tables, files } = match folder::disk(path, &mut log) {
        Ok(disk) => disk,
        Err(why) => return nothing(path, &why),
    };
    header::idle_renames(&tables, &mut log);
    let mut digests: Vec<(String, String)> =
        files.iter().map(|(name, bytes)| (name.clone(), digest::sha256(bytes))).collect();
    digests.sort();
    let mut inputs = Inputs { digest: digest::programme(&files), files: digests, scenarios: Vec::new() };
    for (source, scenario) in scenarios(&mut tables, &mut log) {
        overlay::apply(&mut tables, &scenario, source, &mut log);
        inputs.scenarios.push((scenario.name, scenario.text));
    }
    let Built { programme, findings } = build::build_after(&tables, log, &calendar);
    Loaded { programme, findings, inputs, tables }
}

/// Where there is no programme at all.
fn nothing(path: &Path, why: &str) -> Loaded {
    let mut log = Log::default();
    let tables = Tables::new(|_| path.display().to_string());
    log.add(&codes::NO_PROGRAMME, Spot::default(), why, "");
    Loaded { programme: None, findings: log.finish(&tables.sources), inputs: Inputs::default(), tables }
}

/// Builds the programme that the tables describe.
pub fn build(tables: &Tables) -> Built {
    build::build(tables, &calendar)
}

fn calendar(bytes: &[u8], zone: &str, owner: &str, from: Day, to: Day) -> BusyDays {
    let read = busy::busy_of(bytes, zone, owner, from, to);
    BusyDays { busy: read.busy, warnings: read.warnings }
}
