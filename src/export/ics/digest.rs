//! What each trainer must be told between two revisions, in plain text: new, moved, changed, cancelled for you.

use super::edition::{Edition, Sitting};
use super::names::{Names, counted, language};
use crate::programme::day::{Day, Span};
use std::collections::BTreeSet;
use std::fmt::Write;

/// A letter to one trainer.
pub struct Letter {
    /// Below the export's folder.
    pub path: String,
    /// The trainer's name.
    pub to: String,
    pub text: String,
}

/// One letter for each trainer whom a change concerns. Empty where the revision `since` is not at hand.
pub fn letters(names: &Names, history: &[Edition], since: u32) -> Vec<Letter> {
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
            let path = format!("digests/{}.txt", super::slug(trainer));
            Some(Letter { path, to: names.trainer_name(trainer), text })
        })
        .collect()
}

/// The letter to one trainer; None where nothing changes for them.
fn letter(names: &Names, before: &Edition, now: &Edition, trainer: &str) -> Option<String> {
    let (mut new, mut moved, mut changed, mut cancelled) = (String::new(), String::new(), String::new(), String::new());
    for session in taught(now, trainer) {
        let told = facts(names, now, session, trainer);
        let Some(old) = taught(before, trainer).find(|s| s.id == session.id) else {
            // Days and place stand in the first line already.
            tell(&mut new, names, session, told.iter().skip(2).map(|(what, fact)| format!("{what}: {fact}")));
            continue;
        };
        let differences = told.iter().zip(facts(names, before, old, trainer)).filter(|(a, b)| a.1 != b.1);
        let differences: Vec<String> =
            differences.map(|((what, fact), (_, old))| format!("{what}: {fact}\n    before: {old}")).collect();
        let is_moved = (session.span, &session.place) != (old.span, &old.place);
        if !differences.is_empty() {
            tell(if is_moved { &mut moved } else { &mut changed }, names, session, differences.into_iter());
        }
    }
    for session in taught(before, trainer).filter(|s| taught(now, trainer).all(|n| n.id != s.id)) {
        let goes_on = now.sessions.iter().any(|n| n.id == session.id);
        let why = if goes_on { "It takes place without you." } else { "It does not take place." };
        tell(&mut cancelled, names, session, [why.to_owned()].into_iter());
    }
    let parts = [("New for you", new), ("Moved", moved), ("Changed", changed), ("Cancelled for you", cancelled)];
    if parts.iter().all(|(_, lines)| lines.is_empty()) {
        return None;
    }
    let mut out = format!(
        "{}\n\nFor {}\nWhat changed for you in the plan between revision {} ({}) and revision {} ({}).\n",
        names.programme.name,
        names.trainer_name(trainer),
        before.number(),
        in_words(before.day),
        now.number(),
        in_words(now.day)
    );
    for (head, lines) in parts {
        if !lines.is_empty() {
            let _ = write!(out, "\n{head}\n{lines}");
        }
    }
    Some(out)
}

fn taught<'a>(edition: &'a Edition, trainer: &'a str) -> impl Iterator<Item = &'a Sitting> {
    edition.sessions.iter().filter(move |s| s.team.iter().any(|(t, _)| t == trainer))
}

/// A session, and a line for each thing to say of it.
fn tell(out: &mut String, names: &Names, session: &Sitting, lines: impl Iterator<Item = String>) {
    let (course, place) = (names.title(&session.course), names.address(&session.place));
    let _ = writeln!(out, "- {course}, {place}, {} [{}]", session.span.in_words(), session.id);
    for line in lines {
        let _ = writeln!(out, "  {line}");
    }
}

/// Everything about a session that its trainer sees in the calendar, in the same order for every session.
fn facts(names: &Names, edition: &Edition, session: &Sitting, trainer: &str) -> Vec<(&'static str, String)> {
    let seat = |role: &str| if role == "lead" { "lead" } else { "co-trainer" };
    let own = session.team.iter().find(|(t, _)| t == trainer).map_or("", |(_, role)| seat(role));
    let others = session.team.iter().filter(|(t, _)| t != trainer);
    let others: Vec<String> = others.map(|(t, role)| format!("{} ({})", names.trainer_name(t), seat(role))).collect();
    let mission = edition.missions.iter().find(|m| m.trainer == trainer && m.sessions.contains(&session.id));
    let away = mission.filter(|m| m.span != session.span);
    let heads: i64 = session.requests.iter().filter_map(|r| names.request(r)).map(|r| r.participants).sum();
    let mut from: Vec<String> = Vec::new();
    for request in &session.requests {
        let country = names.country_of(request).map_or(request.clone(), |c| names.country_name(c));
        if !from.contains(&country) {
            from.push(country);
        }
    }
    let spoken = language(&session.language);
    let interpreted = session.working_language != session.language;
    vec![
        ("Days", session.span.in_words()),
        ("Place", names.address(&session.place)),
        ("Your role", own.to_owned()),
        ("With", if others.is_empty() { "nobody else".to_owned() } else { others.join("; ") }),
        (
            "Language",
            if interpreted {
                format!("{spoken}; you work in {}, with interpretation", language(&session.working_language))
            } else {
                spoken.to_owned()
            },
        ),
        ("Participants", format!("{} from {}", counted(heads, "official"), from.join(", "))),
        ("Away from home", away.map_or("no".to_owned(), |m| m.span.in_words())),
        ("Status", edition.standing(session).to_owned()),
    ]
}

fn in_words(day: Day) -> String {
    Span { first: day, last: day }.in_words()
}
