//! What a column implies: where a session is held, its team travels there.
//!
//! A plan is no better than the relaxation by the sum of the reduced costs of what it holds. A session's own may be small
//! only because the relaxation has put the price on the trips to it, or the other way round: so both are looked at
//! together.

use super::candidates::Firm;
use super::model::{Column, Model, Name};
use super::pricing::{self, Net};
use crate::programme::id::TrainerId;
use std::collections::BTreeMap;

/// The least that sessions and visits add to the value of the relaxation.
pub struct Reach {
    /// By candidate: holding it, its team aside.
    own: Vec<f64>,
    /// By candidate: holding it, with the cheapest team.
    held: Vec<f64>,
    /// By candidate and trainer, where a site has several candidates: the seat.
    seats: BTreeMap<(usize, TrainerId), f64>,
}

impl Reach {
    /// Looks at the prices of a relaxation: `weights` is what one more in a row counts.
    pub fn new(model: &Model, nets: &[Net], weights: &[f64]) -> Reach {
        let mut reach = Reach { own: vec![0.0; model.candidates.len()], held: Vec::new(), seats: BTreeMap::new() };
        // By trainer and site: the cheapest trip that visits it.
        let mut visits: BTreeMap<(TrainerId, usize), f64> = BTreeMap::new();
        let mut visited = |t: TrainerId, site: usize, cost: f64| {
            let least = visits.entry((t, site)).or_insert(f64::INFINITY);
            *least = least.min(cost.max(0.0));
        };
        for column in model.columns.iter().filter(|c| c.lower < 0.5) {
            let cost = reduced_cost(column, weights);
            match column.name {
                Name::Session(c) => reach.own[c] = cost.max(0.0),
                Name::Seat(c, t) => _ = reach.seats.insert((c, t), cost.max(0.0)),
                Name::Trip(k) => model.trips[k].sites.iter().for_each(|s| visited(model.trips[k].trainer, *s, cost)),
                _ => {}
            }
        }
        for (t, net) in model.brief.programme.trainers.ids().zip(nets) {
            pricing::through(model, net, weights).into_iter().for_each(|(site, cost)| visited(t, site, cost));
        }
        for (c, candidate) in model.candidates.iter().enumerate() {
            let visit = |t: &TrainerId| visits.get(&(*t, model.site_of[c])).map(|cost| cost + reach.seat(c, *t));
            let mut team: Vec<f64> = candidate.able.iter().filter_map(visit).collect();
            team.sort_by(f64::total_cmp);
            let size = model.brief.programme.courses[candidate.course].team();
            let team = match candidate.firm {
                Firm::Done | Firm::Frozen => 0.0,
                Firm::Open if team.len() < size => f64::INFINITY,
                Firm::Open => team[..size].iter().sum(),
            };
            reach.held.push(reach.own[c] + team);
        }
        reach
    }

    fn seat(&self, c: usize, t: TrainerId) -> f64 {
        self.seats.get(&(c, t)).copied().unwrap_or(0.0)
    }

    /// By site: what a visit of this trainer adds to a trip's own reduced cost, where only what adds no more than `most`
    /// may be held.
    pub fn surcharges(&self, model: &Model, t: TrainerId, most: f64) -> Vec<f64> {
        let mut sites = vec![f64::INFINITY; model.sites.len()];
        for (c, candidate) in model.candidates.iter().enumerate() {
            if self.held[c] <= most && candidate.able.contains(&t) {
                let site = &mut sites[model.site_of[c]];
                *site = site.min(self.own[c] + self.seat(c, t));
            }
        }
        sites
    }

    /// The columns that add no more than `most`, or that are held anyway.
    pub fn within(&self, model: &Model, weights: &[f64], most: f64) -> Vec<usize> {
        let costs = self.costs(model, weights, most);
        (0..costs.len()).filter(|i| costs[*i] <= most).collect()
    }

    /// The columns that add least, at most so many, and those that are held anyway.
    pub fn nearest(&self, model: &Model, weights: &[f64], columns: usize) -> Vec<usize> {
        let costs = self.costs(model, weights, f64::INFINITY);
        let mut order: Vec<usize> = (0..costs.len()).collect();
        order.sort_by(|a, b| costs[*a].total_cmp(&costs[*b]).then(a.cmp(b)));
        order.truncate(columns);
        order.sort_unstable();
        order
    }

    /// By column: what it adds, with what it implies where only what adds no more than `most` is held.
    fn costs(&self, model: &Model, weights: &[f64], most: f64) -> Vec<f64> {
        let surcharges: Vec<Vec<f64>> =
            model.brief.programme.trainers.ids().map(|t| self.surcharges(model, t, most)).collect();
        let implied = |name: Name| match name {
            Name::Session(c) => self.held[c] - self.own[c],
            Name::Seat(c, t) => self.own[c].max(self.held[c] - self.seat(c, t)),
            Name::Trip(k) => {
                let trip = &model.trips[k];
                trip.sites.iter().map(|s| surcharges[trip.trainer.0 as usize][*s]).sum()
            }
            _ => 0.0,
        };
        let cost = |column: &Column| {
            if !column.integer || column.lower > 0.5 {
                return f64::NEG_INFINITY;
            }
            let own = reduced_cost(column, weights);
            own.max(own + implied(column.name))
        };
        model.columns.iter().map(cost).collect()
    }
}

fn reduced_cost(column: &Column, weights: &[f64]) -> f64 {
    column.terms.iter().map(|(row, v)| weights[row.index()] * v).sum()
}
