//! Which requests may sit in one session: one `together` party (mostly a single request), or several pooled.

use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::id::{CourseId, Dense, LanguageId, PlaceId, RequestId};
use crate::rules::{host, language, participants, pin, request_once, together};

/// Requests that come only together, and what they leave to choose from.
#[derive(Clone)]
struct Party {
    requests: Vec<RequestId>,
    participants: i64,
    hosts: Vec<PlaceId>,
    languages: Vec<LanguageId>,
    window: Span,
}

/// Every group of open requests that one session may serve, each in file order; None where there are more than `limit`.
pub fn enumerate(programme: &Programme, open: &Dense<RequestId, bool>, limit: usize) -> Option<Vec<Vec<RequestId>>> {
    let mut groups = Vec::new();
    for course in programme.courses.ids() {
        let parties: Vec<Party> = parties(programme, open, course);
        let mut search = Search { programme, course, parties, groups, limit, steps: limit.saturating_mul(20) };
        if !search.extend(None, 0) {
            return None;
        }
        groups = search.groups;
    }
    Some(groups)
}

fn parties(programme: &Programme, open: &Dense<RequestId, bool>, course: CourseId) -> Vec<Party> {
    let mut all = Vec::new();
    for (r, request) in programme.requests.iter() {
        let requests = together::party(programme, r);
        if request.course != course || requests.first() != Some(&r) || !requests.iter().all(|q| open[*q]) {
            continue;
        }
        let mut window = Span { first: programme.start, last: programme.end };
        for q in &requests {
            let q = &programme.requests[*q];
            window.first = q.earliest.map_or(window.first, |d| d.max(window.first));
            window.last = q.latest.map_or(window.last, |d| d.min(window.last));
        }
        all.push(Party {
            participants: participants::count(programme, &requests),
            hosts: host::hosts(programme, &requests),
            languages: language::languages(programme, &requests),
            window,
            requests,
        });
    }
    all
}

fn join(a: &Party, b: &Party) -> Party {
    let mut requests: Vec<RequestId> = a.requests.iter().chain(&b.requests).copied().collect();
    requests.sort();
    Party {
        requests,
        participants: a.participants + b.participants,
        hosts: a.hosts.iter().copied().filter(|p| b.hosts.contains(p)).collect(),
        languages: a.languages.iter().copied().filter(|l| b.languages.contains(l)).collect(),
        window: Span { first: a.window.first.max(b.window.first), last: a.window.last.min(b.window.last) },
    }
}

struct Search<'a> {
    programme: &'a Programme,
    course: CourseId,
    parties: Vec<Party>,
    groups: Vec<Vec<RequestId>>,
    limit: usize,
    /// Joins still allowed: many may be tried for few groups.
    steps: usize,
}

impl Search<'_> {
    /// Adds every group that extends `so_far` by parties from `from` on; false where there are too many.
    fn extend(&mut self, so_far: Option<&Party>, from: usize) -> bool {
        for i in from..self.parties.len() {
            if self.steps == 0 {
                return false;
            }
            self.steps -= 1;
            let group = so_far.map_or_else(|| self.parties[i].clone(), |g| join(g, &self.parties[i]));
            if !self.may_grow(&group) {
                continue;
            }
            if participants::admits(&self.programme.courses[self.course], group.participants) {
                if self.groups.len() == self.limit {
                    return false;
                }
                self.groups.push(group.requests.clone());
            }
            if !self.extend(Some(&group), i + 1) {
                return false;
            }
        }
        true
    }

    /// True when the group, or a larger one, may sit in one session: what fails here fails for every larger group too.
    fn may_grow(&self, group: &Party) -> bool {
        let course = &self.programme.courses[self.course];
        let follows = |r: &RequestId| self.programme.requests[*r].after.iter().any(|q| group.requests.contains(q));
        course.max_participants.is_none_or(|max| group.participants <= max)
            && !group.hosts.is_empty()
            && !group.languages.is_empty()
            && group.window.last - group.window.first + 1 >= course.days
            && request_once::admits(self.programme, &group.requests)
            && pin::mates(self.programme, &group.requests)
            && !group.requests.iter().any(follows)
    }
}
