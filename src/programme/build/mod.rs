//! From tables to a programme, or to everything that is wrong with them. One file per table; pure.

mod absences;
pub mod atlas;
pub mod codes;
pub mod columns;
mod courses;
mod fields;
mod filters;
mod funds;
mod holidays;
mod ids;
mod interpretation;
mod joined;
pub mod keys;
pub mod log;
mod magnitude;
mod names;
mod pins;
mod places;
mod qualifications;
mod quotas;
mod regions;
mod requests;
mod sequences;
pub mod settings;
pub mod tables;
mod trainers;
mod travel;
pub mod values;
mod written;

use super::Programme;
use super::day::{Day, Span};
use super::id::{CourseId, Dense, PlaceId, RequestId, TrainerId};
use super::people::Course;
use crate::words::Finding;
use columns::TableId;
use filters::{Filters, PlaceFilters};
use ids::{Ids, Labels};
use log::Log;
use places::{Ground, PlaceNames};
use rustc_hash::FxHashMap;
use settings::Settings;
use tables::{Row, Spot, Tables};
use values::Dates;

/// The longest programme, in days: ten years.
const MOST_DAYS: i32 = 3_660;

/// What a busy calendar blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BusyDays {
    /// Whole days, each with what it is.
    pub busy: Vec<(Span, String)>,
    /// What could not be read.
    pub warnings: Vec<String>,
}

/// A reader of calendars: the bytes of one, the home place's time zone, the owner's mail address, the first and the last
/// day that matter.
pub type ReadCalendar<'a> = &'a dyn Fn(&[u8], &str, &str, Day, Day) -> BusyDays;

/// What came of the tables.
#[derive(Clone, Debug)]
pub struct Built {
    /// None where there are errors.
    pub programme: Option<Programme>,
    /// By file, line and column.
    pub findings: Vec<Finding>,
}

/// Builds the programme that the tables describe.
pub fn build(tables: &Tables, calendar: ReadCalendar) -> Built {
    build_after(tables, Log::default(), calendar)
}

/// The same, after what reading the tables has found already.
pub fn build_after(tables: &Tables, log: Log, calendar: ReadCalendar) -> Built {
    let mut r =
        Reading { tables, dates: settings::dates(tables), log, languages: Labels::default(), tags: Labels::default() };
    missing(&mut r);
    let programme = programme(&mut r, calendar);
    if r.log.errors() == 0 {
        magnitude::magnitude(&mut r, &programme);
    }
    let programme = (r.log.errors() == 0).then_some(programme);
    Built { programme, findings: r.log.finish(&tables.sources) }
}

/// What is read, what was found, and the names met on the way.
pub struct Reading<'t> {
    tables: &'t Tables,
    dates: Dates,
    log: Log,
    languages: Labels<'t>,
    tags: Labels<'t>,
}

impl<'t> Reading<'t> {
    fn rows(&self, table: TableId) -> &'t [Row] {
        &self.tables.table(table).rows
    }
}

/// What trainers, requests and the rest refer to.
pub struct Given<'t, 'p> {
    names: &'p PlaceNames<'t>,
    ground: &'p Ground,
    /// By region id: the places of places.csv in it that are not online.
    host_regions: FxHashMap<String, Vec<PlaceId>>,
    course_ids: &'p Ids<'t, CourseId>,
    courses: &'p Dense<CourseId, Course>,
    trainer_ids: &'p Ids<'t, TrainerId>,
    request_ids: &'p Ids<'t, RequestId>,
}

impl<'t> Given<'t, '_> {
    fn filters(&self) -> PlaceFilters<'t, '_> {
        PlaceFilters { names: self.names, ground: self.ground }
    }

    /// Tells a `where` that names neither everything, nor a region, country or place.
    fn known_where(&self, name: &str, spot: Spot, log: &mut Log) {
        let ground = self.ground;
        let known = name.is_empty()
            || name == "*"
            || self.names.get(name).is_some()
            || atlas::state_of(name).is_some()
            || atlas::region_name(name).is_some()
            || ground.regions.values().any(|r| r.id == name)
            || ground.countries.values().any(|c| c.id == name);
        if !known {
            self.names.tell_unknown(name, "place, country or region", spot, log);
        }
    }
}

/// Tells files and columns that no programme is without.
fn missing(r: &mut Reading) {
    if !r.tables.has_programme {
        let spot = Spot { source: r.tables.programme, line: 0, column: 0 };
        r.log.add(&codes::MISSING_FILE, spot, "the programme's own settings are missing", "");
    }
    for id in TableId::ALL {
        let table = r.tables.table(id);
        if !table.present && id.required() {
            let spot = Spot { source: table.source, line: 0, column: 0 };
            r.log.add(&codes::MISSING_FILE, spot, format!("the table {} is missing", id.word()), "");
        }
        if table.present {
            for (column, _) in id.columns().iter().zip(&table.has).filter(|(c, has)| c.required && !**has) {
                // A slip of the pen is shown where it stands.
                let slip = values::nearest(column.name, table.unread.iter().map(|c| c.text.as_str()));
                let slip = slip.and_then(|near| table.unread.iter().find(|c| c.text == near));
                let spot = slip.map_or(Spot { source: table.source, line: 1, column: 0 }, |c| c.spot);
                let help =
                    slip.map_or(String::new(), |c| format!("did you mean \"{}\" by \"{}\"?", column.name, c.text));
                let text = format!("the column {} is missing: {}", column.name, column.about);
                r.log.add(&codes::MISSING_COLUMN, spot, text, help);
            }
        }
    }
}

/// Reads everything; sound only when nothing was told.
fn programme(r: &mut Reading, calendar: ReadCalendar) -> Programme {
    let tables = r.tables;
    let settings: Settings = settings::settings(tables, &mut r.log);
    let names = PlaceNames::number(tables, &mut r.log);
    let mut ground = places::places(tables, &names, &mut r.log);
    let course_ids = Ids::number(tables, TableId::Courses, "course", &codes::UNKNOWN_COURSE, &mut r.log);
    let trainer_ids = Ids::number(tables, TableId::Trainers, "trainer", &codes::UNKNOWN_TRAINER, &mut r.log);
    let request_ids = Ids::number(tables, TableId::Requests, "request", &codes::UNKNOWN_REQUEST, &mut r.log);
    for (table, noun) in [(TableId::Funds, "fund"), (TableId::Quotas, "quota")] {
        ids::unique(tables, table, noun, &mut r.log);
    }
    let courses = courses::courses(r, &course_ids);
    let mut host_regions: FxHashMap<String, Vec<PlaceId>> =
        ground.regions.values().map(|region| (region.id.clone(), Vec::new())).collect();
    for (id, place) in ground.places.iter().filter(|(_, p)| p.listed && !p.online) {
        if let Some(region) = place.region {
            host_regions.entry(ground.regions[region].id.clone()).or_default().push(id);
        }
    }
    let given = Given {
        names: &names,
        ground: &ground,
        host_regions,
        course_ids: &course_ids,
        courses: &courses,
        trainer_ids: &trainer_ids,
        request_ids: &request_ids,
    };
    let days = (settings.start, settings.end);
    // Trips begin before the programme and end after it.
    let around = (settings.start - 366, settings.end + 366);
    let mut trainers = trainers::trainers(r, &given, &settings.rules);
    absences::absences(r, &given, &mut trainers, around, calendar);
    let requests = requests::requests(r, &given, settings.objective.coverage);
    let together = requests::together(r, &requests, &given);
    sequences::sequences(r, &requests.requests);
    let interpretation = interpretation::interpretation(r, &given);
    let pins = pins::pins(r, &given, &requests, days);
    pins::shared(r, &pins, &requests, &trainers.trainers, &given);
    names::unused(r);
    let holidays = holidays::holidays(r, &given);
    let travel = travel::travel(r, &given, settings.fares);
    joined::joined(r, &given, &trainers, &requests, &pins, &travel);
    let languages = std::mem::take(&mut r.languages);
    let filters =
        Filters { places: given.filters(), course_ids: &course_ids, courses: &courses, languages: &languages };
    let funds = funds::funds(r, &filters, &settings);
    let quotas = quotas::quotas(r, &filters);
    for (place, (closed, avoid)) in holidays.iter() {
        let place = &mut ground.places[place];
        (place.closed, place.avoid) = (closed.clone(), avoid.clone());
    }
    let mut pin_of = Dense::filled(None, requests.requests.len());
    for (i, pin) in pins.pins.iter().enumerate() {
        pin_of[pin.request] = Some(i);
    }
    Programme {
        name: settings.name,
        start: settings.start,
        end: settings.end,
        currency: settings.currency,
        as_of: settings.as_of,
        rules: settings.rules,
        objective: settings.objective,
        preferences: settings.preferences,
        hours: settings.hours,
        languages: languages.strings(),
        tags: r.tags.strings(),
        togethers: requests.together.strings(),
        pin_labels: pins.labels.strings(),
        regions: ground.regions,
        countries: ground.countries,
        places: ground.places,
        travel,
        courses,
        trainers: trainers.trainers,
        requests: requests.requests,
        funds,
        interpretation,
        quotas,
        pins: pins.pins,
        pin_of,
        together,
    }
}
