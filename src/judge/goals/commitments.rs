//! How many promises the plan does not keep.

use crate::judge::case::Case;
use crate::judge::commitments::broken;
use crate::plan::Broken;

pub fn value(case: &Case) -> i128 {
    let broken = broken(case);
    let mut sum = broken.len() as i128;
    for insisted in &case.brief.insist {
        if case.session_of(*insisted).is_some() {
            continue;
        }
        // It counts more than all others together, itself included where it is promised anyway.
        if broken.contains(&Broken::Must(*insisted)) || broken.contains(&Broken::Pin(*insisted)) {
            sum -= 1;
        }
        sum += all(case) + 1;
    }
    sum
}

/// How many commitments there are.
fn all(case: &Case) -> i128 {
    let mut sum = 0;
    for (r, request) in case.programme.requests.iter() {
        sum += i128::from(request.must || case.programme.pin(r).is_some());
    }
    for quota in case.programme.quotas.values() {
        sum += i128::from(quota.min.is_some());
    }
    for fund in case.programme.funds.values() {
        sum += i128::from(fund.spend_at_least.is_some());
    }
    sum
}
