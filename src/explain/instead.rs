//! Why a request is served as it is: what binds it, and what its session would be elsewhere.

use super::facts::conflicts_told;
use super::obstacles::{Asked, Obstacles};
use super::rule_set::RuleSet;
use crate::plan::brief::Brief;
use crate::plan::price::costs;
use crate::plan::{Plan, Status};
use crate::programme::Programme;
use crate::programme::id::RequestId;
use crate::programme::money::{Cents, money};
use crate::whatif::salvage::remove;
use crate::words::Violation;
use std::collections::BTreeSet;

/// A choice that was not made, while every other session stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    pub asked: Asked,
    /// In words.
    pub says: String,
    /// The least that a session of the request alone costs then; None where there is no way while trips stay as they are.
    pub cost: Option<Cents>,
    /// The rules that leave no way whatever trips are made; may be none.
    pub conflict: Vec<Violation>,
}

/// What speaks for and against other choices for a request, in a session of its own: other places where it may be held,
/// other languages that it asks for, the day preferred. None where its session stays as it is anyway.
pub fn instead(brief: &Brief, plan: &Plan, s: usize, request: RequestId) -> Vec<Instead> {
    let programme = brief.programme;
    let (session, row) = (&plan.sessions[s], &programme.requests[request]);
    if session.status != Status::Proposed {
        return Vec::new();
    }
    let party = crate::rules::together::party(programme, request);
    let shared = session.requests.iter().any(|r| !party.contains(r));
    let rest = if shared {
        let mut rest = plan.clone();
        rest.sessions[s].requests.retain(|r| !party.contains(r));
        rest
    } else {
        let mut rest = plan.clone();
        remove(&mut rest, &BTreeSet::from([s]));
        rest
    };
    let any = Asked::any(request);
    let mut choices: Vec<(String, Asked)> = Vec::new();
    if shared {
        choices.push(("in a session of its own".to_owned(), any));
    }
    let places = row.hosts.iter().filter(|place| **place != session.place);
    choices.extend(places.map(|p| (format!("in {}", programme.places[*p].name), Asked { place: Some(*p), ..any })));
    let languages = row.languages.iter().filter(|l| **l != session.language);
    choices.extend(languages.map(|l| (format!("in {}", programme.languages[*l]), Asked { language: Some(*l), ..any })));
    let preferred = row.preferred.filter(|d| *d != session.span.first);
    choices.extend(preferred.map(|d| (format!("from {d}, the day preferred"), Asked { start: Some(d), ..any })));
    let (obstacles, own_trips) = (Obstacles::beside(programme, &rest), Obstacles::beside_trips(programme, &rest));
    choices
        .into_iter()
        .map(|(says, asked)| {
            let told = conflicts_told(&obstacles, programme, &asked, &obstacles.of(&asked));
            let conflict = told.into_iter().next().unwrap_or_default();
            let way = conflict.is_empty().then(|| own_trips.cheapest(&asked, RuleSet::NONE)).flatten();
            Instead { asked, says, cost: way.map(|way| way.cost()), conflict }
        })
        .collect()
}

/// What binds the request, and what its session costs, each a sentence.
pub fn reasons(programme: &Programme, plan: &Plan, s: usize, request: RequestId) -> Vec<String> {
    let (session, asked) = (&plan.sessions[s], &programme.requests[request]);
    let mut all = Vec::new();
    if programme.is_done(request) {
        all.push(format!("{} is pinned as done: it is in every plan.", asked.id));
        return all;
    }
    if programme.pin(request).is_some() {
        all.push(format!("{} is pinned: it is a commitment, and what is pinned stays so.", asked.id));
    } else if asked.must {
        all.push(format!("{} must be served: it is a commitment.", asked.id));
    }
    if session.status == Status::Confirmed {
        all.push("Its session is confirmed, and stays as it is.".to_owned());
    }
    let cost = costs(programme, plan)[s].total();
    let heads: i64 = session.requests.iter().map(|r| programme.requests[*r].participants).sum();
    let mut text = format!("The session costs {} {}", money(cost), programme.currency);
    if heads > 0 {
        text += &format!(", {} for each of its {heads} officials", money(Cents(cost.0 / heads)));
    }
    all.push(text + ".");
    let rank = asked.languages.iter().position(|l| *l == session.language);
    if let Some(rank) = rank.filter(|rank| *rank > 0) {
        let wanted = &programme.languages[asked.languages[0]];
        all.push(format!("It is held in the language that it asks for in place {}; {wanted} comes first.", rank + 1));
    }
    if let Some(preferred) = asked.preferred.filter(|d| *d != session.span.first) {
        let days = (session.span.first - preferred).abs();
        all.push(format!(
            "It begins {days} days {} the day preferred ({preferred}).",
            if session.span.first > preferred { "after" } else { "before" }
        ));
    }
    all
}
