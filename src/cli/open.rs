//! What verbs open: the programme, and a plan with the programme that it was made for.

use super::exit::{Exit, Failure};
use super::history::{self, HISTORY};
use super::{findings, prose};
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::read::plan_file::{self, Date, PlanFile, Session};
use crate::read::{self, Inputs, Loaded, digest};
use crate::words::{Finding, Level};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The names of the plan files in a programme's folder: the proposal, and the plan of record.
pub const PROPOSAL: &str = "plan.json";
pub const RECORD: &str = "adopted.json";

/// The code of a file that is missing, and how often it is found where there is nothing of a programme: no settings, none of
/// the four tables.
const MISSING: &str = "missing-file";
const ALL: usize = 5;

/// Said where a file that was named is not there.
const FROM_HERE: &str = "files are looked for from the folder that you are in, whatever -C says";

/// `-p PLAN`, for verbs that read a plan.
#[derive(clap::Args)]
pub struct PlanArgument {
    /// The plan file [default: plan.json in the programme's folder, else adopted.json]
    #[arg(short = 'p', long = "plan", value_name = "PLAN")]
    pub plan: Option<PathBuf>,
}

/// A programme without errors.
pub struct Given {
    pub programme: Programme,
    pub inputs: Inputs,
    /// Warnings only.
    pub findings: Vec<Finding>,
}

/// A plan file with its programme, scenarios applied.
pub struct Planned {
    pub given: Given,
    pub path: PathBuf,
    pub file: PlanFile,
    /// The plan that was its baseline, where it is at hand.
    pub baseline: Option<PlanFile>,
}

impl Planned {
    /// Refuses to go on with a plan whose files have changed since, unless forced.
    pub fn refuse_stale(&self, programme: &Path, force: bool) -> Result<(), Failure> {
        let changes = changes(&self.given.inputs, &self.file);
        if changes.is_empty() || force {
            return Ok(());
        }
        let text = format!("{} is stale: since it was made {}", self.path.display(), changes.join(", "));
        let again = again(programme);
        Err(Failure::new(Exit::Refused, text).help(format!(
            "plan again (docent{} {again}), or go on with it as it is with --force",
            prose::at(programme)
        )))
    }
}

/// Reads a programme; its errors go to standard error and end the run.
pub fn programme(path: &Path, scenarios: &[PathBuf]) -> Result<Given, Failure> {
    sound(path, read::load(path, scenarios), scenarios)
}

fn sound(path: &Path, loaded: Loaded, scenarios: &[PathBuf]) -> Result<Given, Failure> {
    match loaded.programme {
        Some(programme) => Ok(Given { programme, inputs: loaded.inputs, findings: loaded.findings }),
        None => {
            let _ = findings::write_errors(&mut anstream::stderr(), &loaded.findings);
            let at = prose::at(path);
            let missing = |f: &&Finding| f.level == Level::Error && f.code == MISSING;
            if loaded.findings.iter().filter(missing).count() == ALL || !path.exists() {
                let text = format!("there is no programme in {}", path.display());
                return Err(
                    Failure::new(Exit::Findings, text).help("begin one with docent new DIR, or name one with -C")
                );
            }
            let with: String = scenarios.iter().map(|s| format!(" --with {}", s.display())).collect();
            let which = if with.is_empty() {
                path.display().to_string()
            } else {
                format!("{} with its scenarios", path.display())
            };
            let text = format!("{which} has errors; nothing was done");
            Err(Failure::new(Exit::Findings, text)
                .help(format!("`docent{at} check{with}` lists everything that is wrong or strange")))
        }
    }
}

/// Reads a plan, and the programme with the scenarios that the plan was made with.
pub fn plan(programme: &Path, plan: &PlanArgument) -> Result<Planned, Failure> {
    let path = match &plan.plan {
        Some(path) => path.clone(),
        None => default_plan(programme)?,
    };
    let (_, file) = plan_at(&path)?;
    with_programme(programme, path, file)
}

/// As `plan`; but a proposal that has been adopted since, as the plan of record or as a revision before it, is no longer
/// the news, and the plan of record is read instead.
pub fn plan_or_record(programme: &Path, plan: &PlanArgument) -> Result<Planned, Failure> {
    let record = folder(programme).join(RECORD);
    let path = match &plan.plan {
        Some(path) => path.clone(),
        None => default_plan(programme)?,
    };
    let (_, file) = plan_at(&path)?;
    let open = plan.plan.is_none() && file.revision.is_none();
    let adopted = open.then(|| plan_if_any(&record)).flatten();
    let once =
        |r: &PlanFile| adopts(r, &file) || history::revisions(folder(programme), r).any(|old| adopts(&old, &file));
    match adopted.filter(once) {
        Some(adopted) => with_programme(programme, record, adopted),
        None => with_programme(programme, path, file),
    }
}

/// True when this plan of record is that proposal, adopted: the same files, sessions and missions. Ids may have been
/// carried over from earlier revisions.
fn adopts(record: &PlanFile, proposal: &PlanFile) -> bool {
    fn sessions(file: &PlanFile) -> Vec<Session> {
        let bare = |s: &Session| Session { id: String::new(), calendar: None, ..s.clone() };
        let mut all: Vec<Session> = file.sessions.iter().map(bare).collect();
        all.sort_by(|a, b| a.requests.cmp(&b.requests));
        all
    }
    fn missions(file: &PlanFile) -> Vec<(&str, Date, Date)> {
        let mut all: Vec<_> = file.missions.iter().map(|m| (m.trainer.as_str(), m.depart, m.back)).collect();
        all.sort();
        all
    }
    record.programme.digest == proposal.programme.digest
        && record.scenarios == proposal.scenarios
        && missions(record) == missions(proposal)
        && sessions(record) == sessions(proposal)
}

fn with_programme(programme: &Path, path: PathBuf, file: PlanFile) -> Result<Planned, Failure> {
    let scenarios: Vec<(String, String)> = file.scenarios.iter().map(|s| (s.name.clone(), s.text.clone())).collect();
    let given = sound(programme, read::load_again(programme, &scenarios), &[])?;
    let baseline = file.baseline.as_deref().and_then(|wanted| known(programme, &path, wanted));
    Ok(Planned { given, path, file, baseline })
}

/// A plan file by its path.
pub fn plan_at(path: &Path) -> Result<(Vec<u8>, PlanFile), Failure> {
    let bytes = fs::read(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => {
            let failure = Failure::new(Exit::Findings, format!("there is no plan {}", path.display()));
            if path.is_relative() { failure.help(FROM_HERE) } else { failure }
        }
        _ => Failure::disk("read", path, &e),
    })?;
    match plan_file::parse(&bytes) {
        Ok(file) => Ok((bytes, file)),
        Err(mut wrong) => {
            for finding in &mut wrong {
                finding.at.file = path.display().to_string();
            }
            let _ = findings::write_errors(&mut anstream::stderr(), &wrong);
            Err(Failure::new(Exit::Findings, format!("{} cannot be read as a plan", path.display())))
        }
    }
}

/// A plan file as a baseline of this programme; says so where `--freeze-until` divides nothing.
pub fn baseline(path: &Path, programme: &Programme, freeze_until: Option<Day>) -> Result<(Vec<u8>, PlanFile), Failure> {
    let (bytes, file) = plan_at(path)?;
    if let Some(foreign) = plan_file::foreign(programme, &file) {
        return Err(unfit(path, vec![foreign]));
    }
    if let Some(day) = freeze_until.filter(|_| !file.sessions.is_empty()) {
        let early = file.sessions.iter().filter(|s| s.start.0 < day).count();
        let which = match early {
            0 => Some(("no", "nothing is frozen")),
            n if n == file.sessions.len() => Some(("every", "everything is frozen")),
            _ => None,
        };
        if let Some((which, so)) = which {
            let mut err = anstream::stderr();
            let _ = writeln!(err, "docent: {which} session of {} starts before {day}: {so}", path.display());
        }
    }
    tell_begun(path, programme, &file, freeze_until);
    Ok((bytes, file))
}

/// Says where sessions of a baseline lie before the day of planning, neither frozen nor pinned as done.
fn tell_begun(path: &Path, programme: &Programme, file: &PlanFile, freeze_until: Option<Day>) {
    let Some(as_of) = programme.as_of else { return };
    let requests = programme.requests.iter().filter(|(r, _)| !programme.is_done(*r));
    let open: BTreeSet<&str> = requests.map(|(_, request)| request.id.as_str()).collect();
    let loose = |s: &Session| s.start.0 < as_of && freeze_until.is_none_or(|day| s.start.0 >= day);
    let undone = |s: &Session| s.requests.iter().any(|r| open.contains(r.as_str()));
    let begun: Vec<&Session> = file.sessions.iter().filter(|s| loose(s) && undone(s)).collect();
    let Some(first) = begun.first() else { return };
    let (n, which) = (prose::count(begun.len(), "session"), if begun.len() == 1 { "begins" } else { "begin" });
    let mut err = anstream::stderr();
    let _ = writeln!(
        err,
        "warning: {n} of {} {which} before {as_of} (as_of), not pinned as done, the first of them {}: planned anew, \
         after that day",
        path.display(),
        first.id
    );
    let _ = writeln!(err, "    help: pin what was held as done in pins.csv, or plan with --freeze-until {as_of}");
}

/// Why a plan file is no baseline for a programme.
pub fn unfit(path: &Path, mut wrong: Vec<Finding>) -> Failure {
    for finding in &mut wrong {
        finding.at.file = path.display().to_string();
    }
    let _ = findings::write_errors(&mut anstream::stderr(), &wrong);
    Failure::new(Exit::Findings, "the baseline and the programme do not go together; nothing was done")
}

/// A plan file by its path, where there is one that can be read; says nothing where not.
pub fn plan_if_any(path: &Path) -> Option<PlanFile> {
    fs::read(path).ok().and_then(|bytes| plan_file::parse(&bytes).ok())
}

/// How to plan once more: what has been adopted is disturbed as little as can be.
pub fn again(programme: &Path) -> String {
    let record = folder(programme).join(RECORD);
    if record.exists() { format!("plan --baseline {}", record.display()) } else { "plan".to_string() }
}

/// The folder where the programme's plans stand; empty where that is here.
pub fn folder(programme: &Path) -> &Path {
    let folder = if programme.is_dir() { programme } else { programme.parent().unwrap_or(programme) };
    if folder == Path::new(".") { Path::new("") } else { folder }
}

/// The names in a folder.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(here).into_iter().flatten();
    entries.filter_map(|e| e.ok().map(|e| folder.join(e.file_name()))).collect()
}

fn default_plan(programme: &Path) -> Result<PathBuf, Failure> {
    let folder = folder(programme);
    [PROPOSAL, RECORD].iter().map(|name| folder.join(name)).find(|path| path.exists()).ok_or_else(|| {
        Failure::new(Exit::Findings, format!("there is no plan in {} yet", programme.display()))
            .help(format!("make one: docent{} plan", prose::at(programme)))
    })
}

/// The plan with this digest, where it stands beside the programme or the plan.
fn known(programme: &Path, plan: &Path, wanted: &str) -> Option<PlanFile> {
    let beside = plan.parent().unwrap_or(Path::new("."));
    let mut candidates: Vec<PathBuf> = [folder(programme), &folder(programme).join(HISTORY), beside]
        .into_iter()
        .flat_map(entries)
        .filter(|path| path.extension().is_some_and(|e| e == "json") && path.is_file())
        .collect();
    candidates.sort();
    candidates
        .into_iter()
        .filter_map(|path| fs::read(path).ok())
        .find(|bytes| digest::sha256(bytes) == wanted)
        .and_then(|bytes| plan_file::parse(&bytes).ok())
}

/// Which files changed since the plan was made, each as a few words; empty where none did.
pub fn changes(inputs: &Inputs, file: &PlanFile) -> Vec<String> {
    let mut changes = Vec::new();
    for (name, digest) in &inputs.files {
        match file.programme.files.get(name) {
            None => changes.push(format!("{name} is new")),
            Some(old) if old != digest => changes.push(format!("{name} changed")),
            Some(_) => {}
        }
    }
    for name in file.programme.files.keys() {
        if !inputs.files.iter().any(|(n, _)| n == name) {
            changes.push(format!("{name} is gone"));
        }
    }
    if changes.is_empty() && file.programme.digest != inputs.digest {
        changes.push("the files are not the ones it was made from".to_string());
    }
    changes
}

/// A date on the command line.
pub fn date(text: &str) -> Result<Day, String> {
    Day::iso(text).ok_or_else(|| "a date like 2027-03-01 is expected".to_string())
}

/// The day on this computer's clock.
pub fn today() -> Day {
    Day::of(chrono::Local::now().date_naive())
}

/// A share on the command line, in ten-thousandths.
pub fn share(text: &str) -> Result<i128, String> {
    match text.parse::<f64>() {
        Ok(x) if (0.0..=1.0).contains(&x) => Ok((x * 10_000.0).round() as i128),
        _ => Err("a share between 0 and 1 is expected (0.01 = 1 %)".to_string()),
    }
}

/// Seconds on the command line.
pub fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(x) if (0.0..=1e7).contains(&x) => Ok(x),
        _ => Err("a number of seconds is expected".to_string()),
    }
}
