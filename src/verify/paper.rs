//! Every figure and every list of a plan file, recomputed; every order, checked.

use super::Misprint;
use crate::judge::{Verdict, costs};
use crate::plan::brief::Brief;
use crate::plan::{Broken, Plan};
use crate::programme::Programme;
use crate::programme::people::Role;
use crate::read::plan_file::{Figure, Member, Money, PlanFile, Session, Share};
use crate::words::{Category, GoalId};
use std::collections::BTreeMap;

/// True for the goals that only the baseline can tell.
pub fn of_baseline(goal: GoalId) -> bool {
    matches!(goal, GoalId::Kept | GoalId::Stability)
}

/// A goal's exact value as it is written: two decimals, rounded half up.
pub fn figure(goal: GoalId, value: i128) -> Figure {
    let unit = goal.units();
    Figure((value * 100 * 2 + unit).div_euclid(unit * 2))
}

/// What the file writes and what is not so. `goals` are the values that could be recomputed.
pub fn misprints(
    brief: &Brief,
    file: &PlanFile,
    plan: &Plan,
    verdict: &Verdict,
    goals: &[(GoalId, i128)],
) -> Vec<Misprint> {
    let mut found = Found { misprints: Vec::new() };
    let rows = Order::new(brief.programme);
    sessions(brief, file, plan, &rows, &mut found);
    missions(file, &mut found);
    lists(brief.programme, file, plan, verdict, &mut found);
    goal_figures(brief, file, goals, &mut found);
    found.misprints
}

struct Found {
    misprints: Vec<Misprint>,
}

impl Found {
    fn tell(&mut self, subjects: &[&str], text: String) {
        self.misprints.push(Misprint { subjects: subjects.iter().map(|s| s.to_string()).collect(), text });
    }
}

/// Where requests and funds stand in their files.
struct Order<'p> {
    requests: BTreeMap<&'p str, usize>,
    funds: BTreeMap<&'p str, usize>,
}

impl<'p> Order<'p> {
    fn new(programme: &'p Programme) -> Order<'p> {
        Order {
            requests: programme.requests.values().enumerate().map(|(i, r)| (r.id.as_str(), i)).collect(),
            funds: programme.funds.values().enumerate().map(|(i, f)| (f.id.as_str(), i)).collect(),
        }
    }
}

fn sessions(brief: &Brief, file: &PlanFile, plan: &Plan, rows: &Order, found: &mut Found) {
    let mut seen: Vec<&str> = Vec::new();
    for s in &file.sessions {
        if seen.contains(&s.id.as_str()) {
            found.tell(&[&s.id], format!("Two sessions have the id {}.", s.id));
        }
        seen.push(&s.id);
        if file.cancelled.iter().any(|c| c.id == s.id) {
            found.tell(&[&s.id], format!("{} is listed as cancelled and planned at once.", s.id));
        }
    }
    for pair in file.sessions.windows(2) {
        if (pair[1].start, &pair[1].id) < (pair[0].start, &pair[0].id) {
            found.tell(
                &[&pair[1].id],
                format!("{} stands after {}, but sessions are sorted by start, then id.", pair[1].id, pair[0].id),
            );
        }
    }
    let prices = costs(brief, plan);
    for s in &file.sessions {
        order_inside(s, rows, found);
        let Some(costs) = &s.costs else {
            found.tell(&[&s.id, "costs"], format!("{} does not write its costs.", s.id));
            continue;
        };
        let Some(at) = plan.sessions.iter().position(|known| known.id == s.id) else { continue };
        for (category, written) in Category::ALL.iter().zip(costs.by_category()) {
            let due = prices[at].by_category[*category as usize];
            if written != Money(due) {
                found.tell(
                    &[&s.id, category.word()],
                    format!("{category} of {} is written as {}, but costs {due}.", s.id, written.0),
                );
            }
        }
    }
}

/// Requests, team and charges of one session stand in their order.
fn order_inside(s: &Session, rows: &Order, found: &mut Found) {
    let place = |r: &str| rows.requests.get(r).copied();
    if !s.requests.is_sorted_by_key(|r| place(r)) {
        found.tell(&[&s.id, "requests"], format!("The requests of {} do not stand in file order.", s.id));
    }
    let seat = |m: &Member| (m.role.0 == Role::Co, m.trainer.clone());
    if !s.team.is_sorted_by_key(seat) {
        let text = format!("The team of {} does not stand in order: leads first, each part by trainer id.", s.id);
        found.tell(&[&s.id, "team"], text);
    }
    let charge = |c: &crate::read::plan_file::Charge| {
        (c.category.0, c.request.as_deref().and_then(place), rows.funds.get(c.fund.as_str()).copied())
    };
    if !s.charges.is_sorted_by_key(charge) {
        let text = format!("The charges of {} do not stand in order: category, request, fund.", s.id);
        found.tell(&[&s.id, "charges"], text);
    }
    for pair in s.charges.windows(2) {
        if charge(&pair[0]) == charge(&pair[1]) {
            let text = format!("{} charges {} to {} twice.", s.id, pair[1].category.0, pair[1].fund);
            found.tell(&[&s.id, "charges"], text);
        }
    }
}

fn missions(file: &PlanFile, found: &mut Found) {
    for pair in file.missions.windows(2) {
        if (pair[1].depart, &pair[1].trainer) < (pair[0].depart, &pair[0].trainer) {
            let text = format!(
                "The mission of {} from {} stands after that of {} from {}, but missions are sorted by departure, then \
                 trainer.",
                pair[1].trainer, pair[1].depart.0, pair[0].trainer, pair[0].depart.0
            );
            found.tell(&[&pair[1].trainer, "missions"], text);
        }
    }
}

/// What is not served, and the commitments that are broken.
fn lists(programme: &Programme, file: &PlanFile, plan: &Plan, verdict: &Verdict, found: &mut Found) {
    let served = |r| plan.sessions.iter().any(|s| s.requests.contains(&r));
    let unserved: Vec<&str> =
        programme.requests.iter().filter(|(r, _)| !served(*r)).map(|(_, r)| r.id.as_str()).collect();
    let written: Vec<&str> = file.unserved.iter().map(String::as_str).collect();
    differ("unserved", &written, &unserved, found);
    let broken: Vec<String> = verdict
        .broken
        .iter()
        .map(|b| match b {
            Broken::Must(r) => format!("must {}", programme.requests[*r].id),
            Broken::Pin(r) => format!("pin {}", programme.requests[*r].id),
            Broken::Quota(q) => format!("quota {}", programme.quotas[*q].id),
            Broken::Floor(f) => format!("floor {}", programme.funds[*f].id),
        })
        .collect();
    let broken: Vec<&str> = broken.iter().map(String::as_str).collect();
    let written: Vec<String> = file.broken_commitments.iter().map(|b| format!("{} {}", b.kind, b.id)).collect();
    let written: Vec<&str> = written.iter().map(String::as_str).collect();
    differ("broken_commitments", &written, &broken, found);
}

/// Says what a written list has too much and what it lacks; or that only its order is wrong.
fn differ(key: &str, written: &[&str], due: &[&str], found: &mut Found) {
    if written == due {
        return;
    }
    let before = found.misprints.len();
    for item in due.iter().filter(|item| !written.contains(item)) {
        found.tell(&[key, item], format!("`{key}` does not list {item}."));
    }
    for item in written.iter().filter(|item| !due.contains(item)) {
        found.tell(&[key, item], format!("`{key}` lists {item}, which is not so."));
    }
    if found.misprints.len() == before {
        found.tell(&[key], format!("`{key}` does not stand in order, or lists something twice."));
    }
}

fn goal_figures(brief: &Brief, file: &PlanFile, goals: &[(GoalId, i128)], found: &mut Found) {
    let due: Vec<&str> = brief.goals().iter().map(|g| g.word()).collect();
    let written: Vec<&str> = file.goals.iter().map(|g| g.name.0.word()).collect();
    if due != written {
        let list = |goals: &[&str]| if goals.is_empty() { "none".to_string() } else { goals.join(", ") };
        let text = format!("The goals are {}; the file writes {}.", list(&due), list(&written));
        found.tell(&["goals"], text);
    }
    for g in &file.goals {
        let goal = g.name.0;
        if let Some((_, value)) = goals.iter().find(|(known, _)| *known == goal)
            && figure(goal, *value) != g.value
        {
            let text = format!("{goal} is written as {}, but is {}.", g.value, figure(goal, *value));
            found.tell(&["goals", goal.word()], text);
        }
        let gap = gap(g.value, g.bound);
        if g.gap != gap {
            let text = format!(
                "The gap of {goal} is written as {}, but is {} by the value and the bound written.",
                share(g.gap),
                share(gap)
            );
            found.tell(&["goals", goal.word()], text);
        }
        let beyond = if goal.maximised() { g.value > g.bound } else { g.value < g.bound };
        if beyond {
            let text = format!("The value of {goal}, {}, is better than its bound, {}.", g.value, g.bound);
            found.tell(&["goals", goal.word()], text);
        }
        match g.proof.as_str() {
            "optimal" if g.value != g.bound => {
                let text = format!("{goal} is called optimal, but its bound is {}.", g.bound);
                found.tell(&["goals", goal.word()], text);
            }
            "optimal" | "within-gap" | "feasible" => {}
            other => {
                let text = format!("The proof of {goal} is \"{other}\": not optimal, within-gap or feasible.");
                found.tell(&["goals", goal.word()], text);
            }
        }
    }
}

/// |bound − value| / |value| of the figures written, rounded half up to four decimals: 0 when equal, 1 when only the
/// value is 0.
fn gap(value: Figure, bound: Figure) -> Share {
    if value == bound {
        return Share(0);
    }
    if value.0 == 0 {
        return Share(10_000);
    }
    let (distance, size) = ((bound.0 - value.0).abs(), value.0.abs());
    Share((2 * distance * 10_000 + size).div_euclid(2 * size))
}

fn share(s: Share) -> String {
    format!("{}.{:04}", s.0 / 10_000, s.0 % 10_000)
}
