//! What a trip is worth at the duals of a relaxed master. Everything is minimised here.

use super::memory::Memory;
use super::tour::Tour;
use crate::master::model::Model;
use crate::milp::highs::Answer;
use crate::milp::program::{Col, Row};
use crate::programme::Programme;
use crate::programme::id::PlaceId;

/// What one trainer's trips are made of, at the duals' prices.
pub struct Prices<'t> {
    pub tour: &'t Tour,
    /// By stop: to go out to it first and to stop there; to go home from it.
    pub begin: Vec<f64>,
    pub end: Vec<f64>,
    /// By stop: the ways on.
    pub links: Vec<Vec<Link>>,
    /// What it costs to have visited before.
    pub memory: Memory,
}

/// The way from one stop to another.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    pub to: usize,
    /// Without idle days, the stop included.
    pub cost: f64,
    /// What an idle day costs.
    pub each: f64,
    /// Idle days that dates allow, as bits.
    pub idle: u64,
    /// Days on the way and at the stop.
    pub days: i32,
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
    /// Prices at these duals; `sign` is -1 where the master maximises. `spare` is what seats' links may be dearer by. At most
    /// `most` stops are open: those that the relaxation is nearest to wanting.
    pub fn new(model: &Model, tour: &'t Tour, duals: &[f64], spare: &[f64], sign: f64, most: usize) -> Prices<'t> {
        let programme = model.world.programme;
        let t = tour.trainer;
        let n = tour.stops.len();
        let price = |row: Row| -sign * duals.get(row.index()).copied().unwrap_or(0.0);
        let fee = programme.trainers[t].fee_day.0 as f64 / 100.0;
        let worked = model.trip_rows.worked[t].iter().map(|row| price(*row)).sum::<f64>();
        let day = worked + model.trip_rows.load[t].map_or(0.0, price);
        let home = programme.trainers[t].home;
        let fare = |a, b| programme.travel.leg(a, b).map_or(0.0, |l| l.fare.0 as f64 / 100.0);
        let prices: Vec<Price> = tour
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
                let link = model.trip_rows.link[stop.seat].map_or(0.0, |row| price(row) + spare[stop.seat]);
                Price { fees, travel, allowance, visit: link - alone }
            })
            .collect();
        let each_day: Vec<f64> =
            tour.stops.iter().map(|s| programme.places[s.place].allowance_day.0 as f64 / 100.0).collect();
        let come = |j: usize, from: PlaceId, days: i32| {
            let p = &prices[j];
            let at = fee * p.fees + each_day[j] * p.allowance + day;
            p.visit + fare(from, tour.stops[j].place) * p.travel + f64::from(days) * at
        };
        let open = nearest(tour, spare, most);
        let begin = |i: usize| come(i, home, tour.stops[i].out + tour.stops[i].length);
        let begin = (0..n).map(|i| if open[i] { begin(i) } else { f64::INFINITY }).collect();
        let end = (0..n)
            .map(|i| {
                let (s, p) = (&tour.stops[i], &prices[i]);
                fare(s.place, home) * p.travel + f64::from(s.back) * (fee * p.fees + day)
            })
            .collect();
        let memory = Memory::new(model, tour, price);
        let links = (0..n)
            .map(|i| {
                let ways = (0..n).filter(|j| open[i] && open[*j] && tour.idle[i * n + j] != 0);
                ways.map(|j| {
                    let days = tour.way[i * n + j] + tour.stops[j].length;
                    Link {
                        to: j,
                        cost: come(j, tour.stops[i].place, days),
                        each: fee * prices[j].fees + each_day[i] * prices[j].allowance + day,
                        idle: tour.idle[i * n + j],
                        days,
                    }
                })
                .collect()
            })
            .collect();
        Prices { tour, begin, end, links, memory }
    }
}

/// By stop: whether it is among the nearest.
fn nearest(tour: &Tour, spare: &[f64], most: usize) -> Vec<bool> {
    let n = tour.stops.len();
    let mut all: Vec<usize> = (0..n).collect();
    if n > most {
        let far = |i: usize| spare[tour.stops[i].seat];
        all.sort_by(|a, b| far(*a).total_cmp(&far(*b)).then(a.cmp(b)));
    }
    let mut open = vec![false; n];
    all.into_iter().take(most).for_each(|i| open[i] = true);
    open
}

/// By seat: by how much the price of its link may rise while the duals say as much as before. A seat that the relaxation
/// does not want has its reduced cost to spare, and so have the sessions of a cell that it does not want at all. Without
/// this, trips through seats that nobody sits on look as if they paid.
pub fn spare(model: &Model, answer: &Answer, sign: f64) -> Vec<f64> {
    let reduced = |col: Col| {
        let c = col.index();
        if model.program.lower[c] > 0.0 { 0.0 } else { (sign * answer.reduced.get(c).copied().unwrap_or(0.0)).max(0.0) }
    };
    let mut spare: Vec<f64> = model.seats.iter().map(|s| reduced(s.col)).collect();
    for (c, cell) in model.cells.iter().enumerate() {
        let held = cell.held.iter().map(|h| reduced(model.held[*h].col)).fold(f64::INFINITY, f64::min);
        let each = held / model.team_size(c).max(1) as f64;
        if each.is_finite() && each > 0.0 {
            cell.seats.iter().for_each(|s| spare[*s] += each);
        }
    }
    spare
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
