//! Every session that a group of requests could have on its own.

use super::pay::cheapest_price;
use docent::judge::judge;
use docent::plan::brief::Brief;
use docent::plan::{Plan, Seat, Session, Status};
use docent::programme::Programme;
use docent::programme::day::{Day, Span};
use docent::programme::id::{CourseId, LanguageId, PlaceId, RequestId, TrainerId};
use docent::programme::people::{PinStatus, Role};
use docent::words::{Category, RuleId};

/// A session, and what it costs at least whatever missions serve it (in millionths of a cent).
#[derive(Clone, Debug)]
pub struct Candidate {
    pub session: Session,
    pub least_cost: i128,
}

/// The rules that look at one session only and ask for nothing outside it.
const ALONE: [RuleId; 11] = [
    RuleId::RequestOnce,
    RuleId::Host,
    RuleId::Participants,
    RuleId::Language,
    RuleId::WorkingLanguage,
    RuleId::Qualification,
    RuleId::TeamNeeds,
    RuleId::Barred,
    RuleId::Window,
    RuleId::WorkingDays,
    RuleId::Pin,
];

/// Every session of these requests that keeps the rules which look at one session.
pub fn candidates(brief: &Brief, requests: &[RequestId]) -> Vec<Candidate> {
    let programme = brief.programme;
    let course = programme.requests[requests[0]].course;
    let status = status(programme, requests);
    let mut all = Vec::new();
    for place in programme.places.ids() {
        for language in programme.languages.ids() {
            for working_language in programme.languages.ids() {
                // Whether anything of this kind is allowed, before all its days are tried.
                let asked = requests.iter().all(|r| {
                    let r = &programme.requests[*r];
                    status == Status::Done || r.hosts.contains(&place) && r.languages.contains(&language)
                });
                if !asked {
                    continue;
                }
                for team in teams(programme, course, working_language, status) {
                    for start in first_day(programme).to(programme.end) {
                        let kind = (course, place, language, working_language);
                        all.extend(candidate(brief, requests, kind, &team, start, status));
                    }
                }
            }
        }
    }
    all
}

fn candidate(
    brief: &Brief,
    requests: &[RequestId],
    (course, place, language, working_language): (CourseId, PlaceId, LanguageId, LanguageId),
    team: &[Seat],
    start: Day,
    status: Status,
) -> Option<Candidate> {
    let programme = brief.programme;
    let span = days(programme, place, programme.courses[course].days, start)?;
    let session = Session {
        id: format!("S-{}", programme.requests[requests[0]].id),
        status,
        course,
        place,
        language,
        working_language,
        span,
        requests: requests.to_vec(),
        team: team.to_vec(),
        charges: Vec::new(),
    };
    let plan = Plan { sessions: vec![session], missions: Vec::new() };
    let verdict = judge(brief, &plan);
    let session = plan.sessions.into_iter().next()?;
    let broken = |v: &docent::words::Violation| {
        ALONE.contains(&v.rule) && (v.rule != RuleId::Pin || v.subjects.contains(&session.id))
    };
    if verdict.violations.iter().any(broken) {
        return None;
    }
    let least_cost = least_cost(brief, &session);
    Some(Candidate { session, least_cost })
}

fn status(programme: &Programme, requests: &[RequestId]) -> Status {
    let pinned = |s| requests.iter().any(|r| programme.pin(*r).is_some_and(|p| p.status == s));
    if pinned(PinStatus::Done) {
        Status::Done
    } else if pinned(PinStatus::Confirmed) {
        Status::Confirmed
    } else {
        Status::Proposed
    }
}

/// The first day on which anything could start: what is done may lie before the programme.
fn first_day(programme: &Programme) -> Day {
    programme.pins.iter().filter_map(|p| p.start).fold(programme.start, Day::min)
}

/// So many working days in a row.
fn days(programme: &Programme, place: PlaceId, days: i32, start: Day) -> Option<Span> {
    let rests = |d: Day| programme.places[place].week.0[d.weekday()];
    if rests(start) {
        return None;
    }
    let mut last = start;
    for _ in 1..days {
        last = last + 1;
        while rests(last) {
            last = last + 1;
        }
    }
    Some(Span { first: start, last })
}

/// Every team: leads and co-trainers, all different. What is done may have had anybody.
fn teams(programme: &Programme, course: CourseId, working: LanguageId, status: Status) -> Vec<Vec<Seat>> {
    let c = &programme.courses[course];
    let able = |role: Role| -> Vec<TrainerId> {
        let fits = |t: TrainerId| {
            let trainer = &programme.trainers[t];
            let speaks = trainer.teaches.contains(&working) || role == Role::Co && trainer.assists.contains(&working);
            let qualified = trainer.roles[course].is_some_and(|best| best == Role::Lead || role == Role::Co);
            status == Status::Done || speaks && qualified
        };
        programme.trainers.ids().filter(|t| fits(*t)).collect()
    };
    let mut all = Vec::new();
    for leads in subsets(&able(Role::Lead), c.leads as usize) {
        let rest: Vec<TrainerId> = able(Role::Co).into_iter().filter(|t| !leads.contains(t)).collect();
        for assistants in subsets(&rest, c.co_trainers as usize) {
            let seats = |role: Role, who: &[TrainerId]| -> Vec<Seat> {
                who.iter().map(|t| Seat { role, trainer: *t }).collect()
            };
            let mut team = seats(Role::Lead, &leads);
            team.extend(seats(Role::Co, &assistants));
            all.push(team);
        }
    }
    all
}

/// Every way to take so many of them.
fn subsets(from: &[TrainerId], count: usize) -> Vec<Vec<TrainerId>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (i, first) in from.iter().enumerate() {
        for mut rest in subsets(&from[i + 1..], count - 1) {
            rest.insert(0, *first);
            all.push(rest);
        }
    }
    all
}

/// What the session costs at least: all but its team exactly, of its team what no mission can save.
fn least_cost(brief: &Brief, session: &Session) -> i128 {
    let programme = brief.programme;
    let plan = Plan { sessions: vec![session.clone()], missions: Vec::new() };
    let costs = &docent::judge::costs(brief, &plan)[0];
    let price = |category, request| cheapest_price(brief, session, category, request).unwrap_or(0);
    let mut sum = 0;
    for category in Category::ALL {
        if category != Category::Participants {
            sum += i128::from(costs.by_category[category as usize].0) * price(category, None);
        }
    }
    for (request, cost) in &costs.participants {
        sum += i128::from(cost.0) * price(Category::Participants, Some(*request));
    }
    for seat in &session.team {
        let trainer = &programme.trainers[seat.trainer];
        let place = &programme.places[session.place];
        let at_home = place.online || trainer.home == session.place;
        let fee_days = if at_home { programme.courses[session.course].days } else { session.span.days() };
        sum += i128::from(trainer.fee_day.0) * i128::from(fee_days) * price(Category::Fees, None);
        if !at_home {
            let allowance = i128::from(place.allowance_day.0) * i128::from(session.span.days());
            sum += allowance * price(Category::Allowance, None);
            let fares = |from: PlaceId| programme.travel.leg(from, session.place).map(|leg| leg.fare.0);
            let fare = if programme.rules.chain_missions {
                programme.places.ids().filter(|p| *p != session.place).filter_map(fares).min().unwrap_or(0)
            } else {
                let back = programme.travel.leg(session.place, trainer.home).map_or(0, |leg| leg.fare.0);
                fares(trainer.home).unwrap_or(0) + back
            };
            sum += i128::from(fare) * price(Category::Travel, None);
        }
    }
    sum
}
