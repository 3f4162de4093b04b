//! What changed between two plans, and who must be told. Plans are compared by what their files say (ids and names),
//! so that plans made with different scenarios compare.

mod bookings;
mod news;
pub mod tell;

use crate::programme::day::{Day, Span};
use crate::programme::money::{Cents, MicroCents};
use crate::programme::people::Role;
use crate::words::GoalId;

pub use news::{Change, TrainerNews};

/// A plan as people know it. Ids and names as written; sessions in the file's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// What this plan is called in the comparison.
    pub name: String,
    pub currency: String,
    pub goals: Vec<Figure>,
    pub sessions: Vec<Booking>,
    pub funds: Vec<Purse>,
    /// Every request of the programme, in file order: what is not served can be named, too.
    pub requests: Vec<Cohort>,
}

/// A goal of a plan, in hundredths as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub goal: GoalId,
    pub value: i128,
    pub bound: i128,
    /// `optimal`, `within-gap` or `feasible`.
    pub proof: String,
}

/// An id and what people call it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub id: String,
    pub course: Named,
    pub place: Named,
    pub online: bool,
    pub language: String,
    pub working_language: String,
    pub days: Span,
    pub cohorts: Vec<Cohort>,
    pub team: Vec<Member>,
}

/// One request's officials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    pub request: String,
    pub course: Named,
    pub country: Named,
    pub officials: i64,
}

/// One trainer on a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub trainer: Named,
    /// May be empty.
    pub email: String,
    pub role: Role,
}

/// A fund and what a plan uses of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purse {
    pub fund: Named,
    pub in_kind: bool,
    pub has: MicroCents,
    pub used: MicroCents,
}

impl Side {
    /// The value of a goal in hundredths, if the plan has that goal.
    pub fn value(&self, goal: GoalId) -> Option<i128> {
        self.goals.iter().find(|f| f.goal == goal).map(|f| f.value)
    }

    /// How many officials are trained.
    pub fn officials(&self) -> i64 {
        self.sessions.iter().flat_map(|s| &s.cohorts).map(|c| c.officials).sum()
    }

    /// How many requests are served.
    pub fn served(&self) -> usize {
        self.sessions.iter().map(|s| s.cohorts.len()).sum()
    }

    /// What all cash funds are used for, overhead included, rounded.
    pub fn cost(&self) -> Cents {
        self.funds.iter().filter(|p| !p.in_kind).map(|p| p.used).sum::<MicroCents>().rounded()
    }

    fn session_of(&self, request: &str) -> Option<usize> {
        self.sessions.iter().position(|s| s.cohorts.iter().any(|c| c.request == request))
    }
}

/// Everything that is different in `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    pub from: &'a Side,
    pub to: &'a Side,
    /// Requests that `to` serves and `from` does not, in the order of `to`'s programme, each with its session there.
    pub served: Vec<(&'a Cohort, &'a Booking)>,
    /// Requests that `from` serves and `to` does not, each with its session in `from`.
    pub dropped: Vec<(&'a Cohort, &'a Booking)>,
    /// Requests that both serve at another start, place or language.
    pub moved: Vec<Kept<'a>>,
    /// Requests that both serve on the same days in the same place and language with another team.
    pub restaffed: Vec<Kept<'a>>,
    /// Everyone whose calendar changes, by name.
    pub trainers: Vec<TrainerNews<'a>>,
    pub funds: Vec<FundChange<'a>>,
    /// What cash funds are used for, `to` less `from`, in hundredths.
    pub cost: Cents,
}

/// A request that both plans serve, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<'a> {
    pub cohort: &'a Cohort,
    pub before: &'a Booking,
    pub after: &'a Booking,
}

impl<'a> Kept<'a> {
    /// True when the start day is another one.
    pub fn other_days(&self) -> bool {
        self.before.days != self.after.days
    }

    /// True when the place is another one.
    pub fn other_place(&self) -> bool {
        self.before.place.id != self.after.place.id
    }

    /// True when the officials hear another language.
    pub fn other_language(&self) -> bool {
        self.before.language != self.after.language
    }

    /// Trainers of the second plan's team who were not on the first one's.
    pub fn joined(&self) -> Vec<&'a Member> {
        missing(&self.after.team, &self.before.team)
    }

    /// Trainers of the first plan's team who are not on the second one's.
    pub fn left(&self) -> Vec<&'a Member> {
        missing(&self.before.team, &self.after.team)
    }

    fn moved(&self) -> bool {
        self.other_days() || self.other_place() || self.other_language()
    }
}

/// Those of `team` who are not in `other`.
fn missing<'a>(team: &'a [Member], other: &[Member]) -> Vec<&'a Member> {
    team.iter().filter(|m| other.iter().all(|o| o.trainer.id != m.trainer.id)).collect()
}

/// A fund whose money or use is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundChange<'a> {
    pub fund: &'a Named,
    /// None: the programme of `from` has no such fund.
    pub before: Option<&'a Purse>,
    /// None: the programme of `to` has no such fund.
    pub after: Option<&'a Purse>,
}

/// What is different in `to`.
pub fn difference<'a>(from: &'a Side, to: &'a Side) -> Difference<'a> {
    let pairs = bookings::pairs(from, to);
    let (mut served, mut dropped, mut moved, mut restaffed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for cohort in &to.requests {
        let after = to.session_of(&cohort.request).map(|s| &to.sessions[s]);
        let before = from.session_of(&cohort.request).map(|s| &from.sessions[s]);
        match (before, after) {
            (None, Some(after)) => served.push((cohort, after)),
            (Some(before), None) => dropped.push((cohort, before)),
            (Some(before), Some(after)) => {
                let kept = Kept { cohort, before, after };
                if kept.moved() {
                    moved.push(kept);
                } else if !kept.joined().is_empty() || !kept.left().is_empty() {
                    restaffed.push(kept);
                }
            }
            (None, None) => {}
        }
    }
    for cohort in &from.requests {
        if to.requests.iter().all(|c| c.request != cohort.request)
            && let Some(s) = from.session_of(&cohort.request)
        {
            dropped.push((cohort, &from.sessions[s]));
        }
    }
    let purse = |side: &'a Side, id: &str| side.funds.iter().find(|p| p.fund.id == id);
    let mut funds: Vec<FundChange> = Vec::new();
    for before in &from.funds {
        let after = purse(to, &before.fund.id);
        if after.is_none_or(|a| a.used != before.used || a.has != before.has) {
            funds.push(FundChange { fund: &before.fund, before: Some(before), after });
        }
    }
    for after in &to.funds {
        if purse(from, &after.fund.id).is_none() {
            funds.push(FundChange { fund: &after.fund, before: None, after: Some(after) });
        }
    }
    Difference {
        from,
        to,
        served,
        dropped,
        moved,
        restaffed,
        trainers: news::trainers(from, to, &pairs),
        funds,
        cost: to.cost() - from.cost(),
    }
}

impl Difference<'_> {
    /// True when nobody has to be told anything.
    pub fn is_quiet(&self) -> bool {
        self.served.is_empty()
            && self.dropped.is_empty()
            && self.moved.is_empty()
            && self.restaffed.is_empty()
            && self.trainers.is_empty()
    }

    /// Officials trained, `to` less `from`.
    pub fn officials(&self) -> i64 {
        self.to.officials() - self.from.officials()
    }
}

/// Earliest day first, where a list has no better order.
fn by_day(booking: &Booking) -> (Day, &str) {
    (booking.days.first, &booking.id)
}
