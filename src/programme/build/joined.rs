//! Places that must be joined by a way, and are not: trainers' homes with the hosts of the courses they teach, and
//! where officials come from with where they are taught.

use super::columns::TableId;
use super::pins::Pins;
use super::requests::Requests;
use super::tables::Spot;
use super::trainers::Trainers;
use super::{Given, Reading, codes};
use crate::programme::id::{CourseId, Dense, Id, PlaceId};
use crate::programme::people::PinStatus;
use crate::programme::places::Travel;

/// So many places are named in one finding.
const MOST_NAMED: usize = 8;

/// Tells, once for each place, to which others a way is missing.
pub fn joined(r: &mut Reading, given: &Given, all: &Trainers, requests: &Requests, pins: &Pins, travel: &Travel) {
    let places = &given.ground.places;
    let n = places.len();
    if n == 0 {
        return;
    }
    let missing = |a: PlaceId, b: PlaceId| {
        !places[b].online && a != b && (travel.leg(a, b).is_none() || travel.leg(b, a).is_none())
    };
    // By place, the first line that needs it joined, and the places it is not joined with.
    let mut needs: Vec<Option<(Spot, Vec<PlaceId>)>> = vec![None; n];
    let mut seen = vec![false; n * n];
    let mut need = |a: PlaceId, b: PlaceId, spot: Spot| {
        let (i, j) = (a.index(), b.index());
        if !std::mem::replace(&mut seen[i * n + j], true) && missing(a, b) {
            needs[i].get_or_insert((spot, Vec::new())).1.push(b);
        }
    };
    let mut hosts_of: Dense<CourseId, Vec<bool>> = Dense::filled(vec![false; n], given.courses.len());
    let column = |table: TableId, name: &str| table.column(name).unwrap_or(0);
    let place_column = column(TableId::Requests, "place");
    for (id, request) in requests.requests.iter().filter(|(id, _)| requests.sound[*id]) {
        let spot = r.tables.table(TableId::Requests).rows[id.index()].spot_of(place_column);
        for host in &request.hosts {
            hosts_of[request.course][host.index()] = true;
            need(request.place, *host, spot);
        }
    }
    let home_column = column(TableId::Trainers, "home");
    let rows = &r.tables.table(TableId::Trainers).rows;
    for (course, hosts) in hosts_of.iter() {
        let hosts: Vec<PlaceId> = hosts.iter().enumerate().filter(|(_, h)| **h).map(|(i, _)| PlaceId::new(i)).collect();
        for (id, trainer) in all.trainers.iter().filter(|(id, t)| all.sound[*id] && t.roles[course].is_some()) {
            let spot = rows[id.index()].spot_of(home_column);
            for host in &hosts {
                need(trainer.home, *host, spot);
            }
        }
    }
    // What is done or confirmed took place there, whoever was qualified.
    for (pin, spot) in pins.pins.iter().zip(&pins.spots).filter(|(p, _)| p.status != PinStatus::Wanted) {
        let Some(host) = pin.place.filter(|_| requests.sound[pin.request]) else { continue };
        need(requests.requests[pin.request].place, host, *spot);
        for trainer in pin.trainers.iter().filter(|t| all.sound[**t]) {
            need(all.trainers[*trainer].home, host, *spot);
        }
    }
    for (place, need) in needs.into_iter().enumerate() {
        let Some((spot, others)) = need else { continue };
        let place = &places[PlaceId::new(place)];
        let mut names: Vec<&str> = others.iter().map(|p| places[*p].id.as_str()).collect();
        names.sort_unstable();
        let more = names.len().saturating_sub(MOST_NAMED);
        names.truncate(MOST_NAMED);
        let and = if more > 0 { format!(" and {more} more") } else { String::new() };
        let text = format!("{} is not joined to {}{and}, where its people may have to go", place.id, names.join(", "));
        let help = match place.position {
            Some(_) if r.tables.settings.iter().any(|s| s.key.starts_with("travel")) => {
                "add a row to travel.csv, or coordinates (lat, lon) in places.csv to those that lack them"
            }
            Some(_) => {
                "add rows to travel.csv, or a section [travel] to programme.toml: then fares and days follow from the distance"
            }
            None => "add a row to travel.csv, or give the place coordinates (lat, lon) in places.csv",
        };
        r.log.add(&codes::NOT_JOINED, spot, text, help);
    }
}
