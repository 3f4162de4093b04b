//! `docent adopt`: from a proposal to the plan of record.

use super::exit::{Exit, Failure};
use super::history;
use super::open::{self, PlanArgument};
use super::prose::{count, paragraph};
use super::write::write;
use crate::export::adopt::adopt;
use crate::export::plan_json;
use crate::programme::day::Day;
use crate::read::plan_file::PlanFile;
use crate::verify;
use crate::whatif::compare::{Side, difference, tell};
use std::io::Write;
use std::path::{Path, PathBuf};

/// How many lines of each list of differences are shown.
const SHOWN: usize = 8;

/// Verifies a plan and makes it the plan of record (adopted.json)
#[derive(clap::Args)]
pub struct Adopt {
    /// The plan file [default: plan.json in the programme's folder]
    #[arg(short = 'p', long, value_name = "PLAN")]
    plan: Option<PathBuf>,

    /// The day of adoption [default: the programme's as_of, else today]
    #[arg(long, value_name = "DATE", value_parser = open::date)]
    today: Option<Day>,

    /// Adopt though the files have changed since the plan was made
    #[arg(long)]
    force: bool,
}

impl Adopt {
    /// Writes the plan of record, if the judge passes the plan.
    pub fn run(&self, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        // What is adopted is a proposal: without -p never the plan of record itself.
        let proposal = self.plan.clone().unwrap_or_else(|| open::folder(path).join(open::PROPOSAL));
        let planned = open::plan(path, &PlanArgument { plan: Some(proposal) })?;
        let given = &planned.given;
        planned.refuse_stale(path, self.force)?;
        let verified = verify::verify(&given.programme, &planned.file, planned.baseline.as_ref());
        if !verified.holds() {
            anstream::stderr().write_all(verify::text(&verified).as_bytes())?;
            let text = format!("{} is not adopted: the judge refuses it", planned.path.display());
            return Err(Failure::new(Exit::Breaks, text).help("plan again, and adopt what `docent plan` writes"));
        }
        let target = open::folder(path).join(open::RECORD);
        let record = if target.exists() { Some(open::plan_at(&target)?) } else { None };
        let as_of = planned.file.as_of.map(|d| d.0).or(given.programme.as_of);
        let today = self.today.or(as_of).unwrap_or_else(open::today);
        let before = record.as_ref().map(|(_, file)| file);
        let adopted = adopt(&given.programme, before, &planned.file, today);
        let bytes = plan_json::bytes(&adopted);
        if let Some((kept, record)) = &record {
            history::keep(open::folder(path), record.revision.unwrap_or(0), kept)?;
        }
        history::keep(open::folder(path), adopted.revision.unwrap_or(1), &bytes)?;
        write(&target, &bytes)?;

        let revision = adopted.revision.unwrap_or(1);
        writeln!(out, "Revision {revision}, adopted on {today}: {}", target.display())?;
        paragraph(out, 0, &tally(before, &adopted))?;
        if let Some(record) = before {
            let before = Side::of("before", record, &given.programme);
            let after = Side::of("now", &adopted, &given.programme);
            let changes = difference(&before, &after);
            if !changes.is_quiet() {
                write!(out, "\n{}", tell::changes(&changes, tell::Length::Screen(SHOWN)))?;
            }
        }
        Ok(Exit::Done)
    }
}

/// What the adoption means for people's calendars.
fn tally(record: Option<&PlanFile>, adopted: &PlanFile) -> String {
    let Some(record) = record else {
        return format!("{} in it.", count(adopted.sessions.len(), "session"));
    };
    let (mut new, mut changed, mut same) = (0, 0, 0);
    for session in &adopted.sessions {
        match record.sessions.iter().find(|s| s.id == session.id) {
            None => new += 1,
            Some(old) if old.calendar == session.calendar => same += 1,
            Some(_) => changed += 1,
        }
    }
    let withdrawn = adopted.cancelled.iter().filter(|c| Some(c.revision) == adopted.revision).count();
    format!(
        "{}: {new} new, {changed} changed, {same} as before; {withdrawn} withdrawn.",
        count(adopted.sessions.len(), "session")
    )
}
