//! Which requests may sit in one session: the groups, enumerated. A group is one request, one `together` party, or
//! several that can be pooled. Where these are too many, the shares that requests take of sessions.

use super::world::World;
use crate::programme::day::Day;
use crate::programme::id::{CourseId, LanguageId, PlaceId, RequestId};
use crate::rules::{participants, pin, request_once, together};

/// More groups than this are not listed: then requests take shares of sessions, whoever else is there.
pub const LIMIT: usize = 300_000;

/// How much of a session some requests fill, in participants: all of it, or no less than `part` of `whole`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fills {
    pub part: i64,
    pub whole: i64,
}

impl Fills {
    pub const ALL: Fills = Fills { part: 1, whole: 1 };
}

/// Requests that a session serves, or such as come only together where it may serve others too.
#[derive(Clone, Debug)]
pub struct Group {
    pub requests: Vec<RequestId>,
    pub fills: Fills,
    /// True where a confirmed request sits, or may sit, in the session.
    pub confirmed: bool,
}

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

/// Every group of open requests, by course, then in file order; None where there are more than `limit`.
pub fn enumerate(world: &World, limit: usize) -> Option<Vec<Group>> {
    let mut groups = Vec::new();
    for course in world.programme.courses.ids() {
        let atoms = atoms(world, course);
        let mut picked = Vec::new();
        if !pool(world, (course, limit), &atoms, 0, &mut picked, None, &mut groups) {
            return None;
        }
    }
    let group = |requests: Vec<RequestId>| Group {
        confirmed: requests.iter().any(|r| world.confirmed(*r)),
        requests,
        fills: Fills::ALL,
    };
    Some(groups.into_iter().map(group).collect())
}

/// What open requests take of a session at least, whoever else it serves: their participants, of as many as it can have
/// with them. The shares of those who sit in one session add up to no more than 1.
pub fn shares(world: &World) -> Vec<Group> {
    let mut all = Vec::new();
    for course in world.programme.courses.ids() {
        let atoms = atoms(world, course);
        let needs = &world.programme.courses[course];
        for (i, atom) in atoms.iter().enumerate().filter(|(_, atom)| may_sit(world, course, atom)) {
            let mates =
                atoms.iter().enumerate().filter(|(j, other)| *j != i && may_sit(world, course, &join(atom, other)));
            let together: Vec<&Atom> = mates.map(|(_, other)| other).chain([atom]).collect();
            let most: i64 = together.iter().map(|a| a.participants).sum();
            if most < needs.min_participants {
                continue;
            }
            let mut requests = atom.requests.clone();
            requests.sort();
            all.push(Group {
                requests,
                fills: Fills {
                    part: atom.participants,
                    whole: needs.max_participants.unwrap_or(most).min(most).max(1),
                },
                confirmed: together.iter().any(|a| a.requests.iter().any(|r| world.confirmed(*r))),
            });
        }
    }
    all
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

/// True when a session can serve these as far as numbers go that only grow, hosts, languages and windows.
fn may_sit(world: &World, course: CourseId, group: &Atom) -> bool {
    let needs = &world.programme.courses[course];
    needs.max_participants.is_none_or(|most| group.participants <= most)
        && !group.hosts.is_empty()
        && !group.languages.is_empty()
        && group.last - group.first + 1 >= needs.days
        && sit_together(world, &group.requests)
}

/// Adds every group that extends `so_far` by atoms from `from` on; false where there are too many.
fn pool(
    world: &World,
    (course, limit): (CourseId, usize),
    atoms: &[Atom],
    from: usize,
    picked: &mut Vec<usize>,
    so_far: Option<&Atom>,
    groups: &mut Vec<Vec<RequestId>>,
) -> bool {
    for i in from..atoms.len() {
        let group = so_far.map_or_else(|| atoms[i].clone(), |g| join(g, &atoms[i]));
        if !may_sit(world, course, &group) {
            continue;
        }
        if participants::admits(&world.programme.courses[course], group.participants) {
            let mut requests = group.requests.clone();
            requests.sort();
            groups.push(requests);
            if groups.len() > limit {
                return false;
            }
        }
        picked.push(i);
        let fits = pool(world, (course, limit), atoms, i + 1, picked, Some(&group), groups);
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
