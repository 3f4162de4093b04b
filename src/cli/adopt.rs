//! `docent adopt`: a proposal becomes the plan of record.

use super::exit::{Exit, Failure};
use super::history;
use super::open::{self, PlanArgument, Planned, RECORD};
use super::prose::count;
use super::write::write;
use crate::export::adopt::adopt;
use crate::export::plan_json::bytes;
use crate::programme::day::Day;
use crate::read::plan_file::PlanFile;
use crate::verify;
use std::io::Write;
use std::path::Path;

/// Verifies a plan and makes it the plan of record, adopted.json
#[derive(clap::Args)]
pub struct Adopt {
    #[command(flatten)]
    plan: PlanArgument,

    /// The day of adoption [default: the day as of which the plan was made, else today]
    #[arg(long, value_name = "DATE", value_parser = open::date)]
    today: Option<Day>,

    /// Adopt though the files have changed since the plan was made
    #[arg(long)]
    force: bool,
}

impl Adopt {
    /// Writes the plan of record, and keeps a copy of every revision.
    pub fn run(&self, programme: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let planned = open::plan(programme, &self.plan)?;
        self.refuse_stale(&planned)?;
        let verified = verify::verify(&planned.given.programme, &planned.file, planned.baseline.as_ref());
        if !verified.holds() {
            let wrong = verified.violations.first().map(|v| format!("breaks a rule: {}: {}", v.rule, v.text));
            let wrong = wrong.unwrap_or_else(|| "has wrong figures in it".to_string());
            let text = format!("{} {wrong}", planned.path.display());
            return Err(Failure::new(Exit::Breaks, text).help("`docent verify` lists everything; plan again"));
        }
        let folder = open::folder(programme);
        let path = folder.join(RECORD);
        let record = path.exists().then(|| open::plan_at(&path)).transpose()?;
        let today = self
            .today
            .or(planned.file.as_of.map(|d| d.0))
            .or(planned.given.programme.as_of)
            .unwrap_or_else(|| Day::of(chrono::Local::now().date_naive()));
        let before = record.as_ref().map(|(_, file)| file);
        let adopted = adopt(&planned.given.programme, before, &planned.file, today);
        let again = verify::verify(&planned.given.programme, &adopted, planned.baseline.as_ref());
        if !again.violations.is_empty() {
            let text = format!("adopting would break a rule: {}", again.violations[0].text);
            return Err(Failure::new(Exit::Bug, text).help("this is a bug of docent; nothing was written"));
        }
        if let Some((bytes, file)) = &record {
            history::keep(folder, file.revision.unwrap_or(0), bytes)?;
        }
        let written = bytes(&adopted);
        history::keep(folder, adopted.revision.unwrap_or(0), &written)?;
        write(&path, &written)?;
        tell(out, &path, before, &adopted)?;
        Ok(Exit::Done)
    }

    fn refuse_stale(&self, planned: &Planned) -> Result<(), Failure> {
        let changes = open::changes(&planned.given.inputs, &planned.file);
        if changes.is_empty() || self.force {
            return Ok(());
        }
        let text = format!("{} is stale: since it was made {}", planned.path.display(), changes.join(", "));
        Err(Failure::new(Exit::Refused, text).help("plan again, or adopt it as it is with --force"))
    }
}

/// What people will notice of the new plan of record.
fn tell(out: &mut dyn Write, path: &Path, before: Option<&PlanFile>, now: &PlanFile) -> std::io::Result<()> {
    let entry_of =
        |file: &PlanFile, id: &str| file.sessions.iter().find(|s| s.id == id).and_then(|s| s.calendar.clone());
    let (mut new, mut changed, mut same) = (0, 0, 0);
    for session in &now.sessions {
        match before.and_then(|b| entry_of(b, &session.id)) {
            None => new += 1,
            Some(old) if session.calendar.as_ref() == Some(&old) => same += 1,
            Some(_) => changed += 1,
        }
    }
    let withdrawn = now.cancelled.iter().filter(|c| Some(c.revision) == now.revision).count();
    let (revision, day) = (now.revision.unwrap_or(0), now.adopted.map_or(String::new(), |d| format!(", {}", d.0)));
    writeln!(out, "{}: revision {revision}{day}, {}", path.display(), count(now.sessions.len(), "session"))?;
    if before.is_some() {
        writeln!(out, "{new} new, {changed} changed, {withdrawn} withdrawn, {same} as they were")?;
    }
    let since = if revision > 1 { format!(" (or what changed: --since {})", revision - 1) } else { String::new() };
    writeln!(out, "Next: docent export --ics DIR{since}")
}
