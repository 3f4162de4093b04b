//! The revisions of the plan of record, kept beside it: `history/revision-3.json`. Calendars need them to tell everybody
//! exactly once what changed, and to say what changed since any of them.

use super::exit::Failure;
use super::write::write;
use crate::export::ics::edition::Edition;
use crate::programme::Programme;
use crate::read::plan_file::{self, PlanFile};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder's name.
pub const HISTORY: &str = "history";

fn path(folder: &Path, revision: u32) -> PathBuf {
    folder.join(HISTORY).join(format!("revision-{revision}.json"))
}

/// Keeps a revision, unless it is kept already.
pub fn keep(folder: &Path, revision: u32, bytes: &[u8]) -> Result<(), Failure> {
    let path = path(folder, revision);
    if fs::read(&path).is_ok_and(|kept| kept == bytes) {
        return Ok(());
    }
    write(&path, bytes)
}

/// The revisions that are kept of those before this one, the newest first.
pub fn revisions(folder: &Path, record: &PlanFile) -> impl Iterator<Item = PlanFile> {
    (1..record.revision.unwrap_or(1)).rev().filter_map(move |revision| kept(folder, revision))
}

/// A revision, where it is kept.
fn kept(folder: &Path, revision: u32) -> Option<PlanFile> {
    let file = fs::read(path(folder, revision)).ok().and_then(|bytes| plan_file::parse(&bytes).ok());
    file.filter(|k| k.revision == Some(revision))
}

/// The revisions up to this plan, without a gap between them, the oldest first; a proposal stands alone.
pub fn editions(folder: &Path, programme: &Programme, file: &PlanFile) -> Vec<Edition> {
    let mut editions = vec![Edition::of(programme, file)];
    let before = (1..file.revision.unwrap_or(1)).rev().map_while(|revision| kept(folder, revision));
    editions.extend(before.map(|kept| Edition::of(programme, &kept)));
    editions.reverse();
    editions
}
