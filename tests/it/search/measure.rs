//! Measures the search on a folder, by hand (from a plan, if PLAN names one):
//! `DIR=folder N=iterations ROUNDS=n SEED=s cargo test --release --test it search::measure -- --ignored --nocapture`

use docent::judge::judge;
use docent::plan::brief::Brief;
use docent::read::load;
use docent::search::Search;
use docent::words::GoalId;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

#[test]
#[ignore = "a measurement, not a test: it needs DIR"]
fn measure() {
    let number = |name: &str, default: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    let dir = PathBuf::from(std::env::var("DIR").expect("DIR names a programme folder"));
    let loaded = load(&dir, &[]);
    let programme = loaded.programme.unwrap_or_else(|| panic!("{:#?}", loaded.findings));
    let brief = Brief::new(&programme);
    let begun = Instant::now();
    let stop = AtomicBool::new(false);
    let mut search = Search::new(&brief, number("SEED", 1));
    let show = |s: &Search| {
        let shown = |(g, v): &(GoalId, i128)| docent::plan::goals::shown(*g, *v);
        s.best_values().unwrap_or_default().iter().map(shown).collect::<Vec<_>>().join(" / ")
    };
    search.run(0, &stop);
    if let Ok(known) = std::env::var("PLAN") {
        let file = docent::read::plan_file::parse(&std::fs::read(&known).expect("PLAN names a plan")).expect("a plan");
        search.offer(&docent::read::plan_file::resolve(&programme, &file).0);
    }
    println!("first plan {:.3?}: {}", begun.elapsed(), show(&search));
    let (total, rounds) = (number("N", 100_000), number("ROUNDS", 1).max(1));
    for _ in 0..rounds {
        search.run(total / rounds, &stop);
        let rate = search.iterations as f64 / begun.elapsed().as_secs_f64();
        println!("{:.2?} after {}, {rate:.0}/s: {}", begun.elapsed(), search.iterations, show(&search));
    }
    let plan = search.best().expect("there is always a plan");
    let verdict = judge(&brief, &plan);
    println!("{} sessions, {} violations", plan.sessions.len(), verdict.violations.len());
    assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
}
