//! A plan in ten lines: what is served, what it costs, which promises are broken, and how good it is.

use super::grid::{Column, grid};
use super::prose::{count, percent};
use crate::plan::Plan;
use crate::plan::goals::{Broken, broken, uses};
use crate::programme::Programme;
use crate::programme::id::{FundId, RequestId};
use crate::programme::money::{Cents, Micro, MicroCents, grouped, money};
use crate::read::plan_file::Goal;
use crate::words::GoalId;
use std::collections::BTreeSet;

/// What is served and what it costs, in sentences.
pub fn facts(programme: &Programme, plan: &Plan) -> Vec<String> {
    let served: Vec<_> = plan.sessions.iter().flat_map(|s| &s.requests).collect();
    let officials: i64 = served.iter().map(|r| programme.requests[**r].participants).sum();
    let asked: i64 = programme.requests.values().map(|r| r.participants).sum();
    let trainers: BTreeSet<_> = plan.missions.iter().map(|m| m.trainer).collect();
    let mut lines = vec![format!(
        "Served: {} of {}, {} of {} officials, in {} by {}.",
        served.len(),
        count(programme.requests.len(), "request"),
        grouped(&officials.to_string()),
        grouped(&asked.to_string()),
        count(plan.sessions.len(), "session"),
        count(trainers.len(), "trainer"),
    )];
    let used = uses(programme, plan);
    let sum = |in_kind: bool, of: &dyn Fn(FundId) -> MicroCents| -> Cents {
        programme.funds.iter().filter(|(_, f)| f.in_kind == in_kind).map(|(f, _)| of(f)).sum::<MicroCents>().rounded()
    };
    let mut spending = format!(
        "Money: {} of {} {} used",
        money(sum(false, &|f| used[f])),
        money(sum(false, &|f| programme.funds[f].has)),
        programme.currency
    );
    // What sessions cost is shown without it everywhere.
    let cash = |fund: FundId| !programme.funds[fund].in_kind;
    let charges = plan.sessions.iter().flat_map(|s| &s.charges).filter(|c| cash(c.fund));
    let bare: MicroCents = charges.map(|c| c.amount.with_overhead(Micro::default())).sum();
    let overhead = programme.funds.ids().filter(|f| cash(*f)).map(|f| used[f]).sum::<MicroCents>() - bare;
    if overhead > MicroCents::default() {
        spending.push_str(&format!(", {} of it overhead", money(overhead.rounded())));
    }
    if programme.funds.values().any(|f| f.in_kind) {
        spending.push_str(&format!(
            ", and {} of {} in kind",
            money(sum(true, &|f| used[f])),
            money(sum(true, &|f| programme.funds[f].has))
        ));
    }
    lines.push(spending + ".");
    let promises = broken(programme, plan);
    if !promises.is_empty() {
        let told: Vec<String> = promises.iter().map(|b| promise(programme, b)).collect();
        lines.push(format!("Broken: {}: {}.", count(told.len(), "commitment"), told.join(", ")));
    }
    lines
}

/// Who is not served, and with what: at most so many of them by name.
pub fn unserved(programme: &Programme, plan: &Plan, most: usize) -> String {
    let served: BTreeSet<_> = plan.sessions.iter().flat_map(|s| &s.requests).collect();
    let left: Vec<_> = programme.requests.iter().filter(|(r, _)| !served.contains(r)).collect();
    if left.is_empty() {
        return String::new();
    }
    let officials: i64 = left.iter().map(|(_, request)| request.participants).sum();
    let mut text =
        format!("Not served: {}, {} officials.\n", count(left.len(), "request"), grouped(&officials.to_string()));
    for (r, request) in left.iter().take(most) {
        let (what, country) = named(programme, *r);
        text += &format!("  {what}, {} officials of {country}\n", request.participants);
    }
    if left.len() > most {
        text += &format!("  and {} more\n", left.len() - most);
    }
    text
}

/// A request with its course, and the country that asked.
pub fn named(programme: &Programme, r: RequestId) -> (String, &str) {
    let request = &programme.requests[r];
    let country = &programme.countries[programme.country_of(r)];
    (format!("{} {}", request.id, programme.courses[request.course].title), &country.name)
}

/// A broken commitment in a few words.
pub fn promise(programme: &Programme, broken: &Broken) -> String {
    let unserved = |r: RequestId, why: &str| {
        let (what, country) = named(programme, r);
        format!("{what} of {country} ({why}) is not served")
    };
    match broken {
        Broken::Must(r) => unserved(*r, "must"),
        Broken::Pin(r) => unserved(*r, "pinned"),
        Broken::Quota(q) => format!("quota {} is below its minimum", programme.quotas[*q].id),
        Broken::Floor(f) => format!("fund {} spends less than promised", programme.funds[*f].id),
    }
}

/// The goals as a table: value, what is possible at best, and how much of that is proven.
pub fn goals(lines: &[Goal], currency: &str) -> String {
    let rows = lines.iter().map(|g| {
        let goal = g.name.0;
        vec![
            goal.to_string(),
            shown(goal, &g.value.to_string(), currency),
            shown(goal, &g.bound.to_string(), currency),
            known(g),
        ]
    });
    grid(
        &[
            Column::Left("goal"),
            Column::Right("this plan"),
            Column::Right("no plan is better than"),
            Column::Left("how good"),
        ],
        rows.collect(),
    )
}

/// How good a goal's value is, in words. *Best* stands only where it is proven.
pub fn known(line: &Goal) -> String {
    let distance = || format!("at most {} from the best possible", percent(line.gap.0));
    match line.proof.as_str() {
        "optimal" => "proven best".to_string(),
        "within-gap" if line.gap.0 == 0 => "as good as was asked for".to_string(),
        "within-gap" => format!("as good as was asked for, {}", distance()),
        _ if line.gap.0 >= 10_000 => "how good is not known".to_string(),
        _ => distance(),
    }
}

/// A goal's figure with its unit; counts and points without empty decimals.
pub fn shown(goal: GoalId, figure: &str, currency: &str) -> String {
    let whole = figure.strip_suffix(".00").unwrap_or(figure);
    match goal {
        GoalId::Cost => format!("{} {currency}", grouped(figure)),
        GoalId::Commitments => format!("{} broken", grouped(whole)),
        GoalId::Kept | GoalId::Coverage => format!("{} points", grouped(whole)),
        GoalId::Stability => format!("{} changes", grouped(whole)),
        GoalId::Preferences => grouped(figure),
    }
}
