//! Runs the program in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run said and how it ended.
pub struct Said {
    pub out: String,
    pub err: String,
    pub exit: i32,
}

/// The program with these arguments.
pub fn docent(arguments: &[&str]) -> Said {
    docent_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

/// The program with these arguments, started in this folder.
pub fn docent_in(folder: &Path, arguments: &[&str]) -> Said {
    let output = command(folder, arguments).output().expect("the program starts");
    Said {
        out: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
        err: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        exit: output.status.code().expect("an exit code"),
    }
}

/// The program, not started yet.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docent"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

/// An empty folder under the build's own folder for temporary files, for the test of this name.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for temporary files");
    folder
}

/// The names in a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A copy of a programme of `data/` in a folder of its own, as `new` makes it.
pub fn copy(of: &str, name: &str) -> PathBuf {
    let target = folder(name).join("programme");
    let said = docent(&["new", &target.display().to_string(), "--from", of]);
    assert_eq!(said.exit, 0, "{}", said.err);
    target
}

/// The starter programme with a plan beside it (`plan.json`).
pub fn planned(name: &str) -> PathBuf {
    let target = copy("starter", name);
    std::fs::copy(fixture("starter-plan.json"), target.join("plan.json")).expect("a plan");
    target
}

/// A file of `tests/it/cli/fixtures`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/cli/fixtures").join(name)
}

/// Changes a text file; the old text must occur.
pub fn edit(file: &Path, old: &str, new: &str) {
    let text = std::fs::read_to_string(file).expect("a text file");
    assert!(text.contains(old), "{} has no {old:?}", file.display());
    std::fs::write(file, text.replacen(old, new, 1)).expect("a file that can be written");
}
