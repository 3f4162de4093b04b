//! The sessions on the board, and what each of them weighs in the goals.

use super::unit::{NONE, Unit};
use super::world::World;
use crate::plan::Status;
use crate::programme::id::{CourseId, Id, InterpretationId, LanguageId, PlaceId, TrainerId};
use crate::programme::people::Role;
use crate::words::Category;

/// One member of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    pub trainer: TrainerId,
    pub role: Role,
}

/// One session on the board.
#[derive(Clone, Debug)]
pub struct Slot {
    pub live: bool,
    pub status: Status,
    /// Never touched: done or frozen.
    pub still: bool,
    pub course: CourseId,
    pub place: PlaceId,
    pub language: LanguageId,
    pub working: LanguageId,
    pub row: Option<InterpretationId>,
    pub first: i32,
    pub last: i32,
    pub units: Vec<u32>,
    pub team: Vec<Member>,
    pub participants: i64,
    /// By category: the pot of funds that may pay it, and what is booked, in cents. `participants` is booked by
    /// request in `people`; its amount here is their sum.
    pub pots: [u32; 7],
    pub amounts: [i64; 7],
    pub people: Vec<(u32, i64)>,
    pub weight: Weight,
}

impl Slot {
    /// An empty place on the board.
    pub fn empty() -> Slot {
        Slot {
            live: false,
            status: Status::Proposed,
            still: false,
            course: CourseId(0),
            place: PlaceId(0),
            language: LanguageId(0),
            working: LanguageId(0),
            row: None,
            first: 0,
            last: 0,
            units: Vec::new(),
            team: Vec::new(),
            participants: 0,
            pots: [NONE; 7],
            amounts: [0; 7],
            people: Vec::new(),
            weight: Weight::default(),
        }
    }

    /// How many days it spans.
    pub fn span(&self) -> i32 {
        self.last - self.first + 1
    }

    /// What it costs, in cents.
    pub fn total(&self) -> i64 {
        self.amounts.iter().sum()
    }

    /// What its team costs, in cents.
    pub fn trips(&self) -> i64 {
        self.amounts[Category::Fees as usize]
            + self.amounts[Category::Travel as usize]
            + self.amounts[Category::Allowance as usize]
    }
}

/// Goal sums that one session moves, commitments of quotas and floors and trainers' penalties aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    pub promises: i64,
    pub kept: i64,
    pub stability: i64,
    pub points: i64,
    pub penalty: i64,
}

/// What a session weighs.
pub fn weigh(world: &World, slot: &Slot) -> Weight {
    let mut w = Weight::default();
    for u in &slot.units {
        let unit = &world.units[*u as usize];
        w.promises += unit.promises;
        w.kept += unit.kept;
        w.points += unit.points;
        if unit.known > 0 {
            w.stability += disturbance(world, unit, slot.first, slot.place, slot.language, &slot.team) - 3 * unit.known;
        }
    }
    w.penalty = penalty(world, &slot.units, slot.place, slot.language, (slot.first, slot.last));
    w
}

/// What changes for the requests of a unit that a baseline serves, when it is served so.
pub fn disturbance(
    world: &World,
    unit: &Unit,
    first: i32,
    place: PlaceId,
    language: LanguageId,
    team: &[Member],
) -> i64 {
    let Some(baseline) = &world.brief.baseline else { return 0 };
    let mut sum = 0;
    for promise in unit.requests.iter().filter_map(|r| baseline.promises[*r].as_ref()) {
        let left = promise.team.iter().filter(|t| !team.iter().any(|m| m.trainer == **t)).count() as i64;
        let joined = team.iter().filter(|m| !promise.team.contains(&m.trainer)).count() as i64;
        sum += i64::from(world.index(promise.start) != first)
            + i64::from(promise.place != Some(place))
            + i64::from(promise.language != Some(language))
            + left
            + i64::from(promise.gone)
            + joined;
    }
    sum
}

/// The penalty of a session's language and days, in the units of the goal.
pub fn penalty(world: &World, units: &[u32], place: PlaceId, language: LanguageId, days: (i32, i32)) -> i64 {
    let weights = &world.programme.preferences;
    let mut sum = 0;
    for r in units.iter().flat_map(|u| &world.units[*u as usize].requests) {
        let request = &world.programme.requests[*r];
        if weights.language_rank.0 != 0 {
            let rank = request.languages.iter().position(|l| *l == language).unwrap_or(0);
            sum += 7 * weights.language_rank.0 * rank as i64;
        }
        if let Some(preferred) = request.preferred {
            sum += weights.week_from_preferred.0 * i64::from((days.0 - world.index(preferred)).abs());
        }
    }
    if weights.avoided_day.0 != 0 {
        sum += 7 * weights.avoided_day.0 * avoided(world, units, place, days);
    }
    sum
}

fn avoided(world: &World, units: &[u32], place: PlaceId, (first, last): (i32, i32)) -> i64 {
    let has = |words: &[u64], d: i32| words.get(d as usize / 64).is_some_and(|w| w >> (d % 64) & 1 == 1);
    let at = place.index();
    (first.max(0)..=last)
        .filter(|d| {
            !has(&world.weekend[at], *d)
                && (has(&world.avoid[at], *d)
                    || units
                        .iter()
                        .flat_map(|u| &world.units[*u as usize].requests)
                        .any(|r| has(&world.unwelcome[world.programme.requests[*r].place.index()], *d)))
        })
        .count() as i64
}
