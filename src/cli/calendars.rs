//! `docent export --ics DIR`: the folder of calendars, and what may not be written over.

use super::exit::{Exit, Failure};
use super::history;
use super::open::{self, Planned};
use super::prose::count;
use super::write::write;
use crate::export::ics::{MARKER, Marker, Task, render};
use std::fs;
use std::io::Write;
use std::path::{Component, Path};

/// How calendars are written.
#[derive(clap::Args)]
#[command(next_help_heading = "Calendars")]
pub struct CalendarOptions {
    /// With --ics: only what changed after this revision, for people who import by hand, and a letter for each trainer
    #[arg(long, value_name = "REVISION", requires = "ics")]
    since: Option<u32>,

    /// With --ics: leave withdrawn events out instead of keeping them as cancelled (for folders that are subscribed to)
    #[arg(long, requires = "ics")]
    no_tombstones: bool,
}

impl CalendarOptions {
    /// Writes the calendars into `folder`, and clears away what an earlier export left there and this one has not.
    pub fn write(
        &self,
        programme: &Path,
        planned: &Planned,
        folder: &Path,
        force: bool,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let given = &planned.given.programme;
        let marker = fs::read(folder.join(MARKER)).ok().and_then(|bytes| Marker::read(&bytes));
        let objection = marker.as_ref().and_then(|m| m.objection(&given.name, planned.file.revision, self.since));
        if let Some(why) = objection.filter(|_| !force) {
            let text = format!("{} is left as it is: {why}", folder.display());
            return Err(Failure::new(Exit::Refused, text).help("name another folder, or write over it with --force"));
        }
        let history = history::editions(open::folder(programme), given, &planned.file);
        if let Some(since) = self.since {
            self.at_hand(since, planned, history.iter().any(|e| e.revision == Some(since)))?;
        }
        let task = Task { programme: given, history: &history, tombstones: !self.no_tombstones, since: self.since };
        let export = render(&task);
        for file in &export.files {
            write(&folder.join(&file.path), &file.bytes)?;
        }
        for old in marker.iter().flat_map(|m| &m.files).filter(|f| is_inside(f)) {
            if export.files.iter().all(|f| f.path != *old) {
                // What cannot be removed is only untidy.
                let _ = fs::remove_file(folder.join(old));
            }
        }
        let folder = folder.display();
        if export.calendars == 0 {
            let what = if self.since.is_some() { "nothing has changed since" } else { "the plan has no session" };
            let _ = writeln!(anstream::stderr(), "warning: {what}; there is no calendar in {folder}");
        }
        writeln!(
            out,
            "{folder}: {}, {} in the programme's own; index.html says which is for whom",
            count(export.calendars, "calendar"),
            count(export.events, "event")
        )?;
        Ok(())
    }

    /// Refuses where the revision to compare with is not there.
    fn at_hand(&self, since: u32, planned: &Planned, there: bool) -> Result<(), Failure> {
        let Some(revision) = planned.file.revision else {
            let text =
                format!("{} is a proposal: nothing is known to have changed since a revision", planned.path.display());
            return Err(Failure::new(Exit::Usage, text).help("adopt it first, or leave --since out"));
        };
        if since >= revision {
            let text = format!("{} is revision {revision}: nothing comes after {since}", planned.path.display());
            return Err(Failure::new(Exit::Usage, text).help("name an earlier revision"));
        }
        if !there {
            let text =
                format!("revision {since} is not at hand: {}/ does not hold it and all after it", history::HISTORY);
            return Err(Failure::new(Exit::Findings, text).help("export whole calendars instead, without --since"));
        }
        Ok(())
    }
}

/// True for a path that stays within the folder.
fn is_inside(path: &str) -> bool {
    Path::new(path).components().all(|c| matches!(c, Component::Normal(_)))
}
