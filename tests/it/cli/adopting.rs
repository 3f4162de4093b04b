//! `verify` and `adopt`: what is refused, and why.

use super::run::{docent_in, edit, names, planned};
use std::fs;

#[test]
fn a_plan_that_breaks_a_rule_is_refused() {
    let folder = planned("adopt-broken");
    edit(&folder.join("plan.json"), "\"role\": \"lead\"", "\"role\": \"co\"");
    let verified = docent_in(&folder, &["verify"]);
    assert_eq!(verified.exit, 4);
    assert!(verified.out.starts_with("qualification: S-R001"), "{}", verified.out);

    let said = docent_in(&folder, &["adopt"]);
    assert_eq!((said.exit, said.out.as_str()), (4, ""), "{}", said.err);
    assert!(!folder.join("adopted.json").exists());
    assert_eq!(docent_in(&folder, &["export", "--csv", "out"]).exit, 4);
    assert!(!folder.join("out").exists());
}

#[test]
fn verify_speaks_json() {
    let folder = planned("verify-json");
    let said = docent_in(&folder, &["verify", "--json"]);
    assert_eq!((said.exit, said.err.as_str()), (0, ""));
    let document: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(document["violations"], serde_json::json!([]));
    assert_eq!(document["goals"][1]["name"], "coverage");
    assert_eq!(document["goals"][1]["value"], "102.00");
}

#[test]
fn a_stale_plan_is_adopted_only_by_force() {
    let folder = planned("adopt-stale");
    edit(&folder.join("funds.csv"), "Example donor one", "Another donor");
    let verified = docent_in(&folder, &["verify"]);
    assert_eq!(verified.exit, 0);
    assert_eq!(verified.err, "warning: since the plan was made funds.csv changed\n");

    let said = docent_in(&folder, &["adopt"]);
    assert_eq!(said.exit, 6);
    assert!(said.err.contains("plan.json is stale: since it was made funds.csv changed"), "{}", said.err);
    assert!(!folder.join("adopted.json").exists());
    assert_eq!(docent_in(&folder, &["export", "--html", "page.html"]).exit, 6);
    assert_eq!(docent_in(&folder, &["adopt", "--force"]).exit, 0);
}

#[test]
fn adopting_counts_revisions_and_keeps_the_proposal() {
    let folder = planned("adopt-twice");
    let proposal = fs::read(folder.join("plan.json")).expect("a plan");
    let first = docent_in(&folder, &["adopt"]);
    assert_eq!(first.out, "Revision 1, adopted on 2026-12-01: adopted.json\n4 sessions in it.\n");
    assert_eq!(fs::read(folder.join("plan.json")).expect("a plan"), proposal);
    let second = docent_in(&folder, &["adopt", "--today", "2026-12-24"]);
    assert_eq!(
        second.out,
        "Revision 2, adopted on 2026-12-24: adopted.json\n4 sessions: 0 new, 0 changed, 4 as before; 0 withdrawn.\n"
    );
    assert_eq!(docent_in(&folder, &["verify", "-p", "adopted.json"]).exit, 0);
    assert!(names(&folder).iter().all(|n| !n.ends_with(".tmp")));
}

#[test]
fn where_there_is_no_plan_that_is_said() {
    let folder = super::run::copy("starter", "no-plan");
    for verb in ["show", "verify", "adopt"] {
        let said = docent_in(&folder, &[verb]);
        assert_eq!((said.exit, said.out.as_str()), (3, ""), "{verb}");
        assert!(said.err.contains("there is no plan"), "{}", said.err);
    }
}

#[test]
fn a_plan_file_that_is_none_is_told_with_its_place() {
    let folder = planned("plan-garbage");
    edit(&folder.join("plan.json"), "\"start\": \"2027-02-01\"", "\"start\": \"tomorrow\"");
    let said = docent_in(&folder, &["show"]);
    assert_eq!((said.exit, said.out.as_str()), (3, ""));
    assert!(said.err.contains("plan.json:"), "{}", said.err);
    assert!(said.err.contains("a date like"), "{}", said.err);
}
