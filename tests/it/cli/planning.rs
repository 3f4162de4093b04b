//! `plan`: what it writes, what it leaves alone, how it ends.

use super::run::{command, copy, docent_in, edit, names, planned};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Enough for the small programmes, without a clock: the same on every machine.
const QUICK: [&str; 5] = ["plan", "--effort", "20", "--seconds", "0"];

#[test]
fn a_plan_is_written_verified_and_the_same_again() {
    let folder = copy("tiny/pooling", "plan-twice");
    let said = docent_in(&folder, &QUICK);
    assert_eq!(said.exit, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("The plan is in plan.json."), "{}", said.out);
    let first = fs::read(folder.join("plan.json")).expect("a plan");
    assert_eq!(docent_in(&folder, &["verify"]).exit, 0);

    assert_eq!(docent_in(&folder, &QUICK).exit, 0);
    assert_eq!(fs::read(folder.join("plan.json")).expect("a plan"), first);
}

#[test]
fn json_is_the_plan_file_and_nothing_else() {
    let folder = copy("tiny/pooling", "plan-json");
    let said = docent_in(&folder, &[&QUICK[..], &["--json", "-o", "other.json"]].concat());
    assert_eq!(said.exit, 0);
    assert_eq!(said.out.as_bytes(), fs::read(folder.join("other.json")).expect("a plan"));
    assert!(!folder.join("plan.json").exists());
}

#[test]
fn bad_input_is_told_with_its_place_and_nothing_is_written() {
    let folder = planned("plan-bad-input");
    let before = fs::read(folder.join("plan.json")).expect("a plan");
    edit(&folder.join("requests.csv"), "R002,CFT", "R002,CTF");
    let files = names(&folder);
    let said = docent_in(&folder, &QUICK);
    assert_eq!((said.exit, said.out.as_str()), (3, ""));
    assert!(said.err.starts_with("requests.csv:3:6: unknown-course: "), "{}", said.err);
    assert!(said.err.contains("CFT"), "{}", said.err);
    assert_eq!(fs::read(folder.join("plan.json")).expect("the old plan"), before);
    assert_eq!(names(&folder), files);
}

#[test]
fn a_misspelt_header_is_shown_where_it_stands() {
    let folder = copy("starter", "plan-misspelt");
    edit(&folder.join("requests.csv"), "id,course,place", "id,cuorse,place");
    let said = docent_in(&folder, &QUICK);
    assert_eq!(said.exit, 3);
    assert!(said.err.starts_with("requests.csv:1:4: missing-column: the column course is missing"), "{}", said.err);
    assert!(said.err.contains("did you mean \"course\" by \"cuorse\"?"), "{}", said.err);
}

#[test]
fn what_is_not_read_is_told_before_planning() {
    let folder = copy("starter", "plan-unread");
    edit(&folder.join("requests.csv"), "priority", "priorty");
    edit(&folder.join("programme.toml"), "# lead_days = 0 ", "lead_dayz = 0 ");
    let said = docent_in(&folder, &QUICK);
    assert_eq!(said.exit, 0, "{}", said.err);
    assert!(said.err.contains("unknown-column: requests has no column \"priorty\"; it is not read"), "{}", said.err);
    assert!(said.err.contains("did you mean \"priority\"?"), "{}", said.err);
    assert!(said.err.contains("unknown-key"), "{}", said.err);
    assert!(!said.out.contains("priorty"), "standard output is the report alone: {}", said.out);
    let compared = docent_in(&folder, &["whatif", "--scale", "funds.*.amount=0.5", "--effort", "5", "--seconds", "0"]);
    assert_eq!(compared.exit, 0, "{}", compared.err);
    assert!(compared.err.contains("\"priorty\""), "{}", compared.err);
}

#[test]
fn many_warnings_before_planning_are_cut_short() {
    let folder = copy("starter", "plan-many-warnings");
    for i in 0..7 {
        fs::write(folder.join(format!("requests-{i}.csv")), "id\n").expect("a file that nothing reads");
    }
    let said = docent_in(&folder, &QUICK);
    assert_eq!(said.err.matches("unknown-file").count(), 5, "{}", said.err);
    assert!(said.err.contains("and 2 more warnings: docent check"), "{}", said.err);
}

#[test]
fn what_is_not_a_plan_is_not_written_over() {
    let folder = planned("plan-over");
    assert_eq!(docent_in(&folder, &["adopt"]).exit, 0);
    for victim in ["requests.csv", "adopted.json"] {
        let before = fs::read(folder.join(victim)).expect("a file");
        let said = docent_in(&folder, &[&QUICK[..], &["-o", victim]].concat());
        assert_eq!((said.exit, said.out.as_str()), (6, ""), "{}", said.err);
        assert_eq!(fs::read(folder.join(victim)).expect("a file"), before);
    }
    let forced = docent_in(&folder, &[&QUICK[..], &["-o", "adopted.json", "--force"]].concat());
    assert_eq!(forced.exit, 0);
}

#[test]
fn strict_counts_broken_commitments() {
    let folder = copy("starter", "plan-strict");
    // Nobody pays for R001, which is a promise.
    edit(&folder.join("funds.csv"), "F1,Example donor one,60000", "F1,Example donor one,100");
    let said = docent_in(&folder, &[&QUICK[..], &["--strict"]].concat());
    assert_eq!(said.exit, 5, "{}{}", said.out, said.err);
    assert!(
        said.out.contains("Broken: 1 commitment: R001 Mutual legal assistance of Kenya (must) is not served."),
        "{}",
        said.out
    );
    assert_eq!(docent_in(&folder, &["verify"]).exit, 0);
}

#[test]
fn what_differs_from_the_adopted_plan_is_told() {
    let folder = planned("plan-differs");
    assert_eq!(docent_in(&folder, &["adopt"]).exit, 0);
    edit(
        &folder.join("requests.csv"),
        "R004,MLA,SEN,24,fr,2027-05-03,2027-11-26",
        "R004,MLA,SEN,24,fr,2027-08-02,2027-11-26",
    );
    let said = docent_in(&folder, &QUICK);
    assert_eq!(said.exit, 0);
    assert!(said.out.contains("Against the adopted plan:"), "{}", said.out);
    assert!(said.out.contains("R004"), "{}", said.out);
}

#[test]
fn an_interrupted_run_leaves_the_best_plan_so_far_and_no_crumbs() {
    let folder = super::run::folder("plan-interrupted").join("programme");
    let path = folder.display().to_string();
    let made = docent_in(Path::new("."), &["new", &path, "--from", "random", "--requests", "120"]);
    assert_eq!(made.exit, 0, "{}", made.err);
    let before = names(&folder);

    let began = Instant::now();
    let child = command(&folder, &["plan", "--seconds", "300"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    std::thread::sleep(Duration::from_secs(4));
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill is there").success());
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(began.elapsed() < Duration::from_secs(120), "it takes Ctrl-C seriously");
    assert!(said.contains("Interrupted: this is the best plan so far."), "{said}");

    let mut after = names(&folder);
    after.retain(|name| name != "plan.json");
    assert_eq!(after, before);
    assert_eq!(docent_in(&folder, &["verify"]).exit, 0);
}
