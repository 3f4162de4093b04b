//! The only writer of the disk: a file is there whole, or not at all.

use super::exit::{Exit, Failure};
use crate::cores;
use crate::export::ics;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file: first a temporary one beside it, then a rename. Folders on the way are made.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    whole(path, bytes).map_err(|e| Failure::disk("write", path, &e))
}

/// Where two files of one kind begin alike: `<!do`, `<svg`, `PK` and two bytes more.
const BEGINNING: usize = 4;

/// Refuses to write these bytes over a file of another kind, which would be lost.
pub fn refuse_other(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let begins = |all: &[u8]| all.iter().take(BEGINNING).copied().collect::<Vec<u8>>();
    let other = |old: &Vec<u8>| !old.is_empty() && begins(old) != begins(bytes);
    if !path.is_file() || fs::read(path).ok().as_ref().is_none_or(|old| !other(old)) {
        return Ok(());
    }
    let text = format!("{} is something else and would be lost", path.display());
    Err(Failure::new(Exit::Refused, text).help("name another file, or remove it first"))
}

fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link stays a link, and a device (/dev/null) is written to, not replaced.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if path.exists() && !path.is_file() {
        return fs::OpenOptions::new().write(true).open(&path)?.write_all(bytes);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let temporary = beside(&path)?;
    let written = File::create(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, &path)
    });
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// A name of its own for every process, in the same folder (a rename across file systems would not be whole).
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
    let mut temporary = std::ffi::OsString::from(".");
    temporary.push(name);
    temporary.push(format!(".{}.tmp", std::process::id()));
    Ok(path.with_file_name(temporary))
}

/// Fewer files than this are not worth a second core.
const FEW: usize = 32;

/// Where the bytes of a file are before it gets its name.
enum Stage {
    /// In this file of the staging folder.
    Staged(PathBuf),
    /// Where they belong: nothing is to be done. Whoever serves or mirrors the folder sees by the time stamps what is new.
    There,
    /// Nowhere yet: what has this name is a link or a device, and stays one.
    Special,
}

/// Writes the files of an export below a folder: first all of them into a staging folder there, then each by a rename, so
/// that a run that fails half-way leaves what was there before as it was. It does not wait for the disk with each file,
/// as `write` does: that takes longer than everything else, and an export can be made again.
pub fn write_all(folder: &Path, files: &[ics::File]) -> Result<(), Failure> {
    let staging = folder.join(format!(".docent-export.{}.tmp", std::process::id()));
    // What a run of the same number left that was killed.
    let _ = fs::remove_dir_all(&staging);
    fs::create_dir_all(&staging).map_err(|e| Failure::disk("write", folder, &e))?;
    let written = staged(&staging, folder, files);
    let _ = fs::remove_dir_all(&staging);
    written
}

fn staged(staging: &Path, folder: &Path, files: &[ics::File]) -> Result<(), Failure> {
    let targets: Vec<(usize, PathBuf)> = files.iter().map(|f| folder.join(&f.path)).enumerate().collect();
    let parents: BTreeSet<&Path> = files.iter().filter_map(|f| Path::new(&f.path).parent()).collect();
    for parent in parents.into_iter().flat_map(|p| [folder.join(p), staging.join(p)]) {
        fs::create_dir_all(&parent).map_err(|e| Failure::disk("write", &parent, &e))?;
    }
    let stages: Vec<io::Result<Stage>> = cores::share(&targets, FEW, |row| {
        let mut bytes = Vec::new();
        let mut one = |(i, target): &(usize, PathBuf)| -> io::Result<Stage> {
            bytes.clear();
            files[*i].put(&mut bytes);
            match fs::symlink_metadata(target) {
                Ok(there) if !there.is_file() => return Ok(Stage::Special),
                Ok(there) if there.len() == bytes.len() as u64 && fs::read(target)? == bytes => {
                    return Ok(Stage::There);
                }
                _ => {}
            }
            let path = staging.join(&files[*i].path);
            File::create_new(&path)?.write_all(&bytes)?;
            Ok(Stage::Staged(path))
        };
        row.iter().map(&mut one).collect()
    });
    let mut renames = Vec::new();
    for ((i, target), stage) in targets.iter().zip(stages) {
        match stage.map_err(|e| Failure::disk("write", target, &e))? {
            Stage::Staged(path) => renames.push((path, target)),
            Stage::Special => write(target, &files[*i].bytes())?,
            Stage::There => {}
        }
    }
    for (path, target) in renames {
        fs::rename(&path, target).map_err(|e| Failure::disk("write", target, &e))?;
    }
    Ok(())
}
