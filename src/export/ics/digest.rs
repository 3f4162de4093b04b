//! What each trainer must be told between two revisions, in plain text: new, moved, cancelled for you.

use super::File;
use super::edition::{Edition, Sitting, Tour};
use super::names::{Names, dates, language};
use std::collections::BTreeSet;
use std::fmt::Write;

/// One letter for each trainer whom a change concerns. Empty where the revision `since` is not at hand.
pub fn letters(names: &Names, history: &[Edition], since: u32) -> Vec<File> {
    let Some(now) = history.last() else { return Vec::new() };
    let Some(before) = history.iter().find(|e| e.revision == Some(since)) else { return Vec::new() };
    let people: BTreeSet<&str> = [before, now]
        .into_iter()
        .flat_map(|e| &e.sessions)
        .flat_map(|s| s.team.iter().map(|(trainer, _)| trainer.as_str()))
        .collect();
    people
        .into_iter()
        .filter_map(|trainer| {
            let text = letter(names, before, now, trainer)?;
            Some(File { path: format!("digests/{}.txt", super::slug(trainer)), bytes: text.into_bytes() })
        })
        .collect()
}

/// The letter to one trainer; None where nothing changes for them.
fn letter(names: &Names, before: &Edition, now: &Edition, trainer: &str) -> Option<String> {
    let (mut new, mut moved, mut cancelled) = (String::new(), String::new(), String::new());
    for session in taught(now, trainer) {
        let old = taught(before, trainer).find(|s| s.id == session.id);
        match old {
            None => {
                let _ = writeln!(new, "- {}", told(names, now, session, trainer));
            }
            Some(old) => {
                let (a, b) = (told(names, before, old, trainer), told(names, now, session, trainer));
                if a != b {
                    let _ = writeln!(moved, "- {b}\n  before: {a}");
                }
            }
        }
    }
    for session in taught(before, trainer).filter(|s| taught(now, trainer).all(|n| n.id != s.id)) {
        let goes_on = now.sessions.iter().any(|n| n.id == session.id);
        let why = if goes_on { " (it takes place without you)" } else { "" };
        let _ = writeln!(cancelled, "- {}{why}", told(names, before, session, trainer));
    }
    if new.is_empty() && moved.is_empty() && cancelled.is_empty() {
        return None;
    }
    let mut out = format!(
        "{}\nFor {}: what changed between revision {} and revision {} of the plan ({}).\n",
        names.programme.name,
        names.trainer_name(trainer),
        before.number(),
        now.number(),
        now.day
    );
    for (head, lines) in [("New for you", new), ("Moved or changed", moved), ("Cancelled for you", cancelled)] {
        if !lines.is_empty() {
            let _ = write!(out, "\n{head}\n{lines}");
        }
    }
    Some(out)
}

fn taught<'a>(edition: &'a Edition, trainer: &'a str) -> impl Iterator<Item = &'a Sitting> {
    edition.sessions.iter().filter(move |s| s.team.iter().any(|(t, _)| t == trainer))
}

/// `2027-03-01 to 2027-03-05  Mutual legal assistance, Dakar; French; lead; away 2027-02-28 to 2027-03-06  [S-R012]`
fn told(names: &Names, edition: &Edition, session: &Sitting, trainer: &str) -> String {
    let role = session.team.iter().find(|(t, _)| t == trainer).map_or("", |(_, role)| role.as_str());
    let role = if role == "lead" { "lead" } else { "co-trainer" };
    let tour: Option<&Tour> =
        edition.missions.iter().find(|m| m.trainer == trainer && m.sessions.contains(&session.id));
    let away = tour.filter(|t| t.span != session.span).map_or(String::new(), |t| format!("; away {}", dates(t.span)));
    format!(
        "{}  {}, {}; {}; {role}{away}  [{}]",
        dates(session.span),
        names.title(&session.course),
        names.place_name(&session.place),
        language(&session.language),
        session.id
    )
}
