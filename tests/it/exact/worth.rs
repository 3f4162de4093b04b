//! What a column is worth is how much worse the best plan with it is, at least.

use super::small::{Deaf, built, drawn};
use docent::master::aims::Aim;
use docent::master::ladder::Work;
use docent::master::linear::relaxed;
use docent::master::model::{Chains, Grain, Model, Scope};
use docent::master::world::World;
use docent::master::worth::worth;
use docent::milp::highs::{Limits, Patient, Solver, Status};
use docent::milp::program::Col;
use docent::plan::brief::Brief;
use docent::programme::Programme;

/// So many columns per goal are tried.
const TRIED: usize = 10;

/// How many columns were held against the bound, and how many of them by more than their own reduced cost.
fn hold(programme: &Programme, chains: Chains, name: &str) -> (usize, usize) {
    let brief = Brief::new(programme);
    let world = World::new(&brief);
    let (mut tried, mut more) = (0, 0);
    for goal in brief.goals() {
        let mut model =
            Model::new(&world, &Scope { grain: Grain::Free, chains, only: None, people: None, money: true });
        let aim = Aim::new(&model, goal);
        let sign = if goal.maximised() { -1.0 } else { 1.0 };
        let work = Work { iterations: 100_000 };
        let linear = relaxed(&mut model, &aim, work, &Deaf, &mut 0).expect("a bound");
        let reduced: Vec<f64> = linear.answer.reduced.iter().map(|r| sign * r).collect();
        let worth = worth(&model, &reduced);
        let values = linear.answer.values.as_ref().expect("values");
        let unused = |c: &usize| {
            model.program.integer[*c] && values[*c] < 1e-9 && model.program.lower[*c] == 0.0 && worth[*c] > 1e-6
        };
        let mut columns: Vec<usize> = (0..values.len()).filter(unused).collect();
        // Those that gain most first, then any.
        columns.sort_by(|a, b| (worth[*b] - reduced[*b]).total_cmp(&(worth[*a] - reduced[*a])).then(a.cmp(b)));
        let step = (columns.len() / TRIED).max(1);
        model.program.settle();
        let mut solver = Solver::new(&model.program);
        solver.objective(aim.sense(), &aim.terms);
        for c in columns.into_iter().step_by(step) {
            tried += 1;
            more += usize::from(worth[c] > reduced[c] + 1e-6);
            solver.column_bounds(Col(c as u32), 1.0, model.program.upper[c].max(1.0));
            // The relaxation mostly says it already.
            let claimed = linear.base + worth[c];
            let near = 1e-6 * (1.0 + claimed.abs());
            for whole in [false, true] {
                solver.relax(!whole);
                let answer = solver.run(Limits { iterations: Some(20_000), ..Limits::default() }, &mut Patient);
                let found = sign * answer.objective;
                if answer.status != Status::Optimal || found >= claimed - near {
                    break;
                }
                assert!(!whole, "{name}: {goal}: column {c} is worth {}, found {found}, claimed {claimed}", worth[c]);
            }
            solver.column_bounds(Col(c as u32), 0.0, model.program.upper[c]);
        }
    }
    (tried, more)
}

#[test]
fn no_column_is_worth_more_than_it_takes() {
    let (mut tried, mut more) = (0, 0);
    let mut add = |(t, m): (usize, usize)| {
        tried += t;
        more += m;
    };
    for seed in 0..4 {
        let chains = [Chains::Alone, Chains::Bounded][seed as usize % 2];
        add(hold(&built(seed, seed % 2 == 1), chains, &format!("built {seed}")));
        let chains = [Chains::Alone, Chains::Trips][seed as usize % 2];
        add(hold(&drawn(seed, 6 + seed as u32, seed % 2 == 1), chains, &format!("drawn {seed}")));
    }
    assert!(tried > 120 && more > 40, "{tried} columns, {more} by more than their own");
}
