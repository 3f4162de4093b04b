//! Three revisions of a plan, written for other programs to read: `tests/calendars/run` gives them to several.

use super::lint::{Component, clean, unescape};
use super::office::{Desk, demo, whole_days};
use docent::export::adopt::adopt;
use docent::export::ics::edition::Edition;
use docent::export::ics::{Task, render};
use docent::programme::Programme;
use docent::read::plan_file::PlanFile;
use jiff::tz::TimeZoneDatabase;
use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

#[test]
fn three_revisions_for_other_programs() {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR")).join("calendars");
    for (kind, programme) in [("days", whole_days()), ("hours", demo())] {
        let written = three(&base.join(kind), programme);
        assert!(written.iter().all(|n| *n > 40), "{written:?}");
    }
}

/// Writes the revisions, each with what it means; says how many events the programme's calendar has.
fn three(folder: &Path, mut programme: Programme) -> Vec<usize> {
    let _ = fs::remove_dir_all(folder);
    let titles = [
        "القانون الجنائي الدولي: ورشة عمل، للقضاة",
        "反恐怖主义法律培训，检察官与法官",
        "Взаимная правовая помощь; практикум",
        "A title, with; all\\kinds: of \"marks\"",
    ];
    for (course, title) in programme.courses.ids().zip(titles) {
        programme.courses[course].title = title.to_string();
    }
    let mut rng = Pcg64Mcg::seed_from_u64(11);
    let mut desk = Desk::new(&programme, &mut rng, 45);
    let mut record: Option<PlanFile> = None;
    let mut history = Vec::new();
    let mut counts = Vec::new();
    for revision in 1..=3 {
        if revision > 1 {
            (0..25).for_each(|_| desk.edit(&programme, &mut rng));
        }
        let adopted = adopt(&programme, record.as_ref(), &desk.plan(&programme), programme.start + 7 * revision);
        history.push(Edition::of(&programme, &adopted));
        record = Some(adopted);
        let export = render(&Task { programme: &programme, history: &history, tombstones: true, since: None });
        let folder = folder.join(revision.to_string());
        let mut expected = Map::new();
        for file in &export.files {
            let path = folder.join(&file.path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for temporary files");
            fs::write(path, file.bytes()).expect("a file");
            if file.path.ends_with(".ics") {
                let calendar = clean(&file.path, &file.bytes());
                expected.insert(file.path.clone(), meant(&calendar));
            }
        }
        let revised: usize = expected["programme.ics"].as_array().map_or(0, Vec::len);
        fs::write(folder.join("expected.json"), Value::Object(expected).to_string()).expect("a file");
        counts.push(revised);
    }
    let record = record.expect("three revisions");
    assert!(!record.cancelled.is_empty(), "something was withdrawn");
    assert!(record.sessions.iter().any(|s| s.calendar.as_ref().is_some_and(|c| c.sequence > 0)), "something moved");
    counts
}

/// The events of a calendar, times in UTC.
fn meant(calendar: &Component) -> Value {
    let events = calendar.inside.iter().filter(|c| c.name == "VEVENT").map(|e| {
        let time = |name: &str| {
            let line = e.lines.iter().find(|l| l.name == name).expect("a time");
            let v = &line.value;
            let date = format!("{}-{}-{}", &v[..4], &v[4..6], &v[6..8]);
            if v.len() == 8 {
                return date;
            }
            let local = format!("{date}T{}:{}:{}", &v[9..11], &v[11..13], &v[13..15]);
            match line.parameters.first() {
                Some((_, tzid)) => {
                    let zone = TimeZoneDatabase::bundled().get(tzid).expect("a zone");
                    let civil: jiff::civil::DateTime = local.parse().expect("a time");
                    zone.to_ambiguous_timestamp(civil).compatible().expect("a moment").to_string()
                }
                None => format!("{local}Z"),
            }
        };
        json!({
            "uid": e.value("UID"),
            "start": time("DTSTART"),
            "end": time("DTEND"),
            "summary": unescape(e.value("SUMMARY")),
            "status": e.value("STATUS"),
            "sequence": e.value("SEQUENCE").parse::<u32>().expect("a number"),
        })
    });
    Value::Array(events.collect())
}
