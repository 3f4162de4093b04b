//! Every cost is charged in full to funds that may pay it; each fund's use is at most what it has.
//!
//! A cost of a done session is charged in full where a fund may pay it by its strings, otherwise not at all; and what
//! only done sessions use may be more than a fund has.

use super::case::{Case, breach};
use super::name;
use crate::plan::{Charge, Session};
use crate::programme::funds::Fund;
use crate::programme::id::{FundId, RequestId};
use crate::programme::money::{Cents, MicroCents};
use crate::words::{Category, RuleId, Violation};

pub fn breaches(case: &Case) -> Vec<Violation> {
    let mut found = Vec::new();
    for (i, session) in case.sessions() {
        for charge in &session.charges {
            if let Some(text) = wrong(case, session, charge) {
                let subjects = vec![session.id.clone(), case.programme.funds[charge.fund].id.clone()];
                found.push(breach(RuleId::Budget, subjects, text));
            }
        }
        let costs = &case.costs[i];
        for category in Category::ALL {
            if category == Category::Participants {
                for (request, cost) in &costs.participants {
                    in_full(case, i, category, Some(*request), *cost, &mut found);
                }
            } else {
                in_full(case, i, category, None, costs.by_category[category as usize], &mut found);
            }
        }
    }
    for (f, fund) in case.programme.funds.iter() {
        let mut open = false;
        let mut sum = Cents::ZERO;
        for (i, session) in case.sessions() {
            for charge in session.charges.iter().filter(|c| c.fund == f) {
                sum += charge.amount;
                open = open || !case.is_done(i);
            }
        }
        let used = used(fund, sum);
        let has = has(case, fund);
        if used > has && open {
            let text = format!(
                "{} is used for {} and has {}.",
                name::fund(case.programme, f),
                name::money(case.programme, used),
                name::money(case.programme, has)
            );
            found.push(breach(RuleId::Budget, vec![fund.id.clone()], text));
        }
    }
    found
}

/// What a fund is used for: its charges with overhead, exactly.
pub fn used(fund: &Fund, charges: Cents) -> MicroCents {
    MicroCents(i128::from(charges.0) * i128::from(1_000_000 + fund.overhead.0))
}

/// (amount − spent) × (1 − reserve), never below 0.
fn has(case: &Case, fund: &Fund) -> MicroCents {
    let left = i128::from(fund.amount.0 - fund.spent.0);
    MicroCents((left * i128::from(1_000_000 - case.programme.rules.reserve.0)).max(0))
}

/// What is wrong with one charge, if anything.
fn wrong(case: &Case, session: &Session, charge: &Charge) -> Option<String> {
    let programme = case.programme;
    let who = name::fund(programme, charge.fund);
    let category = charge.category;
    if charge.amount <= Cents::ZERO {
        return Some(format!("{}: a charge of {} to {who} is not above zero.", session.id, charge.amount));
    }
    match (category, charge.request) {
        (Category::Participants, None) => {
            return Some(format!("{}: a charge of {category} to {who} does not name its request.", session.id));
        }
        (Category::Participants, Some(r)) if !session.requests.contains(&r) => {
            let request = name::request(programme, r);
            return Some(format!("{}: a charge to {who} names {request}, which it does not serve.", session.id));
        }
        (Category::Participants, Some(_)) | (_, None) => {}
        (_, Some(_)) => {
            return Some(format!("{}: a charge of {category} to {who} names a request.", session.id));
        }
    }
    refusal(case, session, charge.fund, category, charge.request)
        .map(|why| format!("{who} may not pay for {category} of {}: {why}.", name::session(programme, session)))
}

/// Why a fund may not pay this, by its strings; None where it may.
fn refusal(
    case: &Case,
    session: &Session,
    fund: FundId,
    category: Category,
    request: Option<RequestId>,
) -> Option<String> {
    let programme = case.programme;
    let fund = &programme.funds[fund];
    if !fund.hosts[session.place] {
        return Some(format!("it does not pay for sessions in {}", name::place(programme, session.place)));
    }
    if !fund.courses[session.course] {
        return Some(format!("it does not pay for {}", name::course(programme, session.course)));
    }
    if !fund.languages[session.language] {
        return Some(format!("it does not pay for sessions in {}", name::language(programme, session.language)));
    }
    if let Some(from) = fund.valid_from
        && session.span.first < from
    {
        return Some(format!("it is valid from {from}"));
    }
    if let Some(to) = fund.valid_to
        && session.span.last > to
    {
        return Some(format!("it is valid until {to}"));
    }
    if !fund.covers[category as usize] {
        return Some(format!("it does not cover {category}"));
    }
    for r in &session.requests {
        let concerned = category != Category::Participants || request == Some(*r);
        let from = programme.requests[*r].place;
        if concerned && !fund.officials[from] {
            return Some(format!("it does not pay for officials from {}", name::place(programme, from)));
        }
    }
    None
}

/// One cost is charged in full.
fn in_full(
    case: &Case,
    session: usize,
    category: Category,
    request: Option<RequestId>,
    cost: Cents,
    found: &mut Vec<Violation>,
) {
    let programme = case.programme;
    let done = case.is_done(session);
    let session = &case.plan.sessions[session];
    let mut charged = Cents::ZERO;
    for charge in &session.charges {
        if charge.category == category && (category != Category::Participants || charge.request == request) {
            charged += charge.amount;
        }
    }
    let payable = programme.funds.ids().any(|f| refusal(case, session, f, category, request).is_none());
    let due = if done && !payable { Cents::ZERO } else { cost };
    if charged != due {
        let of = request.map_or(String::new(), |r| format!(" of {}", name::request(programme, r)));
        let text = format!(
            "{category}{of} of {} costs {due} {c}, but {charged} {c} is charged.",
            name::session(programme, session),
            c = programme.currency
        );
        let mut subjects = vec![session.id.clone(), category.word().to_string()];
        subjects.extend(request.map(|r| name::request(programme, r).to_string()));
        found.push(breach(RuleId::Budget, subjects, text));
    }
}
