//! What the bare `docent` says of a plan: money that expires unspent, and the next dates.

use super::prose::{days, money};
use super::show::names;
use crate::plan::Plan;
use crate::plan::goals::uses;
use crate::programme::Programme;
use crate::programme::day::Day;

/// Cash that is left in a fund when it ends, the first to end first.
pub fn expiring(programme: &Programme, plan: &Plan) -> Vec<String> {
    let used = uses(programme, plan);
    let mut all = Vec::new();
    for (f, fund) in programme.funds.iter() {
        let left = (fund.has - used[f]).rounded();
        if let Some(until) = fund.valid_to
            && !fund.in_kind
            && left.0 > 0
        {
            let of = money(fund.has.rounded());
            let line = format!(
                "{}: {} of {of} {} not used by {until}",
                names::fund(programme, f),
                money(left),
                programme.currency
            );
            all.push((until, f, line));
        }
    }
    all.sort();
    all.into_iter().map(|(_, _, line)| line).collect()
}

/// The next sessions from a day on, with those who travel to them.
pub fn next_dates(programme: &Programme, plan: &Plan, today: Day, most: usize) -> Vec<String> {
    plan.sessions
        .iter()
        .filter(|s| s.span.last >= today)
        .take(most)
        .map(|s| {
            let team: Vec<&str> = s.team.iter().map(|seat| programme.trainers[seat.trainer].name.as_str()).collect();
            format!(
                "{}  {} {} in {}, with {}",
                days(s.span),
                s.id,
                programme.courses[s.course].title,
                names::place(programme, s.place),
                team.join(", ")
            )
        })
        .collect()
}
