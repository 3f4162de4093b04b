//! A plan as calendars see it: by the words that stand in the plan file, so that revisions whose rows the programme no
//! longer has can be compared too.

use super::uid::session_uid;
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::read::plan_file::{CalendarEntry, PlanFile};

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
    /// A plan file as an edition. A proposal has no calendar entries yet: its sessions have sequence 0, the UIDs that
    /// adopting would give them, and the day on which the plan is made, or else the programme's first.
    pub fn of(programme: &Programme, file: &PlanFile) -> Edition {
        let day = file.adopted.or(file.as_of).map_or(programme.as_of.unwrap_or(programme.start), |d| d.0);
        let sessions = file.sessions.iter().map(|s| {
            let stamp = s.calendar.as_ref().filter(|_| file.revision.is_some()).map(Stamp::of);
            let mut funds: Vec<String> = Vec::new();
            for charge in &s.charges {
                if !funds.contains(&charge.fund) {
                    funds.push(charge.fund.clone());
                }
            }
            Sitting {
                id: s.id.clone(),
                stamp: stamp.unwrap_or_else(|| Stamp { uid: session_uid(programme, &s.id), sequence: 0, changed: day }),
                status: s.status.0.word().to_owned(),
                course: s.course.clone(),
                place: s.place.clone(),
                language: s.language.clone(),
                working_language: s.working_language.clone(),
                span: Span { first: s.start.0, last: s.end.0.max(s.start.0) },
                requests: s.requests.clone(),
                team: s.team.iter().map(|m| (m.trainer.clone(), m.role.0.word().to_owned())).collect(),
                funds,
            }
        });
        let missions = file.missions.iter().map(|m| Tour {
            trainer: m.trainer.clone(),
            span: Span { first: m.depart.0, last: m.back.0 },
            sessions: m.sessions.clone(),
        });
        let withdrawn = file.cancelled.iter().map(|c| Withdrawn {
            id: c.id.clone(),
            revision: c.revision,
            stamp: Stamp::of(&c.calendar),
            course: c.course.clone(),
            place: c.place.clone(),
            span: Span { first: c.start.0, last: c.end.0.max(c.start.0) },
            team: c.team.iter().map(|m| m.trainer.clone()).collect(),
        });
        Edition {
            revision: file.revision,
            day,
            sessions: sessions.collect(),
            missions: missions.collect(),
            withdrawn: withdrawn.collect(),
        }
    }

    /// True for a session that may still come to nothing: a proposed one of a plan that is not adopted.
    pub fn is_tentative(&self, session: &Sitting) -> bool {
        self.revision.is_none() && session.status == "proposed"
    }

    /// How a session stands, in a word: what an adopted plan proposes is planned.
    pub fn standing<'s>(&self, session: &'s Sitting) -> &'s str {
        if self.revision.is_some() && session.status == "proposed" { "planned" } else { &session.status }
    }

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

impl Stamp {
    fn of(entry: &CalendarEntry) -> Stamp {
        Stamp { uid: entry.uid.clone(), sequence: entry.sequence, changed: entry.changed.0 }
    }
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
