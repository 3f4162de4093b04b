//! Each quota's measure is at most its max.
//!
//! A quota counts a session when its place passes `hosts` and its course, language and start day pass their filters;
//! `requests` and `participants` count those of its requests whose region and country pass; `sessions` and `cost` count
//! the session when at least one of its requests passes.

use super::case::{Case, breach};
use super::name;
use crate::programme::funds::{Measure, Quota};
use crate::programme::money::Cents;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let mut found = Vec::new();
    for (_, quota) in case.programme.quotas.iter() {
        let Some(max) = quota.max else { continue };
        let open = case.open_sessions().any(|(i, _)| share(case, quota, i) > 0);
        let sum = measure(case, quota);
        if sum > max && open {
            let say = |n: i64| match quota.measure {
                Measure::Cost => format!("{} {}", Cents(n), case.programme.currency),
                other => name::count(n, other.word().trim_end_matches('s')),
            };
            let text = format!("Quota {} counts {}, and its max is {}.", quota.id, say(sum), say(max));
            found.push(breach(RuleId::QuotaMax, vec![quota.id.clone()], text));
        }
    }
    found
}

/// A quota's measure of the whole plan (cents for `cost`).
pub fn measure(case: &Case, quota: &Quota) -> i64 {
    case.sessions().map(|(i, _)| share(case, quota, i)).sum()
}

/// What one session adds to a quota.
fn share(case: &Case, quota: &Quota, session: usize) -> i64 {
    let programme = case.programme;
    let s = &case.plan.sessions[session];
    let start = s.span.first;
    if !quota.hosts[s.place]
        || !quota.courses[s.course]
        || !quota.languages[s.language]
        || quota.from.is_some_and(|from| start < from)
        || quota.to.is_some_and(|to| start > to)
    {
        return 0;
    }
    let mut requests = 0;
    let mut participants = 0;
    for r in &s.requests {
        let request = &programme.requests[*r];
        if quota.officials[request.place] {
            requests += 1;
            participants += request.participants;
        }
    }
    match quota.measure {
        Measure::Sessions => i64::from(requests > 0),
        Measure::Requests => requests,
        Measure::Participants => participants,
        Measure::Cost if requests > 0 => case.costs[session].total().0,
        Measure::Cost => 0,
    }
}
