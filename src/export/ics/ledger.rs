//! What every calendar program has been told: which events there are, in which files, when each was last changed, and
//! what was withdrawn. One walk through the revisions, the oldest first.
//!
//! A session brings its UID, SEQUENCE and day of change along in the plan file. Travel days, the later days of sessions
//! with hours, and deadlines have none there: their UIDs are made from the session's, and their SEQUENCE counts their
//! changes through the revisions.

use super::edition::{Edition, Sitting, Stamp, Withdrawn};
use super::names::{Names, dates};
use super::uid::derived;
use crate::programme::day::{Day, Span};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// Days before a mission by which its tickets must be bought.
pub const TICKET_DAYS: i32 = 16;

/// Whom a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf<'h> {
    Programme,
    Trainer(&'h str),
    Region(&'h str),
    Place(&'h str),
    Course(&'h str),
    Fund(&'h str),
    Country(&'h str),
    Deadlines,
}

/// What an event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A session as a whole.
    Session {
        session: usize,
    },
    /// One day of a session with hours; the first day is 1.
    Day {
        session: usize,
        day: usize,
    },
    /// Days on the way to a session or home from it, waiting included.
    Travel {
        mission: usize,
        to: Option<String>,
        from: Option<String>,
    },
    Tickets {
        mission: usize,
    },
    Approval {
        session: usize,
    },
}

/// An event of one edition.
#[derive(Clone, Debug)]
pub struct Item<'h> {
    pub uid: String,
    pub kind: Kind,
    pub span: Span,
    /// What it is called once it is withdrawn.
    pub title: String,
    /// All that its text says and that no stamp of a session vouches for.
    signature: String,
    /// The session's own stamp, where the event is the session or one of its days.
    own: Option<Stamp>,
    shelves: Vec<Shelf<'h>>,
}

/// An event as calendar programs know it.
#[derive(Clone, Debug)]
pub struct Entry<'h> {
    pub sequence: u32,
    pub changed: Day,
    /// The revision that changed it last.
    pub revision: u32,
    pub title: String,
    signature: String,
    pub span: Span,
    /// Its place among the last edition's items; None when it is withdrawn.
    pub item: Option<usize>,
    /// The UID of the session that it is, or is a day of.
    session: Option<String>,
    /// The files that hold or held it.
    pub shelves: BTreeMap<Shelf<'h>, Held>,
}

/// How one file holds an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    Alive {
        /// The revision that put it there.
        since: u32,
    },
    /// No longer: the last that its readers are told.
    Gone(Grave),
}

/// What is said of an event that a file no longer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grave {
    pub sequence: u32,
    pub changed: Day,
    /// The revision that took it out.
    pub revision: u32,
    pub span: Span,
    pub title: String,
    /// True where others still had it then.
    pub goes_on: bool,
}

/// The events of the last edition, and all that readers have been told, by UID.
pub struct Ledger<'h> {
    pub items: Vec<Item<'h>>,
    pub entries: BTreeMap<String, Entry<'h>>,
}

/// Walks through the revisions, the oldest first; the last is the one that is exported.
pub fn ledger<'h>(names: &Names<'h>, history: &'h [Edition]) -> Ledger<'h> {
    let mut entries: BTreeMap<String, Entry<'h>> = BTreeMap::new();
    let mut items = Vec::new();
    // Where the first revisions are not at hand, no sequence may fall behind what they may have said.
    let complete = history.first().is_none_or(|e| e.number() <= 1);
    for edition in history {
        items = items_of(names, edition);
        let now: FxHashSet<&str> = items.iter().map(|item| item.uid.as_str()).collect();
        for (i, item) in items.iter().enumerate() {
            tell(&mut entries, edition, i, item, complete);
        }
        for (uid, entry) in &mut entries {
            if entry.item.is_some() && !now.contains(uid.as_str()) {
                let stamp = entry.session.as_deref().and_then(|s| last_word(edition, s));
                let (sequence, changed) = stamp.unwrap_or((entry.sequence + 1, edition.day));
                entry.withdraw(sequence, changed, edition.number());
            }
        }
        for withdrawn in &edition.withdrawn {
            remember(names, &mut entries, withdrawn);
        }
    }
    Ledger { items, entries }
}

/// Takes down that an item stands in this edition.
fn tell<'h>(
    entries: &mut BTreeMap<String, Entry<'h>>,
    edition: &Edition,
    index: usize,
    item: &Item<'h>,
    complete: bool,
) {
    let revision = edition.number();
    let first = (if complete { 0 } else { revision.saturating_sub(1) }, edition.day);
    let own = item.own.as_ref().map(|s| (s.sequence, s.changed));
    let (sequence, changed, since) = match (entries.get(&item.uid), own) {
        (None, own) => {
            let (sequence, changed) = own.unwrap_or(first);
            (sequence, changed, revision)
        }
        (Some(known), Some((sequence, changed))) => {
            let same = known.item.is_some() && known.sequence == sequence && known.changed == changed;
            (sequence, changed, if same { known.revision } else { revision })
        }
        (Some(known), None) if known.item.is_some() && known.span == item.span && known.signature == item.signature => {
            (known.sequence, known.changed, known.revision)
        }
        (Some(known), None) => (known.sequence + 1, edition.day, revision),
    };
    let entry = entries.entry(item.uid.clone()).or_insert_with(|| Entry {
        sequence,
        changed,
        revision: since,
        title: String::new(),
        signature: String::new(),
        span: item.span,
        item: None,
        session: item.own.as_ref().map(|s| s.uid.clone()),
        shelves: BTreeMap::new(),
    });
    let before = (entry.span, std::mem::take(&mut entry.title));
    *entry = Entry {
        sequence,
        changed,
        revision: since,
        title: item.title.clone(),
        signature: item.signature.clone(),
        span: item.span,
        item: Some(index),
        session: entry.session.take(),
        shelves: std::mem::take(&mut entry.shelves),
    };
    for (shelf, held) in &mut entry.shelves {
        if matches!(held, Held::Alive { .. }) && !item.shelves.contains(shelf) {
            let (span, title) = before.clone();
            *held = Held::Gone(Grave { sequence, changed, revision, span, title, goes_on: true });
        }
    }
    for shelf in &item.shelves {
        let held = entry.shelves.entry(*shelf).or_insert(Held::Alive { since: revision });
        if matches!(held, Held::Gone(_)) {
            *held = Held::Alive { since: revision };
        }
    }
}

impl Entry<'_> {
    fn withdraw(&mut self, sequence: u32, changed: Day, revision: u32) {
        (self.sequence, self.changed, self.revision, self.item) = (sequence, changed, revision, None);
        for held in self.shelves.values_mut().filter(|h| matches!(h, Held::Alive { .. })) {
            let (span, title) = (self.span, self.title.clone());
            *held = Held::Gone(Grave { sequence, changed, revision, span, title, goes_on: false });
        }
    }
}

/// The stamp that a session's own events carry when they are no longer there: of a withdrawn session its last, of a
/// session that has fewer days now its present one.
fn last_word(edition: &Edition, session: &str) -> Option<(u32, Day)> {
    let withdrawn = edition.withdrawn.iter().map(|w| &w.stamp);
    let stamp = withdrawn.chain(edition.sessions.iter().map(|s| &s.stamp)).find(|s| s.uid == session)?;
    Some((stamp.sequence, stamp.changed))
}

/// A withdrawn session whose earlier revisions are not at hand is told to those whom its record names.
fn remember<'h>(names: &Names<'h>, entries: &mut BTreeMap<String, Entry<'h>>, withdrawn: &'h Withdrawn) {
    let days = names.days(&withdrawn.place, withdrawn.span);
    let hours = names.programme.hours.is_some() && !days.is_empty();
    let parts: Vec<(String, Span)> = if hours {
        days.iter()
            .enumerate()
            .map(|(i, day)| (day_uid(&withdrawn.stamp.uid, i + 1), Span { first: *day, last: *day }))
            .collect()
    } else {
        vec![(withdrawn.stamp.uid.clone(), withdrawn.span)]
    };
    let title = session_title(names, &withdrawn.course, &withdrawn.place);
    for (uid, span) in parts {
        let (sequence, changed, revision) = (withdrawn.stamp.sequence, withdrawn.stamp.changed, withdrawn.revision);
        entries.entry(uid).or_insert_with(|| {
            let mut shelves = vec![Shelf::Programme, Shelf::Place(&withdrawn.place), Shelf::Course(&withdrawn.course)];
            shelves.extend(names.region_of(&withdrawn.place).map(Shelf::Region));
            shelves.extend(withdrawn.team.iter().map(|t| Shelf::Trainer(t)));
            let gone = Held::Gone(Grave { sequence, changed, revision, span, title: title.clone(), goes_on: false });
            let shelves = shelves.into_iter().map(|s| (s, gone.clone())).collect();
            let session = Some(withdrawn.stamp.uid.clone());
            Entry {
                sequence,
                changed,
                revision,
                title: title.clone(),
                signature: String::new(),
                span,
                item: None,
                session,
                shelves,
            }
        });
    }
}

/// `Mutual legal assistance, Dakar`.
pub fn session_title(names: &Names, course: &str, place: &str) -> String {
    format!("{}, {}", names.title(course), names.place_name(place))
}

/// The UID of one day of a session with hours: the first day has the session's own.
fn day_uid(session: &str, day: usize) -> String {
    if day == 1 { session.to_owned() } else { derived(session, &format!("day {day}")) }
}

/// Every event of an edition.
fn items_of<'h>(names: &Names<'h>, edition: &'h Edition) -> Vec<Item<'h>> {
    let mut items = Vec::new();
    let by_id: BTreeMap<&str, usize> = edition.sessions.iter().enumerate().map(|(i, s)| (s.id.as_str(), i)).collect();
    for (i, session) in edition.sessions.iter().enumerate() {
        session_items(names, i, session, &mut items);
    }
    for (i, mission) in edition.missions.iter().enumerate() {
        let visited: Vec<&Sitting> =
            mission.sessions.iter().filter_map(|id| by_id.get(id.as_str())).map(|s| &edition.sessions[*s]).collect();
        let (Some(first), Some(last)) = (visited.first(), visited.last()) else { continue };
        let shelves = vec![Shelf::Trainer(&mission.trainer)];
        let journey = format!("{} {}", dates(mission.span), mission.sessions.join(" "));
        let mut travel = |key: String, from: Option<&Sitting>, to: Option<&Sitting>, span: Span| {
            if span.first > span.last {
                return;
            }
            let mut title = match to {
                Some(to) => format!("Travel to {}", names.place_name(&to.place)),
                None => "Travel home".to_owned(),
            };
            title.extend(from.map(|s| format!(" from {}", names.place_name(&s.place))));
            items.push(Item {
                uid: key,
                kind: Kind::Travel { mission: i, to: to.map(|s| s.id.clone()), from: from.map(|s| s.id.clone()) },
                span,
                signature: format!("{title} {journey}"),
                title,
                own: None,
                shelves: shelves.clone(),
            });
        };
        let before = |s: &Sitting| derived(&s.stamp.uid, &format!("before {}", mission.trainer));
        travel(before(first), None, Some(first), Span { first: mission.span.first, last: first.span.first - 1 });
        for pair in visited.windows(2) {
            let gap = Span { first: pair[0].span.last + 1, last: pair[1].span.first - 1 };
            travel(before(pair[1]), Some(pair[0]), Some(pair[1]), gap);
        }
        let after = derived(&last.stamp.uid, &format!("after {}", mission.trainer));
        travel(after, Some(last), None, Span { first: last.span.last + 1, last: mission.span.last });
        if travels(names, mission, &visited) {
            let day = mission.span.first - TICKET_DAYS;
            let title = format!(
                "Tickets for {} to {} ({})",
                names.trainer_name(&mission.trainer),
                visited.iter().map(|s| names.place_name(&s.place)).collect::<Vec<_>>().join(", "),
                dates(mission.span)
            );
            items.push(Item {
                uid: derived(&first.stamp.uid, &format!("tickets {}", mission.trainer)),
                kind: Kind::Tickets { mission: i },
                span: Span { first: day, last: day },
                signature: format!("{title} {journey}"),
                title,
                own: None,
                shelves: vec![Shelf::Deadlines],
            });
        }
    }
    items
}

/// True where the trainer leaves home.
fn travels(names: &Names, mission: &super::edition::Tour, visited: &[&Sitting]) -> bool {
    let home = names.trainer(&mission.trainer).map(|t| names.programme.places[t.home].id.as_str());
    visited.iter().any(|s| Some(s.place.as_str()) != home && !names.place(&s.place).is_some_and(|p| p.online))
}

fn session_items<'h>(names: &Names<'h>, index: usize, session: &'h Sitting, items: &mut Vec<Item<'h>>) {
    let mut shelves = BTreeSet::from([Shelf::Programme, Shelf::Place(&session.place), Shelf::Course(&session.course)]);
    shelves.extend(names.region_of(&session.place).map(Shelf::Region));
    shelves.extend(session.team.iter().map(|(t, _)| Shelf::Trainer(t)));
    shelves.extend(session.funds.iter().map(|f| Shelf::Fund(f)));
    shelves.extend(session.requests.iter().filter_map(|r| names.country_of(r)).map(Shelf::Country));
    let shelves: Vec<Shelf> = shelves.into_iter().collect();
    let title = session_title(names, &session.course, &session.place);
    let own = Some(session.stamp.clone());
    if names.programme.hours.is_some() {
        for (i, day) in names.days(&session.place, session.span).into_iter().enumerate() {
            items.push(Item {
                uid: day_uid(&session.stamp.uid, i + 1),
                kind: Kind::Day { session: index, day: i + 1 },
                span: Span { first: day, last: day },
                title: title.clone(),
                signature: String::new(),
                own: own.clone(),
                shelves: shelves.clone(),
            });
        }
    } else {
        items.push(Item {
            uid: session.stamp.uid.clone(),
            kind: Kind::Session { session: index },
            span: session.span,
            title: title.clone(),
            signature: String::new(),
            own,
            shelves,
        });
    }
    let lead = names.place(&session.place).map_or(0, |p| p.lead_days);
    if lead > 0 {
        let day = session.span.first - lead;
        items.push(Item {
            uid: derived(&session.stamp.uid, "approval"),
            kind: Kind::Approval { session: index },
            span: Span { first: day, last: day },
            title: format!("Host approval and letters: {title} ({})", dates(session.span)),
            signature: format!("{title} {} {}", session.id, dates(session.span)),
            own: None,
            shelves: vec![Shelf::Deadlines],
        });
    }
}
