//! A plan as calendars see it: by the words that stand in the plan file, so that revisions whose rows the programme no
//! longer has can be compared too.

use crate::programme::day::{Day, Span};

/// One revision of the plan of record, or a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// None: a proposal.
    pub revision: Option<u32>,
    /// The day of adoption; for a proposal the day its events are stamped with.
    pub day: Day,
    pub sessions: Vec<Sitting>,
    pub missions: Vec<Tour>,
    /// What earlier revisions held and this one does not.
    pub withdrawn: Vec<Withdrawn>,
}

impl Edition {
    /// Its number; 0 for a proposal.
    pub fn number(&self) -> u32 {
        self.revision.unwrap_or(0)
    }
}

/// What a calendar program knows a session by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub uid: String,
    pub sequence: u32,
    /// The day of the last change.
    pub changed: Day,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    pub id: String,
    pub stamp: Stamp,
    /// `proposed`, `confirmed` or `done`.
    pub status: String,
    pub course: String,
    pub place: String,
    pub language: String,
    pub working_language: String,
    pub span: Span,
    pub requests: Vec<String>,
    /// Trainers, each with `lead` or `co`.
    pub team: Vec<(String, String)>,
    /// Funds that pay for it, without repetition.
    pub funds: Vec<String>,
}

/// A mission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tour {
    pub trainer: String,
    /// Departure to return.
    pub span: Span,
    /// Ids of its sessions, in date order.
    pub sessions: Vec<String>,
}

/// A session that is no longer in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawn {
    pub id: String,
    /// The revision that withdrew it.
    pub revision: u32,
    pub stamp: Stamp,
    pub course: String,
    pub place: String,
    pub span: Span,
    pub team: Vec<String>,
}
