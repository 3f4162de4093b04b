//! Search and proof side by side.
//!
//! The work goes in rounds. In a round the search runs a fixed number of iterations while an exact engine works on one
//! question; when both are done, plans are exchanged both ways. What a round does depends on nothing but the rounds before
//! it, so neither the clock nor the load of the machine shows in the result, unless the clock or an interrupt cuts it.
//! Where there is nothing (more) to prove, two searches of different chances work side by side.

use super::bursts::{self, Bursts};
use super::incumbent::Incumbent;
use super::prover::{Answer, Ask, Prover};
use super::provers::provers;
use super::report::{Bound, Bounds, better, least};
use super::stop::Watch;
use super::{Options, Outcome, Progress, Start, Stopped};
use crate::master::world::World;
use crate::plan::Plan;
use crate::plan::brief::Brief;
use crate::search::Search;
use crate::words::GoalId;
use std::cell::OnceCell;
use std::sync::atomic::{AtomicBool, Ordering};

/// Search iterations for one unit of effort.
const ITERATIONS: u64 = 100_000;

/// What tells the dice of the other search apart.
const RIVAL: u64 = 0x9e37_79b9_7f4a_7c15;

/// Bursts of search before the first proof is tried; fewer where there is a plan to begin with.
const OPENING: usize = 3;
const OPENING_KNOWN: usize = 1;

/// Where people are short, one slow cooling finds more than many short ones: two searches side by side have so many iterations
/// each before the first proof, and the bursts beside proofs are as long.
const OPENING_SHORT: u64 = 800_000;
const LONG: u64 = 600_000;

/// Plans a brief: the best plan that the effort finds, judged, and what is known of it.
pub fn plan(
    brief: &Brief,
    options: &Options,
    start: &Start,
    progress: &(dyn Fn(&Progress) + Sync),
    interrupt: &AtomicBool,
) -> Outcome {
    let watch = Watch::new(options.seconds, interrupt);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| watch.guard(&done));
        let world = OnceCell::new();
        let outcome = Portfolio::new(brief, options, start, progress, &watch).run(&world);
        done.store(true, Ordering::Relaxed);
        outcome
    })
}

struct Portfolio<'w, 'a: 'w> {
    brief: &'a Brief<'a>,
    options: &'a Options,
    goals: Vec<GoalId>,
    progress: &'a (dyn Fn(&Progress) + Sync),
    watch: &'a Watch<'a>,
    incumbent: Incumbent<'a>,
    bounds: Bounds,
    search: Search<'a>,
    /// Another search, of other chances, for when there is nothing to prove.
    rival: Option<Search<'a>>,
    /// The iterations of the longest burst beside a proof so far.
    longest: u64,
    /// True where there was a plan to begin with.
    given: bool,
    provers: Vec<Box<dyn Prover + 'w>>,
}

/// Which question to ask next: each prover in turn takes the goals in order, then all again with more work. A goal
/// that comes after open ones gets a quarter of the work of the one before: what it is asked with may not last.
#[derive(Clone, Debug, Default)]
struct Turn {
    /// For the first open goal.
    size: u32,
    goal: usize,
    prover: usize,
    /// By goal and prover: the floors and value for which it said that more work gives nothing.
    exhausted: Vec<(usize, usize, Vec<i128>)>,
    /// The last plan's values.
    values: Vec<i128>,
}

impl<'w, 'a: 'w> Portfolio<'w, 'a> {
    fn new(
        brief: &'a Brief<'a>,
        options: &'a Options,
        start: &Start,
        progress: &'a (dyn Fn(&Progress) + Sync),
        watch: &'a Watch<'a>,
    ) -> Portfolio<'w, 'a> {
        let mut bounds = Bounds::trivial(brief);
        for bound in &start.bounds {
            bounds.add(bound.clone());
        }
        let mut incumbent = Incumbent::new(brief);
        for plan in &start.plans {
            incumbent.offer("start", plan);
        }
        let mut search = Search::new(brief, options.seed);
        for plan in &start.plans {
            search.offer(plan);
        }
        let (goals, given) = (brief.goals(), incumbent.plan().is_some());
        Portfolio {
            brief,
            options,
            goals,
            progress,
            watch,
            incumbent,
            bounds,
            search,
            rival: None,
            longest: 0,
            given,
            provers: Vec::new(),
        }
    }

    fn run(mut self, world: &'w OnceCell<World<'a>>) -> Outcome {
        self.search.run(0, &self.watch.cut);
        self.exchange("looking for a first plan");
        let known = self.brief.baseline.is_some() || self.given;
        if !known && self.search.short {
            self.race(OPENING_SHORT);
            self.longest = LONG;
        } else {
            bursts::alone(&mut self.search, if known { OPENING_KNOWN } else { OPENING }, 0, &self.watch.cut);
        }
        self.exchange("improving");
        self.provers = provers(self.brief, world);
        let mut turn = Turn { size: 1, ..Turn::default() };
        let mut left = self.options.effort.saturating_mul(ITERATIONS);
        let mut burst = ITERATIONS / 10;
        let stopped = loop {
            if let Some(stopped) = self.over() {
                break stopped;
            }
            if left == 0 {
                break Stopped::Effort;
            }
            if let Some((prover, goal, size)) = self.next(&mut turn) {
                // What was asked; a better plan found on the way makes it another question.
                let held = self.held(goal);
                let values = self.incumbent.values().map(<[i128]>::to_vec);
                let (exhausted, again, iterations) = self.round(prover, goal, size, left);
                left = left.saturating_sub(iterations);
                if exhausted {
                    turn.exhausted.push((prover, goal, held));
                }
                if again && values.as_deref() != self.incumbent.values() {
                    turn.goal = goal;
                }
            } else {
                self.race(burst.min(left.div_ceil(2)));
                left = left.saturating_sub(2 * burst);
                burst = (burst * 2).min(ITERATIONS * 10);
                self.exchange("improving");
            }
        };
        self.outcome(stopped)
    }

    /// One round: a question for a prover, and the search beside it. Says whether the question is exhausted, whether it is
    /// worth being asked again at once, and how many search iterations the round is worth.
    fn round(&mut self, prover: usize, goal: usize, size: u32, left: u64) -> (bool, bool, u64) {
        let (Some(plan), Some(values)) =
            (self.incumbent.plan().cloned(), self.incumbent.values().map(<[i128]>::to_vec))
        else {
            return (true, false, 0);
        };
        let Watch { halt, cut, .. } = self.watch;
        cut.store(halt.is_set(), Ordering::Relaxed);
        let floors = self.incumbent.floors();
        let bound = self.bounds.best(&self.goals, &values, goal);
        let ask = Ask { goal, floors: &floors[..goal], incumbent: &plan, values: &values, bound, size, halt };
        let engine = &mut self.provers[prover];
        let name = engine.name();
        let (incumbent, bounds, search) = (&mut self.incumbent, &mut self.bounds, &mut self.search);
        let mut consult = || {
            let answer = engine.ask(&ask);
            answer.bounds.iter().for_each(|b| bounds.add(b.clone()));
            for plan in &answer.plans {
                incumbent.offer(name, plan);
            }
            (answer, incumbent.proven(bounds))
        };
        let before = search.memory();
        let rate = bursts::rate(self.brief.programme.requests.len(), search.short);
        let longest = self.longest;
        let due = |answer: &Answer| bursts::due(answer.work, rate, left, longest);
        let (answer, proven, counted);
        if self.options.threads > 1 {
            let beside = Bursts::default();
            (answer, proven, counted) = std::thread::scope(|scope| {
                scope.spawn(|| beside.run(search, longest, cut));
                let (answer, proven) = consult();
                let counted = due(&answer);
                if !proven {
                    beside.wait(counted.count, cut);
                }
                cut.store(true, Ordering::Relaxed);
                (answer, proven, counted)
            });
            if proven {
                search.recall(before);
            } else if !halt.is_set() {
                search.recall(beside.after(counted.count).unwrap_or(before));
            }
        } else {
            (answer, proven) = consult();
            counted = due(&answer);
            if !proven {
                bursts::alone(search, counted.count, longest, cut);
            }
        }
        cut.store(halt.is_set(), Ordering::Relaxed);
        self.exchange(&format!("{}: {name}", self.goals[goal]));
        self.longest = counted.longest;
        (answer.exhausted, answer.again, counted.iterations)
    }

    /// Nothing to prove: the search and another one from the same plan, so many iterations each.
    fn race(&mut self, iterations: u64) {
        let (brief, seed, leasts) = (self.brief, self.options.seed, self.leasts());
        let rival = self.rival.get_or_insert_with(|| Search::new(brief, seed ^ RIVAL));
        if let Some(plan) = self.incumbent.plan() {
            rival.offer(plan);
        }
        rival.told(&leasts);
        let (search, cut) = (&mut self.search, &self.watch.cut);
        if self.options.threads > 1 {
            std::thread::scope(|scope| {
                scope.spawn(|| rival.run(iterations, cut));
                search.run(iterations, cut);
            });
        } else {
            search.run(iterations, cut);
            rival.run(iterations, cut);
        }
        if let Some(plan) = rival.best() {
            self.incumbent.offer("search", &plan);
        }
    }

    /// The search and everybody else show each other their best plans.
    fn exchange(&mut self, stage: &str) {
        if let Some(plan) = self.search.best() {
            self.incumbent.offer("search", &plan);
        }
        if let Some(plan) = self.incumbent.plan() {
            self.search.offer(plan);
        }
        self.search.told(&self.leasts());
        self.tell(stage);
    }

    /// What the goals up to and with this one have now: a question is new when these change.
    fn held(&self, goal: usize) -> Vec<i128> {
        let mut held = self.incumbent.floors()[..goal].to_vec();
        held.extend(self.incumbent.values().and_then(|v| v.get(goal)).copied());
        held
    }

    /// The next question that may tell something new: (prover, goal, size).
    fn next(&self, turn: &mut Turn) -> Option<(usize, usize, u32)> {
        let values = self.incumbent.values()?;
        if turn.values != values {
            turn.values = values.to_vec();
            // A better plan that all but meets a bound: who found the bound may see at once that they meet.
            let near = |g: &usize| {
                let bound = self.bounds.best(&self.goals, values, *g);
                self.open(*g, values) && (bound - values[*g]).abs().saturating_mul(1_000_000) <= values[*g].abs()
            };
            if let Some(goal) = (0..self.goals.len()).find(near) {
                (turn.goal, turn.prover) = (goal, 0);
            }
        }
        for _ in 0..2 * self.goals.len() * self.provers.len() + 1 {
            if turn.goal >= self.goals.len() {
                turn.goal = 0;
                turn.prover += 1;
            }
            if turn.prover >= self.provers.len() {
                turn.prover = 0;
                turn.size = (turn.size + 1).min(40);
            }
            let (prover, goal) = (turn.prover, turn.goal);
            turn.goal += 1;
            let asked = |p: usize| turn.exhausted.contains(&(p, goal, self.held(goal)));
            let needless = |p: usize| (0..p).any(|q| self.provers[q].complete() && !asked(q));
            if prover < self.provers.len() && self.open(goal, values) && !asked(prover) && !needless(prover) {
                let before = (0..goal).filter(|g| self.open(*g, values)).count() as u32;
                return Some((prover, goal, turn.size.saturating_sub(before)));
            }
        }
        None
    }

    /// True when the goal may still be better than it is, as far as is known.
    fn open(&self, goal: usize, values: &[i128]) -> bool {
        better(self.goals[goal], self.least(goal, values), values[goal])
    }

    /// The least good value of a goal that nobody tries to improve: the bound, or what its tolerance leaves of it.
    fn least(&self, goal: usize, values: &[i128]) -> i128 {
        let id = self.goals[goal];
        let bound = self.bounds.best(&self.goals, values, goal);
        least(id, bound, self.brief.programme.objective.tolerance(id))
    }

    /// The same goal by goal; empty where there is no plan.
    fn leasts(&self) -> Vec<i128> {
        self.incumbent.values().map_or(Vec::new(), |v| (0..self.goals.len()).map(|g| self.least(g, v)).collect())
    }

    fn over(&self) -> Option<Stopped> {
        if self.watch.interrupted() {
            return Some(Stopped::Interrupt);
        }
        if self.incumbent.proven(&self.bounds) {
            return Some(Stopped::Proven);
        }
        let reports = self.incumbent.plan().map(|p| self.bounds.reports(self.brief, p, self.options.gap));
        if let (Some(gap), Some(reports)) = (self.options.gap, reports)
            && reports.iter().all(|r| r.gap() <= gap)
        {
            return Some(Stopped::Gap);
        }
        let last = self.options.until.and_then(|until| self.goals.iter().position(|g| *g == until));
        if let (Some(last), Some(values)) = (last, self.incumbent.values())
            && (0..=last).all(|goal| !self.open(goal, values))
        {
            return Some(Stopped::Gap);
        }
        self.watch.late().then_some(Stopped::Clock)
    }

    fn tell(&self, stage: &str) {
        let goals = self.incumbent.plan().map_or(Vec::new(), |p| self.bounds.reports(self.brief, p, self.options.gap));
        (self.progress)(&Progress { stage: stage.to_string(), goals });
    }

    fn outcome(self, stopped: Stopped) -> Outcome {
        let plan = self.incumbent.plan().cloned().unwrap_or_else(Plan::default);
        let goals = self.bounds.reports(self.brief, &plan, self.options.gap);
        let bounds: Vec<Bound> = self.bounds.all().to_vec();
        Outcome { plan, goals, bounds, stopped, refused: self.incumbent.refused }
    }
}
