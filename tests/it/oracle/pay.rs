//! Who pays what at the least cost: a small flow by shortest paths, written for clearness, not for speed.

use docent::judge::costs;
use docent::plan::brief::Brief;
use docent::plan::{Charge, Plan, Session, Status};
use docent::programme::funds::Fund;
use docent::programme::id::{FundId, Id, RequestId};
use docent::programme::money::Cents;
use docent::words::Category;

/// One cost that is charged.
struct Item {
    session: usize,
    category: Category,
    request: Option<RequestId>,
    amount: i64,
    payers: Vec<FundId>,
}

/// True when the fund may pay this cost of this session, by its strings.
fn may_pay(brief: &Brief, fund: &Fund, s: &Session, category: Category, request: Option<RequestId>) -> bool {
    let programme = brief.programme;
    let concerned: Vec<RequestId> = request.map_or(s.requests.clone(), |r| vec![r]);
    fund.hosts[s.place]
        && fund.courses[s.course]
        && fund.languages[s.language]
        && fund.covers[category as usize]
        && fund.valid_from.is_none_or(|d| s.span.first >= d)
        && fund.valid_to.is_none_or(|d| s.span.last <= d)
        && concerned.iter().all(|r| fund.officials[programme.requests[*r].place])
}

/// What a cent of this cost uses at the least, in millionths; None where nobody may pay.
pub fn cheapest_price(brief: &Brief, s: &Session, category: Category, request: Option<RequestId>) -> Option<i128> {
    brief.programme.funds.values().filter(|f| may_pay(brief, f, s, category, request)).map(price).min()
}

fn price(fund: &Fund) -> i128 {
    if fund.in_kind { 0 } else { 1_000_000 + i128::from(fund.overhead.0) }
}

/// Every choice of floors that can be met together, each paid for at the least cost: the plan with its charges. Empty
/// where the plan cannot be paid for at all.
pub fn paid(brief: &Brief, plan: &Plan) -> Vec<Plan> {
    let programme = brief.programme;
    let Some(items) = items(brief, plan) else { return Vec::new() };
    let floors: Vec<usize> =
        programme.funds.iter().filter(|(_, f)| f.spend_at_least.is_some()).map(|(f, _)| f.index()).collect();
    let mut all = Vec::new();
    for choice in 0..1u32 << floors.len() {
        let asked: Vec<usize> =
            floors.iter().enumerate().filter(|(i, _)| choice >> i & 1 == 1).map(|(_, f)| *f).collect();
        if let Some(shares) = shares(brief, &items, &asked) {
            let mut plan = plan.clone();
            for (item, fund, amount) in shares {
                let item = &items[item];
                let charge = Charge {
                    category: item.category,
                    request: item.request,
                    fund: FundId::new(fund),
                    amount: Cents(amount),
                };
                plan.sessions[item.session].charges.push(charge);
            }
            all.push(plan);
        }
    }
    all
}

/// The costs to be charged; None where one of them has no payer though it needs one.
fn items(brief: &Brief, plan: &Plan) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    for (i, (session, costs)) in plan.sessions.iter().zip(costs(brief, plan)).enumerate() {
        let mut dues: Vec<(Category, Option<RequestId>, Cents)> = Category::ALL
            .into_iter()
            .filter(|c| *c != Category::Participants)
            .map(|c| (c, None, costs.by_category[c as usize]))
            .collect();
        dues.extend(costs.participants.iter().map(|(r, cost)| (Category::Participants, Some(*r), *cost)));
        for (category, request, amount) in dues.into_iter().filter(|(_, _, amount)| amount.0 > 0) {
            let payers: Vec<FundId> = brief
                .programme
                .funds
                .iter()
                .filter(|(_, f)| may_pay(brief, f, session, category, request))
                .map(|(f, _)| f)
                .collect();
            if !payers.is_empty() {
                items.push(Item { session: i, category, request, amount: amount.0, payers });
            } else if session.status != Status::Done {
                return None;
            }
        }
    }
    Some(items)
}

/// Which fund pays how much of each item, at the least cost, the floors asked for met; None where that cannot be.
fn shares(brief: &Brief, items: &[Item], asked: &[usize]) -> Option<Vec<(usize, usize, i64)>> {
    let funds: Vec<&Fund> = brief.programme.funds.values().collect();
    // Nodes: source, items, funds, sink.
    let fund_node = |f: usize| 1 + items.len() + f;
    let sink = 1 + items.len() + funds.len();
    let mut arcs = Arcs { arcs: Vec::new(), nodes: sink + 1 };
    for (i, item) in items.iter().enumerate() {
        arcs.add(0, 1 + i, item.amount, 0);
        for f in &item.payers {
            arcs.add(1 + i, fund_node(f.index()), item.amount, 0);
        }
    }
    // So good is a cent that a floor needs that it is worth any overhead.
    let bonus = 1_000_000_000_000;
    let mut needed = Vec::new();
    for (f, fund) in funds.iter().enumerate() {
        let per = i128::from(1_000_000 + fund.overhead.0);
        let left = i128::from(fund.amount.0 - fund.spent.0) * i128::from(1_000_000 - brief.programme.rules.reserve.0);
        let room = i64::try_from(left.max(0) / per).expect("a fund that can be counted");
        let mut first = 0;
        if asked.contains(&f) {
            let floor = fund.spend_at_least.map_or(0, |c| i128::from((c - fund.spent).0.max(0)) * 1_000_000);
            first = i64::try_from((floor + per - 1) / per).expect("a floor that can be counted");
            if first > room {
                return None;
            }
            needed.push((arcs.add(fund_node(f), sink, first, price(fund) - bonus), first));
        }
        arcs.add(fund_node(f), sink, room - first, price(fund));
    }
    let due: i64 = items.iter().map(|i| i.amount).sum();
    if arcs.push_all(0, sink) < due || needed.iter().any(|(arc, first)| arcs.flow(*arc) < *first) {
        return None;
    }
    let mut shares = Vec::new();
    for arc in (0..arcs.arcs.len()).step_by(2) {
        let (from, to, flow) = (arcs.arcs[arc + 1].to, arcs.arcs[arc].to, arcs.flow(arc));
        if (1..=items.len()).contains(&from) && flow > 0 {
            shares.push((from - 1, to - 1 - items.len(), flow));
        }
    }
    Some(shares)
}

struct Arc {
    to: usize,
    room: i64,
    cost: i128,
}

/// Arcs in pairs, each with its reverse.
struct Arcs {
    arcs: Vec<Arc>,
    nodes: usize,
}

impl Arcs {
    fn add(&mut self, from: usize, to: usize, room: i64, cost: i128) -> usize {
        self.arcs.push(Arc { to, room, cost });
        self.arcs.push(Arc { to: from, room: 0, cost: -cost });
        self.arcs.len() - 2
    }

    fn flow(&self, arc: usize) -> i64 {
        self.arcs[arc + 1].room
    }

    /// Pushes along shortest paths until there is none (Bellman and Ford); says how much arrived.
    fn push_all(&mut self, source: usize, sink: usize) -> i64 {
        let mut sent = 0;
        loop {
            let mut far: Vec<Option<i128>> = vec![None; self.nodes];
            let mut via: Vec<usize> = vec![0; self.nodes];
            far[source] = Some(0);
            let mut changed = true;
            while changed {
                changed = false;
                for (i, arc) in self.arcs.iter().enumerate().filter(|(_, arc)| arc.room > 0) {
                    let from = self.arcs[i ^ 1].to;
                    if let Some(before) = far[from]
                        && far[arc.to].is_none_or(|known| before + arc.cost < known)
                    {
                        far[arc.to] = Some(before + arc.cost);
                        via[arc.to] = i;
                        changed = true;
                    }
                }
            }
            if far[sink].is_none() {
                return sent;
            }
            let path = |via: &[usize], arcs: &[Arc]| {
                let mut path = Vec::new();
                let mut at = sink;
                while at != source {
                    path.push(via[at]);
                    at = arcs[via[at] ^ 1].to;
                }
                path
            };
            let path = path(&via, &self.arcs);
            let most = path.iter().map(|i| self.arcs[*i].room).min().unwrap_or(0);
            for i in path {
                self.arcs[i].room -= most;
                self.arcs[i ^ 1].room += most;
            }
            sent += most;
        }
    }
}

/// True when what is known of the plan so far can be paid for: a plan that has more costs more.
pub fn can_be_paid(brief: &Brief, plan: &Plan) -> bool {
    items(brief, plan).is_some_and(|items| shares(brief, &items, &[]).is_some())
}
