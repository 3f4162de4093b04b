//! Courses, trainers and requests.

use super::day::{Day, Span};
use super::id::{CourseId, Dense, LanguageId, PlaceId, RequestId, TagId, TogetherId, TrainerId};
use super::money::{Cents, Micro};
use super::places::PlaceSet;

/// What kind of delivery a course is, for reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CourseKind {
    Training,
    Advice,
    Product,
}

/// A course.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    pub id: String,
    pub title: String,
    /// Titles in ar, zh, en, fr, ru, es where given.
    pub titles: Vec<(String, String)>,
    /// Teaching days.
    pub days: i32,
    pub leads: u32,
    pub co_trainers: u32,
    pub min_participants: i64,
    pub max_participants: Option<i64>,
    pub languages: Vec<LanguageId>,
    pub materials_per_participant: Cents,
    /// At least so many team members carry the tag.
    pub team_needs: Vec<(TagId, u32)>,
    pub tags: Vec<String>,
    pub kind: CourseKind,
}

impl Course {
    /// How many trainers a session needs.
    pub fn team(&self) -> usize {
        (self.leads + self.co_trainers) as usize
    }
}

/// A seat in a team; also the role in which a trainer is qualified (a lead may fill a co-trainer's seat).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Lead,
    Co,
}

impl Role {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Role::Lead => "lead",
            Role::Co => "co",
        }
    }
}

/// A trainer.
#[derive(Clone, Debug, PartialEq)]
pub struct Trainer {
    pub id: String,
    pub name: String,
    pub home: PlaceId,
    /// Languages in which they are able to teach.
    pub teaches: Vec<LanguageId>,
    /// Languages in which they are able to assist only.
    pub assists: Vec<LanguageId>,
    /// The best role in which they are qualified, by course.
    pub roles: Dense<CourseId, Option<Role>>,
    pub fee_day: Cents,
    pub max_days: Option<i32>,
    pub max_days_year: Option<i32>,
    /// The trainer's own or the programme's.
    pub max_days_away: i32,
    /// The trainer's own or the programme's.
    pub rest_days: i32,
    pub target_days: Option<i32>,
    pub available_from: Option<Day>,
    pub available_to: Option<Day>,
    pub tags: Vec<TagId>,
    /// Places where this trainer is not sent: true = barred.
    pub barred: PlaceSet,
    pub email: String,
    /// Absences from absences.csv and busy calendars with what they are, sorted by first day.
    pub absences: Vec<(Span, String)>,
}

impl Trainer {
    /// True when every day of the span lies within their availability and outside their absences.
    pub fn available(&self, span: Span) -> bool {
        self.available_from.is_none_or(|d| d <= span.first)
            && self.available_to.is_none_or(|d| span.last <= d)
            && !self.absences.iter().any(|(a, _)| a.meets(span))
    }

    /// True when they are able to fill this seat of this course in this working language.
    pub fn fits(&self, course: CourseId, seat: Role, working_language: LanguageId) -> bool {
        let role = match (self.roles[course], seat) {
            (None, _) | (Some(Role::Co), Role::Lead) => false,
            (Some(Role::Lead), _) | (Some(Role::Co), Role::Co) => true,
        };
        role && (self.teaches.contains(&working_language)
            || seat == Role::Co && self.assists.contains(&working_language))
    }
}

/// A request: one cohort of officials of one state that asks for one course.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub id: String,
    pub course: CourseId,
    /// Where the officials come from.
    pub place: PlaceId,
    pub participants: i64,
    /// Most wanted first, as written (the course may lack some).
    pub languages: Vec<LanguageId>,
    /// False: only a team that works in the session's language.
    pub interpretation: bool,
    /// Where it may be held, without repetition; sorted by place id.
    pub hosts: Vec<PlaceId>,
    pub earliest: Option<Day>,
    pub latest: Option<Day>,
    pub preferred: Option<Day>,
    pub priority: Micro,
    /// What serving it is worth, under `[objective] coverage`.
    pub points: Micro,
    pub must: bool,
    pub shared: bool,
    pub together: Option<TogetherId>,
    pub after: Vec<RequestId>,
    pub received: Option<Day>,
    pub audience: String,
    pub note: String,
}

/// How sure a pin or a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PinStatus {
    Wanted,
    Confirmed,
    Done,
}

/// What a planner has fixed for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    pub request: RequestId,
    pub session: Option<super::id::PinLabelId>,
    pub start: Option<Day>,
    pub place: Option<PlaceId>,
    pub language: Option<LanguageId>,
    pub working_language: Option<LanguageId>,
    pub trainers: Vec<TrainerId>,
    pub status: PinStatus,
}
