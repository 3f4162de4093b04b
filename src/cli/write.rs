//! The only writer of the disk: a file is there whole, or not at all.

use super::exit::Failure;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file: first a temporary one beside it, then a rename. Folders on the way are made.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    whole(path, bytes).map_err(|e| Failure::disk("write", path, &e))
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
