//! From a proposal to the plan of record: session ids carried over, calendar entries kept or moved on, what is no longer
//! there withdrawn (SPEC §6, Adopting).

use super::ics::uid::session_uid;
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::read::plan_file::{CalendarEntry, Cancelled, Date, PlanFile, Session};
use std::collections::{BTreeMap, BTreeSet};

/// The plan of record that `plan` becomes on the day `today`, after `record` (None: it is the first).
pub fn adopt(programme: &Programme, record: Option<&PlanFile>, plan: &PlanFile, today: Day) -> PlanFile {
    let revision = record.and_then(|r| r.revision).unwrap_or(0) + 1;
    let before = record.map_or(&[][..], |r| &r.sessions);
    let earlier = record.map_or(&[][..], |r| &r.cancelled);
    let mut new = plan.clone();
    rename(&mut new, before, earlier);
    new.sessions.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));

    let known: BTreeMap<&str, &Session> = before.iter().map(|s| (s.id.as_str(), s)).collect();
    for session in &mut new.sessions {
        let old = known.get(session.id.as_str());
        session.calendar = Some(match old.and_then(|o| o.calendar.as_ref().map(|c| (o, c))) {
            Some((old, entry)) if same(old, session) => entry.clone(),
            Some((_, entry)) => moved_on(entry, today),
            None => CalendarEntry { uid: session_uid(programme, &session.id), sequence: 0, changed: Date(today) },
        });
    }
    let kept: BTreeSet<&str> = new.sessions.iter().map(|s| s.id.as_str()).collect();
    let withdrawn = before.iter().filter(|s| !kept.contains(s.id.as_str())).map(|s| Cancelled {
        id: s.id.clone(),
        revision,
        calendar: match &s.calendar {
            Some(entry) => moved_on(entry, today),
            None => CalendarEntry { uid: session_uid(programme, &s.id), sequence: 1, changed: Date(today) },
        },
        course: s.course.clone(),
        place: s.place.clone(),
        start: s.start,
        end: s.end,
        team: s.team.clone(),
    });
    let mut cancelled: Vec<Cancelled> = earlier.iter().cloned().chain(withdrawn).collect();
    cancelled.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
    new.cancelled = cancelled;
    new.revision = Some(revision);
    new.adopted = Some(Date(today));
    new
}

/// The entry of a session that has changed.
fn moved_on(entry: &CalendarEntry, today: Day) -> CalendarEntry {
    CalendarEntry { uid: entry.uid.clone(), sequence: entry.sequence + 1, changed: Date(today) }
}

/// True where people need not be told anything: days, place, languages, team, requests, course and status are the same.
fn same(a: &Session, b: &Session) -> bool {
    (a.start, a.end, &a.place, &a.course, a.status) == (b.start, b.end, &b.place, &b.course, b.status)
        && (&a.language, &a.working_language) == (&b.language, &b.working_language)
        && a.team == b.team
        && a.requests == b.requests
}

/// Gives the sessions the ids of the old ones with which they share most requests (ties: the old order, then the new
/// session's start); the others keep their own, or are called after their first request, with `-2`, `-3` … where that is taken.
fn rename(plan: &mut PlanFile, before: &[Session], earlier: &[Cancelled]) {
    let serves: BTreeMap<&str, usize> =
        plan.sessions.iter().enumerate().flat_map(|(i, s)| s.requests.iter().map(move |r| (r.as_str(), i))).collect();
    let mut pairs = Vec::new();
    for (old, session) in before.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for new in session.requests.iter().filter_map(|r| serves.get(r.as_str())) {
            *shared.entry(*new).or_insert(0) += 1;
        }
        pairs.extend(shared.into_iter().map(|(new, n)| (std::cmp::Reverse(n), old, plan.sessions[new].start, new)));
    }
    pairs.sort();
    let mut ids: Vec<Option<String>> = vec![None; plan.sessions.len()];
    let mut given = BTreeSet::new();
    for (_, old, _, new) in pairs {
        if ids[new].is_none() && given.insert(old) {
            ids[new] = Some(before[old].id.clone());
        }
    }
    let mut taken: BTreeSet<String> =
        before.iter().map(|s| &s.id).chain(earlier.iter().map(|c| &c.id)).cloned().collect();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (session, id) in plan.sessions.iter_mut().zip(ids) {
        let id = id.unwrap_or_else(|| {
            let base = session.requests.first().map_or_else(|| session.id.clone(), |r| format!("S-{r}"));
            let free = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") });
            std::iter::once(session.id.clone()).chain(free).find(|id| !taken.contains(id)).unwrap_or(base)
        });
        taken.insert(id.clone());
        names.insert(std::mem::replace(&mut session.id, id.clone()), id);
    }
    for session in plan.missions.iter_mut().flat_map(|m| &mut m.sessions) {
        if let Some(id) = names.get(session) {
            *session = id.clone();
        }
    }
}
