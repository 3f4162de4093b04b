//! The column families: what the exact side decides. Named here, and nowhere else.

use super::delivery::{Firm, Site};
use crate::milp::program::Col;
use crate::plan::mission::Part;
use crate::programme::day::Span;
use crate::programme::id::{CourseId, FundId, LanguageId, PlaceId, QuotaId, TrainerId};

/// *held*: a delivery takes place on one of these days (0 or 1).
#[derive(Clone, Debug)]
pub struct Held {
    pub delivery: usize,
    /// Days that nothing but dates tells apart, earliest first.
    pub spans: Vec<Span>,
    pub cell: usize,
    pub col: Col,
}

/// Deliveries that a trainer sees as alike. Not a column: what seats are counted by.
#[derive(Clone, Debug)]
pub struct Cell {
    pub firm: Firm,
    pub course: CourseId,
    pub place: PlaceId,
    pub working: LanguageId,
    /// How many days a session here takes, first to last.
    pub length: i32,
    /// Every span of its *held* columns, once, earliest first.
    pub spans: Vec<Span>,
    /// Its *held* columns.
    pub held: Vec<usize>,
    /// Who may pay fees, travel and allowance here.
    pub payers: [usize; 3],
    /// Quotas of money that count its sessions.
    pub quotas: Vec<QuotaId>,
    /// Its *seat* columns.
    pub seats: Vec<usize>,
}

impl Cell {
    pub fn site(&self) -> Site {
        (self.course, self.place, self.working)
    }
}

/// *seat*: how many of a cell's sessions a trainer teaches (whole; 0 or 1 where days are told apart).
#[derive(Clone, Debug)]
pub struct Seat {
    pub cell: usize,
    pub trainer: TrainerId,
    pub lead: bool,
    /// Home or online: a mission of its own.
    pub stays: bool,
    /// What a trip to this session alone costs.
    pub part: Part,
    /// Days of travel to it and from it on a trip of its own.
    pub out: i32,
    pub back: i32,
    /// Days of rest after it.
    pub rest: i32,
    /// Spans that a trip of its own fits.
    pub alone: Vec<Span>,
    /// Spans that fit as far as the session's own days go: with others on the trip, the rest may.
    pub reach: Vec<Span>,
    pub col: Col,
}

impl Seat {
    /// What a trip to this session alone costs, in cents.
    pub fn cents(&self) -> i64 {
        self.part.fees.0 + self.part.travel.0 + self.part.allowance.0
    }

    /// Days of a trip to this session alone.
    pub fn days(&self, length: i32) -> i32 {
        self.out + length + self.back
    }
}

/// *trip*: a trainer visits several sessions on one mission (whole). Its seats are paid as if each were a trip of its
/// own; the trip gives back what chaining saves.
#[derive(Clone, Debug, PartialEq)]
pub struct Trip {
    pub trainer: TrainerId,
    /// Its seats, in date order.
    pub seats: Vec<usize>,
    /// Idle days before each of them (0 before the first).
    pub idle: Vec<i32>,
    pub col: Col,
}

/// *money*: what one fund pays of the costs that exactly these funds may pay, in currency units.
#[derive(Clone, Copy, Debug)]
pub struct Money {
    pub class: usize,
    pub fund: FundId,
    pub col: Col,
}
