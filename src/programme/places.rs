//! Regions, countries, places and the travel between places.

use super::calendar::Week;
use super::day::{Day, Span};
use super::id::{CountryId, Dense, PlaceId, RegionId};
use super::money::Cents;

/// A region: where capacity and reports are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    pub id: String,
    pub name: String,
    /// Sessions running on one day in the region; None = no limit.
    pub max_parallel: Option<u32>,
}

/// A country, as places name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    pub id: String,
    pub name: String,
}

/// A place: where officials come from, trainers live and sessions are held.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub id: String,
    pub name: String,
    pub country: CountryId,
    /// None: the place has no region.
    pub region: Option<RegionId>,
    /// IANA name.
    pub timezone: String,
    pub week: Week,
    /// Days on which no session may run here, each span with its name; sorted, not merged.
    pub closed: Vec<(Span, String)>,
    /// Days better avoided; sorted, not merged.
    pub avoid: Vec<(Span, String)>,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
    pub venue_day: Cents,
    pub participant_day: Cents,
    pub allowance_day: Cents,
    pub max_parallel: Option<u32>,
    pub lead_days: i32,
    pub online: bool,
    /// True when the row stands in places.csv, false when it was taken from the atlas.
    pub listed: bool,
}

impl Place {
    /// True when no session may run here on this day for a holiday's sake (weekends are not closed days).
    pub fn is_closed(&self, day: Day) -> bool {
        self.closed.iter().any(|(span, _)| span.holds(day))
    }

    /// True when this day is marked `avoid` here.
    pub fn is_avoided(&self, day: Day) -> bool {
        self.avoid.iter().any(|(span, _)| span.holds(day))
    }
}

/// One way between two places for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    pub fare: Cents,
    pub days: i32,
}

/// The ways between all places; a place and itself are joined for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Travel {
    places: usize,
    legs: Vec<Option<Leg>>,
}

impl Travel {
    /// The table from its rows: `legs[from * places + to]`.
    pub fn new(places: usize, legs: Vec<Option<Leg>>) -> Travel {
        assert_eq!(legs.len(), places * places, "a square table");
        Travel { places, legs }
    }

    /// Every way there is.
    pub fn legs(&self) -> impl Iterator<Item = Leg> + '_ {
        self.legs.iter().flatten().copied()
    }

    /// The way from one place to another; None where they are not joined.
    pub fn leg(&self, from: PlaceId, to: PlaceId) -> Option<Leg> {
        if from == to {
            return Some(Leg { fare: Cents::ZERO, days: 0 });
        }
        self.legs[from.0 as usize * self.places + to.0 as usize]
    }
}

/// A filter over places: true = passes.
pub type PlaceSet = Dense<PlaceId, bool>;
