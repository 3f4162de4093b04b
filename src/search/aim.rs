//! What an insertion prefers: the price, in cents, that each phase of the search puts on what is not money.

use super::strain::Strain;
use crate::board::unit::Choice;
use crate::board::world::{Crew, World};
use std::sync::Arc;

/// Prices by which ways to serve a unit are compared.
#[derive(Clone, Debug)]
pub struct Aim {
    /// Share of the cost that counts, in parts of 1,024.
    pub cost: i64,
    /// Cents for a thousand million-parts of points that a session serves beside the unit it is opened for.
    pub points: i64,
    /// Cents for one change that a baseline's people would notice.
    pub change: i64,
    /// Cents for one unit of penalty (a weight of 1).
    pub penalty: i64,
    /// Cases in 1,024 in which a candidate is passed over.
    pub blink: usize,
    /// Units that are not served and are tried in a step: one less than so many at most.
    pub extra: usize,
    /// Cases in 1,024 in which a unit that was taken off is not served again, though it could be.
    pub leave: usize,
    /// Cases in 1,024 in which room is made for a unit that is not served.
    pub room: usize,
    /// Of these, cases in 1,024 in which it is one that was promised, where there is any.
    pub promised: usize,
    /// Cents for sending somebody who teaches nothing else.
    pub fresh: i64,
    /// Cases in 1,024 in which all sessions of somebody who teaches little are taken off.
    pub dismiss: usize,
    /// Prices of days, where people are short.
    pub strain: Option<Arc<Strain>>,
}

impl Aim {
    /// Cents for a penalty in the units of its goal.
    pub fn dislike(&self, penalty: i64) -> i64 {
        if self.penalty == 0 { 0 } else { (i128::from(penalty) * i128::from(self.penalty) / 7_000_000) as i64 }
    }

    /// Cents for sending somebody who teaches so many sessions already: work goes to those who have some.
    pub fn spread(&self, sessions: usize) -> i64 {
        if sessions == 0 { self.fresh } else { self.fresh / (8 * sessions as i64) }
    }

    /// Cents for a cost in cents.
    pub fn money(&self, cost: i64) -> i64 {
        if self.cost == 1024 { cost } else { (i128::from(cost) * i128::from(self.cost) / 1024) as i64 }
    }

    /// A crew of the world: the lowest price first.
    pub fn crew<'a>(&'a self, world: &'a World, crew: u32) -> &'a Crew {
        self.strain.as_ref().map_or(&world.crews[crew as usize], |s| s.crew(crew))
    }

    /// The choices of a unit: the lowest price first.
    pub fn choices<'a>(&'a self, world: &'a World, unit: u32) -> &'a [Choice] {
        self.strain.as_ref().map_or(&world.units[unit as usize].choices, |s| s.choices(unit))
    }

    /// Cents for points in millionths.
    pub fn worth(&self, points: i64) -> i64 {
        (i128::from(points) * i128::from(self.points) / 1_000_000_000) as i64
    }
}
