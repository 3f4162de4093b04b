//! Words for ids: what people call the rows that a plan names. Ids that the programme no longer has stand for themselves.

use crate::programme::Programme;
use crate::programme::calendar::session_days;
use crate::programme::day::{Day, Span};
use crate::programme::id::{CourseId, Dense, FundId, Id, PlaceId, RequestId, TrainerId};
use crate::programme::people::{Course, Request, Trainer};
use crate::programme::places::Place;
use rustc_hash::FxHashMap;

/// The rows of a programme by their ids.
pub struct Names<'a> {
    pub programme: &'a Programme,
    places: FxHashMap<&'a str, PlaceId>,
    courses: FxHashMap<&'a str, CourseId>,
    trainers: FxHashMap<&'a str, TrainerId>,
    requests: FxHashMap<&'a str, RequestId>,
    funds: FxHashMap<&'a str, FundId>,
}

impl<'a> Names<'a> {
    /// The names of this programme.
    pub fn new(programme: &'a Programme) -> Names<'a> {
        fn by_id<I: Id, T>(rows: &Dense<I, T>, id: fn(&T) -> &str) -> FxHashMap<&str, I> {
            rows.iter().map(|(i, row)| (id(row), i)).collect()
        }
        Names {
            programme,
            places: by_id(&programme.places, |p| &p.id),
            courses: by_id(&programme.courses, |c| &c.id),
            trainers: by_id(&programme.trainers, |t| &t.id),
            requests: by_id(&programme.requests, |r| &r.id),
            funds: by_id(&programme.funds, |f| &f.id),
        }
    }

    pub fn place(&self, id: &str) -> Option<&'a Place> {
        self.places.get(id).map(|i| &self.programme.places[*i])
    }

    pub fn course(&self, id: &str) -> Option<&'a Course> {
        self.courses.get(id).map(|i| &self.programme.courses[*i])
    }

    pub fn trainer(&self, id: &str) -> Option<&'a Trainer> {
        self.trainers.get(id).map(|i| &self.programme.trainers[*i])
    }

    pub fn request(&self, id: &str) -> Option<&'a Request> {
        self.requests.get(id).map(|i| &self.programme.requests[*i])
    }

    /// `Mutual legal assistance`, or the id.
    pub fn title(&self, course: &str) -> String {
        self.course(course).map_or(course, |c| c.title.as_str()).to_owned()
    }

    /// `Dakar`, or the id.
    pub fn place_name(&self, place: &str) -> String {
        self.place(place).map_or(place, |p| named(&p.name, &p.id)).to_owned()
    }

    /// `Dakar, Senegal`: the country where it says something more.
    pub fn address(&self, place: &str) -> String {
        let Some(row) = self.place(place) else { return place.to_owned() };
        let country = &self.programme.countries[row.country];
        let (name, country) = (named(&row.name, &row.id), named(&country.name, &country.id));
        if row.online || name == country { name.to_owned() } else { format!("{name}, {country}") }
    }

    /// `Anna Berg`, or the id.
    pub fn trainer_name(&self, trainer: &str) -> String {
        self.trainer(trainer).map_or(trainer, |t| named(&t.name, &t.id)).to_owned()
    }

    /// `Government of Japan (JPN)`, or the id.
    pub fn fund_name(&self, fund: &str) -> String {
        self.funds.get(fund).map_or(fund.to_owned(), |i| {
            let row = &self.programme.funds[*i];
            if row.donor.is_empty() || row.donor == row.id {
                row.id.clone()
            } else {
                format!("{} ({})", row.donor, row.id)
            }
        })
    }

    /// The id of the region of a place.
    pub fn region_of(&self, place: &str) -> Option<&'a str> {
        let region = self.place(place)?.region?;
        Some(self.programme.regions[region].id.as_str())
    }

    /// The name of a region.
    pub fn region_name(&self, region: &str) -> String {
        let row = self.programme.regions.values().find(|r| r.id == region);
        row.map_or(region, |r| named(&r.name, &r.id)).to_owned()
    }

    /// The id of the country where a request's officials come from.
    pub fn country_of(&self, request: &str) -> Option<&'a str> {
        let place = self.request(request)?.place;
        Some(self.programme.countries[self.programme.places[place].country].id.as_str())
    }

    /// The name of a country.
    pub fn country_name(&self, country: &str) -> String {
        let row = self.programme.countries.values().find(|c| c.id == country);
        row.map_or(country, |c| named(&c.name, &c.id)).to_owned()
    }

    /// The session days within a span at a place; every day where the place is not known or rests all along.
    pub fn days(&self, place: &str, span: Span) -> Vec<Day> {
        let days: Vec<Day> = self.place(place).map_or(Vec::new(), |row| session_days(row.week, span).collect());
        if days.is_empty() { span.first.to(span.last).collect() } else { days }
    }
}

fn named<'a>(name: &'a str, id: &'a str) -> &'a str {
    if name.is_empty() { id } else { name }
}

/// `French` for `fr`; a code that is not known stands for itself.
pub fn language(code: &str) -> &str {
    match code {
        "ar" => "Arabic",
        "zh" => "Chinese",
        "en" => "English",
        "fr" => "French",
        "ru" => "Russian",
        "es" => "Spanish",
        "pt" => "Portuguese",
        "de" => "German",
        code => code,
    }
}

/// `1 participant`, `24 participants`.
pub fn counted(n: i64, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// `2027-03-01`, `2027-03-01 to 2027-03-05`.
pub fn dates(span: Span) -> String {
    if span.first == span.last { span.first.to_string() } else { format!("{} to {}", span.first, span.last) }
}
