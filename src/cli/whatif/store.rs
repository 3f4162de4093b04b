//! Answers kept between runs: one file per question, named by a digest of everything that the answer depends on.
//! Safe to delete; a file that is damaged or does not fit is passed over and the question is answered anew.

use crate::cli::exit::Failure;
use crate::cli::write;
use crate::read::plan_file::{self, PlanFile};
use crate::solve::report::{Bound, Stopped};
use crate::words::GoalId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

const FORMAT: &str = "docent-answer/1";

/// A folder of answers.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    /// Held while an answer is written.
    writing: Arc<Mutex<()>>,
}

/// What is kept of one answer.
#[derive(Clone, Debug)]
pub struct Kept {
    pub plan: PlanFile,
    pub bounds: Vec<Bound>,
    pub stopped: Stopped,
}

#[derive(Serialize, Deserialize)]
struct Written {
    format: String,
    key: String,
    stopped: String,
    bounds: Vec<WrittenBound>,
    plan: PlanFile,
}

/// Exact values, as text: they may be wider than JSON's numbers.
#[derive(Serialize, Deserialize)]
struct WrittenBound {
    goal: String,
    given: Vec<String>,
    value: String,
}

impl Store {
    /// The folder need not be there yet.
    pub fn new(folder: &Path) -> Store {
        Store { folder: folder.to_path_buf(), writing: Arc::default() }
    }

    /// The folder's path.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the folder and leaves it out of git.
    pub fn prepare(&self) -> Result<(), Failure> {
        let ignore = self.folder.join(".gitignore");
        if ignore.exists() { Ok(()) } else { write::write(&ignore, b"*\n") }
    }

    /// The answer to this question, if there is a sound one.
    pub fn load(&self, key: &str) -> Option<Kept> {
        let bytes = fs::read(self.path(key)).ok()?;
        let text = std::str::from_utf8(&bytes).ok()?;
        let (seal, body) = text.split_once('\n')?;
        if seal != sealed(body) {
            return None;
        }
        let written: Written = serde_json::from_str(body).ok()?;
        if written.format != FORMAT || written.key != key || written.plan.format != plan_file::FORMAT {
            return None;
        }
        Some(Kept {
            plan: written.plan,
            bounds: written.bounds.iter().map(bound).collect::<Option<_>>()?,
            stopped: [Stopped::Proven, Stopped::Gap, Stopped::Effort, Stopped::Clock]
                .into_iter()
                .find(|s| s.word() == written.stopped)?,
        })
    }

    /// Nothing is written while this is held.
    pub fn still(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps an answer; the file is there whole or not at all.
    pub fn save(&self, key: &str, kept: &Kept) -> Result<(), Failure> {
        let written = Written {
            format: FORMAT.to_string(),
            key: key.to_string(),
            stopped: kept.stopped.word().to_string(),
            bounds: kept
                .bounds
                .iter()
                .map(|b| WrittenBound {
                    goal: b.goal.word().to_string(),
                    given: b.given.iter().map(i128::to_string).collect(),
                    value: b.value.to_string(),
                })
                .collect(),
            plan: kept.plan.clone(),
        };
        // A plan file and exact numbers as text: nothing that JSON lacks.
        let body = serde_json::to_string(&written).expect("an answer is plain JSON");
        let _writing = self.still();
        write::write(&self.path(key), format!("{}\n{body}", sealed(&body)).as_bytes())
    }

    fn path(&self, key: &str) -> PathBuf {
        self.folder.join(format!("{}.answer", key.trim_start_matches("sha256:")))
    }
}

fn bound(written: &WrittenBound) -> Option<Bound> {
    Some(Bound {
        goal: GoalId::named(&written.goal)?,
        given: written.given.iter().map(|v| v.parse().ok()).collect::<Option<_>>()?,
        value: written.value.parse().ok()?,
    })
}

fn sealed(body: &str) -> String {
    digest([body.as_bytes()])
}

/// `sha256:…` over parts, each with its length before it.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut text = String::from("sha256:");
    for byte in hash.finalize() {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// What tells this build of docent from any other: answers of another one are not taken for ours.
pub fn build() -> String {
    let program = std::env::current_exe().ok().and_then(|path| fs::read(path).ok()).unwrap_or_default();
    digest([env!("CARGO_PKG_VERSION").as_bytes(), &program])
}
