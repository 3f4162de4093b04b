//! Where people are short: what a day of each is worth.
//!
//! Where money is left, the cheapest way to serve a request is not the one that leaves most for others: that is the one which
//! takes the fewest days of those who are hardly free. So insertions compare ways by a price in which a day that somebody is away or
//! rests counts by how full they are, and money next to nothing.

use crate::board::Board;
use crate::board::days::Days;
use crate::board::diary::Diary;
use crate::board::unit::{Choice, Unit};
use crate::board::world::{Candidate, Crew, Person, World};
use crate::programme::id::{Id, PlaceId, TrainerId};

/// Prices that count days: those of people, and what the world has to choose from in their order.
#[derive(Clone, Debug)]
pub struct Strain {
    /// By trainer: cents for a day away or of rest after it.
    day: Vec<i64>,
    /// The world's crews, with days in what candidates cost: the lowest price first.
    crews: Vec<Crew>,
    /// By unit: its choices, with days in their least cost; the lowest price first.
    choices: Vec<Vec<Choice>>,
}

/// People are short where so many hundredths of their days are taken, by the tighter of when they are there and what they may work.
const SHORT: i64 = 50;
/// A day of somebody idle counts as much as one of somebody a quarter of whose days are taken.
const IDLE: i64 = 256;
/// All days that a plan takes are worth so many times the money that it spends.
pub const WORTH: i64 = 42;
/// So many days of anybody are worth no more than all days of the plan, however few these are.
const MONTH: i128 = 30;
/// No sum of prices is so many times what all days are worth.
const SUM: i64 = 1_000;

/// How full each person is, where this plan leaves something unserved for want of people: not of money.
pub fn short(world: &World, board: &Board) -> Option<Vec<i64>> {
    if board.open.items.is_empty() || board.ledger.is_short() {
        return None;
    }
    let rooms: Vec<i64> = world.people.iter().map(|p| room(world, p)).collect();
    let people = world.people.iter().zip(&board.diaries);
    let fullness: Vec<i64> = people.zip(&rooms).map(|((p, d), room)| full(p, d, *room)).collect();
    let taken: i64 = fullness.iter().zip(&rooms).map(|(full, room)| full * room).sum();
    (taken * 100 >= rooms.iter().sum::<i64>() * 1024 * SHORT).then_some(fullness)
}

/// True when most units have days to choose from: then where people are short is where slow cooling finds more. Where dates
/// are given the rest of the plan needs the iterations.
pub fn movable(world: &World) -> bool {
    let days = |course| world.programme.courses[course].days;
    let free = |u: &&Unit| u.start.is_none() && u.latest - u.earliest >= days(u.course);
    let open = || world.units.iter().filter(|u| !u.still);
    open().filter(free).count() * 2 >= open().count()
}

impl Strain {
    /// The prices at this plan, which spends so many cents; None where everything is served, where people are not short, or
    /// money is, or where sums of such prices might be too large to be counted with.
    pub fn of(world: &World, board: &Board, spent: i64) -> Option<Strain> {
        if spent > i64::MAX / WORTH / SUM {
            return None;
        }
        let fullness = short(world, board)?;
        let people = || world.people.iter().zip(&board.diaries);
        let weights: Vec<i64> = fullness.iter().map(|full| (full * full).max(IDLE * IDLE)).collect();
        let load: i128 = people().zip(&weights).map(|((p, d), w)| i128::from(*w) * i128::from(blocked(p, d))).sum();
        let all = i128::from(spent) * i128::from(WORTH);
        let price = |w: &i64| (all * i128::from(*w) / load.max(1)).min(all / MONTH);
        let day = weights.iter().map(|w| price(w) as i64).collect();
        let mut strain = Strain { day, crews: Vec::new(), choices: Vec::new() };
        strain.crews = world.crews.iter().map(|crew| strain.crew_of(world, crew)).collect();
        strain.choices = world.units.iter().map(|unit| strain.choices_of(world, &unit.choices)).collect();
        Some(strain)
    }

    /// Cents for a day of this trainer.
    pub fn day(&self, trainer: TrainerId) -> i64 {
        self.day[trainer.index()]
    }

    /// A crew of the world, by price.
    pub fn crew(&self, crew: u32) -> &Crew {
        &self.crews[crew as usize]
    }

    /// The choices of a unit, by price.
    pub fn choices(&self, unit: u32) -> &[Choice] {
        &self.choices[unit as usize]
    }

    /// Cents for the days that a trip of its own takes of somebody, with the rest after it.
    pub fn days(&self, world: &World, trainer: TrainerId, place: PlaceId, span: i32) -> i64 {
        let (out, back) = world.trip_days(trainer, place).unwrap_or((0, 0));
        let rest = if world.stays(trainer, place) { 0 } else { world.people[trainer.index()].rest };
        self.day(trainer) * i64::from(out + span + back + rest)
    }

    fn crew_of(&self, world: &World, crew: &Crew) -> Crew {
        let span = world.programme.courses[crew.course].days;
        let by_price = |list: &[Candidate]| {
            let price = |c: &Candidate| c.cost + self.days(world, c.trainer, crew.place, span);
            let mut all: Vec<Candidate> = list.iter().map(|c| Candidate { cost: price(c), ..*c }).collect();
            all.sort_by_key(|c| c.cost);
            all
        };
        Crew::new(world.programme, crew.course, crew.place, by_price(&crew.leads), by_price(&crew.others))
    }

    fn choices_of(&self, world: &World, choices: &[Choice]) -> Vec<Choice> {
        let days = |c: &Choice| {
            let crew = c.crew as usize;
            self.crews[crew].least.unwrap_or(0) - world.crews[crew].least.unwrap_or(0)
        };
        let mut all: Vec<Choice> = choices.iter().map(|c| Choice { least: c.least + days(c), ..*c }).collect();
        all.sort_by_key(|c| c.least);
        all
    }
}

/// Days between the programme's first and last on which somebody is there.
fn room(world: &World, person: &Person) -> i64 {
    let mut there = Days::none(world.words);
    there.add(world.index(world.programme.start), world.index(world.programme.end));
    there.without(&person.absent);
    i64::from(there.count()).max(1)
}

/// How full somebody is who is there on so many days, in parts of 1,024.
fn full(person: &Person, diary: &Diary, room: i64) -> i64 {
    let most = i64::from(person.max_days).clamp(1, room);
    (i64::from(diary.worked) * 1024 / most).max(blocked(person, diary) * 1024 / room).min(1024)
}

/// Days on which somebody is away, or rests after it.
fn blocked(person: &Person, diary: &Diary) -> i64 {
    let trips = diary.visits.iter().filter(|v| !v.linked && !v.stays).count();
    i64::from(diary.worked) + i64::from(person.rest) * trips as i64
}
