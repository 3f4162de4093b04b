//! What is read, and what is said about it.

mod broken;
mod docs;
mod encodings;
mod mutations;
mod scenarios;
mod summary;
mod values;
mod workbook;

use docent::words::Finding;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder for one test, removed when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Scratch {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("docent-read-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).expect("a folder for the test");
        Scratch(path)
    }

    /// A copy of a folder under data/.
    fn of(folder: &str) -> Scratch {
        let scratch = Scratch::new();
        scratch.add(&data(folder));
        scratch
    }

    fn add(&self, folder: &Path) {
        copy(folder, &self.0);
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for the file");
        fs::write(path, bytes).expect("a file for the test");
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn data(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(folder)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// `requests.csv:2:4: unknown-course`, as much of the place as is known; files relative to the folder.
fn shown(finding: &Finding, folder: &Path) -> String {
    let file = finding.at.file.replace(&format!("{}/", folder.display()), "");
    match (finding.at.line, finding.at.column) {
        (0, _) => format!("{file}: {}", finding.code),
        (line, 0) => format!("{file}:{line}: {}", finding.code),
        (line, column) => format!("{file}:{line}:{column}: {}", finding.code),
    }
}
