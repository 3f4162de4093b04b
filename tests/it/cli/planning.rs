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

#[test]
fn what_is_frozen_and_cannot_stay_is_said_and_nothing_is_planned() {
    let folder = planned("frozen-stuck");
    assert_eq!(docent_in(&folder, &["adopt"]).exit, 0);
    let again =
        ["plan", "--effort", "5", "--seconds", "0", "--baseline", "adopted.json", "--freeze-until", "2027-12-01"];
    assert_eq!(docent_in(&folder, &again).exit, 0);
    let before = fs::read(folder.join("plan.json")).expect("a plan");
    let stuck = |why: &str| {
        let said = docent_in(&folder, &again);
        assert_eq!(said.exit, 3, "{}", said.err);
        assert!(said.err.contains("frozen-session") && said.err.contains(why), "{}", said.err);
        assert_eq!(fs::read(folder.join("plan.json")).expect("a plan"), before);
    };
    fs::write(folder.join("absences.csv"), "trainer,from,to\nT1,2027-01-04,2027-12-17\n").expect("a table");
    stuck("is absent");
    fs::remove_file(folder.join("absences.csv")).expect("a table");
    fs::write(folder.join("quotas.csv"), "id,measure,max\nQ,sessions,0\n").expect("a table");
    stuck("its max is 0 sessions");
    fs::remove_file(folder.join("quotas.csv")).expect("a table");
    edit(&folder.join("funds.csv"), "60000", "600");
    stuck("can be paid by no fund");
}

#[test]
fn the_plan_of_record_is_for_adopt_alone() {
    let folder = copy("starter", "record-alone");
    let roundabout = docent_in(&folder, &[&QUICK[..], &["-o", "./adopted.json"]].concat());
    assert_eq!(roundabout.exit, 6, "{}", roundabout.err);
    let said = docent_in(&folder, &[&QUICK[..], &["-o", "adopted.json"]].concat());
    assert_eq!(said.exit, 6, "{}", said.err);
    assert!(!folder.join("adopted.json").exists());
}

#[test]
fn what_becomes_of_old_promises_is_told() {
    let folder = planned("old-promises");
    assert_eq!(docent_in(&folder, &["adopt"]).exit, 0);
    let replan = ["plan", "--effort", "5", "--seconds", "0", "--baseline", "adopted.json", "-o", "new.json"];
    edit(&folder.join("programme.toml"), "as_of = 2026-12-01", "as_of = 2027-07-01");
    let said = docent_in(&folder, &replan);
    assert!(said.err.contains("before 2027-07-01 (as_of), not pinned as done"), "{}", said.err);
    edit(&folder.join("programme.toml"), "as_of = 2027-07-01", "as_of = 2026-12-01");
    // Adopted with a scenario, planned again without it.
    let with = ["plan", "--effort", "5", "--seconds", "0", "--with", "scenarios/benali-leaves.toml", "-o", "plan.json"];
    assert_eq!(docent_in(&folder, &with).exit, 0);
    assert_eq!(docent_in(&folder, &["adopt"]).exit, 0);
    let said = docent_in(&folder, &replan);
    assert!(said.err.contains("made with the scenario \"Benali leaves\""), "{}", said.err);
}

#[test]
fn a_proposal_that_a_revision_has_overtaken_is_not_adopted_again() {
    let folder = planned("overtaken");
    assert_eq!(docent_in(&folder, &["adopt"]).exit, 0);
    let other = ["plan", "--effort", "5", "--seconds", "0", "--with", "scenarios/benali-leaves.toml", "-o", "new.json"];
    assert_eq!(docent_in(&folder, &other).exit, 0);
    assert_eq!(docent_in(&folder, &["adopt", "-p", "new.json"]).exit, 0);
    let said = docent_in(&folder, &[]).out;
    assert!(
        said.contains("adopted.json (revision 2") && said.ends_with("next: docent export --ics calendars\n"),
        "{said}"
    );
}

#[test]
fn an_empty_folder_is_told_how_to_begin() {
    let folder = copy("starter", "empty").with_file_name("nothing");
    fs::create_dir_all(&folder).expect("a folder");
    let said = docent_in(&folder, &["plan"]);
    assert_eq!(said.exit, 3);
    assert!(said.err.contains("there is no programme in .") && said.err.contains("docent new DIR"), "{}", said.err);
}

#[test]
fn where_done_sessions_exceed_a_limit_nothing_is_added_to_it() {
    let folder = copy("starter", "exceeded");
    fs::remove_file(folder.join("places.csv")).expect("a table");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a table");
    write("programme.toml", "[programme]\nname = \"T\"\nstart = 2027-03-01\nend = 2027-03-26\ncurrency = \"USD\"\n");
    write("courses.csv", "id,title,days,languages\nLAW,Law,2,en\nMLA,Assistance,2,en\n");
    write("funds.csv", "id,donor,amount\nF1,Donor,5000\n");
    // Nobody teaches what R2 asks for.
    write(
        "requests.csv",
        "id,course,place,participants,languages\nR0,LAW,KEN,8,en\nR1,LAW,KEN,12,en\nR2,MLA,KEN,10,en\n",
    );
    write("pins.csv", "request,start,place,language,trainers,status\nR0,2027-03-15,KEN,en,T1,done\n");
    for (trainers, quotas) in [
        ("id,name,home,languages,courses,max_days\nT1,T,KEN,en,LAW,1\n", "id,measure,max\n"),
        ("id,name,home,languages,courses\nT1,T,KEN,en,LAW\n", "id,measure,max\nQ,requests,0\n"),
    ] {
        write("trainers.csv", trainers);
        write("quotas.csv", quotas);
        let said = docent_in(&folder, &QUICK);
        assert_eq!(said.exit, 0, "{}", said.err);
        assert!(said.out.contains("Served: 1 of 3 requests"), "{}", said.out);
        assert_eq!(docent_in(&folder, &["verify"]).exit, 0);
    }
}

#[test]
fn pictures_and_pages_are_not_written_over_other_files() {
    let folder = planned("other-files");
    let notes = folder.join("notes.txt");
    fs::write(&notes, "mine").expect("a file");
    for again in [
        vec!["export", "--html", "notes.txt"],
        vec!["export", "--xlsx", "notes.txt"],
        vec!["whatif", "--sweep", "funds.F1.amount=1..2/1", "-o", "notes.txt"],
    ] {
        let said = docent_in(&folder, &again);
        assert_eq!(said.exit, 6, "{}", said.err);
        assert_eq!(fs::read_to_string(&notes).expect("a file"), "mine");
    }
    assert_eq!(docent_in(&folder, &["export", "--html", "page.html"]).exit, 0);
    assert_eq!(docent_in(&folder, &["export", "--html", "page.html"]).exit, 0);
}
