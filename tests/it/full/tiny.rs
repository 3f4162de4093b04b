//! Every tiny programme is proven on every goal, with the values that its README worked out by hand.

use super::climb::{Rung, climb, programme};
use docent::full::prove::Work;
use docent::plan::brief::Brief;
use docent::plan::goals::shown;
use docent::words::GoalId;
use std::path::Path;

#[test]
fn every_tiny_programme_is_proven() {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny");
    let mut names: Vec<String> = std::fs::read_dir(&tiny)
        .expect("data/tiny")
        .flatten()
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() > 15);
    let mut wrong = Vec::new();
    for name in names {
        if std::env::var_os("FULL_TELL").is_some() {
            eprintln!("{name}");
        }
        let programme = programme(&format!("tiny/{name}"));
        let (_, rungs) = climb(&Brief::new(&programme), Work::default());
        let readme = std::fs::read_to_string(tiny.join(&name).join("README.md")).expect("README.md");
        for rung in &rungs {
            check(&name, &readme, rung, &programme, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(name: &str, readme: &str, rung: &Rung, programme: &docent::programme::Programme, wrong: &mut Vec<String>) {
    let expected = stated(readme, rung.goal);
    let now = shown(rung.goal, rung.value);
    if expected != now {
        wrong.push(format!("{name}: {} is {now}, not {expected}", rung.goal));
    }
    let given_up = programme.objective.tolerance(rung.goal).0 > 0;
    if rung.bound != Some(rung.value) && !given_up {
        wrong.push(format!("{name}: {} is {now}, bound {:?}", rung.goal, rung.bound.map(|b| shown(rung.goal, b))));
    }
}

/// The value after the goal's name in the last sentence that begins with `Goals:`, with two decimals.
fn stated(readme: &str, goal: GoalId) -> String {
    let text = readme.split("Goals:").last().unwrap_or_default().replace('\n', " ");
    let after = text.split(goal.word()).nth(1).unwrap_or_default();
    let number: String = after.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let number = number.trim_end_matches('.');
    if number.contains('.') { number.to_string() } else { format!("{number}.00") }
}
