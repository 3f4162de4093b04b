//! Money. A class is a set of funds: everything that exactly these may pay. Σ cost of a class over the columns chosen =
//! Σ z[class, fund]; Σ z over the classes of a fund ≤ its room; ≥ its floor, or else a commitment is broken. Overhead is
//! counted in room, floor and objective, so that everything here is in whole cents.
//!
//! Done sessions are paid even beyond what a fund has, but then only they: where they alone could be more than the
//! room, a binary says so (o): live z ≤ room · (1 − o), all z ≤ room + excess · o.

use super::Terms;
use crate::full::candidates::{Candidate, Firm};
use crate::full::scale::Money;
use crate::milp::program::{INFINITE, Program, Row};
use crate::plan::price;
use crate::programme::Programme;
use crate::programme::id::{Dense, FundId, Id, PlaceId, RequestId};
use crate::programme::money::Cents;
use crate::rules::budget;
use crate::words::Category;
use std::collections::BTreeMap;

/// A set of funds, with the flag of what is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClassId(pub usize);

/// The classes that occur.
#[derive(Default)]
pub struct Classes {
    funds: Vec<(Vec<FundId>, bool)>,
    of: BTreeMap<(Vec<FundId>, bool), ClassId>,
}

impl Classes {
    /// The class of a category of a session, but `participants`; None where nobody may pay.
    pub fn of_session(&mut self, programme: &Programme, c: &Candidate, category: Category) -> Option<ClassId> {
        let everyone: Vec<PlaceId> = c.requests.iter().map(|r| programme.requests[*r].place).collect();
        self.of(programme, c, category, &everyone)
    }

    /// The class of `participants` of one request of a session; None where nobody may pay.
    pub fn of_request(&mut self, programme: &Programme, c: &Candidate, request: RequestId) -> Option<ClassId> {
        self.of(programme, c, Category::Participants, &[programme.requests[request].place])
    }

    fn of(&mut self, programme: &Programme, c: &Candidate, category: Category, from: &[PlaceId]) -> Option<ClassId> {
        let funds = budget::payers(programme, (c.course, c.place, c.language, c.span), category, from);
        if funds.is_empty() {
            return None;
        }
        let key = (funds, c.firm == Firm::Done);
        if let Some(id) = self.of.get(&key) {
            return Some(*id);
        }
        let id = ClassId(self.funds.len());
        self.funds.push(key.clone());
        self.of.insert(key, id);
        Some(id)
    }

    /// Every class with its funds, and whether it is history.
    pub fn iter(&self) -> impl Iterator<Item = (ClassId, &[FundId], bool)> {
        self.funds.iter().enumerate().map(|(i, (funds, done))| (ClassId(i), funds.as_slice(), *done))
    }
}

/// What a session costs without its team: its classes and amounts.
pub fn own_costs(programme: &Programme, c: &Candidate, classes: &mut Classes) -> (Vec<(ClassId, Cents)>, Cents) {
    let mut items = Vec::new();
    let mut total = Cents::ZERO;
    let mut add = |class: Option<ClassId>, amount: Cents| {
        total += amount;
        if amount > Cents::ZERO {
            items.extend(class.map(|class| (class, amount)));
        }
    };
    let interpretation = price::interpretation(programme, c.course, c.place, c.working, c.language);
    let materials = c.requests.iter().map(|r| price::materials(programme, *r)).sum();
    for (category, amount) in [
        (Category::Venue, price::venue(programme, c.course, c.place)),
        (Category::Interpretation, interpretation.unwrap_or_default()),
        (Category::Materials, materials),
    ] {
        add(classes.of_session(programme, c, category), amount);
    }
    for r in &c.requests {
        let amount = price::participants(programme, *r, c.place, c.span).unwrap_or_default();
        add(classes.of_request(programme, c, *r), amount);
    }
    (items, total)
}

/// The rows of one fund.
struct FundRows {
    room: Row,
    /// The room in the solver's numbers.
    has: f64,
    /// The room for what is not done, and by how much done sessions alone may be beyond it.
    beyond: Option<(Row, f64)>,
    floor: Option<(Row, f64)>,
}

/// The rows of every class and fund.
pub struct MoneyRows {
    classes: Vec<Row>,
    funds: Dense<FundId, FundRows>,
    money: Money,
}

impl MoneyRows {
    /// The rows, empty; `past` is what done sessions cost, by class.
    pub fn new(
        programme: &Programme,
        classes: &Classes,
        past: &BTreeMap<ClassId, Cents>,
        money: Money,
        program: &mut Program,
    ) -> MoneyRows {
        let funds = programme
            .funds
            .iter()
            .map(|(f, fund)| {
                let room = budget::room(fund);
                let payable: i64 = classes
                    .iter()
                    .filter(|(_, funds, _)| funds.contains(&f))
                    .filter_map(|(id, _, _)| past.get(&id))
                    .map(|c| c.0)
                    .sum();
                let has = money.of(room);
                let beyond =
                    (payable > room.0).then(|| (program.row(-INFINITE, has, []), money.of(Cents(payable - room.0))));
                let floor = budget::floor(fund)
                    .filter(|floor| floor.0 > 0)
                    .map(|floor| (program.row(money.of(floor), INFINITE, []), money.of(floor)));
                FundRows { room: program.row(-INFINITE, has, []), has, beyond, floor }
            })
            .collect();
        MoneyRows { classes: classes.iter().map(|_| program.row(0.0, 0.0, [])).collect(), funds, money }
    }

    /// The term of an amount that a class of funds pays.
    pub fn spent(&self, class: ClassId, amount: Cents, terms: &mut Terms) {
        terms.push((self.classes[class.0], self.money.of(amount)));
    }

    /// The row of a class.
    pub fn class(&self, class: ClassId) -> Row {
        self.classes[class.0]
    }

    /// The terms of what a fund pays of a class.
    pub fn flow(&self, class: ClassId, fund: FundId, done: bool, terms: &mut Terms) {
        let rows = &self.funds[fund];
        terms.push((self.classes[class.0], -1.0));
        terms.push((rows.room, 1.0));
        terms.extend(rows.beyond.filter(|_| !done).map(|(row, _)| (row, 1.0)));
        terms.extend(rows.floor.map(|(row, _)| (row, 1.0)));
    }

    /// The terms of the column that says that a fund is overdrawn by done sessions; None where it cannot be.
    pub fn overdrawn(&self, fund: FundId, terms: &mut Terms) -> bool {
        let rows = &self.funds[fund];
        let Some((live, excess)) = rows.beyond else { return false };
        terms.push((live, rows.has));
        terms.push((rows.room, -excess));
        true
    }

    /// The terms of the column that says that a fund misses its floor; false where it has none.
    pub fn missed(&self, fund: FundId, terms: &mut Terms) -> bool {
        terms.extend(self.funds[fund].floor);
        self.funds[fund].floor.is_some()
    }

    /// The most that a fund can pay, in the solver's numbers.
    pub fn most(&self, fund: FundId, done: bool) -> f64 {
        let rows = &self.funds[fund];
        rows.has + rows.beyond.filter(|_| done).map_or(0.0, |(_, excess)| excess)
    }

    /// How many funds there are.
    pub fn funds(&self) -> impl Iterator<Item = FundId> {
        (0..self.funds.len()).map(FundId::new)
    }
}
