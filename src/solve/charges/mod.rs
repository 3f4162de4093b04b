//! Who pays what: an exact flow of a plan's costs over the funds that may pay them, tidied.
//!
//! The loads of the funds over all ways to pay form the bases of a polymatroid cut by boxes (room and floor), so a way
//! without an improving exchange between two funds is a cheapest one (Murota, Discrete Convex Analysis, 2003, M-convex
//! exchange). Overheads and rooms are whole numbers, so the result is exact.

mod demand;
mod flow;
pub mod purse;
mod tidy;

use crate::plan::Plan;
use crate::plan::brief::Brief;
use crate::programme::Programme;
use crate::programme::id::{Dense, FundId};
use crate::programme::money::Cents;
use crate::rules::budget;
use crate::words::{Category, GoalId};
use demand::{Item, items};
use flow::Flow;

/// A cost that no fund can pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpayable {
    /// The session's place in the plan.
    pub session: usize,
    pub category: Category,
    /// What is left unpaid.
    pub missing: Cents,
}

/// Charges every cost of the plan: floors and cost as good as the order of the goals asks, then as few charges as can
/// be found, money that expires earlier first, then the more restricted fund. The plan's own charges are replaced.
pub fn charge(brief: &Brief, plan: &mut Plan) -> Result<(), Unpayable> {
    let programme = brief.programme;
    for session in &mut plan.sessions {
        session.charges.clear();
    }
    let all = items(programme, plan);
    let ranks = ranks(programme);
    let prices: Vec<i128> = programme
        .funds
        .values()
        .map(|fund| if fund.in_kind { 0 } else { i128::from(1_000_000 + fund.overhead.0) })
        .collect();
    let order = Order { prices, ranks };
    let (history, live, rooms) = split_history(programme, plan, all, &order);
    for (item, fund, amount) in history {
        plan.sessions[item.session].charges.push(item.charge(fund, amount));
    }
    let flow = cheapest(brief, &live, &rooms, &order)?;
    for (item, fund, amount) in tidy::deal(live, flow, &order) {
        plan.sessions[item.session].charges.push(item.charge(fund, amount));
    }
    for session in &mut plan.sessions {
        session.charges.sort();
    }
    Ok(())
}

/// What a cent charged to each fund uses, in millionths of a cent (nothing where it is in kind), and in which order money
/// is to be used up.
struct Order {
    prices: Vec<i128>,
    ranks: Vec<usize>,
}

/// How much can be charged to each fund, and how much has to be so that its floor is met; whole cents, no overhead.
#[derive(Clone, Debug)]
struct Rooms {
    room: Vec<i64>,
    floor: Vec<i64>,
}

/// The order in which money is to be used up: earlier expiry first, then the more restricted fund, then file order.
fn ranks(programme: &Programme) -> Vec<usize> {
    let breadth = |f: FundId| -> u128 {
        let fund = &programme.funds[f];
        let count = |n: usize| n as u128;
        count(fund.officials.values().filter(|x| **x).count())
            * count(fund.hosts.values().filter(|x| **x).count())
            * count(fund.courses.values().filter(|x| **x).count())
            * count(fund.languages.values().filter(|x| **x).count())
            * count(fund.covers.iter().filter(|x| **x).count())
    };
    let mut order: Vec<FundId> = programme.funds.ids().collect();
    order.sort_by_key(|f| (programme.funds[*f].valid_to.map_or(i32::MAX, |d| d.0), breadth(*f), *f));
    let mut ranks: Dense<FundId, usize> = Dense::filled(0, order.len());
    for (rank, f) in order.into_iter().enumerate() {
        ranks[f] = rank;
    }
    ranks.values().copied().collect()
}

type Paid = (Item, FundId, Cents);

/// What is done is done: where the done sessions alone are more than the funds have, they are charged first, even
/// beyond it, and such a fund pays nothing else. Otherwise they are costs like all others.
fn split_history(programme: &Programme, plan: &Plan, all: Vec<Item>, order: &Order) -> (Vec<Paid>, Vec<Item>, Rooms) {
    let mut rooms = Rooms {
        room: programme.funds.values().map(|f| budget::room(f).0).collect(),
        floor: programme.funds.values().map(|f| budget::floor(f).map_or(0, |c| c.0)).collect(),
    };
    let done = |item: &Item| plan.sessions[item.session].status == crate::plan::Status::Done;
    let all: Vec<Item> = all.into_iter().filter(|i| !(done(i) && i.payers.is_empty())).collect();
    let past: Vec<Item> = all.iter().filter(|i| done(i)).cloned().collect();
    if past.is_empty() {
        return (Vec::new(), all, rooms);
    }
    let mut flow = Flow::new(&past, rooms.room.clone(), vec![0; rooms.room.len()]);
    let short = flow.fill();
    if short.is_empty() {
        return (Vec::new(), all, rooms);
    }
    for (class, missing) in short {
        let to = flow.payers(class).iter().copied().min_by_key(|f| order.ranks[*f]);
        if let Some(fund) = to {
            flow.force(class, fund, missing);
        }
    }
    for f in 0..rooms.room.len() {
        rooms.room[f] = (rooms.room[f] - flow.load(f)).max(0);
        rooms.floor[f] = (rooms.floor[f] - flow.load(f)).max(0);
    }
    let live = all.into_iter().filter(|i| !done(i)).collect();
    (tidy::deal(past, flow, order), live, rooms)
}

/// The best flow: the choice of floors that are met is enumerated (there are few), the rest is exchange.
fn cheapest(brief: &Brief, live: &[Item], rooms: &Rooms, order: &Order) -> Result<Flow, Unpayable> {
    // The rank only decides between equal prices.
    let prices: Vec<i128> =
        order.prices.iter().zip(&order.ranks).map(|(price, rank)| price * 1_000_000 + *rank as i128).collect();
    let nothing = vec![0; rooms.floor.len()];
    let mut free = Flow::new(live, rooms.room.clone(), nothing);
    if let Some((class, missing)) = free.fill().first() {
        let item = live.iter().find(|i| i.payers == free.payers(*class));
        return Err(Unpayable {
            session: item.map_or(0, |i| i.session),
            category: item.map_or(Category::Venue, |i| i.category),
            missing: Cents(*missing),
        });
    }
    let floors: Vec<usize> = (0..rooms.floor.len()).filter(|f| rooms.floor[*f] > 0).collect();
    let goals = brief.goals();
    let place = |g: GoalId| goals.iter().position(|x| *x == g).unwrap_or(usize::MAX);
    let cost_first = place(GoalId::Cost) < place(GoalId::Commitments);
    let mut best: Option<((i128, i128), Flow)> = None;
    for choice in choices(floors.len()) {
        let broken = choice.iter().filter(|met| !**met).count() as i128;
        let mut flow = free.clone();
        let asked: Vec<(usize, i64)> =
            floors.iter().zip(&choice).filter(|(_, met)| **met).map(|(f, _)| (*f, rooms.floor[*f])).collect();
        if !flow.lift(&asked) {
            continue;
        }
        flow.exchange(&prices);
        let cost: i128 = (0..prices.len()).map(|f| i128::from(flow.load(f)) * prices[f]).sum();
        let key = if cost_first { (cost, broken) } else { (broken, cost) };
        if best.as_ref().is_none_or(|(k, _)| key < *k) {
            best = Some((key, flow));
        }
    }
    Ok(best.map_or(free, |(_, flow)| flow))
}

/// Which floors to try to meet: all subsets where there are few, else all but one at a time, down from all.
fn choices(floors: usize) -> Vec<Vec<bool>> {
    if floors <= 8 {
        return (0..1usize << floors).rev().map(|bits| (0..floors).map(|i| bits >> i & 1 == 1).collect()).collect();
    }
    let mut all = vec![vec![true; floors]];
    all.extend((0..floors).map(|out| (0..floors).map(|i| i != out).collect()));
    all.extend((0..floors).map(|only| (0..floors).map(|i| i == only).collect()));
    all.push(vec![false; floors]);
    all
}
