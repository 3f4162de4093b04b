//! What is given, checked and immutable: a programme. No I/O, no clock, no solver.

pub mod build;
pub mod calendar;
pub mod day;
pub mod funds;
pub mod id;
pub mod money;
pub mod people;
pub mod places;
pub mod policy;

use day::Day;
use funds::{Fund, Interpretation, Quota};
use id::{
    CountryId, CourseId, Dense, FundId, InterpretationId, LanguageId, PinLabelId, PlaceId, QuotaId, RegionId,
    RequestId, TagId, TogetherId, TrainerId,
};
use people::{Course, Pin, PinStatus, Request, Trainer};
use places::{Country, Place, Region, Travel};
use policy::{Hours, Objective, Preferences, Rules};

/// Everything that is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    pub name: String,
    /// First day of any session.
    pub start: Day,
    /// Last session day.
    pub end: Day,
    pub currency: String,
    pub as_of: Option<Day>,
    pub rules: Rules,
    pub objective: Objective,
    pub preferences: Preferences,
    pub hours: Option<Hours>,
    /// Language codes.
    pub languages: Dense<LanguageId, String>,
    /// Trainers' tags.
    pub tags: Dense<TagId, String>,
    /// `together` labels.
    pub togethers: Dense<TogetherId, String>,
    /// Session labels of pins.
    pub pin_labels: Dense<PinLabelId, String>,
    pub regions: Dense<RegionId, Region>,
    pub countries: Dense<CountryId, Country>,
    pub places: Dense<PlaceId, Place>,
    pub travel: Travel,
    pub courses: Dense<CourseId, Course>,
    pub trainers: Dense<TrainerId, Trainer>,
    pub requests: Dense<RequestId, Request>,
    pub funds: Dense<FundId, Fund>,
    pub interpretation: Dense<InterpretationId, Interpretation>,
    pub quotas: Dense<QuotaId, Quota>,
    /// In file order; at most one for a request.
    pub pins: Vec<Pin>,
    /// By request: its pin's place in `pins`.
    pub pin_of: Dense<RequestId, Option<usize>>,
    /// Requests by `together` label, in file order.
    pub together: Dense<TogetherId, Vec<RequestId>>,
}

impl Programme {
    /// The pin of a request.
    pub fn pin(&self, request: RequestId) -> Option<&Pin> {
        self.pin_of[request].map(|i| &self.pins[i])
    }

    /// True when the request is pinned `done`.
    pub fn is_done(&self, request: RequestId) -> bool {
        self.pin(request).is_some_and(|p| p.status == PinStatus::Done)
    }

    /// True when leaving the request unserved breaks a commitment.
    pub fn is_promised(&self, request: RequestId) -> bool {
        self.requests[request].must || self.pin_of[request].is_some()
    }

    /// The row of interpretation.csv that counts at this place for this pair of languages.
    pub fn interpreters(&self, place: PlaceId, from: LanguageId, to: LanguageId) -> Option<InterpretationId> {
        self.interpretation
            .iter()
            .find(|(_, row)| row.from == from && row.to == to && row.places[place])
            .map(|(id, _)| id)
    }

    /// The country of a request's officials.
    pub fn country_of(&self, request: RequestId) -> CountryId {
        self.places[self.requests[request].place].country
    }

    /// The first day on which a session that is not confirmed, done or frozen may start at this place.
    pub fn first_start(&self, place: PlaceId) -> Day {
        let lead = self.rules.lead_days.max(self.places[place].lead_days);
        self.as_of.map_or(self.start, |d| self.start.max(d + lead))
    }
}
