//! Random programmes with every table and column in use: a plan that the judge accepts is in the model with the judge's
//! own values, and no plan of any engine beats a bound.

use super::climb::{accepted, climb};
use crate::exact::small;
use crate::random::folder;
use crate::search::programmes::baseline;
use docent::full::Full;
use docent::full::prove::Work;
use docent::plan::Plan;
use docent::plan::brief::{Baseline, Brief, Known};
use docent::plan::goals::value;
use docent::programme::Programme;
use docent::random::Wish;
use docent::read::load;

fn random(seed: u64, requests: u32, chain: bool) -> Programme {
    let wish = Wish { requests, seed, chain, ..Wish::default() };
    load(&folder(&wish, "full"), &[]).programme.expect("a programme without errors")
}

fn searched(brief: &Brief, iterations: u64) -> Plan {
    let plan = small::searched(brief, 0, iterations).expect("a plan that is paid");
    accepted(brief, &plan);
    plan
}

/// The plan as a baseline, nothing frozen; its sessions have their ids.
fn known(programme: &Programme, plan: &Plan) -> Baseline {
    let sessions =
        plan.sessions.iter().map(|s| Known { id: s.id.clone(), start: s.span.first, requests: s.requests.clone() });
    Baseline { sessions: sessions.collect(), ..baseline(programme, plan, None) }
}

#[test]
fn accepted_plans_are_in_the_model_at_their_own_values() {
    for seed in 0..4_u64 {
        let programme = random(seed, 10 + seed as u32, seed.is_multiple_of(2));
        let first = searched(&Brief::new(&programme), 300);
        let with = Brief { baseline: Some(known(&programme, &first)), ..Brief::new(&programme) };
        for brief in [Brief::new(&programme), with] {
            let mut full = Full::new(&brief).expect("small enough");
            for iterations in [1, 50, 2_000] {
                let plan = searched(&brief, iterations);
                let own: Vec<i128> = brief.goals().iter().map(|g| value(*g, &brief, &plan)).collect();
                assert_eq!(full.values(&plan), Some(own), "seed {seed}, {iterations} iterations");
            }
        }
    }
}

#[test]
fn no_plan_beats_a_bound() {
    for seed in 0..2_u64 {
        let programme = random(seed, 10 + 2 * seed as u32, seed.is_multiple_of(2));
        let brief = Brief::new(&programme);
        let (plan, rungs) = climb(&brief, Work { iterations: 5_000, trips: 2_000 });
        accepted(&brief, &plan);
        let search = searched(&brief, 4_000);
        // A bound holds for plans that keep the goals before it at the values that it stands on.
        let kept = |upto: usize| {
            rungs[..upto].iter().all(|r| {
                let now = value(r.goal, &brief, &search);
                if r.goal.maximised() { now >= r.value } else { now <= r.value }
            })
        };
        for (i, rung) in rungs.iter().enumerate() {
            let (now, Some(bound)) = (value(rung.goal, &brief, &search), rung.bound) else { continue };
            let within = if rung.goal.maximised() { now <= bound } else { now >= bound };
            assert!(within || !kept(i), "seed {seed}: {} is {now}, bound {bound}", rung.goal);
        }
    }
}
