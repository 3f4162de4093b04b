//! The penalty of `[preferences]`, in sevenths of a millionth.

use crate::judge::case::Case;
use crate::plan::Session;
use crate::programme::day::{Day, Span};

pub fn value(case: &Case) -> i128 {
    let programme = case.programme;
    let weights = &programme.preferences;
    let (mut ranks, mut days_off, mut avoided) = (0_i128, 0_i128, 0_i128);
    for (_, session) in case.sessions() {
        for r in &session.requests {
            let request = &programme.requests[*r];
            if let Some(rank) = request.languages.iter().position(|l| *l == session.language) {
                ranks += rank as i128;
            }
            if let Some(preferred) = request.preferred {
                days_off += i128::from((session.span.first - preferred).abs());
            }
        }
        avoided += avoided_days(case, session);
    }
    let (mut overload, mut used) = (0_i128, 0_i128);
    for (t, trainer) in programme.trainers.iter() {
        let mut days = 0;
        for mission in case.plan.missions.iter().filter(|m| m.trainer == t) {
            days += mission.span.last - mission.span.first + 1;
        }
        if let Some(target) = trainer.target_days {
            overload += i128::from((days - target).max(0));
        }
        if case.plan.sessions.iter().any(|s| s.team.iter().any(|seat| seat.trainer == t)) {
            used += 1;
        }
    }
    i128::from(weights.week_from_preferred.0) * days_off
        + 7 * (i128::from(weights.language_rank.0) * ranks
            + i128::from(weights.avoided_day.0) * avoided
            + i128::from(weights.overload_day.0) * overload
            + i128::from(weights.trainer_used.0) * used)
}

/// Session days that are an `avoid` day of the place, or a `closed` or `avoid` day where a request comes from; once each.
fn avoided_days(case: &Case, session: &Session) -> i128 {
    let programme = case.programme;
    let within = |days: &[(Span, String)], day: Day| days.iter().any(|(span, _)| span.first <= day && day <= span.last);
    let place = &programme.places[session.place];
    let mut count = 0;
    for day in session.span.first.to(session.span.last) {
        if place.week.0[day.weekday()] {
            continue;
        }
        let mut avoided = within(&place.avoid, day);
        for r in &session.requests {
            let home = &programme.places[programme.requests[*r].place];
            avoided = avoided || within(&home.closed, day) || within(&home.avoid, day);
        }
        if avoided {
            count += 1;
        }
    }
    count
}
