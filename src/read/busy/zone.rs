//! Which clock a time is meant by: names resolved with current zone data, the file's own VTIMEZONE only where the name
//! says nothing.

use super::event::{first_text, naive};
use super::recur;
use super::text::Block;
use calcard::common::timezone::Tz;
use calcard::icalendar::{ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use calcard::{Entry, Parser};
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::rc::Rc;
use std::str::FromStr;
use std::sync::LazyLock;

/// The zone data that every answer comes from, the same on every machine.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The clock that a local time is meant by.
#[derive(Clone, Debug)]
pub enum Zone {
    Utc,
    Named(TimeZone),
    /// The file's own rules: moments (in seconds, local by the clock before) and the offsets before and after.
    Own(Rc<Vec<Onset>>),
    /// No zone was said: the reader's own clock.
    Floating,
}

/// A change of clock, as a VTIMEZONE says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Onset {
    pub at: NaiveDateTime,
    /// Seconds east of UTC before and after.
    pub before: i32,
    pub after: i32,
}

impl Zone {
    /// The zone with this IANA name.
    pub fn iana(name: &str) -> Option<Zone> {
        ZONES
            .get(name.trim())
            .ok()
            .map(|zone| if name.eq_ignore_ascii_case("UTC") { Zone::Utc } else { Zone::Named(zone) })
    }

    /// Seconds since 1970 of a local time; None where the zone is the reader's own, or beyond the calendar.
    ///
    /// A time that a change of clock skips is read by the clock before it, one that happens twice is the first.
    pub fn instant(&self, local: NaiveDateTime) -> Option<i64> {
        match self {
            Zone::Utc => Some(local.and_utc().timestamp()),
            Zone::Floating => None,
            Zone::Named(zone) => zone.to_ambiguous_timestamp(civil(local)?).compatible().ok().map(|t| t.as_second()),
            Zone::Own(onsets) => {
                let offset = match onsets.iter().rev().find(|o| o.at <= local) {
                    // Skipped by this very change: the clock before it still counts.
                    Some(o) if o.after > o.before && local < o.at + seconds(o.after - o.before) => o.before,
                    Some(o) => o.after,
                    None => onsets.first()?.before,
                };
                let repeated = onsets
                    .iter()
                    .find(|o| o.after < o.before && local < o.at && o.at - seconds(o.before - o.after) <= local);
                let offset = repeated.map_or(offset, |o| o.before);
                Some(local.and_utc().timestamp() - i64::from(offset))
            }
        }
    }

    /// The local time of a moment; None where the zone is the reader's own, or beyond the calendar.
    pub fn local(&self, instant: i64) -> Option<NaiveDateTime> {
        let utc = chrono::DateTime::from_timestamp(instant, 0)?.naive_utc();
        match self {
            Zone::Utc => Some(utc),
            Zone::Floating => None,
            Zone::Named(zone) => {
                let offset = zone.to_offset(jiff::Timestamp::from_second(instant).ok()?).seconds();
                utc.checked_add_signed(seconds(offset))
            }
            Zone::Own(onsets) => {
                let passed = |o: &&Onset| o.at.and_utc().timestamp() - i64::from(o.before) <= instant;
                let offset = match onsets.iter().rev().find(passed) {
                    Some(o) => o.after,
                    None => onsets.first()?.before,
                };
                utc.checked_add_signed(seconds(offset))
            }
        }
    }
}

fn seconds(n: i32) -> TimeDelta {
    TimeDelta::seconds(i64::from(n))
}

fn civil(at: NaiveDateTime) -> Option<jiff::civil::DateTime> {
    jiff::civil::DateTime::new(
        i16::try_from(at.year()).ok()?,
        at.month() as i8,
        at.day() as i8,
        at.hour() as i8,
        at.minute() as i8,
        at.second() as i8,
        0,
    )
    .ok()
}

/// The zones of one file: its own VTIMEZONEs by name.
#[derive(Debug, Default)]
pub struct Zones {
    own: Vec<(String, Zone)>,
}

impl Zones {
    /// Reads the VTIMEZONEs, as far as they matter until the year `until`.
    pub fn read(blocks: &[Block], until: i32) -> Zones {
        let mut zones = Zones::default();
        for block in blocks {
            if let Entry::ICalendar(calendar) = Parser::new(&block.text).entry()
                && let Some((name, onsets)) = own_rules(&calendar.components, until)
            {
                zones.own.push((name, Zone::Own(Rc::new(onsets))));
            }
        }
        zones
    }

    /// The zone that a TZID means; None where nothing says.
    pub fn find(&self, tzid: &str) -> Option<Zone> {
        let tzid = tzid.trim().trim_matches('"');
        named(tzid).or_else(|| self.own.iter().find(|(name, _)| name == tzid).map(|(_, zone)| zone.clone()))
    }
}

/// The zone that a name means by itself: an IANA name, alone or behind a vendor's prefix, or a name of Windows and
/// Outlook.
pub fn named(name: &str) -> Option<Zone> {
    if name.is_empty() {
        return None;
    }
    if let Some(zone) = Zone::iana(name) {
        return Some(zone);
    }
    // `/vendor/Europe/Berlin`: the longest tail that is a name.
    if let Some(zone) = name.match_indices('/').find_map(|(at, _)| Zone::iana(&name[at + 1..])) {
        return Some(zone);
    }
    if name.to_ascii_lowercase().contains("customized time zone") {
        return None;
    }
    match Tz::from_str(name) {
        Ok(tz) => tz.name().and_then(|iana| Zone::iana(&iana)),
        Err(()) => None,
    }
}

/// The name and the changes of clock of a VTIMEZONE, in order.
fn own_rules(components: &[ICalendarComponent], until: i32) -> Option<(String, Vec<Onset>)> {
    let head = components.first()?;
    let text = |component: &ICalendarComponent, name: &ICalendarProperty| {
        component.entries.iter().find(|e| e.name == *name).and_then(|e| first_text(&e.values))
    };
    let name = text(head, &ICalendarProperty::Tzid)?.trim().trim_matches('"').to_owned();
    let end = NaiveDate::from_ymd_opt(until.clamp(1970, 9_000), 12, 31)?.and_hms_opt(23, 59, 59)?;
    let mut onsets = Vec::new();
    for part in components {
        if !matches!(part.component_type, ICalendarComponentType::Standard | ICalendarComponentType::Daylight) {
            continue;
        }
        let (mut start, mut before, mut after) = (None, None, None);
        let mut rules = Vec::new();
        let mut dates = Vec::new();
        for entry in &part.entries {
            match (&entry.name, entry.values.first()) {
                (ICalendarProperty::Dtstart, Some(ICalendarValue::PartialDateTime(at))) => start = naive(at),
                (ICalendarProperty::Tzoffsetfrom, Some(value)) => before = offset(value),
                (ICalendarProperty::Tzoffsetto, Some(value)) => after = offset(value),
                (ICalendarProperty::Rrule, Some(ICalendarValue::RecurrenceRule(rule))) => rules.push(rule),
                (ICalendarProperty::Rdate, _) => dates.extend(entry.values.iter().filter_map(|v| match v {
                    ICalendarValue::PartialDateTime(at) => naive(at),
                    _ => None,
                })),
                _ => {}
            }
        }
        let (Some(start), Some(after)) = (start, after) else { continue };
        let before = before.unwrap_or(after);
        let mut at = vec![start];
        for rule in rules {
            // UNTIL is in UTC here.
            let last = rule.until.as_ref().and_then(naive).map(|u| u + seconds(before));
            let found = recur::starts(rule, start, start, end, &|t| last.is_none_or(|last| t <= last));
            at.extend(found.at);
        }
        at.extend(dates);
        onsets.extend(at.into_iter().map(|at| Onset { at, before, after }));
    }
    onsets.sort_unstable();
    onsets.dedup();
    (!onsets.is_empty()).then_some((name, onsets))
}

/// Seconds of a UTC offset.
fn offset(value: &ICalendarValue) -> Option<i32> {
    let (sign, hours, minutes) = match value {
        ICalendarValue::PartialDateTime(at) => {
            (if at.tz_minus { -1 } else { 1 }, i32::from(at.tz_hour?), i32::from(at.tz_minute.unwrap_or(0)))
        }
        ICalendarValue::Text(text) => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let sign = if text.trim_start().starts_with('-') { -1 } else { 1 };
            (sign, digits.get(..2)?.parse().ok()?, digits.get(2..4)?.parse().ok()?)
        }
        _ => return None,
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}
