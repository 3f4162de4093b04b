//! What is answered: sessions, missions, charges. Immutable once made; the engines have their own mutable shapes.

pub mod brief;
pub mod goals;
pub mod history;
pub mod mission;
pub mod price;

use crate::programme::Programme;
use crate::programme::day::Span;
use crate::programme::id::{CourseId, Dense, FundId, LanguageId, PlaceId, QuotaId, RequestId, TrainerId};
use crate::programme::money::Cents;
use crate::programme::people::Role;
use crate::words::Category;

/// How sure a session is. Confirmed: pinned so, or frozen. Done: pinned so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    Proposed,
    Confirmed,
    Done,
}

impl Status {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Status::Proposed => "proposed",
            Status::Confirmed => "confirmed",
            Status::Done => "done",
        }
    }
}

/// One member of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat {
    pub role: Role,
    pub trainer: TrainerId,
}

/// Part of one category of one session that one fund pays, overhead not included. Above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Charge {
    pub category: Category,
    /// Named for `participants` only.
    pub request: Option<RequestId>,
    pub fund: FundId,
    pub amount: Cents,
}

/// One delivery of a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: String,
    pub status: Status,
    pub course: CourseId,
    pub place: PlaceId,
    pub language: LanguageId,
    pub working_language: LanguageId,
    /// First to last session day.
    pub span: Span,
    /// In file order.
    pub requests: Vec<RequestId>,
    /// Leads first, each part by trainer id.
    pub team: Vec<Seat>,
    /// By category, then request, then fund.
    pub charges: Vec<Charge>,
}

/// One trip of one trainer; also a session at home or online, which is a mission of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mission {
    pub trainer: TrainerId,
    /// Departure to return.
    pub span: Span,
    /// Places of its sessions in `Plan::sessions`, in date order.
    pub sessions: Vec<usize>,
}

/// A commitment that a plan breaks. The order of the kinds is the order in which they are written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Broken {
    Must(RequestId),
    Pin(RequestId),
    Quota(QuotaId),
    Floor(FundId),
}

/// Sessions, missions and charges; what is not served follows.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Plan {
    /// By start, then id.
    pub sessions: Vec<Session>,
    /// By departure, then trainer id.
    pub missions: Vec<Mission>,
}

impl Plan {
    /// By request: the place of its session in `sessions`.
    pub fn session_of(&self, programme: &Programme) -> Dense<RequestId, Option<usize>> {
        let mut of = Dense::filled(None, programme.requests.len());
        for (i, session) in self.sessions.iter().enumerate() {
            for request in &session.requests {
                of[*request] = Some(i);
            }
        }
        of
    }

    /// Puts sessions, requests, teams, charges and missions into the order in which they are written.
    pub fn sort(&mut self, programme: &Programme) {
        for s in &mut self.sessions {
            s.requests.sort();
            s.team.sort_by(|a, b| {
                (a.role, &programme.trainers[a.trainer].id).cmp(&(b.role, &programme.trainers[b.trainer].id))
            });
            s.charges.sort();
        }
        let mut order: Vec<usize> = (0..self.sessions.len()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&self.sessions[*a], &self.sessions[*b]);
            (a.span.first, &a.id).cmp(&(b.span.first, &b.id))
        });
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        let mut sessions: Vec<Option<Session>> = std::mem::take(&mut self.sessions).into_iter().map(Some).collect();
        self.sessions = order.iter().filter_map(|old| sessions[*old].take()).collect();
        for m in &mut self.missions {
            for s in &mut m.sessions {
                *s = place[*s];
            }
            m.sessions.sort_by_key(|s| self.sessions[*s].span.first);
        }
        self.missions.sort_by(|a, b| {
            (a.span.first, &programme.trainers[a.trainer].id).cmp(&(b.span.first, &programme.trainers[b.trainer].id))
        });
    }
}
