//! Random programmes with every table and column in use: a plan that the judge accepts is in the model with the judge's
//! own values, and no plan of any engine beats a bound.

use super::climb::{accepted, climb};
use crate::random::folder;
use docent::full::Full;
use docent::full::prove::Work;
use docent::plan::Plan;
use docent::plan::brief::{Baseline, Brief, Known, Promise};
use docent::plan::goals::value;
use docent::programme::Programme;
use docent::programme::id::Dense;
use docent::random::Wish;
use docent::read::load;
use docent::search::Search;
use docent::solve::finish::finish;
use std::sync::atomic::AtomicBool;

fn random(seed: u64, requests: u32, chain: bool) -> Programme {
    let wish = Wish { requests, seed, chain, ..Wish::default() };
    load(&folder(&wish, "full"), &[]).programme.expect("a programme without errors")
}

fn searched(brief: &Brief, iterations: u64) -> Plan {
    let mut search = Search::new(brief, 0);
    search.run(iterations, &AtomicBool::new(false));
    let plan = finish(brief, search.best().expect("a plan")).expect("a plan that is paid");
    accepted(brief, &plan);
    plan
}

/// The plan as a baseline, nothing frozen but its first session.
fn known(programme: &Programme, plan: &Plan) -> Baseline {
    let mut promises = Dense::filled(None, programme.requests.len());
    for s in &plan.sessions {
        for r in &s.requests {
            promises[*r] = Some(Promise {
                start: s.span.first,
                place: Some(s.place),
                language: Some(s.language),
                team: s.team.iter().map(|seat| seat.trainer).collect(),
                gone: 0,
            });
        }
    }
    let sessions =
        plan.sessions.iter().map(|s| Known { id: s.id.clone(), start: s.span.first, requests: s.requests.clone() });
    Baseline { sessions: sessions.collect(), promises, frozen: Vec::new() }
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
