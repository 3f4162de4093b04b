//! `verify`: a plan file that the solver wrote holds, and any change of any value in it is found.

mod baseline;
mod mutations;
mod parse;

use docent::export::plan_json::{PlanPaper, render};
use docent::plan::brief::Brief;
use docent::programme::Programme;
use docent::read::load;
use docent::solve::{Options, Start, plan};
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// A programme of `data/`.
pub fn programme(name: &str) -> Programme {
    let loaded = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name), &[]);
    let findings = loaded.findings;
    loaded.programme.unwrap_or_else(|| panic!("{name}: {findings:?}"))
}

/// The plan file that the solver writes for a brief.
pub fn planned(brief: &Brief, baseline: Option<&str>) -> Vec<u8> {
    let options = Options { effort: 5, seconds: None, ..Options::default() };
    let outcome = plan(brief, &options, &Start::default(), &|_| {}, &AtomicBool::new(false));
    let files = [("requests.csv".to_string(), "sha256:00".to_string())];
    render(&PlanPaper {
        brief,
        plan: &outcome.plan,
        digest: "sha256:00",
        files: &files,
        scenarios: &[],
        baseline,
        effort: options.effort,
        seed: options.seed,
        threads: options.threads,
        stopped: outcome.stopped,
        goals: &outcome.goals,
    })
}
