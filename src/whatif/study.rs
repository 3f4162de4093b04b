//! Many scenarios, planned so that they can be compared: the base first, each with the same goals and the same effort,
//! several at a time. What one of them proves or finds counts for every other one that it holds for.
//!
//! What a scenario starts from is fixed beforehand and does not depend on which thread is faster: scenarios come in
//! rounds, and one of a round starts from answers of earlier rounds only. Sweeps go by halves: both ends, the middle,
//! the quarters …; where the plan at one end is as good as the bound at the other, nothing is left to do between them.

use super::allows::allows;
use super::salvage::salvage;
use super::translate::translate;
use crate::plan::Plan;
use crate::plan::brief::{Baseline, Brief};
use crate::plan::goals::value;
use crate::solve::incumbent::Incumbent;
use crate::solve::report::{Bound, Bounds, GoalReport, Stopped, beats, better};
use crate::solve::{Options, Outcome, Refused, Start};
use crate::words::GoalId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

/// Everybody is asked about everybody up to so many cases; beyond, only neighbours are.
const ALL_PAIRS: usize = 64;

/// One scenario, built.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    pub name: String,
    pub brief: Brief<'a>,
    /// For a point of sweeps: the place of its value, by sweep.
    pub at: Option<Vec<usize>>,
    /// A plan of this programme to start from, legal or not: the baseline.
    pub known: Option<Plan>,
}

/// The cases, the base first, and how hard to try on each.
#[derive(Clone, Debug)]
pub struct Study<'a> {
    pub cases: Vec<Case<'a>>,
    /// How many values each sweep has.
    pub sweeps: Vec<usize>,
    /// `threads` is how many cases are planned at a time; each is planned on one, or on more where there are fewer cases.
    pub options: Options,
}

/// What is known of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub plan: Plan,
    pub bounds: Vec<Bound>,
    pub stopped: Stopped,
    /// A plan that an engine made and the judge refused.
    pub refused: Option<Refused>,
}

/// Where answers are kept between runs. What is loaded is judged again before it counts.
pub trait Keep: Sync {
    /// The answer of an earlier run to the same question.
    fn load(&self, case: usize) -> Option<Answer>;
    /// Keeps an answer.
    fn save(&self, case: usize, answer: &Answer);
}

/// What plans one case.
pub type Planner<'p> = &'p (dyn Fn(&Brief, &Options, &Start, &AtomicBool) -> Outcome + Sync);

/// Where a study stands: told each time that an answer is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub case: usize,
    pub done: usize,
    pub of: usize,
    /// It was there already.
    pub kept: bool,
}

impl Study<'_> {
    /// Plans the base and the cases that are `mine`. None: not mine, or interrupted before it was done.
    ///
    /// Answers are raw: `carry` makes them agree with each other.
    pub fn run(
        &self,
        mine: &dyn Fn(usize) -> bool,
        planner: Planner,
        keep: &dyn Keep,
        watch: &(dyn Fn(Step) + Sync),
        interrupt: &AtomicBool,
    ) -> Vec<Option<Answer>> {
        let todo: Vec<usize> = (0..self.cases.len()).filter(|c| *c == 0 || mine(*c)).collect();
        let relations = Relations::new(self, &todo);
        let mut answers: Vec<Option<Answer>> = vec![None; self.cases.len()];
        let done = AtomicUsize::new(0);
        let rounds = self.rounds();
        for round in 0..=rounds.iter().copied().max().unwrap_or(0) {
            let jobs: Vec<usize> = todo.iter().copied().filter(|c| rounds[*c] == round).collect();
            let next = AtomicUsize::new(0);
            let found: Mutex<Vec<(usize, Answer)>> = Mutex::new(Vec::new());
            // The base is alone in its round: threads that have no case of their own help.
            let options =
                Options { threads: (self.options.threads / jobs.len().max(1)).max(1), ..self.options.clone() };
            let (earlier, relations, jobs_of, options) = (&answers, &relations, &jobs, &options);
            std::thread::scope(|scope| {
                for _ in 0..self.options.threads.clamp(1, jobs.len().max(1)) {
                    scope.spawn(|| {
                        while let Some(case) = jobs_of.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
                            if interrupt.load(Ordering::Relaxed) {
                                return;
                            }
                            let kept = keep.load(case).filter(|a| self.stands(case, a));
                            let was_kept = kept.is_some();
                            let answer = kept
                                .unwrap_or_else(|| self.answer(case, earlier, relations, options, planner, interrupt));
                            if answer.stopped == Stopped::Interrupt {
                                return;
                            }
                            if !was_kept && answer.refused.is_none() {
                                keep.save(case, &answer);
                            }
                            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                            watch(Step { case, done, of: todo.len(), kept: was_kept });
                            if let Ok(mut found) = found.lock() {
                                found.push((case, answer));
                            }
                        }
                    });
                }
            });
            for (case, answer) in found.into_inner().unwrap_or_default() {
                answers[case] = Some(answer);
            }
            if interrupt.load(Ordering::Relaxed) {
                break;
            }
        }
        answers
    }

    /// True when a kept plan is one for this case: the judge accepts it.
    fn stands(&self, case: usize, answer: &Answer) -> bool {
        Incumbent::new(&self.cases[case].brief).offer("case", &answer.plan)
    }

    fn answer(
        &self,
        case: usize,
        earlier: &[Option<Answer>],
        relations: &Relations,
        options: &Options,
        planner: Planner,
        interrupt: &AtomicBool,
    ) -> Answer {
        let brief = &self.cases[case].brief;
        let mut incumbent = Incumbent::new(brief);
        let mut bounds = Bounds::trivial(brief);
        let mut start = Start::default();
        // What the judge refuses is never offered: it would look like a fault of an engine.
        let known = self.cases[case].known.as_ref();
        start.plans.extend(known.and_then(|plan| salvage(brief, plan)));
        for (other, answer) in earlier.iter().enumerate() {
            let Some(answer) = answer else { continue };
            if other == 0 || relations.allows(case, other) {
                let plan = translate(self.cases[other].brief.programme, &answer.plan, brief.programme);
                start.plans.extend(salvage(brief, &plan));
            }
            if relations.allows(other, case) {
                start.bounds.extend(answer.bounds.iter().cloned());
            }
        }
        for plan in &start.plans {
            incumbent.offer("start", plan);
        }
        for bound in &start.bounds {
            bounds.add(bound.clone());
        }
        if let Some(plan) = incumbent.plan() {
            if incumbent.proven(&bounds) {
                let goals = bounds.reports(brief, plan, None);
                let bounds = as_bounds(&goals).into_iter().chain(start.bounds).collect();
                return Answer { plan: plan.clone(), bounds, stopped: Stopped::Proven, refused: None };
            }
            start.plans = vec![plan.clone()];
        }
        let began = Instant::now();
        let near = earlier[0].as_ref().filter(|_| self.cases[case].at.is_none()).and_then(|base| {
            let base = translate(self.cases[0].brief.programme, &base.plan, brief.programme);
            near(brief, &base, &start, options, planner, interrupt)
        });
        let mut refused = None;
        if let Some(near) = near {
            refused = near.refused;
            if salvage(brief, &near.plan).is_some_and(|plan| incumbent.offer("near the base", &plan)) {
                start.plans = incumbent.plan().cloned().into_iter().collect();
            }
        }
        let seconds = options.seconds.map(|s| (s - began.elapsed().as_secs_f64()).max(0.0));
        let outcome = planner(brief, &Options { seconds, ..options.clone() }, &start, interrupt);
        // What was known counts on: the solver need not repeat it.
        let bounds = as_bounds(&outcome.goals).into_iter().chain(outcome.bounds).chain(start.bounds);
        let refused = outcome.refused.or(refused);
        Answer { bounds: bounds.collect(), plan: outcome.plan, stopped: outcome.stopped, refused }
    }

    /// Makes answers agree: a wider case is never worse than a narrower one, and no bound is weaker than one that
    /// holds for more. Cases without an answer are passed over.
    pub fn carry(&self, answers: &mut [Option<Answer>]) {
        let there: Vec<usize> = (0..answers.len()).filter(|c| answers[*c].is_some()).collect();
        let relations = Relations::new(self, &there);
        // Every pass moves what is known at least one step on; a chain has no more steps than cases.
        for _ in 0..there.len() {
            let mut moved = false;
            for (wide, narrow) in relations.pairs() {
                moved |= self.lend_plan(answers, wide, narrow) | lend_bounds(self, answers, wide, narrow);
            }
            if !moved {
                break;
            }
        }
        for case in there {
            let Some(answer) = &mut answers[case] else { continue };
            let mut bounds = Bounds::trivial(&self.cases[case].brief);
            answer.bounds.iter().for_each(|b| bounds.add(b.clone()));
            let mut incumbent = Incumbent::new(&self.cases[case].brief);
            if incumbent.offer("case", &answer.plan) && incumbent.proven(&bounds) {
                answer.stopped = Stopped::Proven;
            }
        }
    }

    /// The wider case takes the narrower one's plan where that is better.
    fn lend_plan(&self, answers: &mut [Option<Answer>], wide: usize, narrow: usize) -> bool {
        let (Some(mine), Some(other)) = (&answers[wide], &answers[narrow]) else { return false };
        let (brief, from) = (&self.cases[wide].brief, &self.cases[narrow].brief);
        let goals = brief.goals();
        let values =
            |brief: &Brief, plan: &Plan| -> Vec<i128> { goals.iter().map(|g| value(*g, brief, plan)).collect() };
        if !beats(&goals, &values(from, &other.plan), &values(brief, &mine.plan)) {
            return false;
        }
        let plan = translate(from.programme, &other.plan, brief.programme);
        let mut incumbent = Incumbent::new(brief);
        incumbent.offer("case", &mine.plan);
        if !incumbent.offer("carried", &plan) {
            return false;
        }
        let Some(better) = incumbent.plan().cloned() else { return false };
        if let Some(mine) = &mut answers[wide] {
            mine.plan = better;
        }
        true
    }

    /// What is known of each goal of an answer.
    pub fn reports(&self, case: usize, answer: &Answer) -> Vec<GoalReport> {
        let brief = &self.cases[case].brief;
        let mut bounds = Bounds::trivial(brief);
        answer.bounds.iter().for_each(|b| bounds.add(b.clone()));
        bounds.reports(brief, &answer.plan, self.options.gap)
    }

    /// By case: the round in which it is planned. The base alone comes first.
    fn rounds(&self) -> Vec<usize> {
        let halves: Vec<Vec<usize>> = self.sweeps.iter().map(|n| by_halves(*n)).collect();
        self.cases
            .iter()
            .enumerate()
            .map(|(case, c)| match &c.at {
                _ if case == 0 => 0,
                None => 1,
                Some(at) => 1 + at.iter().zip(&halves).map(|(i, h)| h.get(*i).copied().unwrap_or(0)).max().unwrap_or(0),
            })
            .collect()
    }

    /// Cases worth comparing with `case`.
    fn neighbours(&self, case: usize, among: &[usize]) -> Vec<usize> {
        if among.len() <= ALL_PAIRS {
            return among.iter().copied().filter(|c| *c != case).collect();
        }
        let mut near: BTreeSet<usize> = BTreeSet::from([0]);
        if let Some(at) = &self.cases[case].at {
            for axis in 0..at.len() {
                let rounds = by_halves(self.sweeps[axis]);
                let line = among.iter().copied().filter(|c| {
                    let other = self.cases[*c].at.as_ref();
                    other.is_some_and(|o| (0..at.len()).all(|i| i == axis || o[i] == at[i]) && o[axis] != at[axis])
                });
                // The nearest on each side, of all and of those that are planned before this one.
                for earlier in [false, true] {
                    let nearest = |below: bool| {
                        line.clone()
                            .filter_map(|c| self.cases[c].at.as_ref().map(|o| (o[axis], c)))
                            .filter(|(i, _)| (*i < at[axis]) == below && (!earlier || rounds[*i] < rounds[at[axis]]))
                            .min_by_key(|(i, _)| i.abs_diff(at[axis]))
                    };
                    near.extend([nearest(true), nearest(false)].into_iter().flatten().map(|(_, c)| c));
                }
            }
        }
        near.remove(&case);
        near.into_iter().filter(|c| among.contains(c)).collect()
    }
}

/// The share of a case's work and time that goes into looking near the base, at most.
const NEAR: u64 = 3;

/// Where not all of the base's plan can stay, few changes to it are looked for first, as when it is planned again: that
/// leaves far less to look at than planning afresh, and is often as good. None where all of it can stay, or where a
/// baseline is kept to anyway.
fn near(
    brief: &Brief,
    base: &Plan,
    start: &Start,
    options: &Options,
    planner: Planner,
    interrupt: &AtomicBool,
) -> Option<Outcome> {
    let served = |plan: &Plan| plan.sessions.iter().map(|s| s.requests.len()).sum::<usize>();
    let stays = start.plans.iter().map(served).max().unwrap_or(0);
    if brief.baseline.is_some() || stays >= served(base) {
        return None;
    }
    let baseline = Baseline::told(brief.programme, base);
    let again = Brief { baseline: Some(baseline), ..brief.clone() };
    let options = Options {
        effort: (options.effort / NEAR).max(1),
        seconds: options.seconds.map(|s| s / NEAR as f64),
        until: Some(GoalId::Kept),
        ..options.clone()
    };
    let start = Start { plans: start.plans.clone(), bounds: Vec::new() };
    Some(planner(&again, &options, &start, interrupt))
}

/// The bounds that a report stands for: each with the values of the goals before it.
pub fn as_bounds(goals: &[GoalReport]) -> Vec<Bound> {
    goals
        .iter()
        .enumerate()
        .map(|(i, g)| Bound { goal: g.goal, given: goals[..i].iter().map(|e| e.value).collect(), value: g.bound })
        .collect()
}

/// The narrower case takes over what is proven of the wider one, where it says more of its own plan.
fn lend_bounds(study: &Study, answers: &mut [Option<Answer>], wide: usize, narrow: usize) -> bool {
    let (Some(lender), Some(borrower)) = (&answers[wide], &answers[narrow]) else { return false };
    let brief = &study.cases[narrow].brief;
    let goals = brief.goals();
    let values: Vec<i128> = goals.iter().map(|g| value(*g, brief, &borrower.plan)).collect();
    let gather = |answer: &Answer| {
        let mut bounds = Bounds::trivial(brief);
        answer.bounds.iter().for_each(|b| bounds.add(b.clone()));
        bounds
    };
    let (lent, own) = (gather(lender), gather(borrower));
    let mut gained = Vec::new();
    for (i, goal) in goals.iter().enumerate() {
        let (new, old) = (lent.best(&goals, &values, i), own.best(&goals, &values, i));
        // A bound is better where it leaves less room.
        if better(*goal, old, new) {
            gained.push(Bound { goal: *goal, given: values[..i].to_vec(), value: new });
        }
    }
    let moved = !gained.is_empty();
    if let Some(answer) = &mut answers[narrow] {
        answer.bounds.extend(gained);
    }
    moved
}

/// By place in a row of `n`: 0 for both ends, 1 for the middle, 2 for the quarters ….
fn by_halves(n: usize) -> Vec<usize> {
    let mut level = vec![0; n];
    let mut gaps = if n > 2 { vec![(0, n - 1)] } else { Vec::new() };
    let mut depth = 1;
    while !gaps.is_empty() {
        let mut smaller = Vec::new();
        for (low, high) in gaps {
            if high - low > 1 {
                let middle = low + (high - low) / 2;
                level[middle] = depth;
                smaller.extend([(low, middle), (middle, high)]);
            }
        }
        gaps = smaller;
        depth += 1;
    }
    level
}

/// Which case allows everything that another one allows, as far as anybody asks.
struct Relations(BTreeMap<(usize, usize), bool>);

impl Relations {
    fn new(study: &Study, cases: &[usize]) -> Relations {
        let mut known = BTreeMap::new();
        for case in cases {
            for other in study.neighbours(*case, cases) {
                for (wide, narrow) in [(*case, other), (other, *case)] {
                    known
                        .entry((wide, narrow))
                        .or_insert_with(|| allows(&study.cases[wide].brief, &study.cases[narrow].brief));
                }
            }
        }
        Relations(known)
    }

    fn allows(&self, wide: usize, narrow: usize) -> bool {
        self.0.get(&(wide, narrow)).copied().unwrap_or(false)
    }

    fn pairs(&self) -> Vec<(usize, usize)> {
        self.0.iter().filter(|(_, yes)| **yes).map(|(pair, _)| *pair).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_halved_from_its_ends() {
        assert_eq!(by_halves(1), [0]);
        assert_eq!(by_halves(2), [0, 0]);
        assert_eq!(by_halves(5), [0, 2, 1, 2, 0]);
        let many = by_halves(41);
        assert_eq!(many.iter().filter(|l| **l == 0).count(), 2);
        assert_eq!(many.iter().filter(|l| **l == 1).count(), 1);
        assert!(many.iter().all(|l| *l <= 6), "{many:?}");
    }
}
