//! requests.csv: who asks for what, where and when.

use super::atlas;
use super::codes;
use super::columns::{Column, Kind, TableId};
use super::courses::languages;
use super::fields::Fields;
use super::ids::Labels;
use super::tables::Row;
use super::{Given, Reading};
use crate::programme::id::{CourseId, Dense, Id, PlaceId, RequestId, TogetherId};
use crate::programme::money::Micro;
use crate::programme::people::Request;
use crate::programme::policy::Coverage;

/// The columns of requests.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("id", Kind::Id, "the request's id"),
    Column::required("course", Kind::Name, "the course asked for"),
    Column::required("place", Kind::Name, "where the officials come from"),
    Column::required("participants", Kind::Whole, "how many officials"),
    Column::required("languages", Kind::List, "languages in which it may be taught, most wanted first"),
    Column::with("interpretation", Kind::YesNo, "yes", "`no`: only a team that works in the session's language"),
    Column::optional(
        "hosts",
        Kind::List,
        "place or region ids where it may be held; blank: its own place; a region: every place of places.csv in it that is not online",
    ),
    Column::optional("earliest", Kind::Day, "first session day at the earliest"),
    Column::optional("latest", Kind::Day, "last session day at the latest"),
    Column::optional("preferred", Kind::Day, "the start day that suits best"),
    Column::with("priority", Kind::Decimal, "1", "any number above 0"),
    Column::with("must", Kind::YesNo, "no", "`yes`: leaving it unserved breaks a commitment"),
    Column::with("shared", Kind::YesNo, "yes", "`yes`: may be pooled with others; `no`: alone in its session"),
    Column::optional(
        "together",
        Kind::Name,
        "a label: the requests that carry it share one session, or none is served",
    ),
    Column::optional("after", Kind::List, "request ids that must be completed first"),
    Column::optional("received", Kind::Day, "when the request came in"),
    Column::optional("audience", Kind::Text, "who comes, for people"),
    Column::optional("note", Kind::Text, "anything, for people"),
];

/// The requests, and which of them could be read without an error.
pub struct Requests<'t> {
    pub requests: Dense<RequestId, Request>,
    pub sound: Dense<RequestId, bool>,
    pub together: Labels<'t>,
}

/// Reads the requests.
pub fn requests<'t>(r: &mut Reading<'t>, given: &Given<'t, '_>, coverage: Coverage) -> Requests<'t> {
    let mut all = Requests { requests: Dense::default(), sound: Dense::default(), together: Labels::default() };
    for row in r.rows(TableId::Requests) {
        let errors = r.log.errors();
        let (request, whole) = request(r, row, given, coverage, &mut all.together);
        all.requests.push(request);
        all.sound.push(whole && r.log.errors() == errors);
    }
    all
}

/// A row, and whether its course and place are known (a column that is missing is told once, not in every row).
fn request<'t>(
    r: &mut Reading<'t>,
    row: &'t Row,
    given: &Given<'t, '_>,
    coverage: Coverage,
    together: &mut Labels<'t>,
) -> (Request, bool) {
    let mut f = Fields::new(r.tables, TableId::Requests, row, r.dates, &mut r.log);
    let (id, course, place) = (f.text("id"), f.text("course"), f.text("place"));
    let (at_course, at_place, at_after) = (f.spot("course"), f.spot("place"), f.spot("after"));
    let course = given.course_ids.find(course, at_course, f.log);
    let place = given.names.find(place, at_place, f.log);
    let hosts = hosts(&mut f, given, place);
    let participants = f.whole("participants", 1..=100_000).unwrap_or(1);
    let priority = f.micro("priority", 1..=1_000_000_000_000).unwrap_or(Micro::ONE);
    let (earliest, latest) = f.days("earliest", "latest");
    let mut after = Vec::new();
    for other in f.list("after") {
        if let Some(other) = given.request_ids.find(other, at_after, f.log)
            && !after.contains(&other)
        {
            after.push(other);
        }
    }
    let label = f.text("together");
    let whole = course.is_some() && place.is_some();
    let request = Request {
        id: id.to_string(),
        course: course.unwrap_or(CourseId(0)),
        place: place.unwrap_or(PlaceId(0)),
        participants,
        languages: languages(&mut f, &mut r.languages),
        interpretation: f.yes("interpretation"),
        hosts,
        earliest,
        latest,
        preferred: f.day("preferred"),
        priority,
        points: match coverage {
            Coverage::Participants => Micro(priority.0 * participants),
            Coverage::Requests => priority,
        },
        must: f.yes("must"),
        shared: f.yes("shared"),
        together: (!label.is_empty()).then(|| together.number::<TogetherId>(label)),
        after,
        received: f.day("received"),
        audience: f.text("audience").to_string(),
        note: f.text("note").to_string(),
    };
    (request, whole)
}

/// Where a request may be held, by place id.
fn hosts<'t>(f: &mut Fields<'t, '_>, given: &Given<'t, '_>, own: Option<PlaceId>) -> Vec<PlaceId> {
    let names = f.list("hosts");
    if names.is_empty() {
        return own.into_iter().collect();
    }
    let spot = f.spot("hosts");
    let mut hosts = Vec::new();
    let mut unknown = false;
    for name in names {
        let place = given.names.get(name);
        let region = given.host_regions.get(name);
        if place.is_none() && region.is_none() && atlas::region_name(name).is_none() {
            unknown = true;
            given.names.tell_unknown(name, "place or region", spot, f.log);
        }
        hosts.extend(place);
        hosts.extend(region.into_iter().flatten());
    }
    hosts.sort();
    hosts.dedup();
    if hosts.is_empty() && !unknown {
        f.log.add(
            &codes::NO_HOST,
            spot,
            "hosts names only regions without a place in places.csv that is not online",
            "",
        );
    }
    hosts
}

/// Tells labels that only one request carries, and requests that can only be alone or together.
pub fn together<'t>(
    r: &mut Reading<'t>,
    all: &Requests<'t>,
    given: &Given<'t, '_>,
) -> Dense<TogetherId, Vec<RequestId>> {
    let mut groups: Dense<TogetherId, Vec<RequestId>> = Dense::filled(Vec::new(), all.together.order.len());
    for (id, request) in all.requests.iter() {
        if let Some(label) = request.together {
            groups[label].push(id);
        }
    }
    let column = TableId::Requests.column("together").unwrap_or(0);
    for (label, group) in groups.iter() {
        let name = all.together.order[label.index()];
        let spot = |id: RequestId| r.tables.table(TableId::Requests).rows[id.index()].spot_of(column);
        let Some((first, others)) = group.split_first() else { continue };
        if others.is_empty() {
            let text = format!("only {} carries the label \"{name}\"", all.requests[*first].id);
            let help = r.log.did_you_mean(name, all.together.order.iter().copied().filter(|l| *l != name));
            r.log.add(&codes::LONELY_LABEL, spot(*first), text, help);
        }
        for other in others.iter().filter(|o| all.sound[**o] && all.sound[*first]) {
            let (a, b) = (&all.requests[*first], &all.requests[*other]);
            if a.course != b.course {
                let text = format!(
                    "{} and {} carry the label \"{name}\", but ask for different courses ({} and {})",
                    a.id,
                    b.id,
                    given.course_ids.text(a.course),
                    given.course_ids.text(b.course)
                );
                r.log.add(&codes::TOGETHER_COURSES, spot(*other), text, "");
            }
        }
    }
    groups
}
