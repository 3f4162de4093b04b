//! Where groups are too many to list: no plan beats the bounds of shares of sessions, and they say more than nothing.

use super::small::{Deaf, built, drawn, searched};
use docent::dating::exact::{Exact, Task};
use docent::master::ladder::Work;
use docent::master::world::World;
use docent::plan::brief::Brief;
use docent::plan::goals::value;
use docent::programme::Programme;
use docent::solve::finish::finish;
use docent::words::GoalId;

const WORK: Work = Work { iterations: 3_000 };

/// Proves goal after goal without listing a group, beside a plan and what is proven with all groups listed. How many of
/// the bounds are better than what is known without looking; how many are as good as with all groups listed.
fn shared(programme: &Programme, name: &str) -> (usize, usize) {
    let brief = Brief::new(programme);
    let Some(plan) = searched(&brief, 3, 3_000) else { return (0, 0) };
    let (world, whole) = (World::listing(&brief, 0), World::new(&brief));
    assert!(whole.complete && !world.complete, "{name}: groups are listed where they are few, and only there");
    let (mut exact, mut best) = (Exact::new(&world), Exact::new(&whole));
    let (mut told, mut tight) = (0, 0);
    let mut given: Vec<(GoalId, i128)> = Vec::new();
    for goal in brief.goals() {
        let own = value(goal, &brief, &plan);
        let task = Task { given: &given, goal, known: Some(own), plan: None, beyond: None, work: WORK };
        let all = best.prove(&task, &Deaf);
        let proved = exact.prove(&task, &Deaf);
        assert!(proved.plans.is_empty(), "{name}: shares of sessions are no plan");
        // What goals name by requests, money or people is told.
        let people = goal == GoalId::Preferences && programme.preferences.trainer_used.0 > 0;
        let asked = people || matches!(goal, GoalId::Commitments | GoalId::Kept | GoalId::Coverage | GoalId::Cost);
        assert_eq!(proved.bound.is_some(), asked, "{name}: {goal}");
        assert_eq!(exact.prove(&task, &Deaf).bound, None, "{name}: {goal} is told once");
        if let Some(bound) = proved.bound {
            let plans: Vec<_> = all.plans.iter().filter_map(|p| finish(&brief, p.clone()).ok()).collect();
            let known = plans.iter().map(|p| value(goal, &brief, p)).chain([own]);
            for value in known {
                let fair = if goal.maximised() { bound >= value } else { bound <= value };
                assert!(fair, "{name}: {goal} of a plan is {value}, the bound {bound}");
            }
            let nothing = match goal {
                GoalId::Coverage => programme.requests.values().map(|r| i128::from(r.points.0)).sum(),
                _ => 0,
            };
            told += usize::from(bound != nothing);
            tight += usize::from(all.bound == Some(bound));
        }
        given.push((goal, own));
    }
    (told, tight)
}

#[test]
fn shares_of_sessions_bound_every_plan() {
    let (mut told, mut tight) = (0, 0);
    for seed in 0..6 {
        for chained in [false, true] {
            for (programme, name) in [
                (built(seed, chained), format!("built {seed} {chained}")),
                (drawn(seed, 8 + seed as u32 % 4, chained), format!("drawn {seed} {chained}")),
            ] {
                let (a, b) = shared(&programme, &name);
                told += a;
                tight += b;
            }
        }
    }
    assert!(told > 30, "only {told} bounds say more than nothing");
    assert!(tight > 10, "only {tight} are as good as with every group listed");
}
