//! What a plan needs before it is written: statuses, ids, charges, order (SPEC §6).

use super::charges::{Unpayable, charge};
use crate::plan::brief::Brief;
use crate::plan::{Plan, Session, Status};
use crate::programme::id::RequestId;
use crate::programme::people::PinStatus;
use std::collections::BTreeSet;

/// Completes an engine's plan: the charges, the status and the id of each session, everything in order.
pub fn finish(brief: &Brief, mut plan: Plan) -> Result<Plan, Unpayable> {
    for session in &mut plan.sessions {
        session.requests.sort();
        session.status = status(brief, session);
    }
    charge(brief, &mut plan)?;
    name(brief, &mut plan);
    plan.sort(brief.programme);
    Ok(plan)
}

/// Done or confirmed where a request is pinned so, confirmed where the session is frozen, else proposed.
fn status(brief: &Brief, session: &Session) -> Status {
    let pinned =
        |status| session.requests.iter().any(|r| brief.programme.pin(*r).is_some_and(|pin| pin.status == status));
    let frozen = brief.frozen().iter().any(|f| f.requests == session.requests);
    if pinned(PinStatus::Done) {
        Status::Done
    } else if frozen || pinned(PinStatus::Confirmed) {
        Status::Confirmed
    } else {
        Status::Proposed
    }
}

/// Ids: those of the baseline go to the sessions that share most requests with its own; every other session is called
/// after its first request, with `-2`, `-3` … where that is taken.
fn name(brief: &Brief, plan: &mut Plan) {
    let known = brief.baseline.as_ref().map_or(&[][..], |b| &b.sessions);
    let mut pairs = Vec::new();
    for (old, before) in known.iter().enumerate() {
        for (new, now) in plan.sessions.iter().enumerate() {
            let shared = before.requests.iter().filter(|r| now.requests.contains(r)).count();
            if shared > 0 {
                pairs.push((std::cmp::Reverse(shared), old, now.span.first, now.requests.first().copied(), new));
            }
        }
    }
    pairs.sort();
    let mut given: BTreeSet<usize> = BTreeSet::new();
    let mut ids: Vec<Option<String>> = vec![None; plan.sessions.len()];
    for (_, old, _, _, new) in pairs {
        if ids[new].is_none() && given.insert(old) {
            ids[new] = Some(known[old].id.clone());
        }
    }
    let mut taken: BTreeSet<String> = known.iter().map(|k| k.id.clone()).chain(brief.taken.iter().cloned()).collect();
    let mut order: Vec<usize> = (0..plan.sessions.len()).collect();
    let first = |s: &Session| s.requests.first().copied().unwrap_or(RequestId(u32::MAX));
    order.sort_by_key(|i| first(&plan.sessions[*i]));
    for i in order {
        let id = ids[i].take().unwrap_or_else(|| {
            let base = match plan.sessions[i].requests.first() {
                Some(r) => format!("S-{}", brief.programme.requests[*r].id),
                None => "S-".to_string(),
            };
            let mut id = base.clone();
            let mut n = 2;
            while taken.contains(&id) {
                id = format!("{base}-{n}");
                n += 1;
            }
            id
        });
        taken.insert(id.clone());
        plan.sessions[i].id = id;
    }
}
