//! `docent why-not` and `docent explain`: the price of a choice, which rules leave no way, and what would open one.

use super::run::{Said, copy, docent_in};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A starter programme with its plan.
fn planned(name: &str) -> PathBuf {
    let folder = copy("starter", &format!("asking-{name}"));
    let said = docent_in(&folder, &["plan", "--effort", "5", "--seconds", "0"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    folder
}

fn ask(folder: &Path, arguments: &[&str]) -> Said {
    let mut all = vec!["why-not", "--effort", "5", "--seconds", "0"];
    all.extend(arguments);
    docent_in(folder, &all)
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let mut all = arguments.to_vec();
    all.push("--json");
    let said = ask(folder, &all);
    assert_eq!(said.exit, 0, "{}", said.err);
    serde_json::from_str(&said.out).unwrap_or_else(|e| panic!("{e}: {}", said.out))
}

/// The goals of a document as (name, value in hundredths).
fn goals(value: &Value) -> Vec<(String, i64)> {
    let hundredths = |text: &Value| text.as_str().expect("a figure").replace('.', "").parse::<i64>().expect("a number");
    let all = value.as_array().expect("a list").iter();
    all.map(|g| (g["name"].as_str().expect("a name").to_owned(), hundredths(&g["value"]))).collect()
}

#[test]
fn a_choice_is_priced_goal_by_goal_and_its_plan_stands() {
    let folder = planned("price");
    let answer = json(&folder, &["--request", "R004", "--start", "2027-09-06"]);
    let (base, forced) = (goals(&answer["base"]["goals"]), goals(&answer["forced"]["goals"]));
    for ((price, (name, before)), (_, after)) in
        answer["price"].as_array().expect("prices").iter().zip(&base).zip(&forced)
    {
        assert_eq!(price["goal"], name.as_str());
        let delta: i64 = price["delta"].as_str().expect("a figure").replace('.', "").parse().expect("a number");
        assert_eq!(delta, after - before, "{name}");
    }
    assert_eq!(answer["forced"]["proof"], "optimal");
    let sessions = answer["forced"]["plan"]["sessions"].as_array().expect("sessions");
    let mine = sessions.iter().find(|s| s["requests"].as_array().expect("ids").iter().any(|r| r == "R004"));
    assert_eq!(mine.expect("it is served")["start"], "2027-09-06");
    // The judge accepts the plan with the choice that it remembers.
    fs::write(folder.join("so.json"), serde_json::to_vec_pretty(&answer["forced"]["plan"]).expect("JSON"))
        .expect("a file");
    let verified = docent_in(&folder, &["verify", "-p", "so.json"]);
    assert_eq!(verified.exit, 0, "{}{}", verified.out, verified.err);
    // The plan itself is not touched, and what is so already costs nothing.
    let start = sessions_of(&folder, "R004")["start"].as_str().expect("a day").to_owned();
    let answer = json(&folder, &["--request", "R004", "--start", &start]);
    assert!(answer["price"].as_array().expect("prices").iter().all(|p| p["delta"] == "0.00"), "{answer}");
}

fn sessions_of(folder: &Path, request: &str) -> Value {
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.json")).expect("a plan")).expect("JSON");
    let sessions = plan["sessions"].as_array().expect("sessions");
    let serves = |s: &&Value| s["requests"].as_array().expect("ids").iter().any(|r| r == request);
    sessions.iter().find(serves).expect("it is served").clone()
}

#[test]
fn rules_that_leave_no_way_are_named_with_their_reason() {
    let folder = planned("never");
    let answer = json(&folder, &["--request", "R002", "--trainer", "T1", "--start", "2027-10-23"]);
    let rule = |value: &Value| value["rule"].as_str().expect("a rule").to_owned();
    let first: Vec<String> = answer["conflict"].as_array().expect("a conflict").iter().map(rule).collect();
    let also: Vec<Vec<String>> = answer["also"]
        .as_array()
        .expect("more conflicts")
        .iter()
        .map(|conflict| conflict.as_array().expect("rules").iter().map(rule).collect())
        .collect();
    // The 23rd is a Saturday.
    let all = also.iter().flatten().chain(&first).map(String::as_str).collect::<Vec<_>>();
    assert!(all.contains(&"working-days"), "{answer}");
    assert!(answer["forced"].is_null());
    let said = ask(&folder, &["--request", "R002", "--start", "2027-10-23"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    assert!(said.out.contains("Saturday"), "{}", said.out);
    insta::assert_snapshot!("why_not_never", said.out);
    let said = ask(&folder, &["--request", "R004", "--start", "2027-09-06"]);
    insta::assert_snapshot!("why_not_price", said.out);
}

#[test]
fn what_is_not_there_is_said_with_the_nearest_name() {
    let folder = planned("names");
    for (arguments, wanted) in [
        (vec!["--request", "R00l"], "did you mean R001?"),
        (vec!["--request", "R001", "--trainer", "T11"], "did you mean T1?"),
        (vec!["--request", "R001", "--place", "SEM"], "did you mean SEN?"),
        (vec!["--request", "R001", "--language", "rf"], "did you mean fr?"),
    ] {
        let said = ask(&folder, &arguments);
        assert_eq!(said.exit, 2, "{}", said.err);
        assert!(said.err.contains(wanted), "{arguments:?}: {}", said.err);
    }
    // A plan whose files have changed since is no base for prices.
    let requests = fs::read_to_string(folder.join("requests.csv")).expect("requests");
    fs::write(folder.join("requests.csv"), requests.replace("R001", "R901")).expect("a change");
    assert_eq!(ask(&folder, &["--request", "R002"]).exit, 6);
}

/// A starter programme with too little money for all, and its plan.
fn poor(name: &str) -> PathBuf {
    let folder = copy("starter", &format!("asking-{name}"));
    let funds = fs::read_to_string(folder.join("funds.csv")).expect("funds");
    let header: Vec<&str> = funds.lines().next().expect("a header").split(',').collect();
    let amount = header.iter().position(|h| *h == "amount").expect("amounts");
    let rows = funds.lines().enumerate().map(|(i, line)| {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        if i > 0 {
            cells[amount] = "20000".to_owned();
        }
        cells.join(",")
    });
    fs::write(folder.join("funds.csv"), rows.collect::<Vec<_>>().join("\n") + "\n").expect("a change");
    let said = docent_in(&folder, &["plan", "--effort", "5", "--seconds", "0"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    folder
}

fn explain(folder: &Path, arguments: &[&str]) -> Said {
    let mut all = vec!["explain", "--effort", "5", "--seconds", "0"];
    all.extend(arguments);
    docent_in(folder, &all)
}

fn ids(value: &Value) -> Vec<&str> {
    value.as_array().expect("a list").iter().map(|id| id.as_str().expect("an id")).collect()
}

#[test]
fn who_is_crowded_out_is_told_what_would_make_room() {
    let folder = poor("crowded");
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.json")).expect("a plan")).expect("JSON");
    let served: Vec<&str> =
        plan["sessions"].as_array().expect("sessions").iter().flat_map(|s| ids(&s["requests"])).collect();
    let said = explain(&folder, &["--json"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    let all: Value = serde_json::from_str(&said.out).expect("JSON");
    let all = all.as_array().expect("a list");
    assert_eq!(all.iter().map(|d| d["request"].as_str().expect("an id")).collect::<Vec<_>>(), ids(&plan["unserved"]));
    assert!(!all.is_empty());
    let mut repaired = 0;
    for document in all {
        let request = document["request"].as_str().expect("an id");
        assert_eq!(document["kind"], "crowded-out", "{document}");
        assert_eq!(document["proven"], true, "{document}");
        // What is in its way is told, and what stays as it is while that leaves no way.
        assert!(!document["conflict"].as_array().expect("a conflict").is_empty(), "{document}");
        assert_eq!(document["stays"], "sessions", "{document}");
        // The best plan that serves it gives up something that is served now.
        let gives_up = ids(&document["forced"]["gives_up"]);
        assert!(!gives_up.is_empty() && gives_up.iter().all(|id| served.contains(id)), "{gives_up:?}");
        let price = |r: &Value| r["price"].as_str().expect("a price").replace('.', "").parse::<i64>().expect("cents");
        let repairs = document["repairs"].as_array().expect("a list");
        assert!(repairs.len() <= 3 && repairs.windows(2).all(|two| price(&two[0]) <= price(&two[1])), "{repairs:?}");
        for repair in repairs {
            fs::write(folder.join("repair.toml"), repair["scenario"].as_str().expect("a scenario")).expect("a file");
            let arguments = ["plan", "--with", "repair.toml", "-o", "so.json", "--effort", "5", "--seconds", "0"];
            let said = docent_in(&folder, &arguments);
            assert_eq!(said.exit, 0, "{repair}: {}", said.err);
            let so: Value = serde_json::from_slice(&fs::read(folder.join("so.json")).expect("a plan")).expect("JSON");
            let now: Vec<&str> =
                so["sessions"].as_array().expect("sessions").iter().flat_map(|s| ids(&s["requests"])).collect();
            assert!(now.contains(&request) && served.iter().all(|id| now.contains(id)), "{repair}: {now:?}");
            assert!(so["broken_commitments"].is_null() || so["broken_commitments"] == serde_json::json!([]), "{so}");
            repaired += 1;
        }
    }
    assert!(repaired > 0, "something can be done");
    let said = explain(&folder, &[]);
    assert_eq!(said.exit, 0, "{}", said.err);
    insta::assert_snapshot!("explain_crowded", said.out);
}

#[test]
fn what_is_served_is_explained_with_what_it_would_be_otherwise() {
    let folder = planned("served");
    let said = explain(&folder, &["R001", "R003", "R001"]);
    assert_eq!(said.exit, 0, "{}", said.err);
    insta::assert_snapshot!("explain_served", said.out);
    let said = explain(&folder, &[]);
    assert_eq!((said.exit, said.out.as_str()), (0, "Every request is served.\n"));
    let said = explain(&folder, &["--json"]);
    assert_eq!((said.exit, said.out.as_str()), (0, "[]\n"));
    for (id, wanted) in [("R00l", "did you mean R001?"), ("", "the id of the request is empty")] {
        let said = explain(&folder, &[id]);
        assert_eq!(said.exit, 2);
        assert!(said.err.contains(wanted), "{}", said.err);
    }
}
