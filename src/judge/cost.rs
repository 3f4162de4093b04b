//! The seven categories of every session, exact in cents, written from the contract's table alone.

use crate::plan::{Mission, Plan, Session};
use crate::programme::Programme;
use crate::programme::id::{PlaceId, RequestId};
use crate::programme::money::Cents;
use crate::words::Category;

/// What one session costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    /// In the order of `Category::ALL`.
    pub by_category: [Cents; 7],
    /// `participants` of each request, in the order of the session's requests.
    pub participants: Vec<(RequestId, Cents)>,
}

impl Costs {
    /// The whole session.
    pub fn total(&self) -> Cents {
        self.by_category.iter().copied().sum()
    }
}

/// The costs of every session of a plan.
pub fn of_all(programme: &Programme, plan: &Plan) -> Vec<Costs> {
    let mut all: Vec<Costs> = plan.sessions.iter().map(|s| delivery(programme, s)).collect();
    for mission in &plan.missions {
        for (nth, session) in mission.sessions.iter().enumerate() {
            let by = &mut all[*session].by_category;
            let (fees, travel, allowance) = visit(programme, plan, mission, nth);
            by[Category::Fees as usize] += fees;
            by[Category::Travel as usize] += travel;
            by[Category::Allowance as usize] += allowance;
        }
    }
    all
}

/// Venue, interpretation, materials and participants.
fn delivery(programme: &Programme, session: &Session) -> Costs {
    let place = &programme.places[session.place];
    let course = &programme.courses[session.course];
    let days = i64::from(course.days);
    let mut by = [Cents::ZERO; 7];
    by[Category::Venue as usize] = place.venue_day * days;
    if session.working_language != session.language {
        for row in programme.interpretation.values() {
            if row.from == session.working_language && row.to == session.language && row.places[session.place] {
                by[Category::Interpretation as usize] = row.cost_day * days;
            }
        }
    }
    let mut participants = Vec::new();
    for id in &session.requests {
        let request = &programme.requests[*id];
        by[Category::Materials as usize] += course.materials_per_participant * request.participants;
        let mut cost = Cents::ZERO;
        if !place.online {
            cost += place.participant_day * request.participants * days;
            if request.place != session.place {
                let mut each = fare(programme, request.place, session.place);
                each += fare(programme, session.place, request.place);
                each += place.allowance_day * i64::from(session.span.days() + 1);
                cost += each * request.participants;
            }
        }
        by[Category::Participants as usize] += cost;
        participants.push((*id, cost));
    }
    Costs { by_category: by, participants }
}

/// Fees, travel and allowance that a mission brings to its nth session.
fn visit(programme: &Programme, plan: &Plan, mission: &Mission, nth: usize) -> (Cents, Cents, Cents) {
    let trainer = &programme.trainers[mission.trainer];
    let session = &plan.sessions[mission.sessions[nth]];
    let place = &programme.places[session.place];
    let span = i64::from(session.span.days());
    if place.online || session.place == trainer.home {
        let days = i64::from(programme.courses[session.course].days);
        return (trainer.fee_day * days, Cents::ZERO, Cents::ZERO);
    }
    let (from, idle, idle_rate) = if nth == 0 {
        (trainer.home, 0, Cents::ZERO)
    } else {
        let before = &plan.sessions[mission.sessions[nth - 1]];
        let between = session.span.first - before.span.last - 1;
        let idle = between - travel_days(programme, before.place, session.place);
        (before.place, i64::from(idle.max(0)), programme.places[before.place].allowance_day)
    };
    let way_in = i64::from(travel_days(programme, from, session.place));
    let mut fee_days = way_in + idle + span;
    let mut travel = fare(programme, from, session.place);
    let allowance = place.allowance_day * (way_in + span) + idle_rate * idle;
    if nth + 1 == mission.sessions.len() {
        fee_days += i64::from(travel_days(programme, session.place, trainer.home));
        travel += fare(programme, session.place, trainer.home);
    }
    (trainer.fee_day * fee_days, travel, allowance)
}

/// One person, one way. A way that does not exist costs nothing: `mission` refuses it.
fn fare(programme: &Programme, from: PlaceId, to: PlaceId) -> Cents {
    programme.travel.leg(from, to).map_or(Cents::ZERO, |leg| leg.fare)
}

fn travel_days(programme: &Programme, from: PlaceId, to: PlaceId) -> i32 {
    programme.travel.leg(from, to).map_or(0, |leg| leg.days)
}
