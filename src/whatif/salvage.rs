//! What can stay of a plan when the programme has changed: a place to start from.

use crate::judge::judge;
use crate::plan::brief::Brief;
use crate::plan::mission::{Stop, trip};
use crate::plan::{Plan, Session};
use crate::programme::Programme;
use crate::programme::id::RequestId;
use crate::solve::finish::finish;
use crate::words::Violation;
use std::collections::BTreeSet;

/// The plan without the sessions that can no longer be: as many stay as the judge lets stand, the less valuable of two
/// that are in each other's way goes. None where what is done or frozen cannot stay by itself.
pub fn salvage(brief: &Brief, plan: &Plan) -> Option<Plan> {
    let mut plan = plan.clone();
    // Every turn takes out a session, or ends.
    for _ in 0..=plan.sessions.len() {
        relink(brief.programme, &mut plan);
        let gone = match finish(brief, plan.clone()) {
            Ok(whole) => {
                let violations = judge(brief, &whole).violations;
                if violations.is_empty() {
                    return Some(whole);
                }
                plan = whole;
                blamed(brief, &plan, &violations)
            }
            Err(unpaid) => least(brief, &plan, &[unpaid.session])
                .or_else(|| least(brief, &plan, &(0..plan.sessions.len()).collect::<Vec<_>>()))
                .into_iter()
                .collect(),
        };
        if gone.is_empty() {
            return None;
        }
        remove(&mut plan, &gone);
    }
    None
}

/// For each violation, a session to take out.
fn blamed(brief: &Brief, plan: &Plan, violations: &[Violation]) -> BTreeSet<usize> {
    let programme = brief.programme;
    let mut all = BTreeSet::new();
    for violation in violations {
        let names = |id: &str| violation.subjects.iter().any(|s| s == id);
        let any = |test: &dyn Fn(&Session) -> bool| -> Vec<usize> {
            (0..plan.sessions.len()).filter(|s| test(&plan.sessions[*s])).collect()
        };
        let narrower: [&dyn Fn(&Session) -> bool; 4] = [
            &|s| names(&s.id),
            &|s| s.requests.iter().any(|r| names(&programme.requests[*r].id)),
            &|s| s.team.iter().any(|seat| names(&programme.trainers[seat.trainer].id)),
            &|_| true,
        ];
        // One that goes already may be enough for this violation, too.
        let candidates = narrower.iter().map(|test| any(test)).find(|c| least(brief, plan, c).is_some());
        let Some(candidates) = candidates else { continue };
        if !candidates.iter().any(|s| all.contains(s)) {
            all.extend(least(brief, plan, &candidates));
        }
    }
    all
}

/// The least valuable of these sessions that may go.
fn least(brief: &Brief, plan: &Plan, sessions: &[usize]) -> Option<usize> {
    let programme = brief.programme;
    let fixed =
        |r: &RequestId| programme.is_done(*r) || brief.frozen().iter().any(|frozen| frozen.requests.contains(r));
    sessions
        .iter()
        .copied()
        .filter(|s| plan.sessions.get(*s).is_some_and(|s| !s.requests.iter().any(fixed)))
        .min_by_key(|s| plan.sessions[*s].requests.iter().map(|r| programme.requests[*r].points.0).sum::<i64>())
}

/// Takes sessions out of the plan and of the missions.
fn remove(plan: &mut Plan, gone: &BTreeSet<usize>) {
    let mut place = vec![None; plan.sessions.len()];
    let mut left = Vec::new();
    for (old, session) in std::mem::take(&mut plan.sessions).into_iter().enumerate() {
        if !gone.contains(&old) {
            place[old] = Some(left.len());
            left.push(session);
        }
    }
    plan.sessions = left;
    for mission in &mut plan.missions {
        mission.sessions = mission.sessions.iter().filter_map(|s| place[*s]).collect();
    }
    plan.missions.retain(|m| !m.sessions.is_empty());
}

/// Gives missions the days that they need for the sessions that are left to them.
fn relink(programme: &Programme, plan: &mut Plan) {
    for mission in &mut plan.missions {
        let stops: Vec<Stop> = mission
            .sessions
            .iter()
            .map(|s| &plan.sessions[*s])
            .map(|s| Stop { place: s.place, span: s.span, days: programme.courses[s.course].days })
            .collect();
        // Where there is no such trip the judge says so.
        if let Some(trip) = trip(programme, mission.trainer, &stops) {
            mission.span = trip.span;
        }
    }
}
