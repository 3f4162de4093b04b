//! What has to be paid: one item per session and category (for participants: and request).

use crate::plan::price::costs;
use crate::plan::{Charge, Plan};
use crate::programme::Programme;
use crate::programme::id::{FundId, Id, PlaceId, RequestId};
use crate::programme::money::Cents;
use crate::rules::budget::payers;
use crate::words::Category;

/// A cost that is to be charged in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The session's place in the plan.
    pub session: usize,
    pub category: Category,
    /// For participants only.
    pub request: Option<RequestId>,
    pub amount: Cents,
    /// Numbers of the funds that may pay, ascending.
    pub payers: Vec<usize>,
}

impl Item {
    /// The charge of part of this item to a fund.
    pub fn charge(&self, fund: FundId, amount: Cents) -> Charge {
        Charge { category: self.category, request: self.request, fund, amount }
    }
}

/// Every cost of the plan above zero, in the order of sessions, categories and requests.
pub fn items(programme: &Programme, plan: &Plan) -> Vec<Item> {
    let mut all = Vec::new();
    for (number, (session, price)) in plan.sessions.iter().zip(costs(programme, plan)).enumerate() {
        let kind = (session.course, session.place, session.language, session.span);
        let home = |r: &RequestId| programme.requests[*r].place;
        let everyone: Vec<PlaceId> = session.requests.iter().map(home).collect();
        let mut add = |category, request, amount: Cents, officials: &[PlaceId]| {
            if amount > Cents::ZERO {
                let payers = payers(programme, kind, category, officials).into_iter().map(Id::index).collect();
                all.push(Item { session: number, category, request, amount, payers });
            }
        };
        for category in Category::ALL {
            if category == Category::Participants {
                for (r, amount) in session.requests.iter().zip(&price.participants) {
                    add(category, Some(*r), *amount, &[home(r)]);
                }
            } else {
                add(category, None, price.by_category[category as usize], &everyone);
            }
        }
    }
    all
}
