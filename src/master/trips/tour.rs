//! What one trainer's trips can be made of: stops, the ways between them, and the days that allow it.

use super::bits::Bits;
use super::clash::Clashes;
use super::mask::Mask;
use crate::master::delivery::Firm;
use crate::master::model::Model;
use crate::programme::Programme;
use crate::programme::day::{Day, Span};
use crate::programme::id::{PlaceId, TrainerId};

/// Days before the first and after the last session day that trips may need.
const MARGIN: i32 = 64;

/// Gaps between two stops are kept as bits: a trip has no longer one.
pub const LONGEST_GAP: i32 = 63;

/// A seat as a stop of a trip.
#[derive(Clone, Debug)]
pub struct Stop {
    pub seat: usize,
    pub place: PlaceId,
    pub length: i32,
    pub out: i32,
    pub back: i32,
    /// Start days, and those on which a trip may begin here.
    pub starts: Mask,
    pub first: Mask,
    /// Days before which a trip that ends here may have ended: the day after its last day is in it.
    pub last: Mask,
}

/// One trainer's stops.
#[derive(Clone, Debug)]
pub struct Tour {
    pub trainer: TrainerId,
    pub away: i32,
    pub stops: Vec<Stop>,
    /// `open[n]`: days from which n days in a row are free.
    pub open: Vec<Mask>,
    /// By stop, then next stop: the ways' days (-1: none), and as bits the idle days that dates allow.
    pub way: Vec<i32>,
    pub idle: Vec<u64>,
    /// By stop, as bits: the stops that a trip which stops here cannot stop at besides, the stop itself among them.
    pub barred: Vec<Bits>,
    /// By stop, as bits: the stops that a trip which stops here may still come to, as far as dates say.
    pub later: Vec<Bits>,
    /// The day of bit 0.
    pub base: Day,
}

impl Tour {
    /// The stops of a trainer; None where no two of them can be on one trip.
    pub fn new(model: &Model, trainer: TrainerId, clashes: &mut Clashes) -> Option<Tour> {
        let world = model.world;
        let programme = world.programme;
        let person = &programme.trainers[trainer];
        let base = programme.start - MARGIN;
        let days = (programme.end - base + MARGIN) as usize;
        let away = person.max_days_away;
        let seats: Vec<usize> = model.seats_of[trainer]
            .iter()
            .copied()
            .filter(|s| !model.seats[*s].stays && model.cells[model.seats[*s].cell].firm != Firm::Done)
            .collect();
        if seats.len() < 2 {
            return None;
        }
        let mut open = vec![Mask::none(days)];
        for d in 0..days as i32 {
            open[0].put(d);
        }
        let mut single = Mask::none(days);
        for d in 0..days as i32 {
            if world.free(trainer, Span { first: base + d, last: base + d }, 0) {
                single.put(d);
            }
        }
        for n in 1..=(away.clamp(0, LONGEST_GAP * 2) as usize) {
            // n days from d on: d is free, and n - 1 days from d + 1 on.
            let shorter: Vec<i32> = open[n - 1].days().collect();
            let mut next = Mask::none(days);
            for d in shorter {
                next.put(d - 1);
            }
            open.push(next.and(&single));
        }
        let stops: Vec<Stop> = seats.iter().map(|s| stop(model, *s, base, days, &open)).collect();
        let n = stops.len();
        let mut tour = Tour {
            trainer,
            away,
            stops,
            open,
            way: vec![-1; n * n],
            idle: vec![0; n * n],
            barred: vec![Bits::none(n); n],
            later: vec![Bits::none(n); n],
            base,
        };
        for i in 0..n {
            let after = tour.after(i);
            for j in 0..n {
                let cell = |k: usize| model.seats[tour.stops[k].seat].cell;
                if clashes.between(model, cell(i), cell(j)) {
                    tour.barred[i].put(j);
                } else {
                    tour.join(programme, i, j);
                }
                if after.meets(&tour.stops[j].starts) {
                    tour.later[i].put(j);
                }
            }
        }
        tour.idle.iter().any(|g| *g != 0).then_some(tour)
    }

    /// The days on which a trip may start somewhere after it stopped here, however many stops lie between.
    fn after(&self, i: usize) -> Mask {
        let stop = &self.stops[i];
        let ended = stop.starts.later(stop.length as usize);
        let mut after = ended.clone();
        for days in 1..(self.away - stop.length).max(1) {
            after.with(&ended.later(days as usize));
        }
        after
    }

    fn join(&mut self, programme: &Programme, i: usize, j: usize) {
        let (a, b) = (&self.stops[i], &self.stops[j]);
        let Some(leg) = programme.travel.leg(a.place, b.place) else { return };
        let n = self.stops.len();
        let ended = a.starts.later(a.length as usize);
        let mut bits = 0_u64;
        for idle in 0..=LONGEST_GAP {
            let gap = (leg.days + idle) as usize;
            if a.length + b.length + leg.days + idle > self.away || gap >= self.open.len() {
                break;
            }
            if ended.meets_later(&self.open[gap], gap, &b.starts) {
                bits |= 1 << idle;
            }
        }
        self.way[i * n + j] = leg.days;
        self.idle[i * n + j] = bits;
    }
}

fn stop(model: &Model, seat: usize, base: Day, days: usize, open: &[Mask]) -> Stop {
    let s = &model.seats[seat];
    let cell = &model.cells[s.cell];
    let mut starts = Mask::none(days);
    for span in &s.reach {
        starts.put(span.first - base);
    }
    let run = |n: i32| open.get(n.max(0) as usize).cloned().unwrap_or_else(|| Mask::none(days));
    let first = starts.clone().and(&run(s.out).later(s.out.max(0) as usize));
    Stop { seat, place: cell.place, length: cell.length, out: s.out, back: s.back, starts, first, last: run(s.back) }
}
