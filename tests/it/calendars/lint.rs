//! A strict reading of RFC 5545 and RFC 7986 for what docent writes: everything that is not expressly right is a fault.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::collections::{BTreeMap, BTreeSet};

/// A content line taken apart.
#[derive(Clone, Debug)]
pub struct Line {
    pub name: String,
    pub parameters: Vec<(String, String)>,
    pub value: String,
}

/// A component.
#[derive(Clone, Debug, Default)]
pub struct Component {
    pub name: String,
    pub lines: Vec<Line>,
    pub inside: Vec<Component>,
}

impl Component {
    pub fn value(&self, name: &str) -> &str {
        self.lines.iter().find(|l| l.name == name).map_or("", |l| l.value.as_str())
    }

    fn count(&self, name: &str) -> usize {
        self.lines.iter().filter(|l| l.name == name).count()
    }
}

/// The faults of a file, and the calendar as far as it could be read.
pub fn lint(bytes: &[u8]) -> (Vec<String>, Component) {
    let mut faults = Vec::new();
    let Ok(text) = std::str::from_utf8(bytes) else { return (vec!["not UTF-8".into()], Component::default()) };
    if bytes.len() > 1_000_000 {
        faults.push(format!("{} octets", bytes.len()));
    }
    let lines = unfold(text, &mut faults);
    let calendar = tree(&lines, &mut faults);
    check_calendar(&calendar, &mut faults);
    (faults, calendar)
}

/// Panics with every fault of a file.
#[track_caller]
pub fn clean(name: &str, bytes: &[u8]) -> Component {
    let (faults, calendar) = lint(bytes);
    assert!(faults.is_empty(), "{name}: {faults:#?}\n{}", String::from_utf8_lossy(bytes));
    calendar
}

/// Text of a TEXT value.
pub fn unescape(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c) => out.push(c),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

fn unfold(text: &str, faults: &mut Vec<String>) -> Vec<String> {
    if text.starts_with('\u{feff}') {
        faults.push("a byte order mark".into());
    }
    if !text.ends_with("\r\n") {
        faults.push("the last line does not end in CRLF".into());
    }
    let mut lines: Vec<String> = Vec::new();
    for (i, line) in text.split_terminator("\r\n").enumerate() {
        let number = i + 1;
        if line.len() > 75 {
            faults.push(format!("line {number} has {} octets", line.len()));
        }
        if line.is_empty() {
            faults.push(format!("line {number} is empty"));
        }
        if line.chars().any(|c| c.is_control()) {
            faults.push(format!("line {number} has a control character or a lone CR or LF"));
        }
        if line.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1 {
            faults.push(format!("line {number} is folded within an escape"));
        }
        match line.strip_prefix(' ') {
            Some(rest) => match lines.last_mut() {
                Some(last) => last.push_str(rest),
                None => faults.push("the first line is a continuation".into()),
            },
            None => lines.push(line.to_string()),
        }
    }
    lines
}

fn line(text: &str, faults: &mut Vec<String>) -> Option<Line> {
    let name_end = text.find([':', ';'])?;
    let name = &text[..name_end];
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-') {
        faults.push(format!("\"{name}\" is no property name"));
    }
    let mut parameters = Vec::new();
    let mut rest = &text[name_end..];
    while let Some(after) = rest.strip_prefix(';') {
        let (key, tail) = after.split_once('=')?;
        let (value, tail) = if let Some(quoted) = tail.strip_prefix('"') {
            quoted.split_once('"')?
        } else {
            let end = tail.find([':', ';', ','])?;
            if tail[..end].contains('"') {
                faults.push(format!("a quote within a parameter: {text}"));
            }
            (&tail[..end], &tail[end..])
        };
        parameters.push((key.to_string(), value.to_string()));
        rest = tail;
    }
    let value = rest.strip_prefix(':')?.to_string();
    Some(Line { name: name.to_string(), parameters, value })
}

fn tree(lines: &[String], faults: &mut Vec<String>) -> Component {
    let mut stack: Vec<Component> = Vec::new();
    let mut done: Vec<Component> = Vec::new();
    for text in lines {
        let Some(line) = line(text, faults) else {
            faults.push(format!("not a content line: {text}"));
            continue;
        };
        match line.name.as_str() {
            "BEGIN" => stack.push(Component { name: line.value, ..Component::default() }),
            "END" => match stack.pop() {
                Some(component) if component.name == line.value => match stack.last_mut() {
                    Some(parent) => parent.inside.push(component),
                    None => done.push(component),
                },
                _ => faults.push(format!("END:{} without its BEGIN", line.value)),
            },
            _ => match stack.last_mut() {
                Some(component) => {
                    if !component.inside.is_empty() {
                        faults.push(format!("{} behind a component", line.name));
                    }
                    component.lines.push(line);
                }
                None => faults.push(format!("{} outside the calendar", line.name)),
            },
        }
    }
    if !stack.is_empty() || done.len() != 1 || done.iter().any(|c| c.name != "VCALENDAR") {
        faults.push("not exactly one VCALENDAR".into());
    }
    done.pop().unwrap_or_default()
}

/// How often a property must and may stand.
fn allowed(component: &Component, once: &[&str], at_most_once: &[&str], any: &[&str], faults: &mut Vec<String>) {
    for name in once {
        if component.count(name) != 1 {
            faults.push(format!("{}: {name} stands {} times", component.name, component.count(name)));
        }
    }
    for name in at_most_once {
        if component.count(name) > 1 {
            faults.push(format!("{}: {name} stands {} times", component.name, component.count(name)));
        }
    }
    for line in &component.lines {
        let known = [once, at_most_once, any].iter().any(|l| l.contains(&line.name.as_str()));
        if !known {
            faults.push(format!("{}: {} is not expected", component.name, line.name));
        }
    }
}

fn check_calendar(calendar: &Component, faults: &mut Vec<String>) {
    allowed(calendar, &["VERSION", "PRODID", "CALSCALE"], &["NAME", "X-WR-CALNAME"], &[], faults);
    if calendar.value("VERSION") != "2.0" || calendar.value("CALSCALE") != "GREGORIAN" {
        faults.push("VERSION or CALSCALE".into());
    }
    check_text(calendar.value("PRODID"), false, faults);
    let events: Vec<&Component> = calendar.inside.iter().filter(|c| c.name == "VEVENT").collect();
    if events.is_empty() {
        faults.push("no event".into());
    }
    let named = calendar.count("NAME") == 1 && calendar.value("NAME") == calendar.value("X-WR-CALNAME");
    if named != (events.len() > 1) {
        faults.push("a name where there is one event, or none where there are several".into());
    }
    let mut zones: BTreeMap<&str, &Component> = BTreeMap::new();
    for zone in calendar.inside.iter().filter(|c| c.name != "VEVENT") {
        if zone.name != "VTIMEZONE" || zones.insert(zone.value("TZID"), zone).is_some() {
            faults.push(format!("{} {}", zone.name, zone.value("TZID")));
        }
        check_zone(zone, faults);
    }
    let mut uids = BTreeSet::new();
    let mut used = BTreeSet::new();
    let mut last = (String::new(), "");
    for event in events {
        check_event(event, &zones, &mut used, faults);
        let uid = event.value("UID");
        if !uids.insert(uid) {
            faults.push(format!("two events with the UID {uid}"));
        }
        let place = (event.value("DTSTART")[..8].to_string(), uid);
        if place < last {
            faults.push(format!("{uid} is out of order"));
        }
        last = place;
    }
    for zone in zones.keys().filter(|z| !used.contains(**z)) {
        faults.push(format!("VTIMEZONE {zone} is not used"));
    }
}

fn check_event<'a>(
    event: &'a Component,
    zones: &BTreeMap<&str, &Component>,
    used: &mut BTreeSet<&'a str>,
    faults: &mut Vec<String>,
) {
    allowed(
        event,
        &[
            "UID",
            "DTSTAMP",
            "LAST-MODIFIED",
            "SEQUENCE",
            "STATUS",
            "DTSTART",
            "DTEND",
            "SUMMARY",
            "DESCRIPTION",
            "TRANSP",
        ],
        &["LOCATION", "GEO", "CATEGORIES"],
        &[],
        faults,
    );
    let uid = event.value("UID");
    let mut fault = |what: String| faults.push(format!("{uid}: {what}"));
    if uuid::Uuid::parse_str(uid).map(|u| u.get_version_num()) != Ok(5) {
        fault("the UID is no UUID of version 5".into());
    }
    if event.value("SEQUENCE").parse::<u32>().is_err() {
        fault("SEQUENCE".into());
    }
    let status = event.value("STATUS");
    if !["TENTATIVE", "CONFIRMED", "CANCELLED"].contains(&status) {
        fault(format!("STATUS {status}"));
    }
    let transparent = event.value("TRANSP") == "TRANSPARENT";
    if !transparent && event.value("TRANSP") != "OPAQUE" {
        fault("TRANSP".into());
    }
    if status == "CANCELLED" && !(transparent && event.value("SUMMARY").starts_with("Cancelled: ")) {
        fault("a withdrawn event that takes time or does not say so".into());
    }
    for name in ["DTSTAMP", "LAST-MODIFIED"] {
        if event.value(name) != event.value("DTSTAMP")
            || !event.value(name).ends_with('Z')
            || moment(event.value(name)).is_none()
        {
            fault(format!("{name} {}", event.value(name)));
        }
    }
    let time = |name: &str| event.lines.iter().find(|l| l.name == name);
    if let (Some(start), Some(end)) = (time("DTSTART"), time("DTEND")) {
        if start.parameters != end.parameters {
            fault("DTSTART and DTEND are of two kinds".into());
        }
        let ok = match start.parameters.as_slice() {
            [(key, value)] if key == "VALUE" && value == "DATE" => {
                day(&start.value).zip(day(&end.value)).is_some_and(|(a, b)| a < b)
            }
            [(key, tzid)] if key == "TZID" => {
                used.insert(tzid.as_str());
                let times = moment(&start.value).zip(moment(&end.value));
                match (zones.get(tzid.as_str()), times) {
                    (Some(zone), Some((a, b))) if !start.value.ends_with('Z') && a < b => {
                        for at in [a, b] {
                            let (own, iana) = (offset_of(zone, at), iana_offset(tzid, at));
                            if own != iana {
                                fault(format!("VTIMEZONE {tzid} says {own:?} at {at}, the zone itself {iana:?}"));
                            }
                        }
                        true
                    }
                    _ => false,
                }
            }
            [] => start.value.ends_with('Z') && end.value.ends_with('Z') && moment(&start.value) < moment(&end.value),
            _ => false,
        };
        if !ok {
            fault(format!("times {start:?} {end:?}"));
        }
    }
    if let Some(geo) = time("GEO") {
        let inside =
            geo.value.split_once(';').and_then(|(a, b)| Some((a.parse::<f64>().ok()?, b.parse::<f64>().ok()?)));
        if !inside.is_some_and(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0) {
            fault(format!("GEO {}", geo.value));
        }
    }
    for name in ["SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES"] {
        if let Some(line) = time(name) {
            if line.value.is_empty() {
                faults.push(format!("{uid}: {name} is empty"));
            }
            check_text(&line.value, name == "CATEGORIES", faults);
        }
    }
}

/// Escapes of a TEXT value: `\\ \; \, \n`, and no bare comma or semicolon (a list has commas).
fn check_text(value: &str, list: bool, faults: &mut Vec<String>) {
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        let fine = match c {
            '\\' => chars.next().is_some_and(|c| "\\;,nN".contains(c)),
            ';' => false,
            ',' => list,
            _ => true,
        };
        if !fine {
            faults.push(format!("wrongly escaped: {value}"));
            return;
        }
    }
}

fn check_zone(zone: &Component, faults: &mut Vec<String>) {
    allowed(zone, &["TZID"], &[], &[], faults);
    let tzid = zone.value("TZID");
    if TimeZoneDatabase::bundled().get(tzid).is_err() {
        faults.push(format!("{tzid} is no IANA name"));
    }
    let kinds: Vec<&str> = zone.inside.iter().map(|c| c.name.as_str()).collect();
    let has_rules = zone.inside.iter().any(|c| c.count("RRULE") > 0);
    let form = match kinds.as_slice() {
        ["STANDARD"] => !has_rules,
        ["STANDARD", "DAYLIGHT"] if has_rules => {
            zone.inside.iter().all(|c| c.count("RRULE") == 1 && c.count("RDATE") == 0)
        }
        // Zones without a yearly rule.
        _ => !has_rules && kinds.iter().all(|k| ["STANDARD", "DAYLIGHT"].contains(k)),
    };
    if !form {
        faults.push(format!("{tzid}: {kinds:?}"));
    }
    for (i, part) in zone.inside.iter().enumerate() {
        allowed(part, &["DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"], &["RRULE"], &["RDATE"], faults);
        let onset = part.value("DTSTART");
        if moment(onset).is_none() || onset.ends_with('Z') || !part.lines[0].parameters.is_empty() {
            faults.push(format!("{tzid}: onset {onset}"));
        }
        if (has_rules || i == 0) && !onset.starts_with("1970") {
            faults.push(format!("{tzid}: the first onset {onset} is late"));
        }
        if part.lines.iter().any(|l| l.name == "RDATE" && l.value.contains(',')) {
            faults.push(format!("{tzid}: several RDATEs on one line"));
        }
        for name in ["TZOFFSETFROM", "TZOFFSETTO"] {
            if seconds(part.value(name)).is_none() {
                faults.push(format!("{tzid}: {name} {}", part.value(name)));
            }
        }
        let rule = part.value("RRULE");
        if !rule.is_empty() && onsets(part, 1970, 1970).first() != moment(onset).as_ref() {
            faults.push(format!("{tzid}: {onset} is not what {rule} yields"));
        }
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    (text.len() == 8).then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok()).flatten()
}

fn moment(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text.strip_suffix('Z').unwrap_or(text), "%Y%m%dT%H%M%S").ok()
}

fn seconds(offset: &str) -> Option<i32> {
    let sign = match offset.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = offset.get(1..).filter(|d| d.len() == 4)?;
    Some(sign * (digits[..2].parse::<i32>().ok()? * 3_600 + digits[2..].parse::<i32>().ok()? * 60))
}

/// The onsets of a STANDARD or DAYLIGHT in these years; only rules of the form that docent writes.
fn onsets(part: &Component, first: i32, last: i32) -> Vec<NaiveDateTime> {
    let mut found: Vec<NaiveDateTime> = part
        .lines
        .iter()
        .filter(|l| l.name == "DTSTART" || l.name == "RDATE")
        .filter_map(|l| moment(&l.value))
        .collect();
    let rule = part.value("RRULE");
    if !rule.is_empty() {
        let get = |key: &str| rule.split(';').find_map(|p| p.strip_prefix(key)).expect("a part of the rule");
        assert_eq!(get("FREQ="), "YEARLY");
        let month: u32 = get("BYMONTH=").parse().expect("a month");
        let byday = get("BYDAY=");
        let (nth, name) = byday.split_at(byday.len() - 2);
        let nth: i32 = nth.parse().expect("a number");
        let weekday =
            [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun]
                [["MO", "TU", "WE", "TH", "FR", "SA", "SU"].iter().position(|d| *d == name).expect("a weekday")];
        let start = found[0];
        found.clear();
        for year in first..=last {
            let days: Vec<NaiveDate> = NaiveDate::from_ymd_opt(year, month, 1)
                .expect("a month")
                .iter_days()
                .take_while(|d| d.month() == month)
                .filter(|d| d.weekday() == weekday)
                .collect();
            let index = if nth > 0 { nth - 1 } else { days.len() as i32 + nth };
            found.push(days[index as usize].and_time(start.time()));
        }
    }
    found
}

/// The offset that a VTIMEZONE gives at a local time.
fn offset_of(zone: &Component, at: NaiveDateTime) -> Option<i32> {
    let mut all: Vec<(NaiveDateTime, i32)> = Vec::new();
    for part in &zone.inside {
        let to = seconds(part.value("TZOFFSETTO"))?;
        all.extend(onsets(part, at.year() - 1, at.year()).into_iter().map(|o| (o, to)));
    }
    all.sort();
    all.iter().rev().find(|(onset, _)| *onset <= at).map(|(_, to)| *to)
}

fn iana_offset(tzid: &str, at: NaiveDateTime) -> Option<i32> {
    let zone: TimeZone = TimeZoneDatabase::bundled().get(tzid).ok()?;
    let civil: jiff::civil::DateTime = at.format("%Y-%m-%dT%H:%M:%S").to_string().parse().ok()?;
    let instant = zone.to_ambiguous_timestamp(civil).compatible().ok()?;
    let utc = chrono::DateTime::from_timestamp(instant.as_second(), 0)?.naive_utc();
    i32::try_from((at - utc).num_seconds()).ok()
}
