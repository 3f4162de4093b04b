//! What a plan needs before it is written: statuses, ids, charges, order (SPEC §6).

use super::charges::{Unpayable, charge};
use crate::plan::brief::{Brief, Known};
use crate::plan::{Plan, Seat, Session, Status};
use crate::programme::id::{RequestId, TrainerId};
use crate::programme::people::{PinStatus, Role};
use std::collections::BTreeSet;

/// Completes an engine's plan: the charges, the status and the id of each session, everything in order.
pub fn finish(brief: &Brief, mut plan: Plan) -> Result<Plan, Unpayable> {
    for session in &mut plan.sessions {
        session.requests.sort();
        session.status = status(brief, session);
    }
    charge(brief, &mut plan)?;
    let known = pairs(brief, &plan);
    roles(brief, &mut plan, &known);
    name(brief, &mut plan, &known);
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

/// By session: the session of the baseline that shares most requests with it.
fn pairs<'b>(brief: &'b Brief, plan: &Plan) -> Vec<Option<&'b Known>> {
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
    let mut paired = vec![None; plan.sessions.len()];
    for (_, old, _, _, new) in pairs {
        if paired[new].is_none() && given.insert(old) {
            paired[new] = Some(&known[old]);
        }
    }
    paired
}

/// Nobody's role changes without need: no goal counts it, but whoever prepares a session is told. Whoever led still leads;
/// then those who are new, before those who were co-trainers.
fn roles(brief: &Brief, plan: &mut Plan, known: &[Option<&Known>]) {
    let Some(baseline) = &brief.baseline else { return };
    for (session, known) in plan.sessions.iter_mut().zip(known) {
        let Some(known) = known.filter(|k| !k.leads.is_empty()) else { continue };
        let promise = session.requests.iter().find_map(|r| baseline.promises[*r].as_ref());
        let rank = |seat: &Seat| {
            let before = promise.is_some_and(|p| p.team.contains(&seat.trainer));
            (!known.leads.contains(&seat.trainer), before, seat.role != Role::Lead, seat.trainer)
        };
        let leads = session.team.iter().filter(|seat| seat.role == Role::Lead).count();
        // Whoever leads now may, also where it is history.
        let may = |seat: &&Seat| {
            let person = &brief.programme.trainers[seat.trainer];
            seat.role == Role::Lead || person.fits(session.course, Role::Lead, session.working_language)
        };
        let mut able: Vec<Seat> = session.team.iter().filter(may).cloned().collect();
        able.sort_by_key(rank);
        let chosen: Vec<TrainerId> = able.iter().take(leads).map(|seat| seat.trainer).collect();
        for seat in session.team.iter_mut().filter(|_| chosen.len() == leads) {
            seat.role = if chosen.contains(&seat.trainer) { Role::Lead } else { Role::Co };
        }
    }
}

/// Ids: those of the baseline go to the sessions that share most requests with its own; every other session is called
/// after its first request, with `-2`, `-3` … where that is taken.
fn name(brief: &Brief, plan: &mut Plan, paired: &[Option<&Known>]) {
    let known = brief.baseline.as_ref().map_or(&[][..], |b| &b.sessions);
    let mut ids: Vec<Option<String>> = paired.iter().map(|known| known.map(|k| k.id.clone())).collect();
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
