//! pins.csv: what a planner has fixed for a request.

use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::ids::Labels;
use super::requests::Requests;
use super::tables::Spot;
use super::{Given, Reading, codes};
use crate::programme::calendar;
use crate::programme::day::Day;
use crate::programme::id::TrainerId;
use crate::programme::id::{Dense, Id, PinLabelId, RequestId};
use crate::programme::people::{Pin, PinStatus, Trainer};

/// The columns of pins.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("request", Kind::Name, "a request's id; at most one row for each"),
    Column::optional("session", Kind::Name, "a label: requests with the same label share one session"),
    Column::optional("start", Kind::Day, "the session's first day"),
    Column::optional("place", Kind::Name, "where it is held"),
    Column::optional("language", Kind::Name, "the session's language"),
    Column::optional("working_language", Kind::Name, "the team's language"),
    Column::optional("trainers", Kind::List, "trainers who are on the team"),
    Column::with(
        "status",
        Kind::Choice(&["wanted", "confirmed", "done"]),
        "wanted",
        "`confirmed` and `done` need start, place, language and a full team",
    ),
];

/// The pins in file order.
pub struct Pins<'t> {
    pub pins: Vec<Pin>,
    /// Where each of them stands.
    pub spots: Vec<Spot>,
    pub labels: Labels<'t>,
}

/// Reads the pins. `days`: the programme's first and last day.
pub fn pins<'t>(r: &mut Reading<'t>, given: &Given<'t, '_>, requests: &Requests<'t>, days: (Day, Day)) -> Pins<'t> {
    let mut all = Pins { pins: Vec::new(), spots: Vec::new(), labels: Labels::default() };
    let mut pinned: Dense<RequestId, bool> = Dense::filled(false, requests.requests.len());
    for row in r.rows(TableId::Pins) {
        let mut f = Fields::new(r.tables, TableId::Pins, row, r.dates, &mut r.log);
        let errors = f.log.errors();
        let (request, at_request) = (f.text("request"), f.spot("request"));
        let request = given.request_ids.find(request, at_request, f.log);
        let (place, at_place, at_trainers, at_start) =
            (f.text("place"), f.spot("place"), f.spot("trainers"), f.spot("start"));
        let place = given.names.find(place, at_place, f.log);
        let mut trainers = Vec::new();
        for name in f.list("trainers") {
            if let Some(trainer) = given.trainer_ids.find(name, at_trainers, f.log)
                && !trainers.contains(&trainer)
            {
                trainers.push(trainer);
            }
        }
        trainers.sort();
        let start = f.day("start");
        if let Some(start) = start
            && (start < days.0 - super::MOST_DAYS || start > days.1 + super::MOST_DAYS)
        {
            f.log.add(
                &codes::OUT_OF_RANGE,
                at_start,
                format!("start ({start}) is more than ten years away from the programme"),
                "",
            );
        }
        let mut language = |name| match f.text(name) {
            "" => None,
            code => f.language(name, code).map(|code| r.languages.number(code)),
        };
        let (language, working_language) = (language("language"), language("working_language"));
        let label = f.text("session");
        let status = match f.choice("status", &["wanted", "confirmed", "done"]) {
            Some(1) => PinStatus::Confirmed,
            Some(2) => PinStatus::Done,
            _ => PinStatus::Wanted,
        };
        let Some(request) = request else { continue };
        if std::mem::replace(&mut pinned[request], true) {
            let text = format!("{} is pinned a second time", requests.requests[request].id);
            f.log.add(&codes::DUPLICATE_PIN, at_request, text, "");
            continue;
        }
        let session = (!label.is_empty()).then(|| all.labels.number::<PinLabelId>(label));
        let pin = Pin { request, session, start, place, language, working_language, trainers, status };
        if f.log.errors() == errors && requests.sound[request] {
            alone(&mut f, given, requests, &pin);
        }
        all.pins.push(pin);
        all.spots.push(row.spot);
    }
    all
}

/// What a pin must say, whatever the others say.
fn alone(f: &mut Fields, given: &Given, requests: &Requests, pin: &Pin) {
    let request = &requests.requests[pin.request];
    let course = &given.courses[request.course];
    let (size, team) = (course.team(), pin.trainers.len());
    let at_trainers = f.spot("trainers");
    if team > size {
        let text = format!("{team} trainers are pinned for {}, and a team of {} has {size}", request.id, course.id);
        f.log.add(&codes::PIN_TEAM, at_trainers, text, "");
    }
    let fixed = pin.status != PinStatus::Wanted;
    if fixed {
        let status = if pin.status == PinStatus::Done { "done" } else { "confirmed" };
        let given =
            [("start", pin.start.is_some()), ("place", pin.place.is_some()), ("language", pin.language.is_some())];
        for (column, _) in given.iter().filter(|(_, given)| !given) {
            let spot = f.spot(column);
            f.log.add(
                &codes::PIN_INCOMPLETE,
                spot,
                format!("{} is {status}, and its {column} is blank", request.id),
                "",
            );
        }
        if team < size {
            let text = format!("{} is {status}, and {team} of its {size} trainers are named", request.id);
            f.log.add(&codes::PIN_INCOMPLETE, at_trainers, text, "");
        }
    }
    if let (Some(place), Some(start)) = (pin.place, pin.start) {
        let place = &given.ground.places[place];
        if calendar::span(place.week, course.days, start).is_none() {
            let code = if pin.status == PinStatus::Done { &codes::DONE_ON_WEEKEND } else { &codes::PIN_ON_WEEKEND };
            let spot = f.spot("start");
            f.log.add(code, spot, format!("{start} is a weekend day in {}, and no session starts on it", place.id), "");
        }
    } else if let (None, Some(start)) = (pin.place, pin.start) {
        let mut hosts = request.hosts.iter().map(|host| &given.ground.places[*host]);
        if !request.hosts.is_empty() && hosts.all(|host| calendar::span(host.week, course.days, start).is_none()) {
            let spot = f.spot("start");
            let text =
                format!("{start} is a weekend day wherever {} can be held, and no session starts on it", request.id);
            f.log.add(&codes::PIN_ON_WEEKEND, spot, text, "");
        }
    }
}

/// Pins that share a session label must not contradict one another.
pub fn shared(r: &mut Reading, all: &Pins, requests: &Requests, trainers: &Dense<TrainerId, Trainer>, given: &Given) {
    let mut by_label: Dense<PinLabelId, Vec<usize>> = Dense::filled(Vec::new(), all.labels.order.len());
    for (i, pin) in all.pins.iter().enumerate() {
        if let Some(label) = pin.session.filter(|_| requests.sound[pin.request]) {
            by_label[label].push(i);
        }
    }
    for (label, group) in by_label.iter() {
        let name = all.labels.order[label.index()];
        let mut team: Vec<TrainerId> = Vec::new();
        for (k, i) in group.iter().enumerate() {
            let b = &all.pins[*i];
            let differing =
                group[..k].iter().find_map(|j| contradiction(&all.pins[*j], b, requests).map(|what| (*j, what)));
            if let Some((j, what)) = differing {
                let text = format!(
                    "{} and {} share the session \"{name}\", and have different {what}",
                    requests.requests[all.pins[j].request].id, requests.requests[b.request].id
                );
                r.log.add(&codes::PIN_CONTRADICTION, all.spots[*i], text, "");
                continue;
            }
            team.extend(b.trainers.iter().copied().filter(|t| !team.contains(t)).collect::<Vec<_>>());
            let course = &given.courses[requests.requests[b.request].course];
            if team.len() > course.team() && b.trainers.len() <= course.team() {
                let names: Vec<&str> = team.iter().map(|t| trainers[*t].id.as_str()).collect();
                let text = format!(
                    "the pins of the session \"{name}\" name {} trainers together ({}), and a team of {} has {}",
                    team.len(),
                    names.join(", "),
                    course.id,
                    course.team()
                );
                r.log.add(&codes::PIN_TEAM, all.spots[*i], text, "");
            }
        }
    }
}

/// In what two pins of one session differ, where both say something.
fn contradiction(a: &Pin, b: &Pin, requests: &Requests) -> Option<&'static str> {
    fn differ<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
        matches!((a, b), (Some(a), Some(b)) if a != b)
    }
    if requests.requests[a.request].course != requests.requests[b.request].course {
        Some("courses")
    } else if differ(&a.start, &b.start) {
        Some("start days")
    } else if differ(&a.place, &b.place) {
        Some("places")
    } else if differ(&a.language, &b.language) {
        Some("languages")
    } else if differ(&a.working_language, &b.working_language) {
        Some("working languages")
    } else {
        ((a.status == PinStatus::Done) != (b.status == PinStatus::Done))
            .then_some("statuses (one is done, the other not)")
    }
}
