//! `whatif` and `compare` as they are typed: cache, interruptions, shards in real processes, findings, pictures.

use crate::cli::run::{Said, command, docent_in, fixture, folder, names};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// A copy of a tiny programme, and a few scenarios beside it.
fn programme(test: &str) -> PathBuf {
    let folder = folder(&format!("whatif-{test}"));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny/pooling");
    for name in names(&source) {
        fs::copy(source.join(&name), folder.join(&name)).expect("a copy");
    }
    let scenarios = [
        (
            "cut.toml",
            "name = \"Half the money\"\n[[change]]\ntable = \"funds\"\nid = \"F1\"\nscale = { amount = 0.5 }\n",
        ),
        (
            "more.toml",
            "name = \"Twice the money\"\n[[change]]\ntable = \"funds\"\nid = \"F1\"\nset = { amount = 12000 }\n",
        ),
        (
            "east.toml",
            "name = \"East goes south\"\nextends = \"more.toml\"\n[[change]]\ntable = \"requests\"\nid = \"R3\"\nset = { hosts = [\"SOUTH\"] }\n",
        ),
    ];
    for (name, text) in scenarios {
        fs::write(folder.join(name), text).expect("a scenario");
    }
    folder
}

/// `docent whatif` in this folder with little effort.
fn whatif(folder: &Path, arguments: &[&str]) -> Said {
    let mut all = vec!["whatif"];
    all.extend(arguments);
    if !arguments.contains(&"--merge") {
        all.extend(["--effort", "1", "--seconds", "0"]);
    }
    docent_in(folder, &all)
}

fn json(said: &Said) -> Value {
    assert_eq!(said.exit, 0, "{}", said.err);
    serde_json::from_str(&said.out).unwrap_or_else(|e| panic!("{e}: {}", said.out))
}

fn known(said: &Said) -> usize {
    said.err.matches("(known already)").count()
}

fn answers(folder: &Path) -> Vec<String> {
    if !folder.exists() {
        return Vec::new();
    }
    names(folder).into_iter().filter(|n| n.ends_with(".answer")).collect()
}

#[test]
fn every_scenario_is_a_row_and_a_difference_against_the_base() {
    let folder = programme("rows");
    let document = json(&whatif(&folder, &["cut.toml", "more.toml", "east.toml", "--drop", "requests.R3", "--json"]));
    let plans: Vec<&str> =
        document["plans"].as_array().expect("plans").iter().filter_map(|p| p["name"].as_str()).collect();
    assert_eq!(plans, ["base", "Half the money", "Twice the money", "East goes south", "without requests.R3"]);
    let differences = document["differences"].as_array().expect("differences");
    assert_eq!(differences.len(), 4);
    assert!(differences.iter().all(|d| d["from"] == "base"));
    assert_eq!(differences[3]["dropped"], serde_json::json!(["R3"]));
    assert!(document.get("frontier").is_none());
    for plan in document["plans"].as_array().expect("plans") {
        let goals: Vec<&str> =
            plan["goals"].as_array().expect("goals").iter().filter_map(|g| g["name"].as_str()).collect();
        assert_eq!(goals, ["commitments", "coverage", "cost", "preferences"]);
    }
    let table = whatif(&folder, &["cut.toml"]);
    assert!(table.out.starts_with("scenario"), "{}", table.out);
    assert!(table.out.contains("Half the money"), "{}", table.out);
    let sheet = whatif(&folder, &["cut.toml", "--csv"]);
    assert_eq!(sheet.out.lines().count(), 3, "{}", sheet.out);
    assert!(sheet.out.starts_with("scenario,requests,officials,officials_difference,commitments,"), "{}", sheet.out);
}

#[test]
fn a_second_run_comes_from_the_cache_and_an_edit_is_seen() {
    let folder = programme("cache");
    let first = whatif(&folder, &["cut.toml", "more.toml", "--json"]);
    assert_eq!((known(&first), first.exit), (0, 0), "{}", first.err);
    let second = whatif(&folder, &["cut.toml", "more.toml", "--json"]);
    assert_eq!((known(&second), &second.out), (3, &first.out));

    // Damaged answers are passed over: one cut off, one with another figure in it.
    let cache = folder.join(".docent-cache");
    let files = answers(&cache);
    assert_eq!(files.len(), 3);
    let cut = fs::read(cache.join(&files[0])).expect("an answer");
    fs::write(cache.join(&files[0]), &cut[..cut.len() / 2]).expect("cut off");
    let text = fs::read_to_string(cache.join(&files[1])).expect("an answer");
    fs::write(cache.join(&files[1]), text.replace("\"effort\":1", "\"effort\":2")).expect("changed");
    let third = whatif(&folder, &["cut.toml", "more.toml", "--json"]);
    assert_eq!((known(&third), &third.out), (1, &first.out), "{}", third.err);

    // Another file, another scenario, another option: other questions.
    let funds = fs::read_to_string(folder.join("funds.csv")).expect("funds.csv").replace("6000", "9000");
    fs::write(folder.join("funds.csv"), funds).expect("an edit");
    let edited = whatif(&folder, &["cut.toml", "more.toml", "--json"]);
    assert_eq!(known(&edited), 0);
    assert_eq!(json(&edited)["plans"][0]["funds"][0]["has"], "9000.00");
    let scenario = fs::read_to_string(folder.join("cut.toml")).expect("cut.toml").replace("0.5", "0.4");
    fs::write(folder.join("cut.toml"), scenario).expect("an edit");
    let edited = whatif(&folder, &["cut.toml", "more.toml", "--json"]);
    assert_eq!(known(&edited), 2);
    assert_eq!(json(&edited)["plans"][1]["funds"][0]["has"], "3600.00");
    assert_eq!(known(&whatif(&folder, &["cut.toml", "--seed", "7"])), 0);
    assert_eq!(known(&whatif(&folder, &["cut.toml", "--fresh"])), 0);
}

#[test]
fn shards_in_processes_of_their_own_join_to_what_one_run_gives() {
    let folder = programme("shards");
    let scenarios = ["cut.toml", "more.toml", "east.toml", "--sweep", "funds.F1.amount=1000..6000/1000"];
    let whole = json(&whatif(&folder, &[&scenarios[..], &["--json", "-o", "whole.svg"]].concat()));
    let mut running: Vec<_> = (1..=3)
        .map(|i| {
            let (shard, results) = (format!("{i}/3"), format!("out/{i}"));
            let more = ["--effort", "1", "--seconds", "0", "--threads", "1", "--shard", &shard, "--results", &results];
            let arguments = [&["whatif"], &scenarios[..], &more].concat();
            command(&folder, &arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a process")
        })
        .collect();
    for process in &mut running {
        assert!(process.wait().expect("an end").success());
    }
    let joined = json(&whatif(&folder, &["--merge", "out/1", "out/2", "out/3", "--json", "-o", "joined.svg"]));
    // What is proven is the same, whoever proved it.
    let proven = |document: &Value| -> Vec<String> {
        let plans = document["plans"].as_array().expect("plans");
        plans.iter().map(|p| format!("{} {} {}", p["name"], p["goals"][0], p["goals"][1])).collect()
    };
    assert_eq!(proven(&joined), proven(&whole));
    assert_eq!(joined["frontier"].as_array().map(Vec::len), Some(6));
    assert!(fs::read_to_string(folder.join("joined.svg")).expect("a chart").contains("officials trained"));

    // A shard that is missing is told, the rest is compared.
    let part = whatif(&folder, &["--merge", "out/1", "out/3", "--json"]);
    assert!(part.err.contains("not planned yet, and left out: "), "{}", part.err);
    assert_eq!(json(&part)["plans"].as_array().map(Vec::len), Some(7));

    // Results of another question, and of files that have changed since, are refused.
    whatif(&folder, &["cut.toml", "--shard", "1/1", "--results", "out/other"]);
    assert_eq!(whatif(&folder, &["--merge", "out/1", "out/other"]).exit, 6);
    assert_eq!(whatif(&folder, &["more.toml", "--shard", "1/1", "--results", "out/other"]).exit, 6);
    let funds = fs::read_to_string(folder.join("funds.csv")).expect("funds.csv").replace("6000", "9000");
    fs::write(folder.join("funds.csv"), funds).expect("an edit");
    assert_eq!(whatif(&folder, &["--merge", "out/1", "out/2", "out/3"]).exit, 6);
}

#[test]
fn a_killed_run_loses_only_the_scenarios_in_flight() {
    let folder = programme("killed");
    let arguments = ["--sweep", "funds.F1.amount=500..8000/500", "--threads", "1", "--json"];
    let all = [&["whatif"], &arguments[..], &["--effort", "1", "--seconds", "0"]].concat();
    let mut process = command(&folder, &all).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a process");
    let cache = folder.join(".docent-cache");
    let began = Instant::now();
    while answers(&cache).len() < 4 && began.elapsed() < Duration::from_secs(300) {
        std::thread::sleep(Duration::from_millis(2));
        if process.try_wait().expect("a state").is_some() {
            break;
        }
    }
    let _ = process.kill();
    let _ = process.wait();
    let kept = answers(&cache).len();
    assert!(kept >= 4, "{kept} answers");
    let again = whatif(&folder, &arguments);
    assert_eq!(known(&again), kept, "{}", again.err);
    let fresh = whatif(&folder, &[&arguments[..], &["--fresh"]].concat());
    assert_eq!((json(&again), known(&fresh)), (json(&fresh), 0));
}

/// Ctrl-C as a terminal sends it.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_run_with_a_word_and_keeps_what_is_planned() {
    let folder = programme("interrupted");
    let arguments = ["--sweep", "funds.F1.amount=50..12000/50", "--threads", "2", "-o", "chart.svg", "--json"];
    let all = [&["whatif"], &arguments[..], &["--effort", "1", "--seconds", "0"]].concat();
    let mut process = command(&folder, &all).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a process");
    let cache = folder.join(".docent-cache");
    let began = Instant::now();
    while answers(&cache).len() < 4 && began.elapsed() < Duration::from_secs(300) {
        assert!(process.try_wait().expect("a state").is_none(), "the run was over before it could be interrupted");
        std::thread::sleep(Duration::from_millis(2));
    }
    let sent = std::process::Command::new("kill").args(["-INT", &process.id().to_string()]).status().expect("kill");
    assert!(sent.success());
    let ended = process.wait_with_output().expect("an end");
    assert_eq!(ended.status.code(), Some(130));
    let kept = answers(&cache).len();
    assert!((4..240).contains(&kept), "{kept} answers");
    let err = String::from_utf8(ended.stderr).expect("UTF-8");
    assert!(err.contains(&format!("docent: stopped; {kept} of 241 are planned and kept")), "{err}");
    assert!(ended.stdout.is_empty());
    assert!(!folder.join("chart.svg").exists());
    // Nothing but whole answers.
    assert!(names(&cache).iter().all(|n| n == ".gitignore" || n.ends_with(".answer")), "{:?}", names(&cache));
    let again = whatif(&folder, &arguments);
    assert_eq!((known(&again), again.exit), (kept, 0), "{}", again.err);
}

#[test]
fn what_is_wrong_with_a_scenario_is_told_where_it_stands() {
    let folder = programme("wrong");
    fs::write(
        folder.join("nobody.toml"),
        "name = \"x\"\n\n[[change]]\ntable = \"funds\"\nid = \"F9\"\nset = { amount = 1 }\n",
    )
    .expect("a scenario");
    let said = whatif(&folder, &["cut.toml", "nobody.toml"]);
    assert_eq!(said.exit, 3);
    assert!(said.err.contains("nobody.toml:5:"), "{}", said.err);
    assert!(answers(&folder.join(".docent-cache")).is_empty());
    let said = whatif(&folder, &["--set", "funds.F9.amount=1"]);
    assert_eq!(said.exit, 3);
    assert!(said.err.contains("F9"), "{}", said.err);
    // A scenario that is not there, named by itself or by another one.
    fs::write(folder.join("lost.toml"), "name = \"x\"\nextends = \"base.toml\"\n").expect("a scenario");
    for (file, wanted) in [
        ("none.toml", "none.toml: unreadable-file: there is no scenario none.toml"),
        ("lost.toml", "lost.toml:2:11: unreadable-file: there is no scenario base.toml"),
    ] {
        let said = whatif(&folder, &[file]);
        assert_eq!(said.exit, 3);
        assert!(said.err.starts_with(wanted), "{}", said.err);
    }
    // What is wrong with every point of a sweep is told once, and by the flag: it stands in no file.
    let said = whatif(&folder, &["--sweep", "funds.F9.amount=1000..6000/1000"]);
    assert_eq!(said.exit, 3);
    assert_eq!(said.err.matches("no-match").count(), 1, "{}", said.err);
    assert!(said.err.starts_with("funds.F9.amount=1000: no-match: funds has no row \"F9\""), "{}", said.err);
    assert!(said.err.contains("docent: 6 values of the sweep have errors, the first is shown"), "{}", said.err);
    assert!(!folder.join(".docent-cache").exists());
    for flags in [&["--set", "funds.F1"][..], &["--sweep", "funds.F1.amount=9..1/1"], &[], &["cut.toml", "-o", "x.svg"]]
    {
        assert_eq!(whatif(&folder, flags).exit, 2, "{flags:?}");
    }
}

#[test]
fn a_plan_of_another_programme_is_no_baseline_and_is_not_compared() {
    let folder = programme("foreign");
    let said = docent_in(&folder, &["plan", "-o", "known.json", "--effort", "1", "--seconds", "0"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    fs::copy(fixture("starter-plan.json"), folder.join("foreign.json")).expect("a plan");
    let before = names(&folder);
    for arguments in [
        &["whatif", "cut.toml", "--from-baseline", "foreign.json"][..],
        &["plan", "-o", "again.json", "--baseline", "foreign.json"],
        &["compare", "known.json", "foreign.json"],
    ] {
        let said = docent_in(&folder, arguments);
        assert_eq!(said.exit, 3, "{arguments:?}: {}", said.err);
        assert!(said.err.contains("foreign.json: "), "{}", said.err);
        assert!(said.err.contains("this programme has none of its requests"), "{}", said.err);
        assert_eq!((said.out, names(&folder)), (String::new(), before.clone()));
    }
    // A day that divides nothing is told; the plan is made.
    for (day, word) in [("1999-01-01", "nothing is frozen"), ("2050-01-01", "everything is frozen")] {
        let arguments = ["plan", "-o", "x.json", "--baseline", "known.json", "--freeze-until", day, "--effort", "1"];
        let said = docent_in(&folder, &arguments);
        assert_eq!(said.exit, 0, "{}", said.err);
        assert!(said.err.contains(word), "{}", said.err);
    }
}

#[test]
fn requests_that_have_left_the_tables_are_told_without_inventing_anything() {
    let folder = programme("gone");
    let plan = |file: &str| {
        let said = docent_in(&folder, &["plan", "-o", file, "--effort", "1", "--seconds", "0"]);
        assert_eq!(said.exit, 0, "{}", said.err);
    };
    plan("before.json");
    let requests = fs::read_to_string(folder.join("requests.csv")).expect("requests.csv");
    let rest: Vec<&str> = requests.lines().filter(|l| !l.starts_with("R3,")).collect();
    assert_eq!(rest.len() + 1, requests.lines().count());
    fs::write(folder.join("requests.csv"), rest.join("\n") + "\n").expect("an edit");
    plan("after.json");
    let said = docent_in(&folder, &["compare", "before.json", "after.json"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    assert!(said.out.contains("R3 Legal framework, no longer in the tables; was "), "{}", said.out);
    assert!(said.out.contains("One cohort is no longer in the tables"), "{}", said.out);
    assert!(!said.out.contains("unknown") && !said.out.contains("To \n"), "{}", said.out);
}

#[test]
fn a_sweep_draws_its_frontier() {
    let folder = programme("sweep");
    let said = whatif(&folder, &["--sweep", "funds.*.amount=25%..100%/25%", "-o", "chart.svg", "--json"]);
    let document = json(&said);
    let frontier = document["frontier"].as_array().expect("a frontier");
    let values: Vec<&str> = frontier.iter().filter_map(|p| p["value"].as_str()).collect();
    assert_eq!(values, ["25%", "50%", "75%", "100%"]);
    let coverage: Vec<f64> =
        frontier.iter().filter_map(|p| p["goals"][1]["value"].as_str().and_then(|v| v.parse().ok())).collect();
    assert!(coverage.is_sorted(), "{coverage:?}");
    // The base has all the money: the same plan as the last point.
    assert_eq!(document["plans"][0]["goals"], frontier[3]["goals"]);
    let chart = fs::read_to_string(folder.join("chart.svg")).expect("a chart");
    assert!(chart.contains("funds.*.amount from 25% to 100%"), "{chart}");
}

#[test]
fn two_plans_are_compared_and_everybody_concerned_gets_a_letter() {
    let folder = programme("compare");
    let plan = |file: &str, more: &[&str]| {
        let said = docent_in(&folder, &[&["plan", "-o", file, "--effort", "1", "--seconds", "0"], more].concat());
        assert_eq!(said.exit, 0, "{}", said.err);
    };
    plan("before.json", &[]);
    plan("after.json", &["--with", "cut.toml", "--baseline", "before.json"]);
    let said = docent_in(&folder, &["compare", "before.json", "after.json"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    assert!(said.out.starts_with("after.json against before.json\n"), "{}", said.out);
    assert!(said.out.contains("No longer trained"), "{}", said.out);
    assert!(said.out.contains("To Trainer 1 (T1)"), "{}", said.out);
    let document = json(&docent_in(&folder, &["compare", "before.json", "after.json", "--json"]));
    let difference = &document["differences"][0];
    let dropped = difference["dropped"].as_array().expect("a list");
    assert!(!dropped.is_empty());
    assert_eq!(difference["trainers"][0]["trainer"], "T1");
    let goals: Vec<&str> =
        document["plans"][1]["goals"].as_array().expect("goals").iter().filter_map(|g| g["name"].as_str()).collect();
    assert_eq!(goals, ["commitments", "kept", "stability", "coverage", "cost", "preferences"]);
    let quiet = docent_in(&folder, &["compare", "--letters", "before.json", "before.json"]);
    assert_eq!(quiet.out, "Nobody has to be told anything about before.json.\n");
    assert_eq!(docent_in(&folder, &["compare", "before.json"]).exit, 2);
    assert_eq!(docent_in(&folder, &["compare", "before.json", "none.json"]).exit, 3);
}

#[test]
fn scenarios_can_be_planned_from_a_plan_that_people_know() {
    let folder = programme("known");
    let said = docent_in(&folder, &["plan", "-o", "known.json", "--effort", "1", "--seconds", "0"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    let document = json(&whatif(&folder, &["cut.toml", "--from-baseline", "known.json", "--json"]));
    let goals = |i: usize| document["plans"][i]["goals"].as_array().expect("goals").clone();
    assert_eq!(goals(0)[2]["name"], "stability");
    assert_eq!(goals(0)[2]["value"], "0.00");
    assert_ne!(goals(1)[2]["value"], "0.00");
    let frozen =
        whatif(&folder, &["cut.toml", "--from-baseline", "known.json", "--freeze-until", "2027-03-31", "--json"]);
    assert_ne!(frozen.exit, 2, "{}", frozen.err);
}
