//! `adopt`, `export --ics` and `busy` as a planner types them.

use crate::cli::run::{docent, docent_in, folder};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A small programme in a folder of its own, planned.
fn planned(name: &str) -> PathBuf {
    let home = folder(name);
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny/pooling");
    for entry in fs::read_dir(from).expect("the programme") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, home.join(path.file_name().expect("a name"))).expect("a copy");
    }
    plan(&home);
    home
}

fn plan(home: &Path) {
    let said = docent_in(home, &["plan", "--threads", "1"]);
    assert_eq!(said.exit, 0, "{}{}", said.out, said.err);
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
}

#[test]
fn adopt_keeps_every_revision_and_export_refuses_to_go_back() {
    let home = planned("adopt-and-export");
    // A proposal may be exported, and exported again.
    for _ in 0..2 {
        let said = docent_in(&home, &["export", "--ics", "calendars"]);
        assert_eq!(said.exit, 0, "{}", said.err);
    }
    let programme = || fs::read_to_string(home.join("calendars/programme.ics")).expect("a calendar");
    assert!(programme().contains("STATUS:TENTATIVE"));

    let said = docent_in(&home, &["adopt", "--today", "2027-01-05"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    let first = json(&home.join("adopted.json"));
    assert_eq!((first["revision"].as_u64(), first["adopted"].as_str()), (Some(1), Some("2027-01-05")));
    for session in first["sessions"].as_array().expect("sessions") {
        assert_eq!(
            (session["calendar"]["sequence"].as_u64(), session["calendar"]["changed"].as_str()),
            (Some(0), Some("2027-01-05"))
        );
    }
    assert_eq!(
        fs::read(home.join("adopted.json")).expect("a file"),
        fs::read(home.join("history/revision-1.json")).expect("a file")
    );
    // What is adopted is exported without being named.
    assert_eq!(docent_in(&home, &["export", "--ics", "calendars"]).exit, 0);
    assert!(programme().contains("STATUS:CONFIRMED") && !programme().contains("TENTATIVE"));
    let said = docent_in(&home, &["adopt", "--today", "2027-01-09"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    let second = json(&home.join("adopted.json"));
    assert_eq!(second["revision"].as_u64(), Some(2));
    assert_eq!(first["sessions"], second["sessions"], "nothing changed, so no calendar entry did");

    let export = |more: &[&str]| docent_in(&home, &[&["export", "--ics", "calendars"], more].concat());
    assert_eq!(export(&["-p", "adopted.json"]).exit, 0);
    let newest = programme();
    // An earlier revision, and a proposal, would take it back.
    for old in ["history/revision-1.json", "plan.json"] {
        let said = export(&["-p", old]);
        assert_eq!((said.exit, said.out.as_str()), (6, ""), "{}", said.err);
        assert!(said.err.contains("revision 2") && said.err.contains("--force"), "{}", said.err);
        assert_eq!(programme(), newest);
    }
    assert_eq!(export(&["-p", "history/revision-1.json", "--force"]).exit, 0);
    assert_eq!(export(&["-p", "adopted.json"]).exit, 0);
    assert_eq!(programme(), newest);
    // Files of an earlier export that are no longer written are cleared away, others are left alone.
    fs::write(home.join("calendars/mine.txt"), "mine").expect("a file");
    let marker = home.join("calendars/docent-export.json");
    let text = fs::read_to_string(&marker)
        .expect("a note")
        .replace("\"deadlines.ics\"", "\"deadlines.ics\", \"old.ics\", \"../plan.json\"");
    fs::write(&marker, text).expect("a note");
    fs::write(home.join("calendars/old.ics"), "old").expect("a file");
    assert_eq!(export(&["-p", "adopted.json"]).exit, 0);
    assert!(!home.join("calendars/old.ics").exists() && home.join("calendars/mine.txt").exists());
    assert!(home.join("plan.json").exists(), "nothing outside the folder is touched");
}

#[test]
fn an_export_that_fails_leaves_the_folder_as_it_was() {
    let home = planned("export-fails");
    let export = || docent_in(&home, &["export", "--ics", "calendars"]);
    assert_eq!(export().exit, 0);
    let programme = home.join("calendars/programme.ics");
    let read = || fs::read_to_string(&programme).expect("a calendar");
    let time = || fs::metadata(&programme).and_then(|m| m.modified()).expect("a time");
    let (before, written) = (read(), time());
    // The same again touches nothing.
    assert_eq!(export().exit, 0);
    assert_eq!(time(), written);

    assert_eq!(docent_in(&home, &["adopt", "--today", "2027-01-05"]).exit, 0);
    let trainers = home.join("calendars/trainers");
    let one = fs::read_dir(&trainers).expect("trainers").next().expect("one").expect("one").path();
    fs::remove_file(&one).expect("a file");
    fs::create_dir(&one).expect("a folder in its place");
    let said = export();
    assert_eq!((said.exit, said.out.as_str()), (1, ""), "{}", said.err);
    assert_eq!(read(), before);
    let left: Vec<_> =
        fs::read_dir(home.join("calendars")).expect("a folder").map(|e| e.expect("one").path()).collect();
    assert!(left.iter().all(|p| !p.to_string_lossy().ends_with(".tmp")), "{left:?}");
    fs::remove_dir(&one).expect("a folder");
    assert_eq!(export().exit, 0);
    assert_ne!(read(), before);
    assert!(one.is_file());
}

#[test]
fn since_needs_a_revision_that_is_kept() {
    let home = planned("since");
    for day in ["2027-01-05", "2027-01-06"] {
        assert_eq!(docent_in(&home, &["adopt", "--today", day]).exit, 0);
    }
    let since =
        |revision: &str| docent_in(&home, &["export", "-p", "adopted.json", "--ics", "news", "--since", revision]);
    let said = since("1");
    assert_eq!(said.exit, 0, "{}", said.err);
    assert!(said.err.contains("nothing has changed"), "{}", said.err);
    assert_eq!(since("2").exit, 2);
    fs::remove_file(home.join("history/revision-1.json")).expect("a file");
    let said = since("1");
    assert_eq!(said.exit, 3, "{}", said.err);
    assert!(said.err.contains("revision 1 is not at hand"), "{}", said.err);
    let said = docent_in(&home, &["export", "-p", "plan.json", "--ics", "more", "--since", "1"]);
    assert_eq!(said.exit, 2, "a proposal has no revisions");
    assert_eq!(docent_in(&home, &["export", "--csv", "tables", "--since", "1"]).exit, 2);
}

#[test]
fn a_stale_or_broken_plan_is_not_adopted() {
    let home = planned("stale");
    let requests = home.join("requests.csv");
    let text = fs::read_to_string(&requests).expect("the requests");
    fs::write(&requests, format!("{text}\n")).expect("the requests");
    let said = docent_in(&home, &["adopt"]);
    assert_eq!(said.exit, 6, "{}", said.err);
    assert!(!home.join("adopted.json").exists() && !home.join("history").exists());
    fs::write(&requests, text).expect("the requests");
    let plan = home.join("plan.json");
    let mut broken = json(&plan);
    broken["missions"] = Value::Array(Vec::new());
    fs::write(&plan, serde_json::to_vec_pretty(&broken).expect("JSON")).expect("a plan");
    let said = docent_in(&home, &["adopt"]);
    assert_eq!(said.exit, 4, "{}", said.err);
    assert!(!home.join("adopted.json").exists());
}

#[test]
fn busy_shows_what_a_calendar_blocks() {
    let home = folder("busy");
    let file = home.join("anyone.ics");
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Leave\r\nDTSTART;VALUE=DATE:20270301\r\n\
                DTEND;VALUE=DATE:20270305\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nSUMMARY:Late call\r\n\
                DTSTART:20270310T233000Z\r\nDTEND:20270310T234500Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:c\r\nSUMMARY:Lunch\r\n\
                TRANSP:TRANSPARENT\r\nDTSTART;VALUE=DATE:20270312\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    fs::write(&file, text).expect("a calendar");
    let path = file.to_string_lossy();
    let home = home.to_string_lossy();
    let run = |more: &[&str]| {
        let all = [&["-C", home.as_ref(), "busy", path.as_ref(), "--from", "2027-03-01", "--to", "2027-03-31"], more]
            .concat();
        let said = docent(&all);
        assert_eq!(said.exit, 0, "{}", said.err);
        said.out
    };
    let document: Value = serde_json::from_str(&run(&["--json", "--intervals"])).expect("JSON");
    assert_eq!(
        document["busy"],
        serde_json::json!([{"start": "2027-03-01", "end": "2027-03-04"}, {"start": "2027-03-10", "end": "2027-03-10"}])
    );
    assert_eq!(document["ignored"], serde_json::json!([{"summary": "Lunch", "why": "transparent"}]));
    assert_eq!(document["intervals"][1]["start"], "2027-03-10T23:30:00Z");
    let document: Value = serde_json::from_str(&run(&["--json", "--zone", "Asia/Kathmandu"])).expect("JSON");
    assert_eq!(document["busy"][1]["start"], "2027-03-11");
    assert!(document.get("intervals").is_none());
    let text = run(&[]);
    assert!(text.contains("Leave") && text.contains("Lunch: transparent") && text.contains("5 days"), "{text}");
    assert_eq!(docent(&["busy", path.as_ref(), "--zone", "Mars/Olympus"]).exit, 2);
    assert_eq!(docent(&["busy", path.as_ref(), "--from", "2027-04-01", "--to", "2027-03-01"]).exit, 2);
}
