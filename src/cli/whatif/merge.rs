//! Result folders of shards: what they hold the answers of, and joining them.

use super::store::Store;
use super::study::{Answered, Desk, FORMAT, Question};
use crate::cli::exit::{Exit, Failure};
use crate::cli::write;
use crate::whatif::study::Keep;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// The file that says what a result folder holds the answers of.
const NAME: &str = "study.json";

/// The question, and what each row's answer is kept under (it depends on the build of docent that planned it).
#[derive(Serialize, Deserialize)]
struct Manifest {
    question: Question,
    keys: Vec<String>,
}

/// Result folders, joined.
pub struct Merged {
    pub question: Question,
    pub answered: Vec<Answered>,
}

/// Says in a result folder what it holds the answers of; refused where it holds those of another question.
pub fn write_question(store: &Store, question: &Question, keys: &[String]) -> Result<(), Failure> {
    if store.folder().join(NAME).exists() {
        let before = manifest(store.folder())?;
        if before.question != *question {
            let text = format!("{} holds the answers to another question", store.folder().display());
            return Err(Failure::new(Exit::Refused, text).help("name another folder with --results"));
        }
    }
    let manifest = Manifest { question: question.clone(), keys: keys.to_vec() };
    // Texts, numbers and a plan file: nothing that JSON lacks.
    let mut bytes = serde_json::to_vec_pretty(&manifest).expect("a question is plain JSON");
    bytes.push(b'\n');
    write::write(&store.folder().join(NAME), &bytes)
}

fn manifest(folder: &Path) -> Result<Manifest, Failure> {
    let path = folder.join(NAME);
    let bytes = fs::read(&path).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
            Failure::new(Exit::Findings, format!("{} holds no results: there is no {NAME}", folder.display()))
                .help("name folders that `docent whatif … --results DIR` has written")
        }
        _ => Failure::disk("read", &path, &e),
    })?;
    serde_json::from_slice::<Manifest>(&bytes)
        .ok()
        .filter(|m| m.question.format == FORMAT && m.keys.len() == m.question.scenarios.len())
        .ok_or_else(|| Failure::new(Exit::Findings, format!("{} cannot be read", path.display())))
}

/// Joins result folders of one question about this programme. Scenarios that nobody has planned are named and left out.
pub fn merge(path: &Path, folders: &[PathBuf]) -> Result<Merged, Failure> {
    let mut manifests = Vec::new();
    for folder in folders {
        manifests.push((Store::new(folder), manifest(folder)?));
    }
    let Some((_, first)) = manifests.first() else {
        return Err(Failure::new(Exit::Usage, "--merge needs the result folders"));
    };
    let question = first.question.clone();
    for ((_, manifest), folder) in manifests.iter().zip(folders) {
        if manifest.question != question {
            let text =
                format!("{} and {} hold the answers to different questions", folders[0].display(), folder.display());
            return Err(
                Failure::new(Exit::Refused, text).help("merge the shards of one study, made with the same flags")
            );
        }
    }
    let built = question.build(path, &|_| true)?;
    let mut answers: Vec<Option<_>> = vec![None; question.scenarios.len()];
    for (store, manifest) in &manifests {
        let desk = Desk::new(&question, &built, &manifest.keys, store, 1, false)?;
        for (row, answer) in answers.iter_mut().enumerate() {
            if answer.is_none() {
                *answer = desk.load(row);
            }
        }
    }
    let missing: Vec<&str> = question
        .scenarios
        .iter()
        .zip(&answers)
        .filter(|(_, a)| a.is_none())
        .map(|(row, _)| row.name.as_str())
        .collect();
    if answers.first().is_none_or(|base| base.is_none()) {
        return Err(Failure::new(Exit::Findings, "the base is in none of the folders").help("let one shard finish"));
    }
    if !missing.is_empty() {
        let mut err = anstream::stderr();
        use std::io::Write;
        let _ = writeln!(err, "docent: not planned yet, and left out: {}", missing.join("; "));
        let _ = writeln!(err, "  help: run the missing shards again; what is there is not planned again");
    }
    let (store, manifest) = &manifests[0];
    let desk = Desk::new(&question, &built, &manifest.keys, store, 1, false)?;
    let answered = desk.answered(answers);
    Ok(Merged { question, answered })
}
