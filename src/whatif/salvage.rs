//! What can stay of a plan when the programme has changed: a place to start from.

use crate::judge::judge;
use crate::plan::brief::{Baseline, Brief};
use crate::plan::mission::{Stop, trip};
use crate::plan::{Plan, Session};
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::programme::id::RequestId;
use crate::programme::money::money;
use crate::read::plan_file::{self, PlanFile};
use crate::solve::finish::finish;
use crate::words::{Finding, RuleId, Violation};
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

/// A plan file as a baseline of this programme, what it freezes judged by itself; Err: what cannot stay as it is, and why.
pub fn baseline(programme: &Programme, file: &PlanFile, freeze_until: Option<Day>) -> Result<Baseline, Vec<Finding>> {
    let mut brief = Brief::new(programme);
    let baseline = plan_file::baseline(programme, file, freeze_until)?;
    if baseline.frozen.is_empty() {
        return Ok(baseline);
    }
    brief.baseline = Some(baseline);
    let plan = plan_file::resolve(programme, file).0;
    let findings = stuck(&brief, &plan);
    // By itself a frozen session pays a journey alone that it shares with others in the baseline.
    let stays = findings.is_empty() || salvage(&brief, &plan).is_some();
    match brief.baseline.filter(|_| stays) {
        Some(baseline) => Ok(baseline),
        None => Err(findings),
    }
}

/// What the judge says against the frozen sessions of the baseline, a finding for each session that it names.
fn stuck(brief: &Brief, baseline: &Plan) -> Vec<Finding> {
    let programme = brief.programme;
    let frozen = |s: &Session| brief.frozen().iter().any(|f| f.requests == s.requests);
    let mut plan = baseline.clone();
    let others =
        |s: &usize| !frozen(&plan.sessions[*s]) && !plan.sessions[*s].requests.iter().any(|r| programme.is_done(*r));
    let others: BTreeSet<usize> = (0..plan.sessions.len()).filter(others).collect();
    remove(&mut plan, &others);
    relink(programme, &mut plan);
    let told = |s: &Session, why: &str| {
        let known = brief.baseline.iter().flat_map(|b| &b.sessions).find(|k| k.requests == s.requests);
        plan_file::stuck(known.map_or("a session", |k| k.id.as_str()), s.span.first, why)
    };
    let whole = match finish(brief, plan.clone()) {
        Ok(whole) => whole,
        Err(unpaid) => {
            let category = unpaid.category;
            let why = format!("{} of its {category} can be paid by no fund", money(unpaid.missing));
            return vec![told(&plan.sessions[unpaid.session], &why)];
        }
    };
    let mut findings = Vec::new();
    for violation in judge(brief, &whole).violations {
        let names = |id: &str| violation.subjects.iter().any(|s| s == id);
        let named = whole.sessions.iter().filter(|s| frozen(s)).find(|s| {
            names(&s.id)
                || s.requests.iter().any(|r| names(&programme.requests[*r].id))
                || s.team.iter().any(|seat| names(&programme.trainers[seat.trainer].id))
                || names(&programme.places[s.place].id)
        });
        // What is done is never against a rule by itself, and may be missing in the baseline.
        let any = whole.sessions.iter().find(|s| frozen(s) && violation.rule != RuleId::Pin);
        if let Some(session) = named.or(any) {
            findings.push(told(session, &violation.text));
        }
    }
    findings
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

/// Takes sessions out of the plan and of the missions; these keep their days.
pub fn remove(plan: &mut Plan, gone: &BTreeSet<usize>) {
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
