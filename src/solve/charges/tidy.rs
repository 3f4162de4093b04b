//! Deals the flow out to the items in as few charges as can be found.

use super::demand::Item;
use super::flow::Flow;
use super::{Order, Paid};
use crate::programme::id::{FundId, Id};
use crate::programme::money::Cents;

/// Charges each item whole to one fund where that can be (the largest items first, the fund that is to be used up
/// first), and splits the rest into as few parts as the flow allows. Loads move only between funds of one price.
pub fn deal(items: Vec<Item>, mut flow: Flow, order: &Order) -> Vec<Paid> {
    let Order { prices, ranks } = order;
    let mut largest: Vec<usize> = (0..items.len()).collect();
    largest.sort_by_key(|i| (std::cmp::Reverse(items[*i].amount), *i));
    let mut paid = Vec::new();
    let mut left = Vec::new();
    for i in largest {
        let item = &items[i];
        let Some(class) = flow.class_of(&item.payers) else { continue };
        let mut funds = item.payers.clone();
        funds.sort_by_key(|f| ranks[*f]);
        let amount = item.amount.0;
        let ready = funds.iter().copied().find(|f| flow.paid(class, *f) >= amount);
        let fund = ready.or_else(|| funds.into_iter().find(|f| flow.gather(class, *f, amount, prices)));
        match fund {
            Some(fund) => {
                flow.settle(class, fund, amount);
                paid.push((item.clone(), FundId::new(fund), item.amount));
            }
            None => left.push(i),
        }
    }
    for i in left {
        let item = &items[i];
        let Some(class) = flow.class_of(&item.payers) else { continue };
        let mut missing = item.amount.0;
        while missing > 0 {
            let most = item.payers.iter().copied().max_by_key(|f| (flow.paid(class, *f), std::cmp::Reverse(ranks[*f])));
            let Some(fund) = most else { break };
            let part = flow.paid(class, fund).min(missing);
            if part <= 0 {
                break;
            }
            flow.settle(class, fund, part);
            paid.push((item.clone(), FundId::new(fund), Cents(part)));
            missing -= part;
        }
    }
    paid
}
