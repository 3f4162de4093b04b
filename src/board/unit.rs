//! Units: what is served as a whole, a request or all requests of one `together` label; and the ways to serve it.

use super::purse::Purse;
use crate::programme::id::{CourseId, InterpretationId, LanguageId, PinLabelId, PlaceId, RequestId, TrainerId};

/// No unit, no session.
pub const NONE: u32 = u32::MAX;

/// What the officials of one request cost at one host: `fixed` + `per_day` × (span + 1), in cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Attend {
    pub fixed: i64,
    pub per_day: i64,
}

impl Attend {
    /// The cost for a session that spans so many days.
    pub fn over(self, span: i32) -> i64 {
        self.fixed + self.per_day * i64::from(span + 1)
    }
}

/// One way to hold a session of a unit: everything but the days, the team and the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub place: PlaceId,
    pub language: LanguageId,
    pub working: LanguageId,
    /// The row of interpretation.csv that is used.
    pub row: Option<InterpretationId>,
    /// Places in `World::sites` and `World::crews`.
    pub site: u32,
    pub crew: u32,
    /// venue + interpretation, in cents.
    pub room: i64,
    /// A lower bound on what a session of this unit alone costs so, in cents, trips of their own.
    pub least: i64,
}

/// Requests that are served together or not at all.
#[derive(Clone, Debug)]
pub struct Unit {
    pub requests: Vec<RequestId>,
    pub course: CourseId,
    pub participants: i64,
    /// In millionths.
    pub points: i64,
    /// True when others may attend its session.
    pub shared: bool,
    /// True when the search never touches it: done, frozen, or served by no plan.
    pub still: bool,
    /// True when interpretation is accepted.
    pub interpretation: bool,
    /// True when lead days do not bind: pinned confirmed.
    pub booked: bool,
    /// Hosts that all its requests accept and their officials reach, sorted.
    pub hosts: Vec<PlaceId>,
    pub languages: Vec<LanguageId>,
    /// Days counted on the board.
    pub earliest: i32,
    pub latest: i32,
    pub start: Option<i32>,
    pub place: Option<PlaceId>,
    pub language: Option<LanguageId>,
    pub working: Option<LanguageId>,
    /// Pinned to its team.
    pub team: Vec<TrainerId>,
    pub labels: Vec<PinLabelId>,
    /// Countries of its officials, each once.
    pub countries: Vec<u32>,
    /// Funds that may pay for all its officials.
    pub officials: Purse,
    /// Units that must be completed before, and those that wait for this one.
    pub before: Vec<u32>,
    pub behind: Vec<u32>,
    /// Commitments broken while it is not served.
    pub promises: i64,
    /// Points and requests that a baseline serves.
    pub kept: i64,
    pub known: i64,
    pub materials: i64,
    /// By host, then by request: `attend[host * requests + request]`.
    pub attend: Vec<Attend>,
    /// Cheapest first.
    pub choices: Vec<Choice>,
    /// Units that may share its session, as far as two can tell.
    pub mates: Vec<u32>,
}

impl Unit {
    /// The place of a host in `hosts`.
    pub fn host(&self, place: PlaceId) -> Option<usize> {
        self.hosts.binary_search(&place).ok()
    }

    /// True when it may be served so, as far as place, language and pins go.
    pub fn takes(&self, place: PlaceId, language: LanguageId, working: LanguageId) -> bool {
        self.languages.contains(&language)
            && (working == language || self.interpretation)
            && self.place.is_none_or(|p| p == place)
            && self.language.is_none_or(|l| l == language)
            && self.working.is_none_or(|l| l == working)
            && self.hosts.binary_search(&place).is_ok()
    }

    /// What its officials cost at this host over such a span, in cents.
    pub fn attends(&self, host: usize, span: i32) -> i64 {
        let n = self.requests.len();
        self.attend[host * n..(host + 1) * n].iter().map(|a| a.over(span)).sum()
    }
}
