//! What is new for each trainer.

use super::{Booking, Member, Named, Side, by_day};
use std::collections::BTreeMap;

/// What one trainer has to know. Each list by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainerNews<'a> {
    pub trainer: &'a Named,
    pub email: &'a str,
    pub gained: Vec<&'a Booking>,
    pub lost: Vec<&'a Booking>,
    /// Sessions that they teach in both plans and that are no longer the same.
    pub changed: Vec<Change<'a>>,
}

/// A session that a trainer teaches in both plans, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    pub before: &'a Booking,
    pub after: &'a Booking,
    /// Their role is another one.
    pub role: bool,
}

/// Everyone whose sessions change, by name.
pub fn trainers<'a>(from: &'a Side, to: &'a Side, pairs: &[(usize, usize)]) -> Vec<TrainerNews<'a>> {
    let mut people: BTreeMap<(&str, &str), &'a Member> = BTreeMap::new();
    for member in to.sessions.iter().chain(&from.sessions).flat_map(|s| &s.team) {
        people.entry((&member.trainer.name, &member.trainer.id)).or_insert(member);
    }
    let mut all = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for member in people.values() {
        // One person, though the two plans may know them under two names.
        if seen.contains(&member.trainer.id.as_str()) {
            continue;
        }
        seen.push(&member.trainer.id);
        let mut news = TrainerNews {
            trainer: &member.trainer,
            email: &member.email,
            gained: vec![],
            lost: vec![],
            changed: vec![],
        };
        for (i, before) in from.sessions.iter().enumerate() {
            let Some(role) = role(before, member) else { continue };
            let after = pairs.iter().find(|(a, _)| *a == i).map(|(_, b)| &to.sessions[*b]);
            match after.and_then(|s| self::role(s, member).map(|r| (s, r))) {
                None => news.lost.push(before),
                Some((after, new)) if new != role || !same(before, after) => {
                    news.changed.push(Change { before, after, role: new != role });
                }
                Some(_) => {}
            }
        }
        for (j, after) in to.sessions.iter().enumerate() {
            let taught = |i: usize| role(&from.sessions[i], member).is_some();
            if role(after, member).is_some() && !pairs.iter().any(|(i, b)| *b == j && taught(*i)) {
                news.gained.push(after);
            }
        }
        news.gained.sort_by_key(|s| by_day(s));
        news.lost.sort_by_key(|s| by_day(s));
        news.changed.sort_by_key(|c| by_day(c.after));
        if !(news.gained.is_empty() && news.lost.is_empty() && news.changed.is_empty()) {
            all.push(news);
        }
    }
    all
}

fn role(session: &Booking, member: &Member) -> Option<crate::programme::people::Role> {
    session.team.iter().find(|m| m.trainer.id == member.trainer.id).map(|m| m.role)
}

/// True when a trainer of both has nothing to be told.
fn same(a: &Booking, b: &Booking) -> bool {
    let cohorts = |s: &Booking| {
        let mut all: Vec<String> = s.cohorts.iter().map(|c| format!("{} {}", c.request, c.officials)).collect();
        all.sort();
        all
    };
    a.days == b.days
        && a.place.id == b.place.id
        && a.language == b.language
        && a.working_language == b.working_language
        && a.course.id == b.course.id
        && cohorts(a) == cohorts(b)
}
