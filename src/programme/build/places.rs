//! places.csv, and the places of the atlas that are used: numbered first, then read.

use super::atlas;
use super::codes;
use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::ids::{Labels, check_id, unique};
use super::log::Log;
use super::regions;
use super::tables::{Row, Spot, Tables};
use super::values::{self, Dates};
use crate::programme::calendar::Week;
use crate::programme::id::{CountryId, Dense, Id, PlaceId, RegionId};
use crate::programme::money::Cents;
use crate::programme::places::{Country, Place, Region};
use rustc_hash::{FxHashMap, FxHashSet};

/// The columns of places.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("id", Kind::Id, "the place's id"),
    Column::required(
        "country",
        Kind::Name,
        "its country; an ISO 3166 alpha-3 code brings in the atlas for what is blank",
    ),
    Column::optional("name", Kind::Text, "its name; blank: the country's capital, or the id"),
    Column::optional("region", Kind::Name, "its region; blank: the country's in the atlas"),
    Column::optional("timezone", Kind::Name, "IANA time zone; blank: the country's in the atlas, or UTC"),
    Column::optional(
        "weekend",
        Kind::Weekdays,
        "weekend days, or `none`; blank: the country's in the atlas, or `sat;sun`",
    ),
    Column::optional("lat", Kind::Decimal, "latitude in degrees; blank: the capital's"),
    Column::optional("lon", Kind::Decimal, "longitude in degrees; blank: the capital's"),
    Column::with("venue_day", Kind::Money, "0", "the venue, per session day"),
    Column::with("participant_day", Kind::Money, "0", "per participant and session day: room, lunch, coffee"),
    Column::with("allowance_day", Kind::Money, "0", "daily subsistence allowance"),
    Column::optional("max_parallel", Kind::Whole, "sessions running here on one day; blank: no limit"),
    Column::with(
        "lead_days",
        Kind::Whole,
        "0",
        "no session starts here before as_of and so many days (visas, host approval)",
    ),
    Column::with("online", Kind::YesNo, "no", "`yes`: no travel, no allowance"),
];

/// Which place, region and country an id names.
pub struct PlaceNames<'t> {
    places: FxHashMap<&'t str, PlaceId>,
    /// By place: its id.
    order: Vec<&'t str>,
    /// How many of them have a row.
    listed: usize,
    regions: FxHashSet<&'t str>,
}

impl<'t> PlaceNames<'t> {
    /// Numbers the places: those of places.csv in file order, then those of the atlas that something names, by id.
    pub fn number(tables: &'t Tables, log: &mut Log) -> PlaceNames<'t> {
        let rows = &tables.table(TableId::Places).rows;
        let region_rows = tables.table(TableId::Regions).rows.iter().map(|r| r.text(0));
        let column = |name| TableId::Places.column(name).unwrap_or(0);
        let (country, region) = (column("country"), column("region"));
        let named_by_places = rows.iter().filter_map(|r| match r.text(region) {
            "" => atlas::state_of(r.text(country)).map(|s| s.region),
            own => Some(own),
        });
        let regions = region_rows.chain(named_by_places).filter(|r| !r.is_empty()).collect();
        let places = unique(tables, TableId::Places, "place", log);
        let mut names = PlaceNames {
            places: places.into_iter().map(|(id, row)| (id, PlaceId::new(row))).collect(),
            order: rows.iter().map(|r| r.text(0)).collect(),
            listed: rows.len(),
            regions,
        };
        names.take_from_atlas(tables);
        names
    }

    /// Adds the places of the atlas that homes, requests, hosts, pins and travel name.
    fn take_from_atlas(&mut self, tables: &'t Tables) {
        const NAMING: [(TableId, &str); 6] = [
            (TableId::Trainers, "home"),
            (TableId::Requests, "place"),
            (TableId::Requests, "hosts"),
            (TableId::Pins, "place"),
            (TableId::Travel, "from"),
            (TableId::Travel, "to"),
        ];
        let mut used: Vec<&'t str> = Vec::new();
        let mut seen = FxHashSet::default();
        for (table, column) in NAMING {
            let column = table.column(column).unwrap_or(0);
            for id in tables.table(table).rows.iter().flat_map(|r| values::list(r.text(column))) {
                if seen.insert(id)
                    && !self.places.contains_key(id)
                    && !self.regions.contains(id)
                    && atlas::state_of(id).is_some()
                {
                    used.push(id);
                }
            }
        }
        used.sort_unstable();
        for id in used {
            self.places.insert(id, PlaceId::new(self.order.len()));
            self.order.push(id);
        }
    }

    /// The place with this id.
    pub fn get(&self, id: &str) -> Option<PlaceId> {
        self.places.get(id).copied()
    }

    /// The place with this id; an unknown one is told.
    pub fn find(&self, id: &str, spot: Spot, log: &mut Log) -> Option<PlaceId> {
        if id.is_empty() {
            return None;
        }
        let found = self.get(id);
        if found.is_none() {
            self.tell_unknown(id, "place", spot, log);
        }
        found
    }

    /// Tells that no place (or region, or country: `what`) has this id.
    pub fn tell_unknown(&self, id: &str, what: &str, spot: Spot, log: &mut Log) {
        let own = self.order.iter().copied().filter(|p| !p.is_empty());
        let regions = self.regions.iter().copied().filter(|_| what != "place");
        let mut help = log.did_you_mean(id, own.chain(regions));
        if help.is_empty() {
            help = log.did_you_mean(id, atlas::ids());
        }
        if help.is_empty() {
            help = "add a row for it to places.csv, or write the ISO 3166 alpha-3 code of a state (such as SEN)".into();
        }
        log.add(&codes::UNKNOWN_PLACE, spot, format!("no {what} is called \"{id}\""), help);
    }
}

/// Regions, countries and places as the programme has them.
pub struct Ground {
    pub regions: Dense<RegionId, Region>,
    pub countries: Dense<CountryId, Country>,
    pub places: Dense<PlaceId, Place>,
}

/// Reads the places.
pub fn places(tables: &Tables, names: &PlaceNames, log: &mut Log) -> Ground {
    let mut regions: Dense<RegionId, Region> = Dense::new(regions::regions(tables, log));
    let listed_regions = unique(tables, TableId::Regions, "region", log);
    let mut region_of: FxHashMap<String, RegionId> =
        listed_regions.into_iter().map(|(id, row)| (id.to_string(), RegionId::new(row))).collect();
    let mut countries: Labels = Labels::default();
    let mut places: Dense<PlaceId, Place> = Dense::default();
    let rows = &tables.table(TableId::Places).rows;
    let mut region = |id: &str, regions: &mut Dense<RegionId, Region>| {
        (!id.is_empty())
            .then(|| *region_of.entry(id.to_string()).or_insert_with(|| regions.push(regions::unlisted(id))))
    };
    for row in rows {
        let (place, in_region, country) = listed(tables, row, log);
        places.push(Place { country: countries.number(country), region: region(in_region, &mut regions), ..place });
    }
    for id in &names.order[names.listed..] {
        if let Some(state) = atlas::state_of(id) {
            let country = countries.number(state.id);
            places.push(Place { country, region: region(state.region, &mut regions), ..from_atlas(state) });
        }
    }
    let country = |id: &&str| Country { id: id.to_string(), name: atlas::country_name(id).unwrap_or(id).to_string() };
    Ground { regions, countries: countries.order.iter().map(country).collect(), places }
}

/// A row of places.csv, its region and its country.
fn listed<'t>(tables: &'t Tables, row: &'t Row, log: &mut Log) -> (Place, &'t str, &'t str) {
    let mut f = Fields::new(tables, TableId::Places, row, Dates::Iso, log);
    let (id, country) = (f.text("id"), f.text("country"));
    let state = atlas::state_of(country);
    let or_atlas = |own: &'t str, from: fn(&atlas::State) -> &'static str, otherwise: &'t str| match own {
        "" => state.map_or(otherwise, from),
        own => own,
    };
    if !country.is_empty() {
        let spot = f.spot("country");
        check_id(country, spot, f.log);
    }
    let name = or_atlas(f.text("name"), |s| s.capital, id);
    let region = or_atlas(f.text("region"), |s| s.region, "");
    let timezone = or_atlas(f.text("timezone"), |s| s.timezone, "UTC");
    let timezone = zone(&mut f, timezone);
    let week = f.weekend("weekend").or_else(|| state.and_then(|s| days(s.weekend))).or_else(|| days("sat;sun"));
    let week = week.unwrap_or([false; 7]);
    if week == [true; 7] {
        let spot = f.spot("weekend");
        f.log.add(&codes::NEVER_WORKS, spot, format!("every day is a weekend day in {id}"), "");
    }
    let online = f.yes("online");
    let position = position(&mut f, state);
    let like_iso = country.len() == 3 && country.bytes().all(|b| b.is_ascii_uppercase());
    if state.is_none() && like_iso && !online && f.row.text(column("weekend")).is_empty() {
        let spot = f.spot("country");
        let help = f.log.did_you_mean(country, atlas::ids());
        let text = format!("the atlas has no country {country}, so the weekend of {id} is taken to be sat;sun");
        f.log.add(&codes::NOT_IN_ATLAS, spot, text, help);
    }
    let place = Place {
        id: id.to_string(),
        name: name.to_string(),
        country: CountryId(0),
        region: None,
        timezone,
        week: Week(week),
        closed: Vec::new(),
        avoid: Vec::new(),
        position,
        venue_day: f.price("venue_day"),
        participant_day: f.price("participant_day"),
        allowance_day: f.price("allowance_day"),
        max_parallel: f.count("max_parallel", 0).and_then(|n| u32::try_from(n).ok()),
        lead_days: f.count("lead_days", 0).unwrap_or(0),
        online,
        listed: true,
    };
    if !region.is_empty() {
        let spot = f.spot("region");
        check_id(region, spot, f.log);
    }
    (place, region, country)
}

fn column(name: &str) -> usize {
    TableId::Places.column(name).unwrap_or(0)
}

/// A known time zone; an unknown one is told and becomes UTC.
fn zone(f: &mut Fields, name: &str) -> String {
    if jiff::tz::TimeZone::get(name).is_ok() {
        return name.to_string();
    }
    let spot = f.spot("timezone");
    let help = f.log.did_you_mean(
        name,
        jiff::tz::db().available().map(|z| z.as_str().to_string()).collect::<Vec<_>>().iter().map(String::as_str),
    );
    f.log.add(&codes::UNKNOWN_TIMEZONE, spot, format!("no time zone is called \"{name}\"; UTC is taken"), help);
    "UTC".to_string()
}

/// Latitude and longitude, each from the atlas where it is blank.
fn position(f: &mut Fields, state: Option<&atlas::State>) -> Option<(f64, f64)> {
    let own = (f.degrees("lat", 90.0), f.degrees("lon", 180.0));
    let blank = |name| f.row.text(column(name)).is_empty();
    for (given, missing) in [("lat", "lon"), ("lon", "lat")] {
        if !blank(given) && blank(missing) {
            let (spot, text) = (f.spot(given), format!("{given} is given without {missing}"));
            f.log.add(&codes::HALF_POSITION, spot, text, "");
            break;
        }
    }
    let atlas = state.and_then(degrees);
    Some((own.0.or(atlas.map(|a| a.0))?, own.1.or(atlas.map(|a| a.1))?))
}

fn degrees(state: &atlas::State) -> Option<(f64, f64)> {
    Some((state.lat.parse().ok()?, state.lon.parse().ok()?))
}

fn days(text: &str) -> Option<[bool; 7]> {
    let mut week = [false; 7];
    for day in values::list(text).filter_map(values::weekday) {
        week[day] = true;
    }
    Some(week)
}

/// A capital of the atlas that something names.
fn from_atlas(state: &atlas::State) -> Place {
    Place {
        id: state.id.to_string(),
        name: state.capital.to_string(),
        country: CountryId(0),
        region: None,
        timezone: state.timezone.to_string(),
        week: Week(days(state.weekend).unwrap_or([false; 7])),
        closed: Vec::new(),
        avoid: Vec::new(),
        position: degrees(state),
        venue_day: Cents::ZERO,
        participant_day: Cents::ZERO,
        allowance_day: Cents::ZERO,
        max_parallel: None,
        lead_days: 0,
        online: false,
        listed: false,
    }
}
