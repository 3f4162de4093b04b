//! data/broken: one folder for each code, holding what differs from `sound`, and in expect.txt every finding.

use super::{Scratch, data, shown};
use docent::programme::build::codes;
use docent::programme::build::columns::TableId;
use docent::read;
use docent::words::Level;
use std::fs;
use std::path::PathBuf;

/// Codes that no folder can show: there is none; TOML itself forbids it (the workbook's tests show it); or it is about
/// plan files.
const ELSEWHERE: [&str; 7] =
    ["no-programme", "duplicate-key", "plan-json", "plan-format", "plan-shape", "frozen-session", "other-programme"];

#[test]
fn every_code_is_found_where_it_stands() {
    let mut wrong = Vec::new();
    for code in codes::ALL.iter().map(|c| c.id).filter(|c| !ELSEWHERE.contains(c)).chain(["sound"]) {
        let folder = data("broken").join(code);
        let expected = fs::read_to_string(folder.join("expect.txt")).unwrap_or_else(|_| panic!("{}", folder.display()));
        let scratch = Scratch::of("broken/sound");
        scratch.add(&folder);
        for name in fs::read_to_string(folder.join("without")).unwrap_or_default().lines() {
            fs::remove_file(scratch.path().join(name)).expect("a file of data/broken/sound");
        }
        let scenario = scratch.path().join("scenario.toml");
        let scenarios: Vec<PathBuf> = scenario.exists().then_some(scenario).into_iter().collect();
        let loaded = read::load(scratch.path(), &scenarios);
        let found: Vec<String> = loaded.findings.iter().map(|f| shown(f, scratch.path())).collect();
        if found.join("\n") != expected.trim_end() {
            wrong.push(format!("{code}: expected\n{expected}found\n{}\n{:#?}", found.join("\n"), loaded.findings));
        }
        let errors = loaded.findings.iter().any(|f| f.level == Level::Error);
        assert_eq!(loaded.programme.is_none(), errors, "{code}");
        assert!(code == "sound" || loaded.findings.iter().any(|f| f.code == code), "{code}");
        assert!(loaded.findings.iter().all(|f| !f.help.is_empty() && !f.text.is_empty()), "{code}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn no_folder_at_all() {
    let loaded = read::load(&data("no-such-folder"), &[]);
    assert_eq!(loaded.findings.iter().map(|f| f.code).collect::<Vec<_>>(), ["no-programme"]);
    let loaded = read::load(&data("broken/sound/funds.csv"), &[]);
    assert_eq!(loaded.findings.iter().map(|f| f.code).collect::<Vec<_>>(), ["no-programme"]);
}

#[test]
fn everything_is_told_at_once() {
    let scratch = Scratch::of("broken/sound");
    for code in ["bad-date", "unknown-course", "floor-out-of-reach", "unknown-place", "duplicate-row", "never-works"] {
        scratch.add(&data("broken").join(code));
    }
    let found: Vec<&str> = read::load(scratch.path(), &[]).findings.iter().map(|f| f.code).collect();
    let expected =
        ["never-works", "unknown-place", "bad-date", "unknown-course", "floor-out-of-reach", "duplicate-row"];
    assert_eq!(found, expected);
}

#[test]
fn the_nearest_right_thing_is_named() {
    for (code, help) in [
        ("unknown-course", "MLA"),
        ("unknown-place", "AUT"),
        ("unknown-column", "after"),
        ("unknown-file", "quotas.csv"),
        ("unknown-key", "rules.rest_days"),
        ("unknown-trainer", "T1"),
        ("unknown-region", "western-africa"),
        ("bad-word", "cash"),
        ("unknown-timezone", "Africa/Nairobi"),
    ] {
        let scratch = Scratch::of("broken/sound");
        scratch.add(&data("broken").join(code));
        let loaded = read::load(scratch.path(), &[]);
        let found = loaded.findings.iter().find(|f| f.code == code).unwrap_or_else(|| panic!("{code}"));
        assert_eq!(found.help, format!("did you mean \"{help}\"?"));
    }
    let scratch = Scratch::of("broken/bad-date");
    scratch.add(&data("broken/sound"));
    let help = &read::load(scratch.path(), &[]).findings[0].help;
    assert!(help.contains("2027-03-01") && help.contains("2027-01-03") && help.contains("dmy"), "{help}");
}

#[test]
fn whole_columns_and_tables_may_be_missing() {
    // Headers without a column, above rows; and tables of nothing but a header.
    for table in TableId::ALL {
        for gone in 0..table.columns().len() {
            for empty in [None, Some("courses"), Some("trainers"), Some("requests"), Some("places")] {
                let scratch = Scratch::of("demo");
                let text = fs::read_to_string(scratch.path().join(format!("{}.csv", table.word()))).unwrap_or_default();
                let gone = table.columns()[gone].name;
                scratch.write(&format!("{}.csv", table.word()), text.replacen(gone, "gone", 1));
                if let Some(empty) = empty {
                    let text = fs::read_to_string(scratch.path().join(format!("{empty}.csv"))).expect("a table");
                    let header = text.lines().next().unwrap_or_default();
                    scratch.write(&format!("{empty}.csv"), format!("{header}\n"));
                }
                let loaded = read::load(scratch.path(), &[]);
                let errors = loaded.findings.iter().any(|f| f.level == Level::Error);
                assert_eq!(loaded.programme.is_none(), errors, "{}.{gone} {empty:?}", table.word());
            }
        }
    }
}

#[test]
fn plan_files_that_are_none() {
    for (text, code, place) in [
        ("{ \"format\": \"docent-plan/1\",\n  <<<<<<< mine\n", "plan-json", (2, 3)),
        ("{ \"format\": \"docent-plan/1\"", "plan-json", (1, 27)),
        ("{ \"format\": \"docent-plan/9\" }", "plan-format", (0, 0)),
        ("{ \"sessions\": [] }", "plan-format", (0, 0)),
        ("{ \"format\": \"docent-plan/1\",\n  \"sessions\": 3 }", "plan-shape", (2, 15)),
    ] {
        let found = read::plan_file::parse(text.as_bytes()).expect_err(text);
        let found: Vec<_> = found.iter().map(|f| (f.code, (f.at.line, f.at.column))).collect();
        assert_eq!(found, [(code, place)], "{text}");
    }
}
