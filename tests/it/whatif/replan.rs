//! Planning again: what was promised is kept, few are disturbed, and the judge counts the same.

use super::{changed, little, loaded, small};
use docent::export::plan_json::{PlanPaper, file};
use docent::judge::judge;
use docent::plan::brief::Brief;
use docent::plan::goals::value;
use docent::plan::{Plan, Status};
use docent::programme::Programme;
use docent::programme::day::Day;
use docent::programme::people::Role;
use docent::read::plan_file::{self, PlanFile};
use docent::solve::finish::finish;
use docent::solve::{self, Outcome, Start};
use docent::whatif::quick::Edit;
use docent::whatif::salvage::salvage;
use docent::words::GoalId;
use std::sync::atomic::AtomicBool;

fn plan(brief: &Brief, known: Option<&PlanFile>) -> Outcome {
    let plan = known.and_then(|file| salvage(brief, &plan_file::resolve(brief.programme, file).0));
    let start = Start { plans: plan.into_iter().collect(), bounds: Vec::new() };
    let outcome = solve::plan(brief, &little(), &start, &|_| {}, &AtomicBool::new(false));
    assert_eq!(outcome.refused, None);
    let verdict = judge(brief, &outcome.plan);
    assert_eq!(verdict.violations, []);
    for (goal, counted) in verdict.goals {
        assert_eq!(counted, value(goal, brief, &outcome.plan), "{goal}");
    }
    outcome
}

fn written(brief: &Brief, outcome: &Outcome) -> PlanFile {
    file(&PlanPaper {
        brief,
        plan: &outcome.plan,
        digest: "sha256:test",
        files: &[],
        scenarios: &[],
        baseline: None,
        effort: 2,
        seed: 0,
        threads: 2,
        stopped: outcome.stopped,
        goals: &outcome.goals,
    })
}

fn again<'a>(programme: &'a Programme, baseline: &PlanFile, freeze_until: Option<Day>) -> Brief<'a> {
    let baseline = plan_file::baseline(programme, baseline, freeze_until).expect("a baseline that fits");
    Brief { baseline: Some(baseline), ..Brief::new(programme) }
}

fn goal(brief: &Brief, outcome: &Outcome, goal: GoalId) -> i128 {
    value(goal, brief, &outcome.plan)
}

#[test]
fn where_nothing_changed_nobody_is_disturbed() {
    for seed in 20..22 {
        let base = loaded(&small(seed), "again");
        let programme = base.programme.clone().expect("a programme");
        let fresh = Brief::new(&programme);
        let first = plan(&fresh, None);
        let known = written(&fresh, &first);
        let brief = again(&programme, &known, None);
        let second = plan(&brief, Some(&known));
        assert_eq!(goal(&brief, &second, GoalId::Stability), 0, "seed {seed}");
        assert_eq!(goal(&brief, &second, GoalId::Kept), goal(&fresh, &first, GoalId::Coverage), "seed {seed}");
        for old in &first.plan.sessions {
            assert!(second.plan.sessions.iter().any(|new| new.id == old.id), "seed {seed}: {} is gone", old.id);
        }
    }
}

#[test]
fn after_a_disruption_as_much_is_kept_as_can_be() {
    let mut disturbed = 0;
    for seed in 30..34 {
        let base = loaded(&small(seed), "disrupted");
        let programme = base.programme.clone().expect("a programme");
        let fresh = Brief::new(&programme);
        let first = plan(&fresh, None);
        let known = written(&fresh, &first);
        // Whoever teaches most, but for what is done or confirmed, leaves.
        let pinned: Vec<_> = programme.pins.iter().flat_map(|p| p.trainers.clone()).collect();
        let days = |t| first.plan.missions.iter().filter(|m| m.trainer == t).map(|m| m.span.days()).sum::<i32>();
        let Some((t, _)) = programme
            .trainers
            .iter()
            .filter(|(t, _)| !pinned.contains(t))
            .max_by_key(|(t, _)| (days(*t), std::cmp::Reverse(*t)))
        else {
            continue;
        };
        let after = changed(&base, &[Edit::drop(&format!("trainers.{}", programme.trainers[t].id)).expect("a flag")]);
        let brief = again(&after, &known, None);
        let kept_by_hand = salvage(&brief, &plan_file::resolve(&after, &known).0).expect("something stays");
        let second = plan(&brief, Some(&known));
        let (kept, least) = (goal(&brief, &second, GoalId::Kept), value(GoalId::Kept, &brief, &kept_by_hand));
        assert!(kept >= least, "seed {seed}: {kept} < {least}");
        if goal(&brief, &second, GoalId::Stability) > 0 {
            disturbed += 1;
        }
        // Every session that serves what a session of the baseline served is still called as it was.
        for s in &known.sessions {
            let same = |p: &Plan| {
                p.sessions
                    .iter()
                    .find(|n| n.requests.iter().map(|r| &after.requests[*r].id).eq(s.requests.iter()))
                    .map(|n| n.id.clone())
            };
            if let Some(id) = same(&second.plan) {
                assert_eq!(id, s.id, "seed {seed}");
            }
        }
    }
    assert!(disturbed >= 2, "only {disturbed} of the disruptions disturbed anybody");
}

#[test]
fn nobody_changes_their_role_without_need() {
    let mut swapped = 0;
    for seed in 20..26 {
        let base = loaded(&small(seed), "roles");
        let programme = base.programme.clone().expect("a programme");
        let fresh = Brief::new(&programme);
        let first = plan(&fresh, None);
        let brief = again(&programme, &written(&fresh, &first), None);
        // Every team with two who may lead, the other way round: as an engine may seat them.
        let mut seated = first.plan.clone();
        for s in &mut seated.sessions {
            let lead = s.team.iter().position(|seat| seat.role == Role::Lead);
            let other = s.team.iter().position(|seat| {
                let person = &programme.trainers[seat.trainer];
                seat.role == Role::Co
                    && person.roles[s.course] == Some(Role::Lead)
                    && person.teaches.contains(&s.working_language)
            });
            if let (Some(lead), Some(other)) = (lead, other) {
                (s.team[lead].role, s.team[other].role) = (Role::Co, Role::Lead);
                swapped += 1;
            }
        }
        let finished = finish(&brief, seated).expect("a plan that is paid");
        assert_eq!(judge(&brief, &finished).violations, []);
        let teams = |p: &Plan| p.sessions.iter().map(|s| (s.id.clone(), s.team.clone())).collect::<Vec<_>>();
        assert_eq!(teams(&finished), teams(&first.plan), "seed {seed}");
    }
    assert!(swapped > 0, "no team has two who may lead");
}

#[test]
fn frozen_sessions_stay_as_they_are() {
    for seed in 40..42 {
        let base = loaded(&small(seed), "frozen");
        let programme = base.programme.clone().expect("a programme");
        let fresh = Brief::new(&programme);
        let first = plan(&fresh, None);
        let known = written(&fresh, &first);
        let middle = Day((programme.start.0 + programme.end.0) / 2);
        // Another seed's worth of reasons to change everything: nobody needs rest, money is scarce.
        let after = changed(&base, &[Edit::set("programme.rules.rest_days=0").expect("a flag")]);
        let brief = again(&after, &known, Some(middle));
        let second = plan(&brief, Some(&known));
        for old in first.plan.sessions.iter().filter(|s| s.span.first < middle) {
            let new = second.plan.sessions.iter().find(|n| n.id == old.id).expect("a frozen session");
            assert_eq!(
                (new.course, new.place, new.language, new.working_language, new.span, &new.requests, &new.team),
                (old.course, old.place, old.language, old.working_language, old.span, &old.requests, &old.team)
            );
            assert_ne!(new.status, Status::Proposed);
        }
    }
}

#[test]
fn what_is_done_stays_booked_though_its_trainer_has_left_and_time_has_moved_on() {
    let mut seen = 0;
    for seed in 50..52 {
        let base = loaded(&small(seed), "done");
        let programme = base.programme.clone().expect("a programme");
        let fresh = Brief::new(&programme);
        let first = plan(&fresh, None);
        let known = written(&fresh, &first);
        let done: Vec<_> = first.plan.sessions.iter().filter(|s| s.status == Status::Done).cloned().collect();
        let Some(last) = done.iter().map(|s| s.span.last).max() else { continue };
        seen += 1;
        let mut edits = vec![Edit::set(&format!("programme.programme.as_of={}", last + 10)).expect("a flag")];
        for s in &done {
            for seat in &s.team {
                let id = &programme.trainers[seat.trainer].id;
                edits.push(Edit::set(&format!("trainers.{id}.available_to={}", s.span.first - 30)).expect("a flag"));
                edits.push(Edit::set(&format!("trainers.{id}.available_from=")).expect("a flag"));
            }
        }
        let after = changed(&base, &edits);
        let brief = again(&after, &known, None);
        let second = plan(&brief, Some(&known));
        for old in &done {
            let new = second.plan.sessions.iter().find(|n| n.requests == old.requests).expect("a done session");
            assert_eq!((new.status, new.span, &new.team, &new.id), (Status::Done, old.span, &old.team, &old.id));
        }
    }
    assert!(seen > 0, "no seed has a done session");
}
