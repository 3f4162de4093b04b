//! What is there for the shell: help, completions, manual pages, pipes, and `rules`.

use super::run::{command, docent, folder, names};
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

#[test]
fn rules_tells_one_in_full_and_corrects_slips() {
    let said = docent(&["rules", "budget"]);
    assert_eq!(said.exit, 0);
    for heading in ["budget\n", "\nDemands\n", "\nWhy\n", "\nIn symbols\n", "\nExample\n", "\nRelaxations\n"] {
        assert!(said.out.contains(heading), "{heading:?} in {}", said.out);
    }
    let slip = docent(&["rules", "bugdet"]);
    assert_eq!((slip.exit, slip.out.as_str()), (2, ""));
    assert_eq!(slip.err, "docent: there is no rule or goal `bugdet`\n  help: did you mean `budget`?\n");
}

#[test]
fn rules_lists_every_rule_and_goal_within_the_page() {
    let said = docent(&["rules"]);
    for id in docent::words::RuleId::ALL.iter().map(|r| r.word()) {
        assert!(said.out.lines().any(|l| l == id), "{id}");
    }
    for id in docent::words::GoalId::ALL.iter().map(|g| g.word()) {
        assert!(said.out.lines().any(|l| l == id), "{id}");
    }
    assert!(said.out.lines().all(|l| l.chars().count() <= 100));
}

#[test]
fn every_verb_has_its_manual_page() {
    let target = folder("man");
    let said = docent(&["man", &target.display().to_string()]);
    assert_eq!(said.exit, 0);
    let pages = names(&target);
    assert!(pages.contains(&"docent.1".to_string()) && pages.contains(&"docent-rules.1".to_string()), "{pages:?}");
}

#[test]
fn every_shell_gets_completions() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = docent(&["completions", shell]);
        assert_eq!(said.exit, 0);
        assert!(said.out.contains("completions"), "{shell}");
    }
    assert_eq!(docent(&["completions", "cobol"]).exit, 2);
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let mut child = command(Path::new("."), &["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("UTF-8");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    assert_eq!(err, "");
}

#[test]
fn what_does_not_exist_is_a_usage_error() {
    assert_eq!(docent(&["dance"]).exit, 2);
    assert_eq!(docent(&["rules", "--loudly"]).exit, 2);
}
