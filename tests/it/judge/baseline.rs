//! A plan file as a baseline: what is promised, what is frozen, and what the judge makes of it.

use super::{planned, programme};
use docent::judge::judge;
use docent::plan::brief::Brief;
use docent::plan::{Plan, Status};
use docent::programme::Programme;
use docent::programme::day::Day;
use docent::read::plan_file::{PlanFile, baseline, parse, resolve};
use docent::verify::verify;
use docent::words::{GoalId, RuleId};

fn day(text: &str) -> Day {
    Day::iso(text).expect("a day")
}

/// A programme, its plan as a file, and the plan.
fn known(name: &str) -> (Programme, PlanFile, Plan) {
    let programme = programme(name);
    let file = parse(&planned(&Brief::new(&programme), None)).expect("a plan file");
    let (plan, _) = resolve(&programme, &file);
    (programme, file, plan)
}

#[test]
fn a_plan_keeps_all_of_itself() {
    let (programme, file, plan) = known("tiny/overhead-in-kind");
    let base = baseline(&programme, &file, None).expect("a baseline");
    assert_eq!(base.frozen, []);
    assert_eq!(base.promises.values().flatten().count(), 2);
    let brief = Brief { baseline: Some(base), ..Brief::new(&programme) };
    let verdict = judge(&brief, &plan);
    assert_eq!(verdict.violations, []);
    let value = |goal| verdict.goals.iter().find(|(g, _)| *g == goal).expect("the goal").1;
    assert_eq!((value(GoalId::Kept), value(GoalId::Stability)), (40_000_000, 0));
    // Everything dropped: three for each request.
    let verdict = judge(&brief, &Plan::default());
    let value = |goal| verdict.goals.iter().find(|(g, _)| *g == goal).expect("the goal").1;
    assert_eq!((value(GoalId::Kept), value(GoalId::Stability)), (0, 6));
}

#[test]
fn a_frozen_session_stays_as_it_is() {
    let (programme, file, mut plan) = known("tiny/overhead-in-kind");
    let first = file.sessions[0].start.0;
    let base = baseline(&programme, &file, Some(first + 1)).expect("a baseline");
    let frozen: Vec<&str> = base.frozen.iter().map(|s| s.id.as_str()).collect();
    let early: Vec<&str> = file.sessions.iter().filter(|s| s.start.0 == first).map(|s| s.id.as_str()).collect();
    assert_eq!(frozen, early);
    let brief = Brief { baseline: Some(base), ..Brief::new(&programme) };
    let rules = |plan: &Plan| -> Vec<RuleId> { judge(&brief, plan).violations.iter().map(|v| v.rule).collect() };
    // Frozen is confirmed: as a proposal it is refused.
    assert!(rules(&plan).contains(&RuleId::Pin));
    for s in plan.sessions.iter_mut().filter(|s| s.span.first == first) {
        s.status = Status::Confirmed;
    }
    assert_eq!(rules(&plan), []);
    assert!(rules(&Plan::default()).contains(&RuleId::Pin));
}

#[test]
fn a_frozen_session_that_cannot_stay_is_an_error() {
    let (programme, mut file, _) = known("tiny/overhead-in-kind");
    file.sessions[0].team[0].trainer = "T99".to_string();
    let findings = baseline(&programme, &file, Some(day("2030-01-01"))).expect_err("a finding");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code, "frozen-session");
    assert!(findings[0].text.contains("no longer has the trainer T99"), "{}", findings[0].text);
    // Not frozen, the trainer has only left the team.
    let base = baseline(&programme, &file, None).expect("a baseline");
    assert_eq!(base.promises.values().flatten().map(|p| p.gone).sum::<u32>(), 1);
}

#[test]
fn what_is_done_is_as_the_pins_say_even_when_it_was_planned_otherwise() {
    let (programme, mut file, plan) = known("tiny/pins");
    let until = Some(day("2030-01-01"));
    assert_eq!(baseline(&programme, &file, until).expect("a baseline").frozen.len(), plan.sessions.len());
    let done = file.sessions.iter_mut().find(|s| s.status.0 == Status::Done).expect("a done session");
    done.team[0].trainer = "T2".to_string();
    assert_eq!(baseline(&programme, &file, until).expect("a baseline").frozen.len(), plan.sessions.len() - 1);
}

#[test]
fn a_replan_is_verified_with_its_baseline_and_without() {
    let (programme, file, _) = known("tiny/overhead-in-kind");
    let base = baseline(&programme, &file, Some(file.sessions[0].start.0 + 1)).expect("a baseline");
    let brief = Brief { baseline: Some(base), ..Brief::new(&programme) };
    let again = parse(&planned(&brief, Some("sha256:01"))).expect("a plan file");
    assert_eq!(again.goals.len(), 6);
    let with = verify(&programme, &again, Some(&file));
    assert!(with.holds(), "{:?} {:?}", with.violations, with.misprints);
    assert_eq!(with.warnings.len(), 0);
    let without = verify(&programme, &again, None);
    assert!(without.holds(), "{:?} {:?}", without.violations, without.misprints);
    assert_eq!(without.warnings.len(), 1);
}
