//! The funds: costs are summed by the set of funds that may pay them, and a flow from these sums to the funds is
//! repaired with every change, never solved again.
//!
//! A cost is added by filling its own funds and, where they are full, by moving what other costs hold in them on to
//! other funds (an augmenting path). As only the last step of such a path costs anything, shifting from dear to cheap
//! funds until no path is left gives the least overhead, exactly.

use super::purse::Purse;
use super::unit::NONE;
use crate::programme::Programme;
use crate::programme::id::{FundId, Id};
use crate::rules::budget;
use rustc_hash::FxHashMap;

/// A sum of costs that the same funds may pay.
#[derive(Clone, Debug)]
struct Pot {
    purse: Purse,
    /// The funds that may pay it, cheapest first.
    funds: Vec<u16>,
    /// What is to be paid by them together.
    owed: i64,
    /// What done sessions cost beyond what these funds have: the first of them is charged with it.
    beyond: i64,
    /// Its place among the pots that owe something, or NONE.
    active: u32,
}

/// A fund, in cents without overhead.
#[derive(Clone, Debug)]
struct Account {
    room: i64,
    used: i64,
    /// Price of a cent in millionths of a cent: 1 + overhead, or nothing for contributions in kind.
    price: i64,
    /// What must be used at least, if that is a commitment.
    floor: i64,
    /// More than it has: costs of done sessions, which nothing else limits.
    beyond: i64,
}

/// Money is short where so many parts of 100 are spent.
const SHORT: i128 = 90;

/// One payment changed: undone by the opposite.
#[derive(Clone, Copy, Debug)]
struct Moved {
    pot: u32,
    fund: u16,
    by: i64,
    owed: bool,
}

/// All funds and what they pay.
#[derive(Clone, Debug)]
pub struct Ledger {
    accounts: Vec<Account>,
    pots: Vec<Pot>,
    /// What each fund pays of each pot, in cents: `pays[pot * funds + fund]`.
    pays: Vec<i64>,
    /// Pots that owe something.
    active: Vec<u32>,
    pot_of: FxHashMap<Purse, u32>,
    log: Vec<Moved>,
    /// Use of cash funds, in millionths of a cent.
    cost: i64,
    /// True where paying from another fund can be cheaper, or floors are to be met.
    choosy: bool,
    has_floors: bool,
    /// All funds, cheapest first.
    dear: Vec<u16>,
    // Scratch of the path search.
    from: Vec<(u16, u32)>,
    queue: Vec<u16>,
}

impl Ledger {
    /// All funds unused.
    pub fn new(programme: &Programme) -> Ledger {
        let accounts: Vec<Account> = programme
            .funds
            .values()
            .take(Purse::MOST)
            .map(|f| Account {
                room: budget::room(f).0,
                used: 0,
                price: if f.in_kind { 0 } else { 1_000_000 + f.overhead.0 },
                floor: budget::floor(f).map_or(0, |c| c.0),
                beyond: 0,
            })
            .collect();
        let n = accounts.len();
        let mut dear: Vec<u16> = (0..n as u16).collect();
        dear.sort_by_key(|f| (accounts[*f as usize].price, *f));
        let has_floors = accounts.iter().any(|a| a.floor > 0);
        let choosy = has_floors || accounts.windows(2).any(|w| w[0].price != w[1].price);
        Ledger {
            accounts,
            pots: Vec::new(),
            pays: Vec::new(),
            active: Vec::new(),
            pot_of: FxHashMap::default(),
            log: Vec::new(),
            cost: 0,
            choosy,
            has_floors,
            dear,
            from: vec![(0, 0); n],
            queue: Vec::new(),
        }
    }

    /// The pot of the costs that exactly these funds may pay.
    pub fn pot(&mut self, purse: Purse) -> u32 {
        if let Some(pot) = self.pot_of.get(&purse) {
            return *pot;
        }
        let mut funds: Vec<u16> = purse.funds().map(|f| f.index() as u16).collect();
        funds.sort_by_key(|f| (self.accounts[*f as usize].price, *f));
        self.pots.push(Pot { purse, funds, owed: 0, beyond: 0, active: NONE });
        self.pays.resize(self.pots.len() * self.accounts.len(), 0);
        let pot = self.pots.len() as u32 - 1;
        self.pot_of.insert(purse, pot);
        pot
    }

    /// What a pot's funds pay: fund and cents.
    pub fn pays(&self, pot: u32) -> impl Iterator<Item = (FundId, i64)> + '_ {
        let at = pot as usize * self.accounts.len();
        let pot = &self.pots[pot as usize];
        let beyond = pot.funds.first().map(|f| (FundId::new(*f as usize), pot.beyond));
        let within = pot.funds.iter().map(move |f| (FundId::new(*f as usize), self.pays[at + *f as usize]));
        within.chain(beyond).filter(|(_, c)| *c > 0)
    }

    /// How far the ledger's changes go.
    pub fn mark(&self) -> usize {
        self.log.len()
    }

    /// Forgets how to undo.
    pub fn settle(&mut self) {
        self.log.clear();
    }

    /// Undoes every change since the mark.
    pub fn undo(&mut self, mark: usize) {
        while self.log.len() > mark {
            let Some(m) = self.log.pop() else { break };
            if m.owed {
                self.set_owed(m.pot, -m.by);
            } else {
                self.change(m.pot, m.fund, -m.by);
            }
        }
    }

    /// Use of cash funds, in millionths of a cent.
    pub fn cost(&self) -> i64 {
        self.cost
    }

    /// True where hardly any money is left.
    pub fn is_short(&self) -> bool {
        let cash = || self.accounts.iter().filter(|a| a.price > 0);
        let (used, room) = (cash().map(|a| a.used).sum::<i64>(), cash().map(|a| a.room).sum::<i64>());
        used > 0 && i128::from(used) * 100 >= i128::from(room) * SHORT
    }

    /// How many floors are not met, and how far the unmet ones are from it, in parts of 1,024 each.
    pub fn unmet(&self) -> (i64, i64) {
        if !self.has_floors {
            return (0, 0);
        }
        let mut sum = (0, 0);
        for a in self.accounts.iter().filter(|a| a.used + a.beyond < a.floor) {
            sum.0 += 1;
            sum.1 += (a.floor - a.used - a.beyond) * 1024 / a.floor.max(1);
        }
        sum
    }

    /// What is left in all funds of a pot together, in cents; more may be reached by moving other costs.
    pub fn left(&self, pot: u32) -> i64 {
        self.pots[pot as usize].funds.iter().map(|f| self.accounts[*f as usize].left()).sum()
    }

    /// Share of a fund that is used, in parts of 1,024.
    pub fn fill(&self, fund: FundId) -> i64 {
        let a = &self.accounts[fund.index()];
        (a.used * 1024).checked_div(a.room).unwrap_or(1024)
    }

    /// Pays an amount out of a pot's funds; false where they cannot, and then the caller undoes to its mark.
    pub fn add(&mut self, pot: u32, amount: i64) -> bool {
        self.owe(pot, amount);
        self.pay(pot, amount) == 0
    }

    /// Pays as much as there is of a cost of a done session; the rest goes beyond what the cheapest of its funds has.
    pub fn add_history(&mut self, pot: u32, amount: i64) {
        let Some(fund) = self.pots[pot as usize].funds.first().copied() else { return };
        let rest = self.pay(pot, amount);
        self.owe(pot, amount - rest);
        self.pots[pot as usize].beyond += rest;
        self.accounts[fund as usize].beyond += rest;
        self.cost += rest * self.accounts[fund as usize].price;
    }

    /// Takes an amount back that was paid out of a pot, from the dearest funds first.
    pub fn take_back(&mut self, pot: u32, amount: i64) {
        self.owe(pot, -amount);
        let p = pot as usize;
        let mut rest = amount;
        // A fund that is below its floor, or only just above, keeps its money as long as another one can give.
        for above_floor in [true, false] {
            for i in (0..self.pots[p].funds.len()).rev() {
                if rest == 0 {
                    return;
                }
                let fund = self.pots[p].funds[i];
                let a = &self.accounts[fund as usize];
                let can = if above_floor && self.has_floors { (a.used - a.floor).max(0) } else { i64::MAX };
                let take = self.pays[p * self.accounts.len() + fund as usize].min(rest).min(can);
                if take > 0 {
                    self.move_by(pot, fund, -take);
                    rest -= take;
                }
            }
        }
    }

    /// Moves payments until floors are met as far as can be and no cheaper fund can take over.
    pub fn improve(&mut self) {
        if !self.choosy {
            return;
        }
        loop {
            let mut moved = false;
            for i in (0..self.dear.len()).rev() {
                while self.relieve(self.dear[i]) {
                    moved = true;
                }
            }
            if !moved {
                break;
            }
        }
    }

    /// Moves something out of this fund to one that needs it for its floor, or else to a cheaper one.
    fn relieve(&mut self, fund: u16) -> bool {
        let a = &self.accounts[fund as usize];
        let (price, spare) = (a.price, (a.used - a.floor).max(0));
        let needy = |b: &Account| b.used < b.floor;
        let better = |b: &Account| b.used < b.room && (needy(b) || b.price < price);
        if spare == 0 || !self.accounts.iter().any(better) {
            return false;
        }
        self.reach(&[fund], |b| better(b));
        let rank = |g: &u16| {
            let b = &self.accounts[*g as usize];
            (!needy(b), b.price, *g)
        };
        let found = self.queue[1..].iter().copied().filter(|g| better(&self.accounts[*g as usize]));
        let Some(best) = found.min_by_key(rank) else { return false };
        let b = &self.accounts[best as usize];
        let limit = if needy(b) { b.left().min(b.floor - b.used) } else { b.left() };
        self.push(best, spare.min(limit), None) > 0
    }

    fn owe(&mut self, pot: u32, by: i64) {
        self.set_owed(pot, by);
        self.log.push(Moved { pot, fund: 0, by, owed: true });
    }

    fn set_owed(&mut self, pot: u32, by: i64) {
        let p = &mut self.pots[pot as usize];
        p.owed += by;
        let at = p.active;
        if p.owed > 0 && at == NONE {
            p.active = self.active.len() as u32;
            self.active.push(pot);
        } else if p.owed <= 0 && at != NONE {
            p.active = NONE;
            self.active.swap_remove(at as usize);
            if let Some(moved) = self.active.get(at as usize) {
                self.pots[*moved as usize].active = at;
            }
        }
    }

    /// Pays what can be paid and says what cannot.
    fn pay(&mut self, pot: u32, amount: i64) -> i64 {
        let p = pot as usize;
        let mut rest = amount;
        for for_floor in [true, false] {
            if for_floor && !self.has_floors {
                continue;
            }
            for i in 0..self.pots[p].funds.len() {
                if rest == 0 {
                    return 0;
                }
                let fund = self.pots[p].funds[i];
                let a = &self.accounts[fund as usize];
                let take = rest.min(a.left()).min(if for_floor { a.floor - a.used } else { i64::MAX });
                if take > 0 {
                    self.move_by(pot, fund, take);
                    rest -= take;
                }
            }
        }
        if rest > 0 && self.accounts.iter().all(|a| a.used >= a.room) {
            return rest;
        }
        while rest > 0 {
            let sources = std::mem::take(&mut self.pots[p].funds);
            let end = self.reach(&sources, |a| a.used < a.room);
            self.pots[p].funds = sources;
            let Some(end) = end else { break };
            let left = self.accounts[end as usize].left();
            rest -= self.push(end, rest.min(left), Some(pot));
        }
        rest
    }

    /// Finds the funds to which something that these pay can be moved, step by step, and the first of them that is
    /// `wanted`: the search goes no further than the funds that it can be seen from.
    fn reach(&mut self, sources: &[u16], wanted: impl Fn(&Account) -> bool) -> Option<u16> {
        let n = self.accounts.len();
        let mut seen = Purse::default();
        self.queue.clear();
        for f in sources {
            seen.put(FundId::new(*f as usize));
            self.from[*f as usize] = (u16::MAX, NONE);
            self.queue.push(*f);
        }
        let mut found = None;
        let mut next = 0;
        while let Some(f) = self.queue.get(next).copied() {
            next += 1;
            for p in &self.active {
                if self.pays[*p as usize * n + f as usize] <= 0 || self.pots[*p as usize].purse.within(seen) {
                    continue;
                }
                for g in &self.pots[*p as usize].funds {
                    let id = FundId::new(*g as usize);
                    if !seen.has(id) {
                        seen.put(id);
                        self.from[*g as usize] = (f, *p);
                        self.queue.push(*g);
                        if found.is_none() && wanted(&self.accounts[*g as usize]) {
                            found = Some(*g);
                        }
                    }
                }
            }
            if found.is_some() {
                break;
            }
        }
        found
    }

    /// Moves at most `most` along the path that ends in this fund; says how much. With `pay`, the path begins with a
    /// payment out of that pot, else with what its first fund pays already.
    fn push(&mut self, end: u16, most: i64, pay: Option<u32>) -> i64 {
        let n = self.accounts.len();
        let mut amount = most;
        let mut f = end;
        while self.from[f as usize].1 != NONE {
            let (before, p) = self.from[f as usize];
            amount = amount.min(self.pays[p as usize * n + before as usize]);
            f = before;
        }
        if amount <= 0 {
            return 0;
        }
        let mut f = end;
        while self.from[f as usize].1 != NONE {
            let (before, p) = self.from[f as usize];
            self.move_by(p, f, amount);
            self.move_by(p, before, -amount);
            f = before;
        }
        if let Some(p) = pay {
            self.move_by(p, f, amount);
        }
        amount
    }

    fn move_by(&mut self, pot: u32, fund: u16, by: i64) {
        self.change(pot, fund, by);
        self.log.push(Moved { pot, fund, by, owed: false });
    }

    fn change(&mut self, pot: u32, fund: u16, by: i64) {
        self.pays[pot as usize * self.accounts.len() + fund as usize] += by;
        let account = &mut self.accounts[fund as usize];
        account.used += by;
        self.cost += by * account.price;
    }
}

impl Account {
    fn left(&self) -> i64 {
        (self.room - self.used).max(0)
    }
}
