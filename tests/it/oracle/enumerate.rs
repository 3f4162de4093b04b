//! All ways to group the requests, to hold each group's session, and to join sessions into missions; one goal at a time,
//! each with the earlier ones as good as they can be.

use super::candidates::{Candidate, candidates};
use super::pay::{can_be_paid, paid};
use docent::judge::judge;
use docent::plan::brief::Brief;
use docent::plan::{Mission, Plan, Status};
use docent::programme::Programme;
use docent::programme::day::Span;
use docent::programme::id::{RequestId, TrainerId};
use docent::words::{GoalId, RuleId};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The best that can be had.
#[derive(Clone, Debug)]
pub struct Best {
    /// By goal, in the brief's order: its best value with all earlier goals at their limits.
    pub best: Vec<(GoalId, i128)>,
    /// By goal: the least good value that later goals may leave of it.
    pub limits: Vec<i128>,
    /// A plan that has all of it.
    pub plan: Plan,
}

/// Tries everything.
pub fn best(brief: &Brief) -> Best {
    best_within(brief, u64::MAX).expect("a plan within what the funds have")
}

/// Tries everything unless that is more than so many steps. None also where what is done alone is more than the funds
/// have: brute force does not weigh ways to overdraw.
pub fn best_within(brief: &Brief, steps: u64) -> Option<Best> {
    let goals = brief.goals();
    let mut search = Search {
        brief,
        goals: goals.clone(),
        groupings: Vec::new(),
        known: BTreeMap::new(),
        limits: Vec::new(),
        found: None,
        steps,
    };
    let requests: Vec<RequestId> = brief.programme.requests.ids().collect();
    search.group(&requests, Vec::new());
    let mut best = Vec::new();
    for goal in &goals {
        search.found = None;
        search.try_all();
        if search.steps == 0 {
            return None;
        }
        // There is always a plan, but not always one within what the funds have: what is done is paid beyond it.
        let (values, _) = search.found.as_ref()?;
        let value = values[search.limits.len()];
        best.push((*goal, value));
        search.limits.push(limit(brief, *goal, value));
    }
    let (_, plan) = search.found?;
    Some(Best { best, limits: search.limits, plan })
}

/// What later goals must leave of a best value.
fn limit(brief: &Brief, goal: GoalId, best: i128) -> i128 {
    let given = best.abs() * i128::from(brief.programme.objective.tolerance(goal).0) / 1_000_000;
    if goal.maximised() { best - given } else { best + given }
}

fn worse(goal: GoalId, a: i128, b: i128) -> bool {
    if goal.maximised() { a < b } else { a > b }
}

struct Search<'b> {
    brief: &'b Brief<'b>,
    goals: Vec<GoalId>,
    /// Every way to group requests; the groups that are served.
    groupings: Vec<Vec<Vec<RequestId>>>,
    known: BTreeMap<Vec<RequestId>, Rc<Vec<Candidate>>>,
    /// Of the goals that are settled.
    limits: Vec<i128>,
    /// The best of the goal that is tried, with all values.
    found: Option<(Vec<i128>, Plan)>,
    /// How many more are allowed.
    steps: u64,
}

impl Search<'_> {
    /// Every way to leave out, add to a group, or begin one, request by request.
    fn group(&mut self, left: &[RequestId], groups: Vec<Vec<RequestId>>) {
        let programme = self.brief.programme;
        let Some((request, rest)) = left.split_first() else {
            if whole(programme, &groups) && groups.iter().all(|g| !self.candidates(g).is_empty()) {
                self.groupings.push(groups);
            }
            return;
        };
        for i in 0..groups.len() {
            if programme.requests[groups[i][0]].course == programme.requests[*request].course {
                let mut joined = groups.clone();
                joined[i].push(*request);
                self.group(rest, joined);
            }
        }
        let mut alone = groups.clone();
        alone.push(vec![*request]);
        self.group(rest, alone);
        if !programme.is_done(*request) {
            self.group(rest, groups);
        }
    }

    fn candidates(&mut self, group: &[RequestId]) -> Rc<Vec<Candidate>> {
        if let Some(known) = self.known.get(group) {
            return known.clone();
        }
        let mut found = candidates(self.brief, group);
        found.sort_by_key(|c| c.least_cost);
        let found = Rc::new(found);
        self.known.insert(group.to_vec(), found.clone());
        found
    }

    fn try_all(&mut self) {
        let programme = self.brief.programme;
        let mut order: Vec<(i128, usize)> = Vec::new();
        for (i, groups) in self.groupings.iter().enumerate() {
            let points: i128 = groups.iter().flatten().map(|r| i128::from(programme.requests[*r].points.0)).sum();
            order.push((-points, i));
        }
        order.sort();
        for (_, i) in order {
            let groups: Vec<Rc<Vec<Candidate>>> =
                self.groupings[i].clone().iter().map(|g| self.candidates(g)).collect();
            let served = self.groupings[i].iter().flatten().copied().collect();
            self.hold(&groups, &served, &mut Plan::default(), 0);
        }
    }

    /// True when nothing with these values at best is worth looking for.
    fn hopeless(&self, at_best: &[Option<i128>]) -> bool {
        for (i, (goal, value)) in self.goals.iter().zip(at_best).enumerate().take(self.limits.len() + 1) {
            let Some(value) = value else { continue };
            if let Some(limit) = self.limits.get(i) {
                if worse(*goal, *value, *limit) {
                    return true;
                }
            } else if let Some((values, _)) = &self.found {
                return *value == values[i] || worse(*goal, *value, values[i]);
            }
        }
        false
    }

    /// The values that the plan so far can have at best.
    fn at_best(&self, served: &[RequestId], cost: i128, penalty: i128) -> Vec<Option<i128>> {
        let programme = self.brief.programme;
        self.goals
            .iter()
            .map(|goal| match goal {
                GoalId::Commitments => {
                    let broken = |r: &RequestId| programme.is_promised(*r) && !served.contains(r);
                    Some(programme.requests.ids().filter(broken).count() as i128)
                }
                GoalId::Coverage => Some(served.iter().map(|r| i128::from(programme.requests[*r].points.0)).sum()),
                GoalId::Cost => Some(cost),
                GoalId::Preferences => Some(penalty),
                GoalId::Kept | GoalId::Stability => None,
            })
            .collect()
    }

    /// Every session for the next group.
    fn hold(&mut self, groups: &[Rc<Vec<Candidate>>], served: &Vec<RequestId>, plan: &mut Plan, cost: i128) {
        if self.steps == 0 {
            return;
        }
        self.steps -= 1;
        let verdict = judge(self.brief, plan);
        let monotone = [
            RuleId::PlaceCapacity,
            RuleId::RegionCapacity,
            RuleId::InterpretationCapacity,
            RuleId::CountryGap,
            RuleId::QuotaMax,
        ];
        // `after` names two sessions where both are there; more sessions do not mend these rules.
        let broken = |v: &docent::words::Violation| {
            monotone.contains(&v.rule) || v.rule == RuleId::After && v.subjects.len() == 4
        };
        if verdict.violations.iter().any(broken) || crowded(plan) {
            return;
        }
        let penalty = verdict.goals.iter().find(|(g, _)| *g == GoalId::Preferences).map_or(0, |(_, v)| *v);
        if self.hopeless(&self.at_best(served, cost, penalty)) || !can_be_paid(self.brief, plan) {
            return;
        }
        let Some(group) = groups.get(plan.sessions.len()) else {
            self.travel(plan);
            return;
        };
        for candidate in group.iter() {
            plan.sessions.push(candidate.session.clone());
            self.hold(groups, served, plan, cost + candidate.least_cost);
            plan.sessions.pop();
        }
    }

    /// Every way to join the sessions into missions, each paid for as cheaply as can be.
    fn travel(&mut self, plan: &Plan) {
        let programme = self.brief.programme;
        let mut ways: Vec<Vec<Mission>> = vec![Vec::new()];
        for trainer in programme.trainers.ids() {
            let chains = chains(programme, plan, trainer);
            ways = ways
                .into_iter()
                .flat_map(|before| {
                    chains.iter().map(move |missions| before.iter().chain(missions).cloned().collect::<Vec<_>>())
                })
                .collect();
        }
        for missions in ways {
            let plan = Plan { sessions: plan.sessions.clone(), missions };
            let verdict = judge(self.brief, &plan);
            if verdict.violations.iter().any(|v| v.rule != RuleId::Budget) {
                continue;
            }
            for plan in paid(self.brief, &plan) {
                let verdict = judge(self.brief, &plan);
                assert!(verdict.violations.is_empty(), "brute force pays wrongly: {:?}", verdict.violations);
                let values: Vec<i128> = verdict.goals.iter().map(|(_, value)| *value).collect();
                if !self.hopeless(&values.iter().map(|v| Some(*v)).collect::<Vec<_>>()) {
                    self.found = Some((values, plan));
                }
            }
        }
    }
}

/// True when sequences and labels are whole: who comes after somebody who is not served cannot be served, and a label is
/// served or not.
fn whole(programme: &Programme, groups: &[Vec<RequestId>]) -> bool {
    let group_of = |r: RequestId| groups.iter().position(|g| g.contains(&r));
    programme.requests.iter().all(|(id, r)| {
        let Some(group) = group_of(id) else { return true };
        programme.is_done(id)
            || r.after.iter().all(|before| group_of(*before).is_some())
                && r.together
                    .is_none_or(|label| programme.together[label].iter().all(|mate| group_of(*mate) == Some(group)))
    })
}

/// True when a trainer teaches two sessions at once, one of them not done.
fn crowded(plan: &Plan) -> bool {
    plan.sessions.iter().enumerate().any(|(i, a)| {
        plan.sessions[..i].iter().any(|b| {
            a.span.meets(b.span)
                && (a.status != Status::Done || b.status != Status::Done)
                && a.team.iter().any(|seat| b.team.iter().any(|other| other.trainer == seat.trainer))
        })
    })
}

/// Every way for one trainer to visit the sessions they teach: each on its own, or rows of those away joined.
fn chains(programme: &Programme, plan: &Plan, trainer: TrainerId) -> Vec<Vec<Mission>> {
    let mut taught: Vec<usize> = (0..plan.sessions.len())
        .filter(|i| plan.sessions[*i].team.iter().any(|seat| seat.trainer == trainer))
        .collect();
    taught.sort_by_key(|i| plan.sessions[*i].span.first);
    let home = programme.trainers[trainer].home;
    let stays = |i: usize| programme.places[plan.sessions[i].place].online || plan.sessions[i].place == home;
    let (at_home, away): (Vec<usize>, Vec<usize>) =
        taught.into_iter().partition(|i| stays(*i) || plan.sessions[*i].status == Status::Done);
    let alone: Vec<Vec<usize>> = at_home.into_iter().map(|i| vec![i]).collect();
    let cuts = if programme.rules.chain_missions { away.len().saturating_sub(1) } else { 0 };
    let mut all = Vec::new();
    for joined in 0..1u32 << cuts {
        let mut rows = alone.clone();
        let first = rows.len();
        for (n, i) in away.iter().enumerate() {
            if n > 0 && joined >> (n - 1) & 1 == 1 && rows.len() > first {
                let last = rows.len() - 1;
                rows[last].push(*i);
            } else {
                rows.push(vec![*i]);
            }
        }
        all.push(rows.into_iter().map(|row| mission(programme, plan, trainer, row, &stays)).collect());
    }
    all
}

fn mission(
    programme: &Programme,
    plan: &Plan,
    trainer: TrainerId,
    sessions: Vec<usize>,
    stays: &dyn Fn(usize) -> bool,
) -> Mission {
    let home = programme.trainers[trainer].home;
    let (first, last) = (&plan.sessions[sessions[0]], &plan.sessions[sessions[sessions.len() - 1]]);
    let days = |from, to| programme.travel.leg(from, to).map_or(0, |leg| leg.days);
    let (out, back) = if stays(sessions[0]) { (0, 0) } else { (days(home, first.place), days(last.place, home)) };
    Mission { trainer, span: Span { first: first.span.first - out, last: last.span.last + back }, sessions }
}
