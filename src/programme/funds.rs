//! Funds with their strings, interpretation prices and quotas.

use super::day::{Day, Span};
use super::id::{CourseId, Dense, LanguageId, PlaceId};
use super::money::{Cents, Micro, MicroCents};
use super::places::PlaceSet;
use crate::words::Category;

/// A filter over courses: true = passes.
pub type CourseSet = Dense<CourseId, bool>;
/// A filter over languages: true = passes.
pub type LanguageSet = Dense<LanguageId, bool>;

/// A contribution with its strings. Every filter is resolved: blank = all true.
#[derive(Clone, Debug, PartialEq)]
pub struct Fund {
    pub id: String,
    pub donor: String,
    /// As written, in the fund's own currency.
    pub currency: String,
    /// In the programme's currency.
    pub amount: Cents,
    pub spent: Cents,
    pub in_kind: bool,
    pub pledged: bool,
    pub overhead: Micro,
    pub valid_from: Option<Day>,
    pub valid_to: Option<Day>,
    /// Officials of these places may be paid for (`regions` and `countries`).
    pub officials: PlaceSet,
    /// Sessions at these places.
    pub hosts: PlaceSet,
    pub courses: CourseSet,
    pub languages: LanguageSet,
    /// By category, in the order of `Category::ALL`.
    pub covers: [bool; 7],
    /// Floor for spent + use.
    pub spend_at_least: Option<Cents>,
    /// (amount − spent) × (1 − reserve), never below 0.
    pub has: MicroCents,
}

impl Fund {
    /// True when the fund may pay this category of a session, the officials' side aside.
    pub fn may_pay(
        &self,
        place: PlaceId,
        course: CourseId,
        language: LanguageId,
        span: Span,
        category: Category,
    ) -> bool {
        self.hosts[place]
            && self.courses[course]
            && self.languages[language]
            && self.covers[category as usize]
            && self.valid_from.is_none_or(|d| d <= span.first)
            && self.valid_to.is_none_or(|d| span.last <= d)
    }
}

/// A row of interpretation.csv: `places` are those for which this row is the most exact one.
#[derive(Clone, Debug, PartialEq)]
pub struct Interpretation {
    /// As written: `*`, or a region, country or place id.
    pub at: String,
    /// The team's working language.
    pub from: LanguageId,
    /// The session's language.
    pub to: LanguageId,
    pub cost_day: Cents,
    pub max_parallel: Option<u32>,
    /// Where this row is the one that counts.
    pub places: PlaceSet,
}

/// What a quota counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Sessions,
    Requests,
    Participants,
    /// In cents.
    Cost,
}

impl Measure {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Sessions => "sessions",
            Measure::Requests => "requests",
            Measure::Participants => "participants",
            Measure::Cost => "cost",
        }
    }
}

/// A quota; filters are resolved, blank = all true.
#[derive(Clone, Debug, PartialEq)]
pub struct Quota {
    pub id: String,
    pub measure: Measure,
    pub officials: PlaceSet,
    pub hosts: PlaceSet,
    pub courses: CourseSet,
    pub languages: LanguageSet,
    /// The session's start day lies within.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// In units of the measure (cents for `cost`).
    pub min: Option<i64>,
    pub max: Option<i64>,
}

impl Quota {
    /// True when a session of this kind is counted, the officials' side aside.
    pub fn counts(&self, place: PlaceId, course: CourseId, language: LanguageId, start: Day) -> bool {
        self.hosts[place]
            && self.courses[course]
            && self.languages[language]
            && self.from.is_none_or(|d| d <= start)
            && self.to.is_none_or(|d| start <= d)
    }
}
