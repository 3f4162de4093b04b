//! `docent why-not`: the price of a choice, and which rules leave no way.

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
