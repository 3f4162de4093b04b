//! One VEVENT as it stands in the file: its times with their clocks, its rules, and whether it takes time at all.

use super::zone::{Zone, Zones};
use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarComponent, ICalendarDuration, ICalendarEntry, ICalendarParameterName, ICalendarParameterValue,
    ICalendarParticipationStatus, ICalendarPeriod, ICalendarProperty, ICalendarRecurrenceRule, ICalendarStatus,
    ICalendarTransparency, ICalendarValue,
};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// A day or a moment, with the clock it is meant by.
#[derive(Clone, Debug)]
pub struct When {
    pub local: NaiveDateTime,
    /// True: a whole day.
    pub day: bool,
    pub zone: Zone,
}

impl When {
    /// Seconds since 1970, floating times read as UTC: for comparing and for lengths.
    pub fn seconds(&self) -> i64 {
        self.zone.instant(self.local).unwrap_or_else(|| self.local.and_utc().timestamp())
    }

    /// The same moment on another clock; days and floating times stay as they are.
    pub fn on(&self, zone: &Zone) -> NaiveDateTime {
        if self.day {
            return self.local;
        }
        self.zone.instant(self.local).and_then(|t| zone.local(t)).unwrap_or(self.local)
    }
}

/// How long an event lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// On the wall clock: what DTEND says.
    Wall(TimeDelta),
    /// Days on the wall clock, then exact seconds: what DURATION says.
    Exact { days: i64, seconds: i64 },
}

/// Why an event takes no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Free {
    Transparent,
    Cancelled,
    /// Outlook's own mark.
    ByOutlook,
    /// The calendar's owner said no.
    Declined,
}

impl Free {
    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Free::Transparent => "transparent",
            Free::Cancelled => "cancelled",
            Free::ByOutlook => "free",
            Free::Declined => "declined",
        }
    }
}

/// A VEVENT.
#[derive(Clone, Debug)]
pub struct Event {
    pub uid: Option<String>,
    pub summary: String,
    pub sequence: i64,
    /// DTSTAMP; the beginning of time where it is missing.
    pub stamp: NaiveDateTime,
    pub start: When,
    pub length: Length,
    pub rules: Vec<ICalendarRecurrenceRule>,
    /// Further starts, some with a length of their own.
    pub dates: Vec<(When, Option<Length>)>,
    pub exdates: Vec<When>,
    /// Which instance of its series this is.
    pub replaces: Option<When>,
    /// True where it stands for the later instances too.
    pub and_future: bool,
    pub free: Option<Free>,
}

/// What surrounds an event: the zones of its file and who owns the calendar.
pub struct Context<'a> {
    pub zones: &'a Zones,
    /// What times without a zone are meant by: Floating, or the calendar's X-WR-TIMEZONE.
    pub floating: Zone,
    /// The owner's mail address, lower case; may be empty.
    pub owner: &'a str,
    /// True where METHOD:CANCEL withdraws every event.
    pub withdrawn: bool,
    /// The line of the event's BEGIN.
    pub line: usize,
    /// The event as it stands in the file.
    pub text: &'a str,
}

/// Reads a VEVENT. `Err` says why it cannot be read.
pub fn read(component: &ICalendarComponent, context: &Context, warnings: &mut Vec<String>) -> Result<Event, String> {
    let first = |name: ICalendarProperty| component.entries.iter().find(|e| e.name == name);
    let line = context.line;
    let entry = first(ICalendarProperty::Dtstart).ok_or("no DTSTART")?;
    let mut start = when(entry, context, None, warnings).ok_or("its DTSTART cannot be read")?;
    if rolled(entry) {
        warnings.push(format!("line {line}: no month has the day of its DTSTART; read as {}", start.local.date()));
    }
    let mut unreadable_end = false;
    let mut end = first(ICalendarProperty::Dtend).and_then(|e| {
        let end = when(e, context, Some(&start), warnings);
        unreadable_end = end.is_none();
        end
    });
    if unreadable_end {
        return Err("its DTEND cannot be read".to_owned());
    }
    if let Some(end) = &mut end {
        if !end.day && !start.day && matches!(start.zone, Zone::Floating) && !matches!(end.zone, Zone::Floating) {
            warnings.push(format!("line {line}: DTSTART has no time zone, DTEND has one; both are read in it"));
            start.zone = end.zone.clone();
        }
        if end.day != start.day {
            // Mixed kinds: the start's kind counts.
            if start.day {
                let days = end.local.date();
                let midnight = end.local.time() == NaiveTime::MIN;
                end.local = if midnight { days.into() } else { days.succ_opt().unwrap_or(days).into() };
            } else {
                end.zone = start.zone.clone();
            }
            end.day = start.day;
        }
        if end.seconds() < start.seconds() {
            warnings.push(format!("line {line}: DTEND is before DTSTART; read the other way round"));
            std::mem::swap(&mut start, end);
        }
    }
    let duration = first(ICalendarProperty::Duration).and_then(|e| match e.values.first() {
        Some(ICalendarValue::Duration(d)) => Some(length(d)),
        _ => {
            warnings.push(format!("line {line}: the DURATION cannot be read; taken as if there were none"));
            None
        }
    });
    let one_day = Length::Wall(TimeDelta::days(1));
    let length = match (&end, duration) {
        (Some(end), _) if start.day => Length::Wall((end.local - start.local).max(TimeDelta::zero())),
        (Some(end), _) if same_clock(&start.zone, &end.zone) => Length::Wall(end.local - start.local),
        (Some(end), _) => Length::Exact { days: 0, seconds: end.seconds() - start.seconds() },
        (None, Some(Length::Exact { days, seconds })) if start.day => {
            Length::Wall(TimeDelta::try_days(days + seconds.div_euclid(86_400)).unwrap_or(TimeDelta::MAX))
        }
        (None, Some(length)) => length,
        (None, None) if start.day => one_day,
        (None, None) => Length::Exact { days: 0, seconds: 0 },
    };
    let length = match length {
        Length::Exact { days, seconds } if days < 0 || seconds < 0 => Length::Exact { days: 0, seconds: 0 },
        length => length,
    };

    let mut event = Event {
        uid: first(ICalendarProperty::Uid).and_then(|e| first_text(&e.values)).filter(|u| !u.trim().is_empty()),
        summary: first(ICalendarProperty::Summary).and_then(|e| first_text(&e.values)).unwrap_or_default(),
        sequence: first(ICalendarProperty::Sequence).map_or(0, |e| match e.values.first() {
            Some(ICalendarValue::Integer(n)) => *n,
            _ => 0,
        }),
        stamp: first(ICalendarProperty::Dtstamp)
            .and_then(|e| match e.values.first() {
                Some(ICalendarValue::PartialDateTime(at)) => naive(at),
                _ => None,
            })
            .unwrap_or(NaiveDateTime::MIN),
        start,
        length,
        rules: Vec::new(),
        dates: Vec::new(),
        exdates: Vec::new(),
        replaces: None,
        and_future: false,
        free: free(component, context),
    };
    for entry in &component.entries {
        match entry.name {
            ICalendarProperty::Rrule => match entry.values.first() {
                Some(ICalendarValue::RecurrenceRule(rule)) if rule.rscale.is_some() && !gregorian(rule) => {
                    warnings.push(format!("line {line}: it recurs by another calendar; only its first day is taken"));
                }
                Some(ICalendarValue::RecurrenceRule(_)) if spaced(context.text, "RRULE:") => {
                    return Err("the rule by which it recurs cannot be read".to_owned());
                }
                Some(ICalendarValue::RecurrenceRule(rule)) => event.rules.push((**rule).clone()),
                _ => warnings.push(format!("line {line}: the rule by which it recurs cannot be read; taken once")),
            },
            // RFC 5545 has dropped it and calendar programs no longer heed it: those days count as busy.
            ICalendarProperty::Exrule => {
                warnings.push(format!("line {line}: EXRULE is no longer part of the standard and takes nothing out"));
            }
            ICalendarProperty::Rdate | ICalendarProperty::Exdate => {
                for value in &entry.values {
                    match time(value, entry, context, Some(&event.start), warnings) {
                        Some((at, _)) if entry.name == ICalendarProperty::Exdate => event.exdates.push(at),
                        Some(found) => event.dates.push(found),
                        None if matches!(value, ICalendarValue::Text(t) if t.trim().is_empty()) => {}
                        None if entry.name == ICalendarProperty::Rdate => {
                            return Err("one of its RDATEs cannot be read".to_owned());
                        }
                        None => warnings.push(format!("line {line}: one EXDATE cannot be read and is left out")),
                    }
                }
            }
            ICalendarProperty::RecurrenceId => {
                event.replaces = when(entry, context, Some(&event.start), warnings);
                event.and_future = parameter(entry, &ICalendarParameterName::Range).is_some();
            }
            _ => {}
        }
    }
    Ok(event)
}

/// Why the event takes no time, if it does not.
fn free(component: &ICalendarComponent, context: &Context) -> Option<Free> {
    let mut marked = None;
    for entry in &component.entries {
        match (&entry.name, entry.values.first()) {
            (ICalendarProperty::Status, Some(ICalendarValue::Status(ICalendarStatus::Cancelled))) => {
                return Some(Free::Cancelled);
            }
            (ICalendarProperty::Transp, Some(ICalendarValue::Transparency(ICalendarTransparency::Transparent))) => {
                marked = Some(Free::Transparent)
            }
            (ICalendarProperty::Other(name), Some(ICalendarValue::Text(text)))
                if name.eq_ignore_ascii_case("X-MICROSOFT-CDO-BUSYSTATUS") && text.eq_ignore_ascii_case("FREE") =>
            {
                marked = marked.or(Some(Free::ByOutlook));
            }
            (ICalendarProperty::Attendee, Some(value)) if !context.owner.is_empty() && declined(entry) => {
                let address = match value {
                    ICalendarValue::Uri(uri) => uri.as_str().unwrap_or_default(),
                    ICalendarValue::Text(text) => text.as_str(),
                    _ => "",
                };
                let address = address.trim().to_ascii_lowercase();
                if address.strip_prefix("mailto:").unwrap_or(&address) == context.owner {
                    marked = marked.or(Some(Free::Declined));
                }
            }
            _ => {}
        }
    }
    if context.withdrawn { Some(Free::Cancelled) } else { marked }
}

fn declined(entry: &ICalendarEntry) -> bool {
    matches!(
        parameter(entry, &ICalendarParameterName::Partstat),
        Some(ICalendarParameterValue::Partstat(ICalendarParticipationStatus::Declined))
    )
}

fn gregorian(rule: &ICalendarRecurrenceRule) -> bool {
    matches!(rule.rscale, Some(calcard::common::CalendarScale::Gregorian))
}

fn same_clock(a: &Zone, b: &Zone) -> bool {
    match (a, b) {
        (Zone::Utc, Zone::Utc) | (Zone::Floating, Zone::Floating) => true,
        (Zone::Named(a), Zone::Named(b)) => a == b,
        (Zone::Own(a), Zone::Own(b)) => a == b,
        _ => false,
    }
}

fn parameter<'a>(entry: &'a ICalendarEntry, name: &ICalendarParameterName) -> Option<&'a ICalendarParameterValue> {
    entry.params.iter().find(|p| p.name == *name).map(|p| &p.value)
}

/// The first time of a property.
fn when(entry: &ICalendarEntry, context: &Context, like: Option<&When>, warnings: &mut Vec<String>) -> Option<When> {
    time(entry.values.first()?, entry, context, like, warnings).map(|(at, _)| at)
}

/// A time of a property, with the length that a period brings along. Without a zone of its own it is meant like `like`.
fn time(
    value: &ICalendarValue,
    entry: &ICalendarEntry,
    context: &Context,
    like: Option<&When>,
    warnings: &mut Vec<String>,
) -> Option<(When, Option<Length>)> {
    let tzid = match parameter(entry, &ICalendarParameterName::Tzid) {
        Some(ICalendarParameterValue::Text(name)) if !name.trim().is_empty() => Some(name.as_str()),
        _ => None,
    };
    let zone = match tzid {
        Some(tzid) => context.zones.find(tzid).unwrap_or_else(|| {
            let warning =
                format!("the time zone \"{tzid}\" is not known; its times are read in the calendar's own zone");
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
            context.floating.clone()
        }),
        None => {
            like.filter(|l| !l.day && !matches!(l.zone, Zone::Utc)).map_or(context.floating.clone(), |l| l.zone.clone())
        }
    };
    let point = |at: &PartialDateTime| -> Option<When> {
        let local = naive(at)?;
        let day = at.hour.is_none();
        match at.tz_hour {
            _ if day => Some(When { local, day, zone: Zone::Floating }),
            None => Some(When { local, day, zone: zone.clone() }),
            Some(hours) => {
                let offset = i64::from(hours) * 3_600 + i64::from(at.tz_minute.unwrap_or(0)) * 60;
                let utc = local.checked_sub_signed(TimeDelta::seconds(if at.tz_minus { -offset } else { offset }))?;
                Some(When { local: utc, day, zone: Zone::Utc })
            }
        }
    };
    match value {
        ICalendarValue::PartialDateTime(at) => Some((point(at)?, None)),
        ICalendarValue::Text(text) => {
            let at = day_or_time(text)?;
            Some((point(&at)?, None))
        }
        ICalendarValue::Period(ICalendarPeriod::Range { start, end }) => {
            let (start, end) = (point(start)?, point(end)?);
            let seconds = end.seconds() - start.seconds();
            (seconds >= 0).then_some((start, Some(Length::Exact { days: 0, seconds })))
        }
        ICalendarValue::Period(ICalendarPeriod::Duration { start, duration }) => {
            Some((point(start)?, Some(length(duration))))
        }
        _ => None,
    }
}

/// A day or a time that stands where the other kind was announced.
fn day_or_time(text: &str) -> Option<PartialDateTime> {
    let mut at = PartialDateTime::default();
    let text = text.trim();
    (text.len() >= 8 && at.parse_timestamp(&mut text.as_bytes().iter().peekable(), false)).then_some(at)
}

fn length(duration: &ICalendarDuration) -> Length {
    let days = i64::from(duration.weeks) * 7 + i64::from(duration.days);
    let seconds = i64::from(duration.hours) * 3_600 + i64::from(duration.minutes) * 60 + i64::from(duration.seconds);
    if duration.neg { Length::Exact { days: -days, seconds: -seconds } } else { Length::Exact { days, seconds } }
}

/// True where a value of this kind has a blank inside, which programs refuse.
fn spaced(text: &str, start: &str) -> bool {
    let unfolded = text.replace("\r\n ", "").replace("\r\n\t", "");
    unfolded
        .lines()
        .filter_map(|l| l.get(..start.len()).filter(|p| p.eq_ignore_ascii_case(start)).map(|_| l[start.len()..].trim()))
        .any(|value| value.contains([' ', '\t']))
}

/// True where a day is written that its month does not have.
fn rolled(entry: &ICalendarEntry) -> bool {
    matches!(entry.values.first(), Some(ICalendarValue::PartialDateTime(at))
    if at.year.zip(at.month).zip(at.day).is_some_and(|((y, m), d)| {
        NaiveDate::from_ymd_opt(i32::from(y), u32::from(m), u32::from(d)).is_none()
    }))
}

/// The local time that a date-time says; midnight for a date. 30 February is read as 2 March (or 1), as programs do.
pub fn naive(at: &PartialDateTime) -> Option<NaiveDateTime> {
    let day = u64::from(at.day.filter(|d| (1..=31).contains(d))?);
    let day =
        NaiveDate::from_ymd_opt(i32::from(at.year?), u32::from(at.month?), 1)?.checked_add_days(Days::new(day - 1))?;
    match at.hour {
        None => Some(day.into()),
        Some(24) if at.minute.unwrap_or(0) == 0 => Some(day.succ_opt()?.into()),
        // A leap second is read as the second before it.
        Some(hour) => day.and_hms_opt(
            u32::from(hour),
            u32::from(at.minute.unwrap_or(0)),
            u32::from(at.second.unwrap_or(0)).min(59),
        ),
    }
}

/// The first text among some values.
pub fn first_text(values: &[ICalendarValue]) -> Option<String> {
    values.iter().find_map(|v| match v {
        ICalendarValue::Text(text) => Some(text.clone()),
        _ => None,
    })
}
