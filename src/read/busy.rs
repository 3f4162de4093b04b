//! A trainer's own calendar: which days are taken, and what was ignored and why.
//!
//! calcard reads the lines, jiff knows the zones; how a series unfolds is written here (`recur`), because the work must
//! be bounded and one broken event must not lose the others.

mod event;
mod recur;
mod text;
mod zone;

use crate::programme::day::{Day, Span};
use calcard::icalendar::{ICalendarFreeBusyType, ICalendarValue};
use calcard::icalendar::{ICalendarParameterName, ICalendarParameterValue, ICalendarPeriod, ICalendarProperty};
use calcard::{Entry, Parser};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use event::{Context, Event, Length, When};
use std::collections::{BTreeMap, BTreeSet};
use text::{Block, Kind};
use zone::{Zone, Zones};

/// Instances that one file may have within the window.
const INSTANCES: usize = 200_000;

/// What a calendar says about the days asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BusyRead {
    /// Days taken, cut to the days asked for, each with the event's title; by day, without repetition.
    pub busy: Vec<(Span, String)>,
    /// The exact times, not cut.
    pub intervals: Vec<Interval>,
    /// What takes no time though it stands there.
    pub ignored: Vec<Ignored>,
    /// What was odd, in sentences.
    pub warnings: Vec<String>,
}

impl BusyRead {
    /// The days taken, runs of days joined: sorted, apart from each other.
    pub fn days(&self) -> Vec<Span> {
        let mut joined: Vec<Span> = Vec::new();
        for (span, _) in &self.busy {
            match joined.last_mut() {
                Some(last) if span.first <= last.last + 1 => last.last = last.last.max(span.last),
                _ => joined.push(*span),
            }
        }
        joined
    }
}

/// One exact time: whole days (`2027-03-01`; the end is the day after the last), moments (`2027-03-01T08:00:00Z`), or local times of no
/// zone (`2027-03-01T09:00:00`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    pub start: String,
    pub end: String,
    pub summary: String,
}

/// An event that takes no time, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ignored {
    pub summary: String,
    /// `transparent`, `cancelled`, `free`, `declined`, or why it cannot be read.
    pub why: String,
}

/// True for the name of a time zone (IANA).
pub fn is_zone(name: &str) -> bool {
    Zone::iana(name).is_some()
}

/// Reads a calendar for the days `from..=to`; `home_zone` is the IANA name of the zone in which its days are counted.
pub fn busy(bytes: &[u8], home_zone: &str, from: Day, to: Day) -> BusyRead {
    busy_of(bytes, home_zone, "", from, to)
}

/// The same for a calendar whose owner's mail address is known: what they declined is free.
pub fn busy_of(bytes: &[u8], home_zone: &str, owner: &str, from: Day, to: Day) -> BusyRead {
    let mut read = BusyRead::default();
    let (text, clean) = text::decode(bytes);
    if !clean {
        read.warnings.push("the file is not UTF-8; read as Windows-1252".to_owned());
    }
    let found = text::blocks(&text);
    if !found.calendar {
        read.warnings.push("this is not a calendar file: it has no BEGIN line".to_owned());
    }
    let home = Zone::iana(home_zone).unwrap_or(Zone::Utc);
    let window = Window::new(from, to);
    let timezones: Vec<Block> = found.blocks.iter().filter(|b| b.kind == Kind::Timezone).cloned().collect();
    let zones = Zones::read(&timezones, to.year().saturating_add(1));

    let mut series: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    let mut instances = Instances { window, home: &home, list: Vec::new(), free: BTreeSet::new(), full: false };
    for (number, block) in found.blocks.iter().enumerate() {
        if !block.ended {
            read.warnings.push(format!("line {}: a component without its END", block.line));
        }
        let component = match Parser::new(&block.text).entry() {
            Entry::ICalendar(mut calendar) if !calendar.components.is_empty() => calendar.components.swap_remove(0),
            _ if block.kind == Kind::Event => {
                read.ignored.push(Ignored { summary: String::new(), why: format!("line {}: unreadable", block.line) });
                continue;
            }
            _ => continue,
        };
        let zone = found.zones.get(block.calendar).cloned().flatten();
        let context = Context {
            zones: &zones,
            floating: zone.and_then(|z| zones.find(&z)).unwrap_or(Zone::Floating),
            owner: &owner.trim().to_ascii_lowercase(),
            withdrawn: found.withdrawn.get(block.calendar).copied().unwrap_or(false),
            line: block.line,
            text: &block.text,
        };
        match block.kind {
            Kind::Event => match event::read(&component, &context, &mut read.warnings) {
                Ok(event) => {
                    let key = event.uid.clone().unwrap_or_else(|| format!("\u{0}{number}"));
                    series.entry(key).or_default().push(event);
                }
                Err(why) => {
                    let summary = component
                        .entries
                        .iter()
                        .find(|e| e.name == ICalendarProperty::Summary)
                        .and_then(|e| event::first_text(&e.values))
                        .unwrap_or_default();
                    read.warnings.push(format!("line {}: an event is left out: {why}", block.line));
                    read.ignored.push(Ignored { summary, why });
                }
            },
            Kind::FreeBusy => {
                for entry in component.entries.iter().filter(|e| e.name == ICalendarProperty::Freebusy) {
                    let kind = entry.params.iter().find(|p| p.name == ICalendarParameterName::Fbtype);
                    let free = kind.is_some_and(|p| {
                        matches!(p.value, ICalendarParameterValue::Fbtype(ICalendarFreeBusyType::Free))
                    });
                    for value in entry.values.iter().filter(|_| !free) {
                        if let ICalendarValue::Period(period) = value {
                            instances.period(period);
                        }
                    }
                }
            }
            Kind::Timezone | Kind::Other => {}
        }
    }
    for events in series.into_values() {
        unfold(events, &mut instances, &mut read.warnings);
    }
    instances.finish(&mut read);
    read
}

/// The days asked for, with a day of margin on both sides for the clocks of the world.
#[derive(Clone, Copy)]
struct Window {
    from: Day,
    to: Day,
    first: NaiveDateTime,
    last: NaiveDateTime,
}

impl Window {
    fn new(from: Day, to: Day) -> Window {
        let margin = TimeDelta::days(2);
        let first = NaiveDateTime::from(from.date()).checked_sub_signed(margin);
        let last = NaiveDateTime::from(to.date()).checked_add_signed(margin);
        Window { from, to, first: first.unwrap_or(NaiveDateTime::MIN), last: last.unwrap_or(NaiveDateTime::MAX) }
    }
}

/// One time that an event takes, before it is turned into days.
#[derive(Clone, Debug)]
struct Instance {
    start: When,
    end: When,
    summary: String,
}

/// What has been found so far.
struct Instances<'a> {
    window: Window,
    home: &'a Zone,
    list: Vec<Instance>,
    free: BTreeSet<Ignored>,
    full: bool,
}

impl Instances<'_> {
    /// Days that an instance takes on the home clock; None outside the window.
    fn days(&self, start: &When, end: &When) -> Option<Span> {
        let first = start.on(self.home);
        let last = end.on(self.home);
        let last_day =
            if last > first && last.time() == NaiveTime::MIN { last.date().pred_opt()? } else { last.date() };
        let span = Span { first: Day::of(first.date()), last: Day::of(last_day.max(first.date())) };
        span.meets(Span { first: self.window.from, last: self.window.to }).then_some(span)
    }

    fn add(&mut self, event: &Event, start: When, length: Length) {
        let end = end_of(&start, length);
        if self.days(&start, &end).is_none() {
            return;
        }
        match event.free {
            Some(free) => {
                self.free.insert(Ignored { summary: event.summary.clone(), why: free.word().to_owned() });
            }
            None if self.list.len() < INSTANCES => {
                self.list.push(Instance { start, end, summary: event.summary.clone() });
            }
            None => self.full = true,
        }
    }

    /// A busy period of a VFREEBUSY.
    fn period(&mut self, period: &ICalendarPeriod) {
        let (start, end) = match period {
            ICalendarPeriod::Range { start, end } => (event::naive(start), event::naive(end)),
            ICalendarPeriod::Duration { start, duration } => {
                let start = event::naive(start);
                let length = TimeDelta::try_seconds(duration.as_seconds());
                (start, start.and_then(|s| s.checked_add_signed(length?)))
            }
        };
        if let (Some(start), Some(end)) = (start, end) {
            let at = |local| When { local, day: false, zone: Zone::Utc };
            let (start, end) = (at(start), at(end.max(start)));
            if self.days(&start, &end).is_some() && self.list.len() < INSTANCES {
                self.list.push(Instance { start, end, summary: String::new() });
            }
        }
    }

    fn finish(mut self, read: &mut BusyRead) {
        if self.full {
            read.warnings.push(format!("more than {INSTANCES} busy times; the rest is left out"));
        }
        self.list.sort_by_key(|i| (i.start.seconds(), i.end.seconds()));
        let mut busy = BTreeSet::new();
        for instance in &self.list {
            if let Some(span) = self.days(&instance.start, &instance.end) {
                let cut = Span { first: span.first.max(self.window.from), last: span.last.min(self.window.to) };
                busy.insert((cut, instance.summary.clone()));
            }
            read.intervals.push(Interval {
                start: written(&instance.start),
                end: written(&instance.end),
                summary: instance.summary.clone(),
            });
        }
        read.busy = busy.into_iter().collect();
        read.ignored.extend(self.free);
    }
}

/// A time as reports write it.
fn written(at: &When) -> String {
    if at.day {
        return at.local.format("%Y-%m-%d").to_string();
    }
    match at.zone.instant(at.local).and_then(|t| chrono::DateTime::from_timestamp(t, 0)) {
        Some(utc) => utc.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        None => at.local.format("%Y-%m-%dT%H:%M:%S").to_string(),
    }
}

/// The end of what starts at `start`.
fn end_of(start: &When, length: Length) -> When {
    let latest = NaiveDate::from_ymd_opt(9_999, 12, 31).unwrap_or(NaiveDate::MAX).into();
    match length {
        Length::Wall(delta) => {
            When { local: start.local.checked_add_signed(delta).unwrap_or(latest).min(latest), ..start.clone() }
        }
        Length::Exact { days, seconds } => {
            let local = TimeDelta::try_days(days).and_then(|d| start.local.checked_add_signed(d)).unwrap_or(latest);
            let local = local.min(latest);
            let end = match start.zone.instant(local) {
                Some(instant) => start.zone.local(instant.saturating_add(seconds)),
                None => local.checked_add_signed(TimeDelta::seconds(seconds)),
            };
            When { local: end.unwrap_or(latest).min(latest), ..start.clone() }
        }
    }
}

/// Unfolds the events of one UID: the series with its exceptions, and the instances that stand alone.
fn unfold(events: Vec<Event>, instances: &mut Instances, warnings: &mut Vec<String>) {
    let (changes, masters): (Vec<Event>, Vec<Event>) = events.into_iter().partition(|e| e.replaces.is_some());
    let masters = newest(masters, |_| 0);
    // Changes written for an older state of the series are void where the series was written anew after them.
    let changes = newest(changes, |e| e.replaces.as_ref().map_or(0, When::seconds));
    for master in &masters {
        unfold_series(master, &changes, instances, warnings);
    }
    for change in &changes {
        instances.add(change, change.start.clone(), change.length);
    }
}

/// Of events that claim the same place, those with the highest SEQUENCE, then the latest DTSTAMP.
fn newest(events: Vec<Event>, place: impl Fn(&Event) -> i64) -> Vec<Event> {
    let mut best: BTreeMap<i64, Vec<Event>> = BTreeMap::new();
    for event in events {
        let rivals = best.entry(place(&event)).or_default();
        let rank = |e: &Event| (e.sequence, e.stamp);
        match rivals.first().map(|r| rank(&event).cmp(&rank(r))) {
            Some(std::cmp::Ordering::Less) => {}
            Some(std::cmp::Ordering::Greater) => *rivals = vec![event],
            _ => rivals.push(event),
        }
    }
    best.into_values().flatten().collect()
}

fn unfold_series(master: &Event, changes: &[Event], instances: &mut Instances, warnings: &mut Vec<String>) {
    let zone = &master.start.zone;
    let window = instances.window;
    let long = match master.length {
        Length::Wall(delta) => delta,
        Length::Exact { days, seconds } => TimeDelta::try_days(days)
            .and_then(|d| d.checked_add(&TimeDelta::seconds(seconds)))
            .unwrap_or(TimeDelta::MAX),
    };
    let from = window.first.checked_sub_signed(long).unwrap_or(NaiveDateTime::MIN);
    let listed = |rule| {
        let until = |at: NaiveDateTime| within(rule, at, &master.start);
        recur::starts(rule, master.start.local, from, window.last, &until)
    };
    let mut starts: BTreeMap<NaiveDateTime, Option<Length>> = BTreeMap::new();
    starts.insert(master.start.local, None);
    for rule in &master.rules {
        let found = listed(rule);
        if let Some(cut) = found.cut {
            if recur::within_days(rule) {
                warnings.push(format!(
                    "\"{}\" recurs too often to be listed; every day from {} on is taken as busy",
                    master.summary,
                    cut.date()
                ));
                let last = last_of(rule, &master.start, cut, window.last);
                starts.insert(cut, Some(Length::Wall(last - cut)));
            } else {
                warnings.push(format!(
                    "\"{}\" recurs too often to be listed; read until {}",
                    master.summary,
                    cut.date()
                ));
            }
        }
        starts.extend(found.at.into_iter().map(|at| (at, None)).filter(|(at, _)| found.cut != Some(*at)));
    }
    for (at, length) in &master.dates {
        let local = if master.start.day {
            at.local.date().into()
        } else if at.day {
            at.local.date().and_time(master.start.local.time())
        } else {
            at.on(zone)
        };
        starts.insert(local, *length);
    }
    for excluded in &master.exdates {
        remove(&mut starts, excluded, master);
    }
    for change in changes {
        // A whole day does not say which of a series of moments it replaces.
        if let Some(replaced) = change.replaces.as_ref().filter(|r| master.start.day || !r.day) {
            remove(&mut starts, replaced, master);
        }
    }
    // Later instances follow the latest change that says so.
    let mut following: Vec<(NaiveDateTime, &Event)> = changes
        .iter()
        .filter(|c| c.and_future)
        .filter_map(|c| c.replaces.as_ref().map(|r| (place(r, master), c)))
        .collect();
    following.sort_by_key(|(at, _)| *at);
    for (local, length) in starts {
        match following.iter().rev().find(|(at, _)| *at < local) {
            Some((at, change)) => {
                let moved = change.start.on(zone) - *at;
                let local = local.checked_add_signed(moved).unwrap_or(local);
                instances.add(change, When { local, ..master.start.clone() }, change.length);
            }
            None => instances.add(master, When { local, ..master.start.clone() }, length.unwrap_or(master.length)),
        }
    }
}

/// True while a start is within a rule's UNTIL: a day (that day included), a local time, or a moment.
fn within(rule: &calcard::icalendar::ICalendarRecurrenceRule, at: NaiveDateTime, start: &When) -> bool {
    let Some(until) = &rule.until else { return true };
    let Some(local) = event::naive(until) else { return true };
    if until.hour.is_none() || start.day {
        return at.date() <= local.date();
    }
    // Where the start has a zone, the standard wants UNTIL in UTC, and programs read it so even without the Z.
    match start.zone.instant(at) {
        Some(instant) => instant <= local.and_utc().timestamp(),
        None => at <= local,
    }
}

/// Where a series that is too long to list ends at the latest.
fn last_of(
    rule: &calcard::icalendar::ICalendarRecurrenceRule,
    start: &When,
    cut: NaiveDateTime,
    window: NaiveDateTime,
) -> NaiveDateTime {
    let until = rule.until.as_ref().and_then(event::naive);
    let local = until.map_or(window, |until| start.zone.local(until.and_utc().timestamp()).unwrap_or(until));
    local.min(window).max(cut)
}

/// The place in the series that an EXDATE or RECURRENCE-ID means, on the series' own clock.
fn place(at: &When, master: &Event) -> NaiveDateTime {
    if master.start.day && !at.day { at.local.date().into() } else { at.on(&master.start.zone) }
}

/// Takes the instance that `at` means out of a series. Its kind (day or time) and clock may differ from the series'.
fn remove(starts: &mut BTreeMap<NaiveDateTime, Option<Length>>, at: &When, master: &Event) {
    if master.start.day {
        if at.day || !matches!(at.zone, Zone::Utc) {
            starts.remove(&NaiveDateTime::from(at.local.date()));
            return;
        }
        // A whole day given as a moment: midnight somewhere. The nearest midnight is the day that is meant.
        let nearest = at.local.checked_add_signed(TimeDelta::hours(12)).unwrap_or(at.local).date();
        starts.remove(&NaiveDateTime::from(nearest));
    } else if at.day {
        let day = at.local.date();
        starts.retain(|start, _| start.date() != day);
    } else {
        starts.remove(&at.on(&master.start.zone));
    }
}
