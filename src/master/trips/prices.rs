//! What a trip is worth at the duals of a relaxed master. Everything is minimised here.

use super::tour::{Stop, Tour};
use crate::master::model::Model;
use crate::programme::Programme;

/// Prices of one trainer's stops, per currency unit and per day.
pub struct Prices<'t> {
    pub tour: &'t Tour,
    fee: f64,
    day: f64,
    stops: Vec<Price>,
    fares_out: Vec<f64>,
    fares_back: Vec<f64>,
    /// By stop, then next stop.
    fares: Vec<f64>,
    allowance: Vec<f64>,
}

/// Prices at one stop.
#[derive(Clone, Copy, Debug)]
struct Price {
    /// What a unit of each category costs.
    fees: f64,
    travel: f64,
    allowance: f64,
    /// What stopping here instead of coming here on a trip of its own costs or saves, ways and days aside.
    visit: f64,
}

impl<'t> Prices<'t> {
    /// Prices at these duals; `sign` is -1 where the master maximises.
    pub fn new(model: &Model, tour: &'t Tour, duals: &[f64], sign: f64) -> Prices<'t> {
        let programme = model.world.programme;
        let t = tour.trainer;
        let price = |row: crate::milp::program::Row| -sign * duals.get(row.index()).copied().unwrap_or(0.0);
        let fee = programme.trainers[t].fee_day.0 as f64 / 100.0;
        let worked = model.trip_rows.worked[t].iter().map(|row| price(*row)).sum::<f64>();
        let day = worked + model.trip_rows.load[t].map_or(0.0, price);
        let home = programme.trainers[t].home;
        let fare = |a, b| programme.travel.leg(a, b).map_or(0.0, |l| l.fare.0 as f64 / 100.0);
        let stops = tour
            .stops
            .iter()
            .map(|stop| {
                let seat = &model.seats[stop.seat];
                let cell = &model.cells[seat.cell];
                let class = |i: usize| model.trip_rows.class[cell.payers[i]].map_or(0.0, price);
                let counted: f64 = model
                    .trip_rows
                    .quota
                    .iter()
                    .filter(|(_, q)| cell.quotas.contains(q))
                    .map(|(row, _)| price(*row))
                    .sum();
                let (fees, travel, allowance) = (class(0) + counted, class(1) + counted, class(2) + counted);
                let part = &seat.part;
                let alone = part.fees.0 as f64 / 100.0 * fees
                    + part.travel.0 as f64 / 100.0 * travel
                    + part.allowance.0 as f64 / 100.0 * allowance
                    + f64::from(seat.days(cell.length)) * day;
                let link = model.trip_rows.link[stop.seat].map_or(0.0, price);
                Price { fees, travel, allowance, visit: link - alone }
            })
            .collect();
        let place = |s: &Stop| s.place;
        Prices {
            tour,
            fee,
            day,
            stops,
            fares_out: tour.stops.iter().map(|s| fare(home, s.place)).collect(),
            fares_back: tour.stops.iter().map(|s| fare(s.place, home)).collect(),
            fares: tour
                .stops
                .iter()
                .flat_map(|a| tour.stops.iter().map(move |b| (place(a), place(b))))
                .map(|(a, b)| fare(a, b))
                .collect(),
            allowance: tour.stops.iter().map(|s| programme.places[s.place].allowance_day.0 as f64 / 100.0).collect(),
        }
    }

    /// To go out to a first stop and to stop there.
    pub fn begin(&self, i: usize) -> f64 {
        let (s, p) = (&self.tour.stops[i], &self.stops[i]);
        let days = f64::from(s.out + s.length);
        p.visit + self.fares_out[i] * p.travel + days * (self.fee * p.fees + self.allowance[i] * p.allowance + self.day)
    }

    /// To go on to a next stop without idle days and to stop there.
    pub fn go_on(&self, i: usize, j: usize) -> f64 {
        let n = self.tour.stops.len();
        let (s, p) = (&self.tour.stops[j], &self.stops[j]);
        let days = f64::from(self.tour.way[i * n + j] + s.length);
        p.visit
            + self.fares[i * n + j] * p.travel
            + days * (self.fee * p.fees + self.allowance[j] * p.allowance + self.day)
    }

    /// An idle day before going on to a next stop.
    pub fn idle(&self, i: usize, j: usize) -> f64 {
        let p = &self.stops[j];
        self.fee * p.fees + self.allowance[i] * p.allowance + self.day
    }

    /// To go home from a last stop.
    pub fn end(&self, i: usize) -> f64 {
        let (s, p) = (&self.tour.stops[i], &self.stops[i]);
        self.fares_back[i] * p.travel + f64::from(s.back) * (self.fee * p.fees + self.day)
    }

    /// No trip of at most so many stops costs less, dates looked at between neighbours only.
    pub fn least(&self, stops: Option<usize>) -> f64 {
        let layers = self.potentials(stops.map(|s| s - 1));
        let (layer, away) = (&layers[layers.len() - 1], self.tour.away.max(0));
        let from = |i: usize| {
            let s = &self.tour.stops[i];
            let left = away - s.out - s.length;
            if left < 0 { f64::INFINITY } else { self.begin(i) + layer[i * (away as usize + 1) + left as usize] }
        };
        (0..self.tour.stops.len()).map(from).fold(0.0, f64::min)
    }

    /// For 0, 1, … `more` further stops, then for any number: by stop and days left, the least that going on from there
    /// can cost, dates looked at between neighbours only. With `more` of None only the last.
    pub fn potentials(&self, more: Option<usize>) -> Vec<Vec<f64>> {
        let n = self.tour.stops.len();
        let links: Vec<Vec<Link>> = (0..n)
            .map(|i| {
                (0..n)
                    .filter(|j| self.tour.idle[i * n + j] != 0)
                    .map(|j| Link {
                        to: j,
                        cost: self.go_on(i, j),
                        each: self.idle(i, j),
                        idle: self.tour.idle[i * n + j],
                        days: self.tour.way[i * n + j] + self.tour.stops[j].length,
                    })
                    .collect()
            })
            .collect();
        let Some(more) = more else { return vec![self.layer(&links, None)] };
        let mut layers: Vec<Vec<f64>> = Vec::with_capacity(more + 1);
        for k in 0..=more {
            let layer = if k == 0 { self.layer(&[], None) } else { self.layer(&links, Some(&layers[k - 1])) };
            layers.push(layer);
        }
        layers
    }

    /// One more stop on top of a layer, or any number of them.
    fn layer(&self, links: &[Vec<Link>], below: Option<&Vec<f64>>) -> Vec<f64> {
        let n = self.tour.stops.len();
        let away = self.tour.away.max(0) as usize;
        let mut least = vec![f64::INFINITY; n * (away + 1)];
        for left in 0..=away {
            for i in 0..n {
                let mut best = f64::INFINITY;
                if self.tour.stops[i].back <= left as i32 {
                    best = self.end(i);
                }
                for link in links.get(i).map_or(&[][..], |l| l) {
                    let mut bits = link.idle;
                    while bits != 0 {
                        let g = bits.trailing_zeros() as i32;
                        if link.days + g > left as i32 {
                            break;
                        }
                        let at = link.to * (away + 1) + (left as i32 - link.days - g) as usize;
                        let then = below.map_or(least[at], |b| b[at]);
                        best = best.min(link.cost + f64::from(g) * link.each + then);
                        if link.each >= 0.0 {
                            break;
                        }
                        bits &= bits - 1;
                    }
                }
                least[i * (away + 1) + left] = best;
            }
        }
        least
    }
}

/// The way from one stop to another.
struct Link {
    to: usize,
    cost: f64,
    /// What an idle day costs.
    each: f64,
    /// Idle days that dates allow, as bits.
    idle: u64,
    /// Days on the way and at the stop.
    days: i32,
}

/// What a trip costs at each of its stops, in cents, less what trips of their own would cost: fees, travel, allowance.
pub fn savings(programme: &Programme, model: &Model, tour: &Tour, stops: &[usize], idle: &[i32]) -> Vec<[i64; 3]> {
    let n = tour.stops.len();
    let person = &programme.trainers[tour.trainer];
    let fare = |a, b| programme.travel.leg(a, b).map_or(0, |l| l.fare.0);
    let allowance = |i: usize| programme.places[tour.stops[i].place].allowance_day.0;
    let mut all = Vec::with_capacity(stops.len());
    for (k, i) in stops.iter().copied().enumerate() {
        let stop = &tour.stops[i];
        let mut now = if k == 0 {
            let days = i64::from(stop.out + stop.length);
            [person.fee_day.0 * days, fare(person.home, stop.place), allowance(i) * days]
        } else {
            let before = stops[k - 1];
            let way = i64::from(tour.way[before * n + i]);
            let (free, length) = (i64::from(idle[k]), i64::from(stop.length));
            [
                person.fee_day.0 * (way + free + length),
                fare(tour.stops[before].place, stop.place),
                allowance(i) * (way + length) + allowance(before) * free,
            ]
        };
        if k + 1 == stops.len() {
            now[0] += person.fee_day.0 * i64::from(stop.back);
            now[1] += fare(stop.place, person.home);
        }
        let alone = &model.seats[stop.seat].part;
        all.push([now[0] - alone.fees.0, now[1] - alone.travel.0, now[2] - alone.allowance.0]);
    }
    all
}
