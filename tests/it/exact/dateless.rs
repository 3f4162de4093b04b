//! Bounds of masters without dates, which small programmes are not given otherwise: nobody's plan beats them.

use super::small::{Deaf, drawn, searched};
use crate::search::programmes::baseline;
use docent::dating::exact::{Exact, Task};
use docent::judge::judge;
use docent::master::ladder::Work;
use docent::master::world::World;
use docent::plan::Plan;
use docent::plan::brief::Brief;
use docent::plan::goals::value;
use docent::programme::Programme;
use docent::solve::finish::finish;
use docent::words::GoalId;

/// Every goal of a plan against what is said of plans that keep its earlier ones.
fn fair(exact: &mut Exact, brief: &Brief, plan: &Plan, known: bool, name: &str) -> usize {
    let mut given: Vec<(GoalId, i128)> = Vec::new();
    let mut tight = 0;
    for goal in brief.goals() {
        let own = value(goal, brief, plan);
        let task = Task {
            given: &given,
            goal,
            known: known.then_some(own),
            plan: None,
            beyond: None,
            work: Work { iterations: 3_000 },
        };
        let proved = exact.prove(&task, &Deaf);
        if let Some(bound) = proved.bound {
            let within = if goal.maximised() { bound >= own } else { bound <= own };
            assert!(within, "{name}: {goal} of the plan is {own}, the bound {bound}, known {known}");
            tight += usize::from(bound == own);
        }
        for found in proved.plans {
            // What dating finds is a plan, though it may turn out that it cannot be paid for.
            if let Ok(found) = finish(brief, found) {
                let verdict = judge(brief, &found);
                assert!(verdict.violations.is_empty(), "{name}: {goal}: {:#?}", verdict.violations);
            }
        }
        given.push((goal, own));
    }
    tight
}

fn programme_holds(programme: &Programme, name: &str) -> usize {
    let alone = Brief::new(programme);
    let Some(first) = searched(&alone, 1, 800) else { return 0 };
    let again = Brief { baseline: Some(baseline(programme, &first, None)), ..Brief::new(programme) };
    let mut tight = 0;
    for brief in [&alone, &again] {
        let world = World::new(brief);
        let mut exact = Exact::dateless(&world);
        let plans = [searched(brief, 2, 800), searched(brief, 3, 20)];
        for plan in plans.iter().flatten() {
            for known in [false, true] {
                tight += fair(&mut exact, brief, plan, known, name);
            }
        }
    }
    tight
}

#[test]
fn nobody_beats_a_bound_without_dates() {
    let mut tight = 0;
    for seed in 0..6 {
        tight += programme_holds(&drawn(seed, 4 + seed as u32, seed % 3 == 2), &format!("drawn {seed}"));
    }
    assert!(tight > 40, "the bounds say something: {tight} are reached");
}
