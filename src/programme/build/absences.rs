//! absences.csv and busy calendars: when trainers are not there.

use super::codes;
use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::tables::{Spot, Tables};
use super::trainers::Trainers;
use super::{Given, ReadCalendar, Reading};
use crate::programme::day::{Day, Span};
use crate::programme::id::{Dense, PlaceId};
use crate::programme::places::Place;

/// The columns of absences.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("trainer", Kind::Name, "a trainer's id"),
    Column::required("from", Kind::Day, "first day of the absence"),
    Column::required("to", Kind::Day, "its last day"),
    Column::optional("reason", Kind::Text, "why, for people"),
];

/// Reads absences.csv and the busy calendars into the trainers.
///
/// `calendar` reads one calendar: its bytes, the home place's time zone, its owner's mail address, and the days that
/// matter.
pub fn absences<'t>(
    r: &mut Reading<'t>,
    given: &Given<'t, '_>,
    all: &mut Trainers,
    days: (Day, Day),
    calendar: ReadCalendar,
) {
    for row in r.rows(TableId::Absences) {
        let mut f = Fields::new(r.tables, TableId::Absences, row, r.dates, &mut r.log);
        let (trainer, spot) = (f.text("trainer"), f.spot("trainer"));
        let trainer = given.trainer_ids.find(trainer, spot, f.log);
        if let ((Some(first), Some(last)), Some(trainer)) = (f.days("from", "to"), trainer)
            && first <= last
        {
            all.trainers[trainer].absences.push((Span { first, last }, f.text("reason").to_string()));
        }
    }
    busy(r, given, all, days, calendar);
    for id in all.trainers.ids() {
        all.trainers[id].absences.sort_by_key(|a| a.0);
    }
}

fn busy<'t>(
    r: &mut Reading<'t>,
    given: &Given<'t, '_>,
    all: &mut Trainers,
    (from, to): (Day, Day),
    calendar: ReadCalendar,
) {
    let tables: &Tables = r.tables;
    let places: &Dense<PlaceId, Place> = &given.ground.places;
    for file in &tables.calendars {
        let spot = Spot { source: file.source, line: 0, column: 0 };
        let owner = tables.calendar_owner(file).and_then(|id| given.trainer_ids.get(id));
        let Some(owner) = owner else {
            let help = r.log.did_you_mean(&file.stem, given.trainer_ids.all());
            r.log.add(&codes::UNKNOWN_CALENDAR, spot, format!("no trainer's id fits \"{}\"", file.stem), help);
            continue;
        };
        if !all.sound[owner] {
            continue;
        }
        let trainer = &all.trainers[owner];
        let read = calendar(&file.bytes, &places[trainer.home].timezone, &trainer.email, from, to);
        all.trainers[owner].absences.extend(read.busy);
        for warning in read.warnings {
            r.log.add(&codes::CALENDAR, spot, warning, "");
        }
    }
}
