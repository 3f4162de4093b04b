//! Filters: which places, courses and languages a cell of names lets pass.

use super::atlas;
use super::codes;
use super::fields::Fields;
use super::ids::{Ids, Labels};
use super::places::{Ground, PlaceNames};
use crate::programme::funds::{CourseSet, LanguageSet};
use crate::programme::id::{CourseId, Dense, Id, LanguageId};
use crate::programme::people::Course;
use crate::programme::places::{Place, PlaceSet};

/// What filters over places are made from.
#[derive(Clone, Copy)]
pub struct PlaceFilters<'t, 'p> {
    pub names: &'p PlaceNames<'t>,
    pub ground: &'p Ground,
}

/// What filters are made from.
pub struct Filters<'t, 'p> {
    pub places: PlaceFilters<'t, 'p>,
    pub course_ids: &'p Ids<'t, CourseId>,
    pub courses: &'p Dense<CourseId, Course>,
    pub languages: &'p Labels<'t>,
}

/// How a place can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Place,
    Country,
    Region,
}

impl<'t> PlaceFilters<'t, '_> {
    /// Officials of these regions and countries: both columns must let a place pass.
    pub fn officials(&self, f: &mut Fields<'t, '_>) -> PlaceSet {
        let regions = self.places(f, "regions", &[By::Region]);
        let countries = self.places(f, "countries", &[By::Country]);
        self.ground.places.ids().map(|p| regions[p] && countries[p]).collect()
    }

    /// Sessions held at these places or in these regions.
    pub fn hosts(&self, f: &mut Fields<'t, '_>) -> PlaceSet {
        self.places(f, "hosts", &[By::Place, By::Region])
    }

    /// Places that are named by themselves, their country or region; blank = none.
    pub fn barred(&self, f: &mut Fields<'t, '_>) -> PlaceSet {
        match f.text("barred") {
            "" => Dense::filled(false, self.ground.places.len()),
            _ => self.places(f, "barred", &[By::Place, By::Country, By::Region]),
        }
    }

    /// The places that a list names in one of these ways; blank = all.
    fn places(&self, f: &mut Fields<'t, '_>, column: &str, by: &[By]) -> PlaceSet {
        let names = f.list(column);
        if names.is_empty() {
            return Dense::filled(true, self.ground.places.len());
        }
        let spot = f.spot(column);
        for name in &names {
            if self.ground.places.values().any(|p| by.iter().any(|b| self.is(p, *b, name))) {
                continue;
            }
            let somewhere = by.iter().any(|b| match b {
                By::Place => atlas::state_of(name).is_some(),
                By::Country => atlas::state_of(name).is_some(),
                By::Region => {
                    atlas::region_name(name).is_some() || self.ground.regions.values().any(|r| r.id == **name)
                }
            });
            match by {
                _ if somewhere => {}
                [By::Region] => {
                    let regions = self.ground.regions.values().map(|r| r.id.as_str());
                    let help = f.log.did_you_mean(name, regions.chain(atlas::region_ids()));
                    f.log.add(
                        &codes::UNKNOWN_REGION,
                        spot,
                        format!("no place lies in a region called \"{name}\""),
                        help,
                    );
                }
                [By::Country] => {
                    let countries = self.ground.countries.values().map(|c| c.id.as_str());
                    let help = f.log.did_you_mean(name, countries.chain(atlas::ids()));
                    f.log.add(
                        &codes::UNKNOWN_COUNTRY,
                        spot,
                        format!("no place lies in a country called \"{name}\""),
                        help,
                    );
                }
                [By::Place, By::Region] => self.names.tell_unknown(name, "place or region", spot, f.log),
                _ => self.names.tell_unknown(name, "place, country or region", spot, f.log),
            }
        }
        let passes = |p: &Place| names.iter().any(|name| by.iter().any(|b| self.is(p, *b, name)));
        self.ground.places.values().map(passes).collect()
    }

    fn is(&self, place: &Place, by: By, name: &str) -> bool {
        match by {
            By::Place => place.id == name,
            By::Country => self.ground.countries[place.country].id == name,
            By::Region => place.region.is_some_and(|r| self.ground.regions[r].id == name),
        }
    }
}

impl<'t> Filters<'t, '_> {
    /// The courses that a list of course ids and tags lets pass; blank = all.
    pub fn courses(&self, f: &mut Fields<'t, '_>) -> CourseSet {
        let names = f.list("courses");
        if names.is_empty() {
            return Dense::filled(true, self.courses.len());
        }
        let mut set = Dense::filled(false, self.courses.len());
        let spot = f.spot("courses");
        for name in names {
            let tagged = self.courses.iter().filter(|(_, c)| c.tags.iter().any(|t| t == name)).map(|(id, _)| id);
            let named: Vec<CourseId> = tagged.chain(self.course_ids.get(name)).collect();
            if named.is_empty() {
                let tags = self.courses.values().flat_map(|c| c.tags.iter().map(String::as_str));
                let help = f.log.did_you_mean(name, self.course_ids.all().chain(tags));
                f.log.add(&codes::UNKNOWN_COURSE, spot, format!("no course or tag is called \"{name}\""), help);
            }
            for id in named.into_iter().filter(|id| id.index() < self.courses.len()) {
                set[id] = true;
            }
        }
        set
    }

    /// The languages that a list lets pass; blank = all.
    pub fn languages(&self, f: &mut Fields<'t, '_>) -> LanguageSet {
        let codes = f.list("languages");
        if codes.is_empty() {
            return Dense::filled(true, self.languages.order.len());
        }
        let mut set: LanguageSet = Dense::filled(false, self.languages.order.len());
        let spot = f.spot("languages");
        for code in codes {
            match self.languages.get::<LanguageId>(code) {
                Some(language) => set[language] = true,
                None => {
                    let help = f.log.did_you_mean(code, self.languages.order.iter().copied());
                    f.log.add(
                        &codes::UNKNOWN_LANGUAGE,
                        spot,
                        format!("nobody teaches or asks for the language \"{code}\""),
                        help,
                    );
                }
            }
        }
        set
    }
}
