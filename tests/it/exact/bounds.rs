//! No plan beats a bound: plans of the search are looked up in the masters, which must admit them at no worse a value.

use docent::dating::exact::{Exact, Task};
use docent::master::aims::Aim;
use docent::master::encode;
use docent::master::exchange::Exchange;
use docent::master::ladder::Work;
use docent::master::model::{Chains, Grain, Model, Scope};
use docent::master::trips;
use docent::master::world::World;
use docent::milp::highs::{Limits, Patient, Solver, Status};
use docent::plan::Plan;
use docent::plan::brief::Brief;
use docent::plan::goals::value;
use docent::programme::Programme;
use docent::read::load;
use docent::search::Search;
use docent::solve::finish::finish;
use docent::words::GoalId;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

struct Deaf;

impl Exchange for Deaf {
    fn offer(&self, _plan: Plan) {}
    fn bound(&self, _goal: GoalId, _bound: i128) {}
    fn stopped(&self) -> bool {
        false
    }
}

fn folders() -> Vec<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut all: Vec<PathBuf> = std::fs::read_dir(data.join("tiny"))
        .expect("data/tiny")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    all.sort();
    all.push(data.join("demo"));
    all
}

fn programme(folder: &Path) -> Programme {
    let loaded = load(folder, &[]);
    loaded.programme.unwrap_or_else(|| panic!("{}: {:?}", folder.display(), loaded.findings))
}

fn searched(brief: &Brief, iterations: u64) -> Plan {
    let mut search = Search::new(brief, 7);
    search.run(iterations, &AtomicBool::new(false));
    finish(brief, search.best().expect("a plan")).expect("payable")
}

/// Fixes what the plan decides and asks for each goal's best: never worse than the plan's own value.
fn admits(world: &World, brief: &Brief, plan: &Plan, grain: Grain, chains: Chains, name: &str) {
    let mut model = Model::new(world, &Scope { grain, chains, only: None, people: None, money: true });
    let found = encode::plan(&model, plan).unwrap_or_else(|| panic!("{name}: no column for something in the plan"));
    for (seats, idle) in &found.missing {
        assert!(trips::admit(&mut model, seats, idle), "{name}: a trip that cannot be");
    }
    model.program.settle();
    let found = encode::plan(&model, plan).expect("as before");
    assert!(found.missing.is_empty(), "{name}: trips are still missing");
    let (mut lower, mut upper) = (model.program.lower.clone(), model.program.upper.clone());
    for (col, fixed) in &found.values {
        (lower[col.index()], upper[col.index()]) = (*fixed, *fixed);
    }
    for goal in brief.goals() {
        let aim = Aim::new(&model, goal);
        let mut solver = Solver::new(&model.program);
        solver.bounds(&lower, &upper);
        solver.objective(aim.sense(), &aim.terms);
        let answer = solver.run(Limits::default(), &mut Patient);
        assert_eq!(answer.status, Status::Optimal, "{name}: {goal} of a plan");
        let best = aim.exact(answer.bound).expect("finite");
        let own = value(goal, brief, plan);
        let fair = if goal.maximised() { best >= own } else { best <= own };
        assert!(fair, "{name}: {goal} of the plan is {own}, of the master {best}");
    }
}

#[test]
fn masters_admit_the_plans_of_the_search() {
    for folder in folders() {
        let name = folder.display().to_string();
        let programme = programme(&folder);
        let brief = Brief::new(&programme);
        let plan = searched(&brief, 2_000);
        let world = World::new(&brief);
        if programme.rules.chain_missions {
            admits(&world, &brief, &plan, Grain::Free, Chains::Trips, &name);
        } else {
            admits(&world, &brief, &plan, Grain::Free, Chains::Alone, &name);
            admits(&world, &brief, &plan, Grain::Days, Chains::Alone, &name);
        }
    }
}

#[test]
fn bounds_are_not_beaten_by_the_search() {
    for folder in folders() {
        let name = folder.display().to_string();
        let programme = programme(&folder);
        let brief = Brief::new(&programme);
        let plan = searched(&brief, 2_000);
        let world = World::new(&brief);
        let mut exact = Exact::new(&world);
        let mut given: Vec<(GoalId, i128)> = Vec::new();
        for goal in brief.goals() {
            let task =
                Task { given: &given, goal, known: None, plan: None, beyond: None, work: Work { iterations: 3_000 } };
            let own = value(goal, &brief, &plan);
            if let Some(bound) = exact.prove(&task, &Deaf).bound {
                let fair = if goal.maximised() { bound >= own } else { bound <= own };
                assert!(fair, "{name}: {goal} of the plan is {own}, the bound {bound}");
            }
            given.push((goal, own));
        }
    }
}
