//! `docent export --ics DIR`: the folder of calendars, and what may not be written over.

use super::exit::{Exit, Failure};
use super::history;
use super::open::{self, Planned};
use super::prose::count;
use super::write::write_all;
use crate::export::ics::{Export, MARKER, Marker, Task, render};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

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

/// Calendars that are ready to be written.
pub struct Calendars {
    folder: PathBuf,
    export: Export,
    /// Files that an earlier export left in the folder and that this one does not have.
    old: Vec<PathBuf>,
    since: Option<u32>,
}

impl CalendarOptions {
    /// Renders the calendars that are to go into `folder`, if nothing speaks against it.
    pub fn render(
        &self,
        programme: &Path,
        planned: &Planned,
        folder: &Path,
        force: bool,
    ) -> Result<Calendars, Failure> {
        let given = &planned.given.programme;
        let marker = fs::read(folder.join(MARKER)).ok().and_then(|bytes| Marker::read(&bytes));
        let objection = marker.as_ref().and_then(|m| m.objection(&given.name, planned.file.revision, self.since));
        if let Some(why) = objection.filter(|_| !force) {
            let text = format!("{} is left as it is: {why}", folder.display());
            let record = open::folder(programme).join(open::RECORD);
            let help = if planned.file.revision.is_none() && record.exists() {
                format!("export the plan of record with -p {}, name another folder, or use --force", record.display())
            } else {
                "name another folder, or write over it with --force".to_owned()
            };
            return Err(Failure::new(Exit::Refused, text).help(help));
        }
        let history = history::editions(open::folder(programme), given, &planned.file);
        if let Some(since) = self.since {
            self.at_hand(since, planned, history.iter().any(|e| e.revision == Some(since)))?;
        }
        let task = Task { programme: given, history: &history, tombstones: !self.no_tombstones, since: self.since };
        let export = render(&task);
        let new: BTreeSet<&str> = export.files.iter().map(|f| f.path.as_str()).collect();
        let old = marker.iter().flat_map(|m| &m.files).filter(|f| is_inside(f) && !new.contains(f.as_str()));
        let old = old.map(|f| folder.join(f)).collect();
        Ok(Calendars { folder: folder.to_owned(), export, old, since: self.since })
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

impl Calendars {
    /// Writes them, and clears away what an earlier export left there and this one has not.
    pub fn write(&self, out: &mut dyn Write) -> Result<(), Failure> {
        write_all(&self.folder, &self.export.files)?;
        for old in &self.old {
            // What cannot be removed is only untidy.
            let _ = fs::remove_file(old);
        }
        let folder = self.folder.display();
        if self.export.calendars == 0 {
            let what = if self.since.is_some() { "nothing has changed since" } else { "the plan has no session" };
            let _ = writeln!(anstream::stderr(), "warning: {what}; there is no calendar in {folder}");
        }
        writeln!(
            out,
            "{folder}: {}, {} in the programme's own; index.html says which is for whom",
            count(self.export.calendars, "calendar"),
            count(self.export.events, "event")
        )?;
        Ok(())
    }
}

/// True for a path that stays within the folder.
fn is_inside(path: &str) -> bool {
    Path::new(path).components().all(|c| matches!(c, Component::Normal(_)))
}
