//! Every team member reaches and leaves every session by a mission.
//!
//! A session at home or online is a mission of its own without travel, from start to end. Any other mission departs the
//! travel days before its first session, visits sessions in date order with time for the way between them, and returns
//! the travel days after its last one. Several sessions only with `chain_missions`; what is done is never chained.

use super::case::{Case, breach};
use super::name;
use crate::plan::Mission;
use crate::programme::day::Span;
use crate::programme::id::PlaceId;
use crate::words::{RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let programme = case.programme;
    let mut found = Vec::new();
    for (i, session) in case.sessions() {
        let mut checked = Vec::new();
        for seat in &session.team {
            if checked.contains(&seat.trainer) {
                continue;
            }
            checked.push(seat.trainer);
            let mut visits = 0;
            for mission in &case.plan.missions {
                if mission.trainer == seat.trainer {
                    visits += mission.sessions.iter().filter(|s| **s == i).count() as i64;
                }
            }
            if visits != 1 {
                let how = if visits == 0 { "no mission".to_string() } else { name::count(visits, "mission") };
                let text = format!(
                    "{} is in the team of {} and must reach it by one mission, but the plan has {how}.",
                    name::trainer(programme, seat.trainer),
                    name::session(programme, session)
                );
                let subjects = vec![programme.trainers[seat.trainer].id.clone(), session.id.clone()];
                found.push(breach(RuleId::Mission, subjects, text));
            }
        }
    }
    for mission in &case.plan.missions {
        check(case, mission, &mut found);
    }
    found
}

fn check(case: &Case, mission: &Mission, found: &mut Vec<Violation>) {
    let programme = case.programme;
    let sessions = &case.plan.sessions;
    let trainer = &programme.trainers[mission.trainer];
    let who = name::trainer(programme, mission.trainer);
    let subjects = || {
        let mut ids = vec![trainer.id.clone()];
        ids.extend(mission.sessions.iter().map(|s| sessions[*s].id.clone()));
        ids
    };
    let mut tell = |text: String| found.push(breach(RuleId::Mission, subjects(), text));
    let (Some(first), Some(last)) = (mission.sessions.first(), mission.sessions.last()) else {
        tell(format!("The mission of {who} from {} visits no session.", name::days(mission.span)));
        return;
    };
    for s in &mission.sessions {
        if !sessions[*s].team.iter().any(|seat| seat.trainer == mission.trainer) {
            tell(format!("A mission takes {who} to {}, but its team does not have them.", sessions[*s].id));
        }
    }
    if mission.sessions.len() > 1 {
        if !programme.rules.chain_missions {
            tell(format!("{who} visits several sessions in one mission, but chain_missions is off."));
        }
        if let Some(s) = mission.sessions.iter().find(|s| case.is_done(**s)) {
            tell(format!("{} is done, and is not part of a mission with other sessions.", sessions[*s].id));
        }
        if let Some(s) = mission.sessions.iter().find(|s| stays(case, mission, **s)) {
            tell(format!(
                "{who} teaches {} at home or online; it is a mission of its own and not part of a longer one.",
                sessions[*s].id
            ));
            return;
        }
    }
    let (out, back) = if stays(case, mission, *first) {
        (0, 0)
    } else {
        let way = |from: PlaceId, to: PlaceId| programme.travel.leg(from, to).map(|leg| leg.days);
        let out = way(trainer.home, sessions[*first].place);
        let back = way(sessions[*last].place, trainer.home);
        match (out, back) {
            (Some(out), Some(back)) => (out, back),
            _ if case.is_done(*first) => return,
            _ => {
                tell(format!(
                    "No way is known between {} and {} or back, where {who} is to teach.",
                    name::place(programme, trainer.home),
                    name::place(programme, if out.is_none() { sessions[*first].place } else { sessions[*last].place })
                ));
                return;
            }
        }
    };
    for pair in mission.sessions.windows(2) {
        let (before, next) = (&sessions[pair[0]], &sessions[pair[1]]);
        let free = next.span.first - before.span.last - 1;
        match programme.travel.leg(before.place, next.place) {
            None => tell(format!(
                "No way is known between {} and {}, which {who} visits in one mission.",
                name::place(programme, before.place),
                name::place(programme, next.place)
            )),
            Some(leg) if free < leg.days => tell(format!(
                "{who} teaches {} until {} and {} from {}: the way takes {}, and between lie {}.",
                before.id,
                before.span.last,
                next.id,
                next.span.first,
                name::count(i64::from(leg.days), "day"),
                name::count(i64::from(free.max(0)), "day")
            )),
            Some(_) => {}
        }
    }
    let span = Span { first: sessions[*first].span.first - out, last: sessions[*last].span.last + back };
    if span != mission.span {
        tell(format!(
            "The mission of {who} to {} is written as {}, but takes {}.",
            name::list(mission.sessions.iter().map(|s| sessions[*s].id.as_str())),
            name::days(mission.span),
            name::days(span)
        ));
    }
}

/// True for a session at the trainer's home place, or online.
fn stays(case: &Case, mission: &Mission, session: usize) -> bool {
    let place = case.plan.sessions[session].place;
    case.programme.places[place].online || case.programme.trainers[mission.trainer].home == place
}
