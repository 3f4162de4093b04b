//! Goal after goal on the full model alone: what the ladder does, without search, master and clock.

use docent::full::Full;
use docent::full::prove::{Look, Task, Work};
use docent::judge::judge;
use docent::milp::halt::Halt;
use docent::plan::Plan;
use docent::plan::brief::Brief;
use docent::plan::goals::value;
use docent::programme::Programme;
use docent::read::load;
use docent::solve::finish::finish;
use docent::solve::report::least;
use docent::words::GoalId;
use std::path::{Path, PathBuf};

/// What was found of one goal.
#[derive(Clone, Debug)]
pub struct Rung {
    pub goal: GoalId,
    pub value: i128,
    pub bound: Option<i128>,
}

/// The programme in a folder of `data/`.
pub fn programme(folder: &str) -> Programme {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(folder);
    let loaded = load(&path, &[]);
    loaded.programme.unwrap_or_else(|| panic!("{folder}: {:?}", loaded.findings))
}

/// Proves every goal in order, each with the earlier ones kept; every plan on the way is judged.
pub fn climb(brief: &Brief, work: Work) -> (Plan, Vec<Rung>) {
    let mut full = Full::new(brief).expect("small enough");
    let stop = Halt::default();
    let goals = brief.goals();
    let mut best: Option<Plan> = None;
    let mut earlier = Vec::new();
    let mut rungs = Vec::new();
    for (i, goal) in goals.iter().enumerate() {
        let began = std::time::Instant::now();
        let mut judged = |plan: &Plan| accepted(brief, plan);
        let finish = |plan: Plan| finish(brief, plan).ok();
        let task = Task {
            goal: i,
            earlier: &earlier,
            work,
            bound: None,
            look: Look::Whole,
            stop: &stop,
            finish: &finish,
            found: &mut judged,
        };
        let proved = full.prove(best.as_ref(), task);
        best = proved.plan.or(best);
        let plan = best.as_ref().unwrap_or_else(|| panic!("{goal}: no plan"));
        let now = value(*goal, brief, plan);
        if std::env::var_os("FULL_TELL").is_some() {
            eprintln!(
                "{goal}: {now} bound {:?} iterations {} in {:.2?}",
                proved.bound,
                proved.iterations,
                began.elapsed()
            );
        }
        rungs.push(Rung { goal: *goal, value: now, bound: proved.bound });
        earlier.push(least(*goal, now, brief.programme.objective.tolerance(*goal)));
    }
    let plan = best.expect("a plan");
    for (rung, goal) in rungs.iter_mut().zip(&goals) {
        rung.value = value(*goal, brief, &plan);
    }
    (plan, rungs)
}

/// The judge accepts the plan and counts its goals the same way.
pub fn accepted(brief: &Brief, plan: &Plan) {
    let verdict = judge(brief, plan);
    assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
    for (goal, counted) in verdict.goals {
        assert_eq!(value(goal, brief, plan), counted, "{goal}");
    }
}
