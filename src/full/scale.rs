//! Exact values in the solver's numbers: each goal is counted in a unit that keeps coefficients moderate, and bounds are
//! rounded outward, to the next value that a plan can have.

use crate::plan::brief::Brief;
use crate::programme::Programme;
use crate::programme::money::Cents;
use crate::words::GoalId;

/// Money in the solver's numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Money {
    /// Cents for one.
    pub one: i64,
}

impl Money {
    /// A power of ten such that what a session costs is some tens or hundreds: then the solver's tolerance of 1e-6 is far
    /// below a cent.
    pub fn for_sums(largest: Cents) -> Money {
        let mut one = 100;
        while largest.0 / one > 1_000 && one < 1_000_000_000 {
            one *= 10;
        }
        Money { one }
    }

    /// An amount.
    pub fn of(self, amount: Cents) -> f64 {
        amount.0 as f64 / self.one as f64
    }
}

/// How a goal's values (in `GoalId::units`) are counted by the solver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    pub goal: GoalId,
    /// Units for one of the solver's.
    pub one: i128,
    /// Every plan's value is a multiple of this.
    pub grid: i128,
}

impl Scale {
    /// True where the solver counts in whole numbers.
    pub fn whole(&self) -> bool {
        self.one == self.grid
    }

    /// The scale of a goal of this brief.
    pub fn new(goal: GoalId, brief: &Brief, money: Money) -> Scale {
        let programme = brief.programme;
        match goal {
            GoalId::Commitments | GoalId::Stability => Scale { goal, one: 1, grid: 1 },
            GoalId::Kept | GoalId::Coverage => {
                let points = programme.requests.values().map(|r| i128::from(r.points.0));
                whole(goal, points.fold(0, gcd))
            }
            GoalId::Cost => {
                let cash = programme.funds.values().filter(|f| !f.in_kind);
                let grid = cash.map(|f| i128::from(1_000_000 + f.overhead.0)).fold(0, gcd);
                Scale { goal, one: i128::from(money.one) * 1_000_000, grid: grid.max(1) }
            }
            GoalId::Preferences => whole(goal, penalty_grid(programme)),
        }
    }

    /// A difference of values as the solver counts it.
    pub fn number(&self, units: i128) -> f64 {
        let whole = units.div_euclid(self.one);
        whole as f64 + units.rem_euclid(self.one) as f64 / self.one as f64
    }

    /// The best value that a plan can have when the solver says that none is better than `bound` (of the value itself,
    /// as counted by the solver): rounded outward for the solver's tolerance, then to the grid.
    pub fn bound(&self, bound: f64) -> i128 {
        let exact = self.units(bound);
        let slack = (self.one / 1_000_000).max(exact.abs() / 1_000_000_000);
        if self.goal.maximised() {
            (exact + slack).div_euclid(self.grid) * self.grid
        } else {
            -(-(exact - slack)).div_euclid(self.grid) * self.grid
        }
    }

    /// True when `a` is better than `b`.
    pub fn better(&self, a: i128, b: i128) -> bool {
        if self.goal.maximised() { a > b } else { a < b }
    }

    /// How near to each other two values are that the solver cannot tell apart.
    pub fn blur(&self, value: i128) -> i128 {
        if self.whole() { 0 } else { 2 * (self.one / 1_000_000).max(value.abs() / 1_000_000_000) }
    }

    /// The value that a plan can have next to what the solver counts.
    pub fn nearest(&self, number: f64) -> i128 {
        (self.units(number) * 2 + self.grid).div_euclid(2 * self.grid) * self.grid
    }

    fn units(&self, number: f64) -> i128 {
        let whole = number.floor();
        whole as i128 * self.one + ((number - whole) * self.one as f64) as i128
    }
}

/// Whole multiples of a grid, where the numbers stay moderate; else millionths and thousandths of them.
fn whole(goal: GoalId, grid: i128) -> Scale {
    let grid = grid.max(1);
    if grid * 10_000 >= goal.units() {
        Scale { goal, one: grid, grid }
    } else {
        Scale { goal, one: goal.units(), grid }
    }
}

fn penalty_grid(programme: &Programme) -> i128 {
    let w = &programme.preferences;
    let weights = [
        7 * w.language_rank.0,
        w.week_from_preferred.0,
        7 * w.avoided_day.0,
        7 * w.overload_day.0,
        7 * w.trainer_used.0,
    ];
    weights.into_iter().map(i128::from).fold(0, gcd)
}

/// The greatest common divisor; of 0 and n it is n.
fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}
