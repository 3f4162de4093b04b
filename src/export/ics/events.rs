//! What an event says: one VEVENT for each item of the ledger and for each withdrawn one.

use super::edition::{Edition, Sitting};
use super::ledger::{Grave, Item, Kind, TICKET_DAYS};
use super::lines::{folded, text, texts, value};
use super::names::{Names, counted, dates, language};
use super::zone::is_utc;
use crate::programme::day::{Day, Span};
use chrono::Datelike;
use ics::Event;
use std::sync::Arc;

/// A VEVENT, ready to be put into any number of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub uid: String,
    pub span: Span,
    pub text: Arc<str>,
    pub cancelled: bool,
    /// The zone that its times name.
    pub zone: Option<String>,
}

/// How an event is stamped.
#[derive(Clone, Copy, Debug)]
pub struct Version {
    pub sequence: u32,
    pub changed: Day,
}

/// The event of an item.
pub fn event(names: &Names, edition: &Edition, item: &Item, version: Version) -> Rendered {
    let body = match &item.kind {
        Kind::Session { session } => session_event(names, edition, &edition.sessions[*session], None),
        Kind::Day { session, day } => session_event(names, edition, &edition.sessions[*session], Some(*day)),
        Kind::Travel { mission, to, from } => {
            let mission = &edition.missions[*mission];
            let lines = vec![
                format!("{} is on the way.", names.trainer_name(&mission.trainer)),
                format!("Away: {}", dates(mission.span)),
                format!("Sessions of this journey: {}", mission.sessions.join(", ")),
            ];
            let next = to.as_ref().or(from.as_ref());
            let visited = next.and_then(|id| edition.sessions.iter().find(|s| s.id == *id));
            Body {
                summary: item.title.clone(),
                tentative: visited.is_some_and(|s| edition.is_tentative(s)),
                opaque: true,
                lines,
                categories: vec!["travel".to_owned()],
                ..Body::default()
            }
        }
        Kind::Tickets { mission } => {
            let mission = &edition.missions[*mission];
            Body {
                summary: item.title.clone(),
                lines: vec![
                    format!("Tickets are bought {TICKET_DAYS} days before the mission."),
                    format!(
                        "{} leaves on {} and is back on {}.",
                        names.trainer_name(&mission.trainer),
                        mission.span.first,
                        mission.span.last
                    ),
                    format!("Sessions of this journey: {}", mission.sessions.join(", ")),
                ],
                categories: vec!["deadline".to_owned()],
                ..Body::default()
            }
        }
        Kind::Approval { session } => {
            let session = &edition.sessions[*session];
            let lead = names.place(&session.place).map_or(0, |p| p.lead_days);
            Body {
                summary: item.title.clone(),
                lines: vec![
                    format!(
                        "{} needs {} before a session.",
                        names.address(&session.place),
                        counted(i64::from(lead), "day")
                    ),
                    format!("Session: {}, {}", session.id, dates(session.span)),
                ],
                categories: vec!["deadline".to_owned()],
                ..Body::default()
            }
        }
    };
    let hours = matches!(item.kind, Kind::Day { .. });
    let zone = hours.then(|| names.place(body.place.as_deref().unwrap_or("")).map_or("UTC", |p| p.timezone.as_str()));
    let mut event = Event::new(item.uid.clone(), moment(version.changed));
    stamp(&mut event, version);
    event.push(value("STATUS", if body.tentative { "TENTATIVE" } else { "CONFIRMED" }.to_owned(), &[]));
    times(names, &mut event, item.span, zone);
    event.push(text("SUMMARY", &body.summary));
    if let Some(place) = body.place.as_deref() {
        event.push(text("LOCATION", &names.address(place)));
        if let Some((lat, lon)) = names.place(place).filter(|p| !p.online).and_then(|p| p.position) {
            event.push(value("GEO", format!("{lat:.6};{lon:.6}"), &[]));
        }
    }
    event.push(text("DESCRIPTION", &body.lines.join("\n")));
    event.push(texts("CATEGORIES", body.categories.iter().map(String::as_str)));
    event.push(value("TRANSP", if body.opaque { "OPAQUE" } else { "TRANSPARENT" }.to_owned(), &[]));
    let zone = zone.filter(|z| !is_utc(z)).map(str::to_owned);
    Rendered { uid: item.uid.clone(), span: item.span, text: folded(&event).into(), cancelled: false, zone }
}

/// A withdrawn event: it takes no time, and says in its title that it is off, for programs that do not heed STATUS.
pub fn tombstone(names: &Names, uid: &str, grave: &Grave) -> Rendered {
    let version = Version { sequence: grave.sequence, changed: grave.changed };
    let why = if grave.goes_on {
        format!(
            "Since revision {} of the plan it does not concern this calendar; others still have it.",
            grave.revision
        )
    } else {
        format!("Withdrawn in revision {} of the plan.", grave.revision)
    };
    let mut event = Event::new(uid.to_owned(), moment(version.changed));
    stamp(&mut event, version);
    event.push(value("STATUS", "CANCELLED".to_owned(), &[]));
    times(names, &mut event, grave.span, None);
    event.push(text("SUMMARY", &format!("Cancelled: {}", grave.title)));
    event.push(text("DESCRIPTION", &why));
    event.push(value("TRANSP", "TRANSPARENT".to_owned(), &[]));
    Rendered { uid: uid.to_owned(), span: grave.span, text: folded(&event).into(), cancelled: true, zone: None }
}

/// What differs between events.
#[derive(Default)]
struct Body {
    summary: String,
    tentative: bool,
    opaque: bool,
    place: Option<String>,
    lines: Vec<String>,
    categories: Vec<String>,
}

fn session_event(names: &Names, edition: &Edition, session: &Sitting, day: Option<usize>) -> Body {
    let course = names.course(&session.course);
    let title = names.title(&session.course);
    let days = names.days(&session.place, session.span).len();
    let of_days = day.filter(|_| days > 1).map_or(String::new(), |d| format!(" (day {d} of {days})"));
    let participants: i64 = session.requests.iter().filter_map(|r| names.request(r)).map(|r| r.participants).sum();
    let team = session.team.iter().map(|(trainer, role)| {
        let role = if role == "lead" { "lead" } else { "co-trainer" };
        format!("{} ({role})", names.trainer_name(trainer))
    });
    let mut lines = vec![
        format!("Session: {} ({})", session.id, edition.standing(session)),
        format!("Course: {} ({title})", session.course),
    ];
    lines.push(if session.language == session.working_language {
        format!("Language: {}", language(&session.language))
    } else {
        format!(
            "Language: {}; the team works in {}, with interpretation",
            language(&session.language),
            language(&session.working_language)
        )
    });
    lines.push(format!("Place: {}", names.address(&session.place)));
    lines.push(format!("Days: {} ({})", dates(session.span), counted(days as i64, "session day")));
    lines.push(format!("Team: {}", team.collect::<Vec<_>>().join(", ")));
    lines.push(format!("Participants: {participants}"));
    for request in &session.requests {
        let row = names.request(request);
        let from = row.map_or(request.clone(), |r| names.address(&names.programme.places[r.place].id));
        let audience = row.map(|r| r.audience.as_str()).filter(|a| !a.is_empty());
        lines.push(format!(
            "{request}: {from}, {}{}",
            counted(row.map_or(0, |r| r.participants), "participant"),
            audience.map_or(String::new(), |a| format!(", {a}"))
        ));
    }
    let mut categories = vec![session.course.clone()];
    categories.extend(names.region_of(&session.place).map(|r| names.region_name(r)));
    categories.extend(course.map(|c| kind(c.kind).to_owned()));
    Body {
        summary: format!("{title}, {}{of_days}", names.place_name(&session.place)),
        tentative: edition.is_tentative(session),
        opaque: true,
        place: Some(session.place.clone()),
        lines,
        categories,
    }
}

fn kind(kind: crate::programme::people::CourseKind) -> &'static str {
    use crate::programme::people::CourseKind;
    match kind {
        CourseKind::Training => "training",
        CourseKind::Advice => "advice",
        CourseKind::Product => "product",
    }
}

fn stamp(event: &mut Event, version: Version) {
    event.push(value("LAST-MODIFIED", moment(version.changed), &[]));
    event.push(value("SEQUENCE", version.sequence.to_string(), &[]));
}

/// The beginning of a day, as a moment: no clock goes into the files.
fn moment(day: Day) -> String {
    format!("{}T000000Z", compact(day))
}

fn compact(day: Day) -> String {
    let date = day.date();
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// Whole days; with a zone, the hours of the programme on one day.
fn times(names: &Names, event: &mut Event, span: Span, zone: Option<&str>) {
    let (Some(zone), Some(hours)) = (zone, names.programme.hours) else {
        event.push(value("DTSTART", compact(span.first), &[("VALUE", "DATE")]));
        event.push(value("DTEND", compact(span.last + 1), &[("VALUE", "DATE")]));
        return;
    };
    let at = |minutes: u16| format!("{}T{:02}{:02}00", compact(span.first), minutes / 60, minutes % 60);
    for (name, minutes) in [("DTSTART", hours.start), ("DTEND", hours.end)] {
        event.push(if is_utc(zone) {
            value(name, format!("{}Z", at(minutes)), &[])
        } else {
            value(name, at(minutes), &[("TZID", zone)])
        });
    }
}
