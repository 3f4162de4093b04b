//! Quotas: the measure of the sessions that count ≤ max, and ≥ min or else a commitment is broken. Money is counted in
//! the solver's money unit.

use super::Terms;
use crate::full::candidates::Candidate;
use crate::full::scale::Money;
use crate::milp::program::{INFINITE, Program, Row};
use crate::plan::goals::measure;
use crate::plan::{Plan, price};
use crate::programme::Programme;
use crate::programme::funds::Measure;
use crate::programme::id::{Dense, QuotaId};
use crate::programme::money::Cents;

/// The rows of one quota, and what its min is in the solver's numbers.
#[derive(Clone, Copy)]
struct Rows {
    max: Option<Row>,
    min: Option<(Row, f64)>,
}

/// The rows of every quota.
pub struct Quotas {
    rows: Dense<QuotaId, Rows>,
    money: Money,
}

impl Quotas {
    /// The rows, empty. What is done may count more than max.
    pub fn new(programme: &Programme, history: &Plan, money: Money, program: &mut Program) -> Quotas {
        let prices = price::costs(programme, history);
        let rows = programme
            .quotas
            .values()
            .map(|q| {
                let number = |n: i64| if q.measure == Measure::Cost { money.of(Cents(n)) } else { n as f64 };
                let done = measure(programme, q, history, &prices);
                let max = q.max.map(|max| program.row(-INFINITE, number(max.max(done)), []));
                let min = q.min.filter(|min| *min > 0).map(|min| (program.row(number(min), INFINITE, []), number(min)));
                Rows { max, min }
            })
            .collect();
        Quotas { rows, money }
    }

    /// True when the quota has a min, so that it can be missed.
    pub fn can_miss(&self, q: QuotaId) -> bool {
        self.rows[q].min.is_some()
    }

    /// The terms of a session: what it counts, the team's cost aside. `own` is its cost without the team's.
    pub fn session(&self, programme: &Programme, c: &Candidate, own: Cents, terms: &mut Terms) {
        for (id, q) in programme.quotas.iter() {
            if !q.counts(c.place, c.course, c.language, c.span.first) {
                continue;
            }
            let counted = || c.requests.iter().map(|r| &programme.requests[*r]).filter(|r| q.officials[r.place]);
            if counted().next().is_none() {
                continue;
            }
            let amount = match q.measure {
                Measure::Sessions => 1.0,
                Measure::Requests => counted().count() as f64,
                Measure::Participants => counted().map(|r| r.participants).sum::<i64>() as f64,
                Measure::Cost => self.money.of(own),
            };
            self.counts(id, amount, terms);
        }
    }

    /// The terms of money spent on a session that these quotas of cost count.
    pub fn spent(&self, quotas: &[QuotaId], amount: Cents, terms: &mut Terms) {
        for q in quotas {
            self.counts(*q, self.money.of(amount), terms);
        }
    }

    /// The term of the column that says that a quota is missed.
    pub fn missed(&self, q: QuotaId, terms: &mut Terms) {
        terms.extend(self.rows[q].min);
    }

    /// The rows in which money spent on a session counts, for these quotas of cost.
    pub fn rows(&self, quotas: &[QuotaId]) -> Vec<Row> {
        quotas.iter().flat_map(|q| self.rows[*q].max.into_iter().chain(self.rows[*q].min.map(|(row, _)| row))).collect()
    }

    fn counts(&self, q: QuotaId, amount: f64, terms: &mut Terms) {
        let rows = &self.rows[q];
        terms.extend(rows.max.into_iter().chain(rows.min.map(|(row, _)| row)).map(|row| (row, amount)));
    }
}
