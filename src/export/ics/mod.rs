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

use crate::cores;
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use edition::Edition;
use events::{Rendered, Version, event, tombstone};
use ics::ICalendar;
use ledger::{Entry, Held, Ledger, Shelf, ledger};
use lines::{folded, text};
use names::Names;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Octets of a file that calendar services accept, with some room.
const OCTETS: usize = 1_000_000;

/// Events of a file that calendar services accept: some lose what comes after.
const EVENTS: usize = 1_000;

/// Fewer events than this are not worth a second core.
const FEW: usize = 500;

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
    /// What it holds, one after the other: an event stands in many files and is kept once.
    pieces: Vec<Arc<str>>,
}

impl File {
    fn new(path: impl Into<String>, text: String) -> File {
        File { path: path.into(), pieces: vec![text.into()] }
    }

    /// What it holds.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.put(&mut bytes);
        bytes
    }

    /// Appends what it holds.
    pub fn put(&self, bytes: &mut Vec<u8>) {
        bytes.reserve(self.pieces.iter().map(|p| p.len()).sum());
        self.pieces.iter().for_each(|p| bytes.extend_from_slice(p.as_bytes()));
    }
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
    let mut zones: BTreeMap<String, Arc<str>> = BTreeMap::new();
    let mut paths = BTreeSet::new();
    let mut events = 0;
    for (shelf, mut book) in shelves {
        book.sort_by(|a, b| (a.span.first, &a.uid).cmp(&(b.span.first, &b.uid)));
        if shelf == Shelf::Programme {
            events = book.iter().filter(|e| !e.cancelled).count();
        }
        let (group, name, stem) = describe(&names, &shelf);
        let stem = free_path(&mut paths, stem);
        let title =
            if name.is_empty() { task.programme.name.clone() } else { format!("{}: {name}", task.programme.name) };
        let mut zone = |name: &str| {
            let known = zones.entry(name.to_owned());
            known.or_insert_with(|| zone::vtimezone(name, years.0, years.1).into()).clone()
        };
        for (part, events) in parts(book) {
            let path = format!("{stem}{part}.ics");
            listed.push(Listed {
                path: path.clone(),
                group,
                name: if name.is_empty() { task.programme.name.clone() } else { name.clone() },
                events: events.iter().filter(|e| !e.cancelled).count(),
                cancelled: events.iter().filter(|e| e.cancelled).count(),
                span: whole(&events),
            });
            files.push(File { path, pieces: calendar(&title, &events, &mut zone) });
        }
    }
    let calendars = files.len();
    let letters = task.since.map_or(Vec::new(), |since| digest::letters(&names, task.history, since));
    files.push(File::new("index.html", index::page(task, edition, &listed, &letters)));
    files.extend(letters.into_iter().map(|l| File::new(l.path, l.text)));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let marker = Marker {
        programme: task.programme.name.clone(),
        revision: edition.revision,
        since: task.since,
        files: files.iter().map(|f| f.path.clone()).collect(),
    };
    files.push(File::new(MARKER, marker.text()));
    Export { files, calendars, events }
}

/// The events of one file.
type Book = Vec<Arc<Rendered>>;

/// Puts every event into every file that holds it.
fn shelve<'h>(task: &Task, names: &Names, edition: &Edition, ledger: &Ledger<'h>) -> BTreeMap<Shelf<'h>, Book> {
    let wanted = |revision: u32| task.since.is_none_or(|since| revision > since);
    let entries: Vec<(&String, &Entry)> = ledger.entries.iter().collect();
    let rendered: Vec<(Vec<Shelf<'h>>, Arc<Rendered>)> = cores::share(&entries, FEW, |row| {
        let mut rendered = Vec::new();
        for (uid, entry) in row {
            let mut alive = Vec::new();
            for (shelf, held) in &entry.shelves {
                match held {
                    Held::Alive { since } if wanted(entry.revision.max(*since)) => alive.push(*shelf),
                    Held::Gone(grave) if wanted(grave.revision) => {
                        rendered.push((vec![*shelf], Arc::new(tombstone(names, uid, grave))));
                    }
                    _ => {}
                }
            }
            if let Some(item) = entry.item.filter(|_| !alive.is_empty()) {
                let version = Version { sequence: entry.sequence, changed: entry.changed };
                rendered.push((alive, Arc::new(event(names, edition, &ledger.items[item], version))));
            }
        }
        rendered
    });
    let mut books: FxHashMap<Shelf<'h>, Book> = FxHashMap::default();
    let (graves, living): (Vec<_>, Vec<_>) = rendered.into_iter().partition(|(_, r)| r.cancelled);
    for (shelves, rendered) in living {
        for shelf in shelves {
            books.entry(shelf).or_default().push(Arc::clone(&rendered));
        }
    }
    // A calendar without a single event is refused by readers: one that would be empty keeps its cancelled ones.
    let kept = |shelf: &Shelf| task.tombstones || !books.contains_key(shelf);
    let kept: Vec<(Shelf<'h>, Arc<Rendered>)> = graves
        .into_iter()
        .flat_map(|(s, r)| s.into_iter().map(move |s| (s, r.clone())))
        .filter(|g| kept(&g.0))
        .collect();
    for (shelf, grave) in kept {
        books.entry(shelf).or_default().push(grave);
    }
    books.into_iter().collect()
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
fn whole(events: &[Arc<Rendered>]) -> Option<Span> {
    let first = events.iter().map(|e| e.span.first).min()?;
    let last = events.iter().map(|e| e.span.last).max()?;
    Some(Span { first, last })
}

/// Events that fit into one file each, with what is added to its name: nothing, a quarter, a month, a number.
fn parts(events: Book) -> Vec<(String, Book)> {
    fits_or(events, "", &[|d| format!("-{}-Q{}", d.year(), quarter(d)), |d| d.date().format("-%Y-%m").to_string()])
}

fn quarter(day: Day) -> u32 {
    use chrono::Datelike;
    day.date().month0() / 3 + 1
}

fn fits_or(events: Book, name: &str, finer: &[fn(Day) -> String]) -> Vec<(String, Book)> {
    // Heads, zones and titles take a few thousand octets.
    let room = OCTETS - 20_000;
    if events.len() <= EVENTS && events.iter().map(|e| e.text.len()).sum::<usize>() <= room {
        return vec![(name.to_owned(), events)];
    }
    let Some((split, finer)) = finer.split_first() else {
        let mut numbered: Vec<(String, Book)> = Vec::new();
        let mut size = 0;
        for event in events {
            size += event.text.len();
            match numbered.last_mut().filter(|(_, last)| size <= room && last.len() < EVENTS) {
                Some((_, last)) => last.push(event),
                None => {
                    size = event.text.len();
                    numbered.push((format!("{name}-{}", numbered.len() + 1), vec![event]));
                }
            }
        }
        return numbered;
    };
    let mut groups: BTreeMap<String, Book> = BTreeMap::new();
    for event in events {
        groups.entry(split(event.span.first)).or_default().push(event);
    }
    groups.into_iter().flat_map(|(name, events)| fits_or(events, &name, finer)).collect()
}

/// A calendar file. A name is left out where there is one event only: Outlook would make a calendar for it.
fn calendar(title: &str, events: &[Arc<Rendered>], zone: &mut dyn FnMut(&str) -> Arc<str>) -> Vec<Arc<str>> {
    let mut head = ICalendar::new("2.0", "-//docent//docent//EN");
    head.push(lines::value("CALSCALE", "GREGORIAN".to_owned(), &[]));
    if events.len() > 1 {
        head.push(text("NAME", title));
        head.push(text("X-WR-CALNAME", title));
    }
    let whole = folded(&head);
    let end = "END:VCALENDAR\r\n";
    let mut pieces: Vec<Arc<str>> = vec![whole.strip_suffix(end).unwrap_or(&whole).into()];
    let zones: BTreeSet<&str> = events.iter().filter_map(|e| e.zone.as_deref()).collect();
    pieces.extend(zones.into_iter().map(zone));
    pieces.extend(events.iter().map(|e| Arc::clone(&e.text)));
    pieces.push(end.into());
    pieces
}
