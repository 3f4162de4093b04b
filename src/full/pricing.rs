//! Trips of several stops: those that a relaxation asks for, and those that could still matter.
//!
//! The reduced cost of a trip adds up along its links, but for its length. With f[i][k] = the least that can follow when
//! the trainer is at site i and must be home within k days of its last day, the best trip from every first site is known
//! after one pass over the links (ENGINE: potentials by remaining days), and the same f cuts the walk that lists all
//! trips below a reduced cost.

use super::candidates::Firm;
use super::model::Model;
use super::trips::exclude;
use crate::plan::mission::stays;
use crate::programme::day::Span;
use crate::programme::id::TrainerId;

/// What one trainer may chain: fixed facts.
pub struct Net {
    trainer: TrainerId,
    nodes: Vec<Node>,
    /// The longest mission, in days.
    away: i32,
}

struct Node {
    /// Its place among the visits of the diary.
    visit: usize,
    site: usize,
    /// Fees, travel and allowance to come here from home; None where no trip may begin here.
    way_in: Option<[i64; 3]>,
    /// The same to go home; with how many days that takes.
    way_home: Option<([i64; 3], i32)>,
    links: Vec<Link>,
}

#[derive(Clone)]
struct Link {
    to: usize,
    /// Days from the last of the one to the last of the other.
    days: i32,
    costs: [i64; 3],
}

impl Net {
    /// The links of one trainer's sites.
    pub fn new(model: &Model, t: TrainerId) -> Net {
        let programme = model.brief.programme;
        let person = &programme.trainers[t];
        let diary = &model.diaries[t];
        let mut nodes: Vec<Node> = Vec::new();
        for (v, visit) in diary.visits.iter().enumerate() {
            let site = &model.sites[visit.site];
            if site.firm == Firm::Done || stays(programme, t, site.stop.place) || !programme.rules.chain_missions {
                continue;
            }
            let span = site.stop.span.days();
            let allowance = programme.places[site.stop.place].allowance_day.0;
            let way_in = visit.depart.and_then(|_| {
                let leg = programme.travel.leg(person.home, site.stop.place)?;
                let days = i64::from(leg.days + span);
                Some([person.fee_day.0 * days, leg.fare.0, allowance * days])
            });
            let way_home = visit.back.and_then(|_| {
                let leg = programme.travel.leg(site.stop.place, person.home)?;
                Some(([person.fee_day.0 * i64::from(leg.days), leg.fare.0, 0], leg.days))
            });
            nodes.push(Node {
                visit: v,
                site: visit.site,
                way_in: way_in.filter(|costs| payable(model, visit.site, *costs)),
                way_home: way_home.filter(|(costs, _)| payable(model, visit.site, *costs)),
                links: Vec::new(),
            });
        }
        for i in 0..nodes.len() {
            nodes[i].links = links(model, t, &nodes, i);
        }
        let first = diary.visits.iter().filter_map(|v| v.depart).min();
        let last = diary.visits.iter().filter_map(|v| v.back).max();
        let longest = first.zip(last).map_or(0, |(first, last)| last - first + 1);
        Net { trainer: t, nodes, away: person.max_days_away.min(longest) }
    }

    /// How many links there are.
    pub fn links(&self) -> usize {
        self.nodes.iter().map(|n| n.links.len()).sum()
    }
}

fn payable(model: &Model, site: usize, costs: [i64; 3]) -> bool {
    costs.iter().zip(model.sites[site].classes).all(|(cost, class)| *cost == 0 || class.is_some())
}

fn links(model: &Model, t: TrainerId, nodes: &[Node], i: usize) -> Vec<Link> {
    let programme = model.brief.programme;
    let person = &programme.trainers[t];
    let from = &model.sites[nodes[i].site];
    let mut all = Vec::new();
    for (j, node) in nodes.iter().enumerate().skip(i + 1) {
        let to = &model.sites[node.site];
        let free = to.stop.span.first - from.stop.span.last - 1;
        let days = to.stop.span.last - from.stop.span.last;
        if to.stop.span.first - from.stop.span.first >= person.max_days_away {
            break;
        }
        let Some(way) = programme.travel.leg(from.stop.place, to.stop.place) else { continue };
        if free < way.days
            || !person.available(Span { first: from.stop.span.last, last: to.stop.span.last })
            || exclude(programme, &model.candidates, from, to)
        {
            continue;
        }
        let span = to.stop.span.days();
        let here = programme.places[to.stop.place].allowance_day.0;
        let there = programme.places[from.stop.place].allowance_day.0;
        let costs = [
            person.fee_day.0 * i64::from(free + span),
            way.fare.0,
            here * i64::from(way.days + span) + there * i64::from(free - way.days),
        ];
        if payable(model, node.site, costs) {
            all.push(Link { to: j, days, costs });
        }
    }
    all
}

/// Prices of the rows, as they bear on one trainer's trips.
struct Prices {
    /// By node: everything but days and money.
    visit: Vec<f64>,
    /// By node: for one cent of fees, travel, allowance.
    cent: Vec<[f64; 3]>,
    /// By node: the days of a trip that begins here, negative side of the running sums.
    begin: Vec<f64>,
    /// By node: the days of a trip that ends here.
    end: Vec<f64>,
}

impl Prices {
    fn new(model: &Model, net: &Net, weights: &[f64]) -> Prices {
        let diary = &model.diaries[net.trainer];
        let rows = diary.days.rows();
        let mut sums = vec![0.0; rows.len() + 1];
        for (i, row) in rows.iter().enumerate() {
            sums[i + 1] = sums[i] + weights[row.index()];
        }
        let days = diary.days.days();
        let departs = diary.visits.iter().filter_map(|v| v.depart).min();
        let backs = diary.visits.iter().filter_map(|v| v.back).max();
        // Running sums of what one mission day counts, from the first departure on.
        let mut work = vec![0.0];
        if let (Some(first), Some(last)) = (departs, backs) {
            for day in first.to(last) {
                let sum: f64 = diary.workload.day(day).map(|row| weights[row.index()]).sum();
                work.push(work[work.len() - 1] + sum);
            }
        }
        let worked = |day: crate::programme::day::Day| {
            departs.map_or(0.0, |first| work[usize::try_from(day - first + 1).unwrap_or(0).min(work.len() - 1)])
        };
        let one = model.money_unit();
        let mut prices = Prices { visit: Vec::new(), cent: Vec::new(), begin: Vec::new(), end: Vec::new() };
        for node in &net.nodes {
            let visit = &diary.visits[node.visit];
            let site = &model.sites[node.site];
            prices.visit.push(visit.terms.iter().map(|(row, v)| weights[row.index()] * v).sum());
            let quotas: f64 = model.quotas.rows(&site.quotas).iter().map(|row| weights[row.index()]).sum();
            prices.cent.push(site.classes.map(|class| {
                class.map_or(0.0, |class| (weights[model.money_rows.class(class).index()] + quotas) / one)
            }));
            prices.begin.push(visit.depart.map_or(0.0, |d| -sums[days.partition_point(|x| *x < d)] - worked(d - 1)));
            prices
                .end
                .push(visit.back.map_or(0.0, |d| sums[days.partition_point(|x| *x <= d + diary.rest)] + worked(d)));
        }
        prices
    }

    fn money(&self, node: usize, costs: [i64; 3]) -> f64 {
        costs.iter().zip(self.cent[node]).map(|(c, p)| *c as f64 * p).sum()
    }
}

/// The least that can follow each site, by the days that are left.
struct Follow {
    prices: Prices,
    /// f[i · (away + 1) + k].
    least: Vec<f64>,
    width: usize,
}

impl Follow {
    /// `sites`: by site, what a visit counts beyond the trip's own terms; empty: nothing.
    fn new(model: &Model, net: &Net, weights: &[f64], sites: &[f64]) -> Follow {
        let mut prices = Prices::new(model, net, weights);
        for (node, visit) in net.nodes.iter().zip(&mut prices.visit) {
            *visit += sites.get(node.site).copied().unwrap_or(0.0);
        }
        let width = usize::try_from(net.away).unwrap_or(0) + 1;
        let mut least = vec![f64::INFINITY; net.nodes.len() * width];
        for i in (0..net.nodes.len()).rev() {
            let node = &net.nodes[i];
            if let Some((costs, days)) = node.way_home {
                let value = prices.money(i, costs) + prices.end[i];
                for k in usize::try_from(days).unwrap_or(0)..width {
                    least[i * width + k] = value;
                }
            }
            for link in &node.links {
                let step = prices.money(link.to, link.costs) + prices.visit[link.to];
                let days = usize::try_from(link.days).unwrap_or(0);
                for k in days..width {
                    let value = step + least[link.to * width + k - days];
                    if value < least[i * width + k] {
                        least[i * width + k] = value;
                    }
                }
            }
        }
        Follow { prices, least, width }
    }

    /// What a trip that begins here has cost when the first session is over, and how many days are left then.
    fn begin(&self, model: &Model, net: &Net, i: usize) -> Option<(f64, usize)> {
        let node = &net.nodes[i];
        let costs = node.way_in?;
        let depart = model.diaries[net.trainer].visits[node.visit].depart?;
        let left = net.away - 1 - (model.sites[node.site].stop.span.last - depart);
        let left = usize::try_from(left).ok()?;
        let value = self.prices.money(i, costs) + self.prices.visit[i] + self.prices.begin[i];
        Some((value, left))
    }

    fn at(&self, i: usize, k: usize) -> f64 {
        self.least[i * self.width + k]
    }
}

/// For every first site the best trip of two stops or more, where its reduced cost is below `below`; best first, at most
/// `most`. A weight is what one more in a row counts, so that a trip's reduced cost is Σ weight · term.
pub fn best(model: &Model, net: &Net, weights: &[f64], below: f64, most: usize) -> Vec<(f64, Vec<usize>)> {
    let follow = Follow::new(model, net, weights, &[]);
    let mut found: Vec<(f64, usize)> = Vec::new();
    for i in 0..net.nodes.len() {
        if let Some((cost, left)) = follow.begin(model, net, i) {
            let value = cost + follow.at(i, left);
            if value < below {
                found.push((value, i));
            }
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut trips = Vec::new();
    for (value, i) in found {
        let Some((_, left)) = follow.begin(model, net, i) else { continue };
        let trip = trace(net, &follow, i, left);
        if trip.len() > 1 {
            trips.push((value, trip));
            if trips.len() == most {
                break;
            }
        }
    }
    trips
}

/// The sites of the best trip that goes on from `i` with `k` days left.
fn trace(net: &Net, follow: &Follow, mut i: usize, mut k: usize) -> Vec<usize> {
    let mut sites = vec![net.nodes[i].site];
    loop {
        let node = &net.nodes[i];
        let home = node.way_home.filter(|(_, days)| usize::try_from(*days).unwrap_or(0) <= k);
        let mut best =
            (home.map_or(f64::INFINITY, |(costs, _)| follow.prices.money(i, costs) + follow.prices.end[i]), None);
        for link in &node.links {
            let days = usize::try_from(link.days).unwrap_or(0);
            if days <= k {
                let step = follow.prices.money(link.to, link.costs) + follow.prices.visit[link.to];
                let value = step + follow.at(link.to, k - days);
                if value < best.0 {
                    best = (value, Some((link.to, k - days)));
                }
            }
        }
        let Some((to, left)) = best.1 else { return sites };
        (i, k) = (to, left);
        sites.push(net.nodes[i].site);
    }
}

/// By site that the trainer may travel to: no trip through it has a smaller reduced cost.
pub fn through(model: &Model, net: &Net, weights: &[f64]) -> Vec<(usize, f64)> {
    let follow = Follow::new(model, net, weights, &[]);
    // The least that can have come before, however long that took.
    let mut before = vec![f64::INFINITY; net.nodes.len()];
    for i in 0..net.nodes.len() {
        if let Some((cost, _)) = follow.begin(model, net, i) {
            before[i] = before[i].min(cost);
        }
        for link in &net.nodes[i].links {
            let step = follow.prices.money(link.to, link.costs) + follow.prices.visit[link.to];
            before[link.to] = before[link.to].min(before[i] + step);
        }
    }
    (0..net.nodes.len()).map(|i| (net.nodes[i].site, before[i] + follow.at(i, follow.width - 1))).collect()
}

/// What the walk over all trips looks at.
pub struct Bounds<'r> {
    /// What one more in a row counts.
    pub weights: &'r [f64],
    /// By site: what holding any of its sessions adds to the reduced costs.
    pub sites: &'r [f64],
    /// Trips that count more than this, their sessions included, are left out.
    pub most: f64,
    /// No more trips than this.
    pub limit: usize,
}

/// Every trip of two stops or more within reach; false where there are too many.
pub fn all(model: &Model, net: &Net, bounds: &Bounds, into: &mut Vec<Vec<usize>>) -> bool {
    let follow = Follow::new(model, net, bounds.weights, bounds.sites);
    let Bounds { most, limit, .. } = *bounds;
    let mut walk = Walk { model, net, follow, most, limit, into, path: Vec::new() };
    (0..net.nodes.len()).all(|i| match walk.follow.begin(model, net, i) {
        Some((cost, left)) => walk.from(i, left, cost),
        None => true,
    })
}

struct Walk<'m> {
    model: &'m Model<'m>,
    net: &'m Net,
    follow: Follow,
    most: f64,
    limit: usize,
    into: &'m mut Vec<Vec<usize>>,
    path: Vec<usize>,
}

impl Walk<'_> {
    fn from(&mut self, i: usize, k: usize, cost: f64) -> bool {
        let node = &self.net.nodes[i];
        if cost + self.follow.at(i, k) > self.most {
            return true;
        }
        self.path.push(node.site);
        let mut fits = true;
        if let Some((costs, days)) = node.way_home
            && self.path.len() > 1
            && usize::try_from(days).unwrap_or(0) <= k
            && cost + self.follow.prices.money(i, costs) + self.follow.prices.end[i] <= self.most
        {
            fits = self.into.len() < self.limit;
            self.into.push(self.path.clone());
        }
        for link in &node.links {
            let days = usize::try_from(link.days).unwrap_or(0);
            if !fits {
                break;
            }
            let next = self.net.nodes[link.to].site;
            let step = self.follow.prices.money(link.to, link.costs) + self.follow.prices.visit[link.to];
            if days <= k && self.path[..self.path.len() - 1].iter().all(|s| self.together(*s, next)) {
                fits = self.from(link.to, k - days, cost + step);
            }
        }
        self.path.pop();
        fits
    }

    fn together(&self, a: usize, b: usize) -> bool {
        !exclude(self.model.brief.programme, &self.model.candidates, &self.model.sites[a], &self.model.sites[b])
    }
}
