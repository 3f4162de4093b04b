//! A session is held at a host of every request it serves.

use super::Statement;
use crate::programme::Programme;
use crate::programme::id::{PlaceId, RequestId};
use crate::words::RuleId;

/// What the rule demands, why, and how it can be relaxed.
pub const STATEMENT: Statement = Statement {
    id: RuleId::Host,
    demands: "The place of a session is among the hosts of every request it serves. Blank hosts mean the own place of the request; a region stands for every place of places.csv in it that is not online.",
    why: "Officials can go, and their authorities let them go, only to places that were agreed.",
    symbols: "for each session s at place p: p ∈ hosts(r) for every r served by s",
    example: "R040 names hosts = western-africa: Dakar and Abidjan will do, Nairobi will not.",
    relaxations: &["add the place, or its region, to the hosts of the request"],
};

/// The places that every one of these requests accepts, in place order.
pub fn hosts(programme: &Programme, requests: &[RequestId]) -> Vec<PlaceId> {
    let Some((first, rest)) = requests.split_first() else { return Vec::new() };
    let mut places = programme.requests[*first].hosts.clone();
    places.retain(|p| rest.iter().all(|r| programme.requests[*r].hosts.contains(p)));
    places
}
