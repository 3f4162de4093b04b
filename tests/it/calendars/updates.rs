//! Ten thousand changes of mind: after each, the plan is adopted and exported, and what calendar programs rely on must
//! hold: UIDs stay and are never used twice, SEQUENCE rises exactly with changes, what did not change is the same bytes.

use super::lint::clean;
use super::office::{Desk, demo, whole_days};
use docent::export::adopt::adopt;
use docent::export::ics::edition::Edition;
use docent::export::ics::{Task, render};
use docent::programme::Programme;
use docent::programme::day::Day;
use docent::read::plan_file::{PlanFile, Session};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use std::collections::{BTreeMap, BTreeSet};

/// File → UID → the event's bytes.
type Calendars = BTreeMap<String, BTreeMap<String, String>>;

fn export(programme: &Programme, history: &[Edition]) -> (Calendars, Vec<(String, Vec<u8>)>) {
    let export = render(&Task { programme, history, tombstones: true, since: None });
    let files: Vec<(String, Vec<u8>)> =
        export.files.into_iter().filter(|f| f.path.ends_with(".ics")).map(|f| (f.path.clone(), f.bytes())).collect();
    let calendars = files.iter().map(|(path, bytes)| (path.clone(), events(bytes))).collect();
    (calendars, files)
}

fn events(bytes: &[u8]) -> BTreeMap<String, String> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut found = BTreeMap::new();
    for part in text.split("BEGIN:VEVENT\r\n").skip(1) {
        let event = part.split("END:VEVENT\r\n").next().expect("an end");
        found.insert(property(event, "UID:").to_string(), event.to_string());
    }
    found
}

fn property<'a>(event: &'a str, name: &str) -> &'a str {
    event.lines().find_map(|l| l.strip_prefix(name)).unwrap_or_else(|| panic!("{name} in {event}"))
}

fn sequence(event: &str) -> u32 {
    property(event, "SEQUENCE:").parse().expect("a number")
}

/// What makes a change of a session.
fn content(s: &Session) -> impl PartialEq + use<> {
    (
        (s.start, s.end, s.place.clone(), s.course.clone(), s.status),
        (s.language.clone(), s.working_language.clone(), s.team.clone(), s.requests.clone()),
    )
}

fn check_adopted(
    record: Option<&PlanFile>,
    proposal: &PlanFile,
    adopted: &PlanFile,
    today: Day,
    uids: &mut BTreeSet<String>,
) {
    assert_eq!(adopted.revision, Some(record.map_or(0, |r| r.revision.expect("a revision")) + 1));
    assert_eq!(adopted.adopted.map(|d| d.0), Some(today));
    // The plan itself is the same, but for ids.
    let requests = |p: &PlanFile| p.sessions.iter().map(|s| s.requests.clone()).collect::<BTreeSet<_>>();
    assert_eq!(requests(proposal), requests(adopted));
    let ids: BTreeSet<&str> = adopted.sessions.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids.len(), adopted.sessions.len(), "every id once");
    assert!(adopted.cancelled.iter().all(|c| !ids.contains(c.id.as_str())), "no id of a withdrawn session comes back");
    assert!(adopted.missions.iter().flat_map(|m| &m.sessions).all(|s| ids.contains(s.as_str())));
    let before: &[Session] = record.map_or(&[], |r| &r.sessions);
    for session in &adopted.sessions {
        let entry = session.calendar.as_ref().expect("an entry");
        match before.iter().find(|b| b.id == session.id) {
            Some(old) => {
                let known = old.calendar.as_ref().expect("an entry");
                assert_eq!(known.uid, entry.uid, "a session keeps its UID");
                if content(old) == content(session) {
                    assert_eq!(known, entry, "an unchanged session keeps its entry");
                } else {
                    assert_eq!((entry.sequence, entry.changed.0), (known.sequence + 1, today));
                }
                assert!(old.requests.iter().any(|r| session.requests.contains(r)), "ids follow requests");
            }
            None => {
                assert!(uids.insert(entry.uid.clone()), "no UID is used twice");
                assert_eq!((entry.sequence, entry.changed.0), (0, today));
            }
        }
    }
    for old in before.iter().filter(|b| !ids.contains(b.id.as_str())) {
        let known = old.calendar.as_ref().expect("an entry");
        let grave = adopted.cancelled.iter().find(|c| c.id == old.id).expect("what is gone is withdrawn");
        assert_eq!((&grave.calendar.uid, grave.calendar.sequence), (&known.uid, known.sequence + 1));
        assert_eq!((grave.calendar.changed.0, Some(grave.revision)), (today, adopted.revision));
        assert_eq!((grave.start, grave.end, &grave.team), (old.start, old.end, &old.team));
    }
    for grave in record.map_or(&[][..], |r| &r.cancelled) {
        assert!(adopted.cancelled.contains(grave), "a withdrawn session stays as it was");
    }
    assert!(adopted.cancelled.is_sorted_by_key(|c| (c.start, c.id.clone())));
    assert!(adopted.sessions.is_sorted_by_key(|s| (s.start, s.id.clone())));
}

fn check_calendars(before: &Calendars, now: &Calendars, record: &PlanFile, adopted: &PlanFile) {
    let unchanged: BTreeSet<&str> = adopted
        .sessions
        .iter()
        .filter(|s| record.sessions.iter().any(|b| b.id == s.id && content(b) == content(s)))
        .map(|s| s.calendar.as_ref().expect("an entry").uid.as_str())
        .collect();
    for (path, old) in before {
        let new = now.get(path).unwrap_or_else(|| panic!("{path} is gone"));
        for (uid, event) in old {
            let after = new.get(uid).unwrap_or_else(|| panic!("{uid} left {path} without a word"));
            if path.starts_with("funds/") {
                // Who pays is no change of the session: the event comes and goes as it is.
                assert!(sequence(after) >= sequence(event));
            } else if after != event {
                assert!(
                    sequence(after) > sequence(event),
                    "{path}: changed, but its SEQUENCE did not rise\n{event}\n{after}"
                );
                assert!(
                    !unchanged.contains(uid.as_str()),
                    "{path}: an unchanged session's bytes changed\n{event}\n{after}"
                );
                assert!(property(after, "DTSTAMP:") >= property(event, "DTSTAMP:"));
            }
        }
    }
    // One session is the same in every file that has it alive.
    let mut alive: BTreeMap<&str, &str> = BTreeMap::new();
    for event in now.values().flatten().filter(|(_, e)| property(e, "STATUS:") != "CANCELLED") {
        let same = *alive.entry(event.0).or_insert(event.1);
        assert_eq!(same, event.1);
    }
    // In the programme's file exactly the plan's sessions are alive.
    let plan: BTreeSet<&str> =
        adopted.sessions.iter().filter_map(|s| s.calendar.as_ref()).map(|c| c.uid.as_str()).collect();
    let programme = now.get("programme.ics").expect("the programme's file");
    for uid in &plan {
        assert_ne!(property(&programme[*uid], "STATUS:"), "CANCELLED");
    }
    for gone in &adopted.cancelled {
        let grave = &programme[&gone.calendar.uid];
        assert_eq!(property(grave, "STATUS:"), "CANCELLED");
        assert_eq!(sequence(grave), gone.calendar.sequence);
    }
}

fn years(programme: &Programme, lives: u64, edits: usize) {
    for life in 0..lives {
        let mut rng = Pcg64Mcg::seed_from_u64(life);
        let mut desk = Desk::new(programme, &mut rng, 8);
        let mut history: Vec<Edition> = Vec::new();
        let mut record: Option<PlanFile> = None;
        let mut before: Option<Calendars> = None;
        let mut uids = BTreeSet::new();
        let mut today = programme.start;
        for edit in 0..edits {
            if edit > 0 {
                desk.edit(programme, &mut rng);
            }
            today = today + rng.random_range(0..3);
            let proposal = desk.plan(programme);
            let adopted = adopt(programme, record.as_ref(), &proposal, today);
            check_adopted(record.as_ref(), &proposal, &adopted, today, &mut uids);
            history.push(Edition::of(programme, &adopted));
            let (now, files) = export(programme, &history);
            if let (Some(before), Some(record)) = (&before, &record) {
                check_calendars(before, &now, record, &adopted);
            }
            if edit % 16 == 0 {
                assert_eq!(export(programme, &history).1, files, "the same plan gives the same bytes");
                for (path, bytes) in &files {
                    clean(path, bytes);
                }
            }
            before = Some(now);
            record = Some(adopted);
        }
    }
}

#[test]
fn eight_thousand_edits_keep_what_calendars_rely_on() {
    years(&whole_days(), 400, 20);
}

#[test]
fn two_thousand_edits_with_hours_keep_it_too() {
    years(&demo(), 100, 20);
}
