//! Calendars out: a plan as `.ics` files, one for the whole programme and one for everybody whom it concerns.
//!
//! Pure: editions in, bytes out, no clock. An unchanged session is the same bytes in every export, in every file.

pub mod digest;
pub mod edition;
mod events;
mod index;
mod ledger;
mod lines;
mod marker;
mod names;
pub mod uid;
mod zone;

pub use marker::{MARKER, Marker};

use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use edition::Edition;
use events::{Rendered, Version, event, tombstone};
use ics::ICalendar;
use ledger::{Held, Ledger, Shelf, ledger};
use lines::{folded, text};
use names::Names;
use std::collections::{BTreeMap, BTreeSet};

/// Octets of a file that calendar services accept, with some room.
const OCTETS: usize = 1_000_000;

/// What is wanted.
pub struct Task<'a> {
    pub programme: &'a Programme,
    /// The revisions of the plan of record, the oldest first; or a proposal alone. The last is exported. None may be
    /// missing between two; where the first are missing, sequences begin higher.
    pub history: &'a [Edition],
    /// Whether withdrawn events stay in the files as cancelled ones.
    pub tombstones: bool,
    /// Only what changed after this revision.
    pub since: Option<u32>,
}

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Below the export's folder, with `/`.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// A finished export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// By path.
    pub files: Vec<File>,
    /// How many calendars there are, and how many events the programme's own has.
    pub calendars: usize,
    pub events: usize,
}

/// A calendar file as the index lists it.
struct Listed {
    path: String,
    group: &'static str,
    name: String,
    events: usize,
    cancelled: usize,
    span: Option<Span>,
}

/// Renders every calendar, the index and the marker.
pub fn render(task: &Task) -> Export {
    let names = Names::new(task.programme);
    let Some(edition) = task.history.last() else {
        return Export { files: Vec::new(), calendars: 0, events: 0 };
    };
    let ledger = ledger(&names, task.history);
    let shelves = shelve(task, &names, edition, &ledger);
    let years = years(&ledger);
    let mut files = Vec::new();
    let mut listed = Vec::new();
    let mut zones = BTreeMap::new();
    let mut paths = BTreeSet::new();
    let mut events = 0;
    for (shelf, mut book) in shelves {
        book.events.sort_by(|a, b| (a.span.first, &a.uid).cmp(&(b.span.first, &b.uid)));
        if shelf == Shelf::Programme {
            events = book.events.len() - book.cancelled.len();
        }
        let (group, name, stem) = describe(&names, &shelf);
        let stem = free_path(&mut paths, stem);
        let title =
            if name.is_empty() { task.programme.name.clone() } else { format!("{}: {name}", task.programme.name) };
        let mut zone = |name: &str| {
            zones.entry(name.to_owned()).or_insert_with(|| zone::vtimezone(name, years.0, years.1)).clone()
        };
        for (part, events) in parts(book.events) {
            let path = format!("{stem}{part}.ics");
            let refs: Vec<&Rendered> = events.iter().collect();
            listed.push(Listed {
                path: path.clone(),
                group,
                name: if name.is_empty() { task.programme.name.clone() } else { name.clone() },
                events: events.iter().filter(|e| !book.cancelled.contains(&e.uid)).count(),
                cancelled: events.iter().filter(|e| book.cancelled.contains(&e.uid)).count(),
                span: whole(&events),
            });
            files.push(File { path, bytes: calendar(&title, &refs, &mut zone).into_bytes() });
        }
    }
    let calendars = files.len();
    files.push(File { path: "index.html".to_owned(), bytes: index::page(task, edition, &listed).into_bytes() });
    if let Some(since) = task.since {
        files.extend(digest::letters(&names, task.history, since));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let marker = Marker {
        programme: task.programme.name.clone(),
        revision: edition.revision,
        since: task.since,
        files: files.iter().map(|f| f.path.clone()).collect(),
    };
    files.push(File { path: MARKER.to_owned(), bytes: marker.bytes() });
    Export { files, calendars, events }
}

/// The events of one file.
#[derive(Default)]
struct Book {
    events: Vec<Rendered>,
    /// UIDs of those that are withdrawn.
    cancelled: BTreeSet<String>,
}

/// Puts every event into every file that holds it.
fn shelve(task: &Task, names: &Names, edition: &Edition, ledger: &Ledger) -> BTreeMap<Shelf, Book> {
    let wanted = |revision: u32| task.since.is_none_or(|since| revision > since);
    let mut shelves: BTreeMap<Shelf, Book> = BTreeMap::new();
    let mut graves: Vec<(&Shelf, Rendered)> = Vec::new();
    for (uid, entry) in &ledger.entries {
        let mut alive: Option<Rendered> = None;
        for (shelf, held) in &entry.shelves {
            match held {
                Held::Alive { since } if wanted(entry.revision.max(*since)) => {
                    let Some(item) = entry.item else { continue };
                    let version = Version { sequence: entry.sequence, changed: entry.changed };
                    let rendered = alive.get_or_insert_with(|| event(names, edition, &ledger.items[item], version));
                    shelves.entry(shelf.clone()).or_default().events.push(rendered.clone());
                }
                Held::Gone { sequence, changed, revision, span, title } if wanted(*revision) => {
                    let version = Version { sequence: *sequence, changed: *changed };
                    graves.push((shelf, tombstone(names, uid, *span, title, version, *revision)));
                }
                _ => {}
            }
        }
    }
    // A calendar without a single event is refused by readers: one that would be empty keeps its cancelled ones.
    let kept: Vec<(&Shelf, Rendered)> =
        graves.into_iter().filter(|(shelf, _)| task.tombstones || !shelves.contains_key(*shelf)).collect();
    for (shelf, rendered) in kept {
        let book = shelves.entry(shelf.clone()).or_default();
        book.cancelled.insert(rendered.uid.clone());
        book.events.push(rendered);
    }
    shelves
}

/// The group of the index that a file belongs to, whom it is for, and its path without the ending.
fn describe(names: &Names, shelf: &Shelf) -> (&'static str, String, String) {
    let in_folder = |folder: &str, id: &str| format!("{folder}/{}", slug(id));
    match shelf {
        Shelf::Programme => ("The whole programme", String::new(), "programme".to_owned()),
        Shelf::Deadlines => ("Deadlines", "Tickets, host approvals and letters".to_owned(), "deadlines".to_owned()),
        Shelf::Trainer(id) => ("Trainers", names.trainer_name(id), in_folder("trainers", id)),
        Shelf::Region(id) => ("Regions", names.region_name(id), in_folder("regions", id)),
        Shelf::Place(id) => ("Places", names.address(id), in_folder("places", id)),
        Shelf::Course(id) => ("Courses", names.title(id), in_folder("courses", id)),
        Shelf::Fund(id) => ("Funds", names.fund_name(id), in_folder("funds", id)),
        Shelf::Country(id) => ("Requesting countries", names.country_name(id), in_folder("countries", id)),
    }
}

/// An id as a file's name. Ids are plain already; what is not becomes `_`.
fn slug(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

/// A path that no other file has, also where upper and lower case are one.
fn free_path(taken: &mut BTreeSet<String>, path: String) -> String {
    let mut free = path.clone();
    let mut n = 2;
    while !taken.insert(free.to_lowercase()) {
        free = format!("{path}-{n}");
        n += 1;
    }
    free
}

/// First and last year in which any event takes place.
fn years(ledger: &Ledger) -> (i32, i32) {
    let spans = || ledger.entries.values().map(|e| e.span);
    let first = spans().map(|s| s.first).min().map_or(1970, Day::year);
    let last = spans().map(|s| s.last).max().map_or(1970, Day::year);
    (first, last)
}

/// The days that some events reach over.
fn whole(events: &[Rendered]) -> Option<Span> {
    let first = events.iter().map(|e| e.span.first).min()?;
    let last = events.iter().map(|e| e.span.last).max()?;
    Some(Span { first, last })
}

/// Events that fit into one file each, with what is added to its name: nothing, a quarter, a month, a number.
fn parts(events: Vec<Rendered>) -> Vec<(String, Vec<Rendered>)> {
    fits_or(events, "", &[|d| format!("-{}-Q{}", d.year(), quarter(d)), |d| d.date().format("-%Y-%m").to_string()])
}

fn quarter(day: Day) -> u32 {
    use chrono::Datelike;
    day.date().month0() / 3 + 1
}

fn fits_or(events: Vec<Rendered>, name: &str, finer: &[fn(Day) -> String]) -> Vec<(String, Vec<Rendered>)> {
    // Heads, zones and titles take a few thousand octets.
    let room = OCTETS - 20_000;
    if events.iter().map(|e| e.text.len()).sum::<usize>() <= room {
        return vec![(name.to_owned(), events)];
    }
    let Some((split, finer)) = finer.split_first() else {
        let mut numbered: Vec<(String, Vec<Rendered>)> = Vec::new();
        let mut size = room + 1;
        for event in events {
            if size + event.text.len() > room {
                numbered.push((format!("{name}-{}", numbered.len() + 1), Vec::new()));
                size = 0;
            }
            size += event.text.len();
            if let Some((_, last)) = numbered.last_mut() {
                last.push(event);
            }
        }
        return numbered;
    };
    let mut groups: BTreeMap<String, Vec<Rendered>> = BTreeMap::new();
    for event in events {
        groups.entry(split(event.span.first)).or_default().push(event);
    }
    groups.into_iter().flat_map(|(name, events)| fits_or(events, &name, finer)).collect()
}

/// A calendar file. A name is left out where there is one event only: Outlook would make a calendar for it.
fn calendar(title: &str, events: &[&Rendered], zone: &mut dyn FnMut(&str) -> String) -> String {
    let mut head = ICalendar::new("2.0", "-//docent//docent//EN");
    head.push(lines::value("CALSCALE", "GREGORIAN".to_owned(), &[]));
    if events.len() > 1 {
        head.push(text("NAME", title));
        head.push(text("X-WR-CALNAME", title));
    }
    let mut out = folded(&head);
    let end = "END:VCALENDAR\r\n";
    out.truncate(out.len() - end.len());
    let zones: BTreeSet<&str> = events.iter().filter_map(|e| e.zone.as_deref()).collect();
    for name in zones {
        out.push_str(&zone(name));
    }
    for event in events {
        out.push_str(&event.text);
    }
    out.push_str(end);
    out
}
