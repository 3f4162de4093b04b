//! A VTIMEZONE in the one form that every calendar program reads right: one STANDARD and one DAYLIGHT, each with a
//! yearly rule without end that began in 1970; a single STANDARD where the clock does not change.
//!
//! Only for zones that no yearly rule describes in the years needed, the changes are listed one RDATE a line.

use super::lines::{folded, value};
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use ics::components::Property;
use ics::{Daylight, Standard};
use jiff::Timestamp;
use jiff::tz::{Dst, TimeZone, TimeZoneDatabase};
use std::sync::LazyLock;

/// The zone data that every answer comes from, the same on every machine.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// A change of clock.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    /// On the clock before it.
    at: NaiveDateTime,
    /// Seconds east of UTC.
    before: i32,
    after: i32,
    name: String,
    summer: bool,
}

/// True where the place keeps UTC, so that times can be written without a zone.
pub fn is_utc(name: &str) -> bool {
    matches!(name, "UTC" | "Etc/UTC" | "Etc/UCT" | "UCT" | "Zulu" | "Etc/Zulu" | "Etc/Universal" | "Universal")
        || ZONES.get(name).is_err()
}

/// The VTIMEZONE of a zone, right for the years `first..=last`; empty where there is no such zone.
pub fn vtimezone(name: &str, first: i32, last: i32) -> String {
    let Ok(zone) = ZONES.get(name) else { return String::new() };
    let changes = changes(&zone, first, last);
    let mut component = if changes.is_empty() {
        let (offset, name) = state(&zone, first);
        component(name, false, fixed_onset(), offset, offset, None, &[])
    } else if let Some(pair) = yearly(&zone, &changes, first, last) {
        pair
    } else {
        listed(&zone, &changes, first)
    };
    component.insert_str(0, &format!("BEGIN:VTIMEZONE\r\nTZID:{name}\r\n"));
    component.push_str("END:VTIMEZONE\r\n");
    component
}

/// The changes of clock in these years.
fn changes(zone: &TimeZone, first: i32, last: i32) -> Vec<Change> {
    let (Some(from), Some(to)) = (new_year(first), new_year(last + 1)) else { return Vec::new() };
    let mut before = zone.to_offset(from).seconds();
    let mut found = Vec::new();
    for transition in zone.following(from) {
        if transition.timestamp() >= to {
            break;
        }
        let after = transition.offset().seconds();
        let utc = chrono::DateTime::from_timestamp(transition.timestamp().as_second(), 0).map(|t| t.naive_utc());
        if let Some(utc) = utc.filter(|_| after != before) {
            found.push(Change {
                at: utc + TimeDelta::seconds(i64::from(before)),
                before,
                after,
                name: transition.abbreviation().to_owned(),
                summer: transition.dst() == Dst::Yes,
            });
        }
        before = after;
    }
    found
}

/// Midnight UTC of a New Year.
fn new_year(year: i32) -> Option<Timestamp> {
    let seconds = NaiveDate::from_ymd_opt(year, 1, 1)?.and_hms_opt(0, 0, 0)?.and_utc().timestamp();
    Timestamp::from_second(seconds).ok()
}

/// Offset and name of the clock at the beginning of a year.
fn state(zone: &TimeZone, year: i32) -> (i32, String) {
    let at = new_year(year).unwrap_or(Timestamp::UNIX_EPOCH);
    let info = zone.to_offset_info(at);
    (info.offset().seconds(), info.abbreviation().to_owned())
}

fn fixed_onset() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or_default().into()
}

/// Which day of a month a change falls on: a weekday, the how manieth (-1: the last).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn {
    month: u32,
    weekday: Weekday,
    nth: i32,
}

impl Turn {
    /// The two ways to say this day.
    fn candidates(day: NaiveDate) -> impl Iterator<Item = Turn> {
        let nth = day.day0() as i32 / 7 + 1;
        let last = day.day() + 7 > u32::from(day.num_days_in_month());
        let turn = move |nth| Turn { month: day.month(), weekday: day.weekday(), nth };
        [last.then(|| turn(-1)), (nth < 5).then(|| turn(nth))].into_iter().flatten()
    }

    fn in_year(self, year: i32) -> Option<NaiveDate> {
        if self.nth > 0 {
            return NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, u8::try_from(self.nth).ok()?);
        }
        (1..=5).rev().find_map(|n| NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, n))
    }
}

/// One STANDARD and one DAYLIGHT, where two yearly rules give exactly the changes of these years. Of several rules that
/// do, the one that holds longest in the years after.
fn yearly(zone: &TimeZone, needed: &[Change], first: i32, last: i32) -> Option<String> {
    let [one, two] = [needed.first()?, needed.get(1)?];
    if needed.len() as i32 != 2 * (last - first + 1) {
        return None;
    }
    let later = changes(zone, last + 1, last + 10);
    let rule = |like: &Change| {
        let fits = |turn: &Turn, change: &Change| {
            turn.in_year(change.at.year()).and_then(|d| d.and_hms_opt(0, 0, 0)).map(|d| d.date())
                == Some(change.at.date())
                && change.at.time() == like.at.time()
                && (change.before, change.after) == (like.before, like.after)
        };
        let mine = |c: &&Change| (c.before, c.after) == (like.before, like.after);
        let held = |turn: &Turn| later.iter().filter(mine).take_while(|c| fits(turn, c)).count();
        Turn::candidates(like.at.date())
            .filter(|turn| needed.iter().filter(mine).all(|c| fits(turn, c)))
            .max_by_key(|turn| (held(turn), turn.nth < 0))
    };
    let halves = needed.iter().filter(|c| (c.before, c.after) == (one.before, one.after)).count();
    if halves * 2 != needed.len() || (two.before, two.after) != (one.after, one.before) {
        return None;
    }
    let turns = [(one, rule(one)?), (two, rule(two)?)];
    let mut out = String::new();
    // STANDARD first: by the zone's own word, or else the smaller offset.
    let summer = |c: &Change| if one.summer == two.summer { c.after > c.before } else { c.summer };
    for wanted in [false, true] {
        let (change, turn) = turns.iter().find(|(c, _)| summer(c) == wanted)?;
        let onset = turn.in_year(1970)?.and_time(change.at.time());
        let weekday = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][turn.weekday.num_days_from_monday() as usize];
        let rrule = format!("FREQ=YEARLY;BYMONTH={};BYDAY={}{weekday}", turn.month, turn.nth);
        out += &component(change.name.clone(), wanted, onset, change.before, change.after, Some(rrule), &[]);
    }
    Some(out)
}

/// The clock as it was at the beginning, then every change of these years, grouped by kind.
fn listed(zone: &TimeZone, changes: &[Change], first: i32) -> String {
    let (offset, name) = state(zone, first);
    let mut out = component(name, false, fixed_onset(), offset, offset, None, &[]);
    let mut done: Vec<&Change> = Vec::new();
    for change in changes {
        let like = |c: &Change| (c.before, c.after, &c.name) == (change.before, change.after, &change.name);
        if done.iter().any(|c| like(c)) {
            continue;
        }
        done.push(change);
        let again: Vec<NaiveDateTime> = changes.iter().filter(|c| like(c)).skip(1).map(|c| c.at).collect();
        let summer = change.summer && change.after > change.before;
        out += &component(change.name.clone(), summer, change.at, change.before, change.after, None, &again);
    }
    out
}

fn component(
    name: String,
    summer: bool,
    onset: NaiveDateTime,
    before: i32,
    after: i32,
    rule: Option<String>,
    again: &[NaiveDateTime],
) -> String {
    let local = |at: NaiveDateTime| at.format("%Y%m%dT%H%M%S").to_string();
    let mut more: Vec<Property> = vec![value("TZNAME", name, &[])];
    more.extend(rule.map(|r| value("RRULE", r, &[])));
    more.extend(again.iter().map(|at| value("RDATE", local(*at), &[])));
    if summer {
        let mut part = Daylight::new(local(onset), offset(before), offset(after));
        more.into_iter().for_each(|p| part.push(p));
        folded(&part)
    } else {
        let mut part = Standard::new(local(onset), offset(before), offset(after));
        more.into_iter().for_each(|p| part.push(p));
        folded(&part)
    }
}

/// `+hhmm`; no zone has had seconds since the 1970s.
fn offset(seconds: i32) -> String {
    let minutes = seconds.abs() / 60;
    format!("{}{:02}{:02}", if seconds < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
}
