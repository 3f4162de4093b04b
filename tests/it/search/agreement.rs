//! What the search says of its plans is what the plain sums and the judge say of them.

use super::programmes::{Wish, baseline, programme};
use docent::judge::judge;
use docent::plan::brief::Brief;
use docent::plan::{Plan, goals};
use docent::search::Search;
use docent::words::GoalId;
use std::sync::atomic::AtomicBool;

fn search(brief: &Brief, seed: u64, iterations: u64) -> (Plan, Vec<(docent::words::GoalId, i128)>) {
    let mut search = Search::new(brief, seed);
    search.run(iterations, &AtomicBool::new(false));
    (search.best().expect("there is always a plan"), search.best_values().expect("with values"))
}

/// Holds a plan against the judge and the plain sums.
fn hold(brief: &Brief, plan: &Plan, said: &[(docent::words::GoalId, i128)], about: &str) {
    let verdict = judge(brief, plan);
    let texts: Vec<String> = verdict.violations.iter().map(|v| format!("{}: {}", v.rule, v.text)).collect();
    assert!(texts.is_empty(), "{about}: {texts:#?}");
    let plain: Vec<_> = brief.goals().into_iter().map(|g| (g, goals::value(g, brief, plan))).collect();
    assert_eq!(plain, verdict.goals, "{about}: plain values are the judge's");
    assert_eq!(said, plain, "{about}: the board's values are the plain ones");
}

fn wishes() -> impl Iterator<Item = Wish> {
    (0..60).map(|seed| Wish {
        seed,
        requests: 8 + (seed as usize % 5) * 8,
        chained: seed % 2 == 0,
        pins: [0, 10, 25][seed as usize % 3],
        money: [20, 60, 200][seed as usize % 3],
    })
}

#[test]
fn every_plan_passes_the_judge_and_has_the_plain_values() {
    let mut served = 0;
    for wish in wishes() {
        let programme = programme(wish);
        let brief = Brief::new(&programme);
        let (plan, said) = search(&brief, wish.seed, 1_500);
        served += plan.sessions.len();
        hold(&brief, &plan, &said, &format!("{wish:?}"));
    }
    assert!(served > 300, "the programmes are no empty ones: {served} sessions");
}

#[test]
fn replanning_passes_the_judge_and_keeps_what_is_frozen() {
    let mut frozen = 0;
    for wish in wishes().step_by(2) {
        let programme = programme(wish);
        let (plan, _) = search(&Brief::new(&programme), wish.seed, 400);
        let mut brief = Brief::new(&programme);
        brief.baseline = Some(baseline(&programme, &plan, Some(programme.start + 50)));
        frozen += brief.frozen().len();
        let (plan, said) = search(&brief, wish.seed + 1, 800);
        hold(&brief, &plan, &said, &format!("{wish:?}"));
    }
    assert!(frozen > 50, "something is frozen: {frozen} sessions");
}

#[test]
fn the_same_seed_gives_the_same_plan() {
    for wish in wishes().take(6) {
        let programme = programme(wish);
        let brief = Brief::new(&programme);
        assert_eq!(search(&brief, 7, 500), search(&brief, 7, 500), "{wish:?}");
    }
}

#[test]
fn a_phase_that_is_at_its_bounds_leaves_its_iterations_to_the_next() {
    let (mut cheaper, mut dearer) = (0, 0);
    for wish in wishes().take(24) {
        let programme = programme(wish);
        let brief = Brief::new(&programme);
        let (_, known) = search(&brief, 3, 3_000);
        let cost = known.iter().position(|(g, _)| *g == GoalId::Cost).expect("a goal");
        let mut told = Search::new(&brief, 3);
        told.told(&known[..cost].iter().map(|(_, v)| *v).collect::<Vec<_>>());
        told.run(3_000, &AtomicBool::new(false));
        assert_eq!(told.iterations, 3_000, "{wish:?}: none is lost");
        let now = told.best_values().expect("with values");
        hold(&brief, &told.best().expect("a plan"), &now, &format!("{wish:?}"));
        if now[..cost] == known[..cost] {
            cheaper += usize::from(now[cost].1 < known[cost].1);
            dearer += usize::from(now[cost].1 > known[cost].1);
        }
    }
    assert!(cheaper > dearer, "more steps for cost make it less: {cheaper} of 24 cheaper, {dearer} dearer");
}

#[test]
fn an_offered_plan_is_taken_when_it_is_better_and_only_then() {
    let mut taken = 0;
    for wish in wishes().take(12) {
        let programme = programme(wish);
        let brief = Brief::new(&programme);
        let (good, value) = search(&brief, 1, 2_000);
        let mut other = Search::new(&brief, 2);
        other.run(1, &AtomicBool::new(false));
        let before = other.best_values().expect("a first plan");
        other.offer(&good);
        let after = other.best_values().expect("still a plan");
        assert!(after == before || after == value, "{wish:?}");
        taken += usize::from(after == value && before != value);
        hold(&brief, &other.best().expect("a plan"), &after, &format!("{wish:?}"));
    }
    assert!(taken > 3, "some offers are better: {taken}");
}
