//! Promises that a plan does not keep: `must` requests and pinned requests that are not served, quotas below their min,
//! funds below spend_at_least. Each request, quota and fund counts once.

use super::case::Case;
use super::{budget, quota_max};
use crate::plan::Broken;
use crate::programme::id::FundId;
use crate::programme::money::{Cents, MicroCents};

/// `must` (also when pinned too), `pin`, `quota`, `floor`, in this order, each in file order.
pub fn broken(case: &Case) -> Vec<Broken> {
    let programme = case.programme;
    let mut musts = Vec::new();
    let mut pins = Vec::new();
    for (r, request) in programme.requests.iter() {
        if case.session_of(r).is_none() {
            if request.must {
                musts.push(Broken::Must(r));
            } else if programme.pin(r).is_some() {
                pins.push(Broken::Pin(r));
            }
        }
    }
    let mut quotas = Vec::new();
    for (q, quota) in programme.quotas.iter() {
        if let Some(min) = quota.min
            && quota_max::measure(case, quota) < min
        {
            quotas.push(Broken::Quota(q));
        }
    }
    let mut floors = Vec::new();
    for (f, fund) in programme.funds.iter() {
        if let Some(floor) = fund.spend_at_least {
            let spent = MicroCents(i128::from(fund.spent.0) * 1_000_000);
            if spent + use_of(case, f) < MicroCents(i128::from(floor.0) * 1_000_000) {
                floors.push(Broken::Floor(f));
            }
        }
    }
    let mut all = musts;
    all.extend(pins);
    all.extend(quotas);
    all.extend(floors);
    all
}

/// What the plan uses of a fund.
pub fn use_of(case: &Case, fund: FundId) -> MicroCents {
    let mut sum = Cents::ZERO;
    for (_, session) in case.sessions() {
        for charge in &session.charges {
            if charge.fund == fund {
                sum += charge.amount;
            }
        }
    }
    budget::used(&case.programme.funds[fund], sum)
}
