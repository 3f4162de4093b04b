//! Which requests may sit in one session: the groups, enumerated. A group is one request, one `together` party, or
//! several that can be pooled.

use super::world::World;
use crate::programme::day::Day;
use crate::programme::id::{CourseId, LanguageId, PlaceId, RequestId};
use crate::rules::{participants, pin, request_once, together};

/// More groups than this are not enumerated: then the master knows nothing.
const LIMIT: usize = 300_000;

/// Requests that come only together: one, or a `together` party.
#[derive(Clone, Debug)]
struct Atom {
    requests: Vec<RequestId>,
    participants: i64,
    hosts: Vec<PlaceId>,
    languages: Vec<LanguageId>,
    first: Day,
    last: Day,
}

/// Every group of open requests, by course, then in file order; None where there are too many.
pub fn enumerate(world: &World) -> Option<Vec<Vec<RequestId>>> {
    let mut groups = Vec::new();
    for course in world.programme.courses.ids() {
        let atoms = atoms(world, course);
        let mut picked = Vec::new();
        if !pool(world, course, &atoms, 0, &mut picked, None, &mut groups) {
            return None;
        }
    }
    Some(groups)
}

fn atoms(world: &World, course: CourseId) -> Vec<Atom> {
    let programme = world.programme;
    let mut atoms = Vec::new();
    for (r, request) in programme.requests.iter() {
        if request.course != course || !world.open[r] {
            continue;
        }
        let requests = together::party(programme, r);
        if requests[0] != r || !requests.iter().all(|q| world.open[*q]) {
            continue;
        }
        let Some(atom) = requests
            .iter()
            .map(|q| {
                let request = &programme.requests[*q];
                Atom {
                    requests: vec![*q],
                    participants: request.participants,
                    hosts: request.hosts.clone(),
                    languages: request.languages.clone(),
                    first: world.earliest[*q],
                    last: world.latest[*q],
                }
            })
            .reduce(|a, b| join(&a, &b))
        else {
            continue;
        };
        atoms.push(atom);
    }
    atoms
}

fn join(a: &Atom, b: &Atom) -> Atom {
    Atom {
        requests: a.requests.iter().chain(&b.requests).copied().collect(),
        participants: a.participants + b.participants,
        hosts: a.hosts.iter().filter(|p| b.hosts.contains(p)).copied().collect(),
        languages: a.languages.iter().filter(|l| b.languages.contains(l)).copied().collect(),
        first: a.first.max(b.first),
        last: a.last.min(b.last),
    }
}

/// Adds every group that extends `so_far` by atoms from `from` on; false where there are too many.
fn pool(
    world: &World,
    course: CourseId,
    atoms: &[Atom],
    from: usize,
    picked: &mut Vec<usize>,
    so_far: Option<&Atom>,
    groups: &mut Vec<Vec<RequestId>>,
) -> bool {
    let most = world.programme.courses[course].max_participants.unwrap_or(i64::MAX);
    let days = world.programme.courses[course].days;
    for i in from..atoms.len() {
        let group = so_far.map_or_else(|| atoms[i].clone(), |g| join(g, &atoms[i]));
        if group.participants > most
            || group.hosts.is_empty()
            || group.languages.is_empty()
            || group.last - group.first + 1 < days
            || !sit_together(world, &group.requests)
        {
            continue;
        }
        if participants::admits(&world.programme.courses[course], group.participants) {
            let mut requests = group.requests.clone();
            requests.sort();
            groups.push(requests);
            if groups.len() > LIMIT {
                return false;
            }
        }
        picked.push(i);
        let fits = pool(world, course, atoms, i + 1, picked, Some(&group), groups);
        picked.pop();
        if !fits {
            return false;
        }
    }
    true
}

/// True when nothing but numbers, hosts, languages and windows keeps these out of one session, nor out of a larger one.
fn sit_together(world: &World, requests: &[RequestId]) -> bool {
    let programme = world.programme;
    let follows = requests.iter().any(|r| programme.requests[*r].after.iter().any(|p| requests.contains(p)));
    !follows && request_once::admits(programme, requests) && pin::mates(programme, requests)
}
