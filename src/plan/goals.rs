//! The goals' exact values (SPEC §5), in the units of `GoalId::units`.

pub use super::Broken;
use super::brief::{Brief, Promise};
use super::price::{Costs, costs};
use super::{Plan, Session};
use crate::programme::Programme;
use crate::programme::calendar::session_days;
use crate::programme::funds::{Measure, Quota};
use crate::programme::id::{Dense, FundId, RequestId};
use crate::programme::money::{Cents, MicroCents};
use crate::words::GoalId;

/// The value of one goal, exact.
pub fn value(goal: GoalId, brief: &Brief, plan: &Plan) -> i128 {
    let programme = brief.programme;
    match goal {
        GoalId::Commitments => {
            let of = plan.session_of(programme);
            let missed = brief.insist.iter().filter(|r| of[**r].is_none());
            let more: i64 = missed.map(|r| brief.promise(*r) - i64::from(programme.is_promised(*r))).sum();
            broken(programme, plan).len() as i128 + i128::from(more)
        }
        GoalId::Kept => {
            let of = plan.session_of(programme);
            promised(brief)
                .filter(|(r, _)| of[*r].is_some())
                .map(|(r, _)| i128::from(programme.requests[r].points.0))
                .sum()
        }
        GoalId::Stability => stability(brief, plan),
        GoalId::Coverage => {
            plan.sessions.iter().flat_map(|s| &s.requests).map(|r| i128::from(programme.requests[*r].points.0)).sum()
        }
        GoalId::Cost => {
            uses(programme, plan).iter().filter(|(f, _)| !programme.funds[*f].in_kind).map(|(_, u)| u.0).sum()
        }
        GoalId::Preferences => preferences(programme, plan),
    }
}

/// Every broken commitment, each once: `must` before `pin`, in file order.
pub fn broken(programme: &Programme, plan: &Plan) -> Vec<Broken> {
    let of = plan.session_of(programme);
    let mut all = Vec::new();
    for (r, request) in programme.requests.iter() {
        if of[r].is_none() && request.must {
            all.push(Broken::Must(r));
        }
    }
    for (r, request) in programme.requests.iter() {
        if of[r].is_none() && !request.must && programme.pin_of[r].is_some() {
            all.push(Broken::Pin(r));
        }
    }
    let prices = costs(programme, plan);
    for (q, quota) in programme.quotas.iter() {
        if quota.min.is_some_and(|min| measure(programme, quota, plan, &prices) < min) {
            all.push(Broken::Quota(q));
        }
    }
    for (f, used) in uses(programme, plan).iter() {
        let fund = &programme.funds[f];
        if fund
            .spend_at_least
            .is_some_and(|floor| i128::from(fund.spent.0) * 1_000_000 + used.0 < i128::from(floor.0) * 1_000_000)
        {
            all.push(Broken::Floor(f));
        }
    }
    all
}

/// What each fund is used for: the sum of its charges with overhead.
pub fn uses(programme: &Programme, plan: &Plan) -> Dense<FundId, MicroCents> {
    let mut sums: Dense<FundId, Cents> = Dense::filled(Cents::ZERO, programme.funds.len());
    for charge in plan.sessions.iter().flat_map(|s| &s.charges) {
        sums[charge.fund] += charge.amount;
    }
    sums.iter().map(|(f, c)| c.with_overhead(programme.funds[f].overhead)).collect()
}

/// A quota's measure, in its units.
pub fn measure(programme: &Programme, quota: &Quota, plan: &Plan, prices: &[Costs]) -> i64 {
    let mut sum = 0;
    for (s, price) in plan.sessions.iter().zip(prices) {
        if !quota.counts(s.place, s.course, s.language, s.span.first) {
            continue;
        }
        let of = s.requests.iter().filter(|r| quota.officials[programme.requests[**r].place]);
        sum += match quota.measure {
            Measure::Sessions => i64::from(of.count() > 0),
            Measure::Requests => of.count() as i64,
            Measure::Participants => of.map(|r| programme.requests[*r].participants).sum(),
            Measure::Cost => {
                if of.count() > 0 {
                    price.total().0
                } else {
                    0
                }
            }
        };
    }
    sum
}

fn promised<'b>(brief: &'b Brief) -> impl Iterator<Item = (RequestId, &'b Promise)> {
    brief.baseline.iter().flat_map(|b| b.promises.iter().filter_map(|(r, p)| p.as_ref().map(|p| (r, p))))
}

/// What changed for one request that the baseline serves: 3 if no longer served, else one for the start, place and
/// language each and for every trainer who left or joined.
pub fn disturbance(promise: &Promise, now: Option<&Session>) -> i64 {
    let Some(s) = now else { return 3 };
    let left = promise.team.iter().filter(|t| !s.team.iter().any(|seat| seat.trainer == **t)).count() as i64;
    let joined = s.team.iter().filter(|seat| !promise.team.contains(&seat.trainer)).count() as i64;
    i64::from(s.span.first != promise.start)
        + i64::from(Some(s.place) != promise.place)
        + i64::from(Some(s.language) != promise.language)
        + left
        + i64::from(promise.gone)
        + joined
}

fn stability(brief: &Brief, plan: &Plan) -> i128 {
    let of = plan.session_of(brief.programme);
    promised(brief).map(|(r, p)| i128::from(disturbance(p, of[r].map(|i| &plan.sessions[i])))).sum()
}

/// How many days of a session are `avoid` days of the place, or `closed` or `avoid` days where one of its requests
/// comes from; each day once.
pub fn avoided_days(programme: &Programme, session: &Session) -> i64 {
    let place = &programme.places[session.place];
    session_days(place.week, session.span)
        .filter(|d| {
            place.is_avoided(*d)
                || session.requests.iter().any(|r| {
                    let home = &programme.places[programme.requests[*r].place];
                    home.is_closed(*d) || home.is_avoided(*d)
                })
        })
        .count() as i64
}

fn preferences(programme: &Programme, plan: &Plan) -> i128 {
    let weights = &programme.preferences;
    let mut penalty: i128 = 0;
    for s in &plan.sessions {
        for r in &s.requests {
            let request = &programme.requests[*r];
            let rank = request.languages.iter().position(|l| *l == s.language).unwrap_or(0);
            penalty += 7 * i128::from(weights.language_rank.0) * rank as i128;
            if let Some(preferred) = request.preferred {
                penalty += i128::from(weights.week_from_preferred.0) * i128::from((s.span.first - preferred).abs());
            }
        }
        penalty += 7 * i128::from(weights.avoided_day.0) * i128::from(avoided_days(programme, s));
    }
    for (t, trainer) in programme.trainers.iter() {
        let days: i64 = plan.missions.iter().filter(|m| m.trainer == t).map(|m| i64::from(m.span.days())).sum();
        if let Some(target) = trainer.target_days {
            penalty += 7 * i128::from(weights.overload_day.0) * i128::from((days - i64::from(target)).max(0));
        }
        if days > 0 {
            penalty += 7 * i128::from(weights.trainer_used.0);
        }
    }
    penalty
}

/// A goal value as it is written: two decimals, rounded half up.
pub fn shown(goal: GoalId, value: i128) -> String {
    let hundredths = (value * 200 + goal.units()).div_euclid(2 * goal.units());
    decimal(hundredths)
}

/// Hundredths as `-12.34`.
pub fn decimal(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let h = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", h / 100, h % 100)
}
