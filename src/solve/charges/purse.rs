//! What funds have left beside a plan: whether more can be paid, whoever pays what of the rest.

use super::demand::{Item, items};
use super::flow::Flow;
use super::{Order, ranks, split_history};
use crate::plan::Plan;
use crate::programme::Programme;
use crate::programme::id::{FundId, Id};
use crate::programme::money::Cents;
use crate::words::Category;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A cost and the funds that may pay it, in file order.
pub type Bill = (Vec<FundId>, Cents);

/// What a plan costs, by the funds that may pay it, and what these have.
pub struct Purse {
    /// Funds' numbers, and what they may pay of the plan.
    costs: BTreeMap<Vec<usize>, i64>,
    rooms: Vec<i64>,
    known: RefCell<FxHashMap<Vec<Bill>, Cents>>,
}

impl Purse {
    /// The plan's costs, and the funds as they are.
    pub fn beside(programme: &Programme, plan: &Plan) -> Purse {
        let order = Order { prices: vec![0; programme.funds.len()], ranks: ranks(programme) };
        let (_, live, rooms) = split_history(programme, plan, items(programme, plan), &order);
        let mut costs = BTreeMap::new();
        for item in live {
            *costs.entry(item.payers).or_default() += item.amount.0;
        }
        Purse { costs, rooms: rooms.room, known: RefCell::default() }
    }

    /// How much of these bills cannot be paid besides the plan, however it is paid; zero: all of them can be.
    pub fn missing(&self, bills: &[Bill]) -> Cents {
        let bills = sorted(bills);
        if let Some(known) = self.known.borrow().get(&bills) {
            return *known;
        }
        let missing = self.unpaid(&bills, &self.rooms);
        self.known.borrow_mut().insert(bills, missing);
        missing
    }

    /// As `missing`, when this fund can be charged so much more.
    pub fn missing_with(&self, bills: &[Bill], fund: FundId, more: Cents) -> Cents {
        let mut rooms = self.rooms.clone();
        rooms[fund.index()] += more.0;
        self.unpaid(&sorted(bills), &rooms)
    }

    fn unpaid(&self, bills: &[Bill], rooms: &[i64]) -> Cents {
        let mut costs = self.costs.clone();
        for (payers, amount) in bills {
            *costs.entry(payers.iter().map(|f| f.index()).collect()).or_default() += amount.0;
        }
        let item = |(payers, amount)| Item {
            session: 0,
            category: Category::Venue,
            request: None,
            amount: Cents(amount),
            payers,
        };
        let all: Vec<Item> = costs.into_iter().map(item).collect();
        let mut flow = Flow::new(&all, rooms.to_vec(), vec![0; rooms.len()]);
        flow.fill().into_iter().map(|(_, missing)| Cents(missing)).sum()
    }
}

/// Bills in one order, those of the same payers added up.
fn sorted(bills: &[Bill]) -> Vec<Bill> {
    let mut all: BTreeMap<Vec<FundId>, Cents> = BTreeMap::new();
    for (payers, amount) in bills {
        *all.entry(payers.clone()).or_default() += *amount;
    }
    all.into_iter().filter(|(_, amount)| *amount > Cents::ZERO).collect()
}
