//! The goals' values on the board, and which of two is better.

use crate::board::Board;
use crate::board::world::World;
use crate::programme::money::Micro;
use crate::words::GoalId;
use std::cmp::Ordering;

/// The goals' values in the order in which they are optimised, in the units of each goal; maximised ones negated, so
/// that less is better everywhere.
pub type Values = Vec<i128>;

/// The values on the board, exact as far as the ledger has found the cheapest payments.
pub fn values(world: &World, board: &Board, goals: &[GoalId]) -> Values {
    goals.iter().map(|g| value(world, board, *g)).collect()
}

/// One value; maximised goals negated.
pub fn value(world: &World, board: &Board, goal: GoalId) -> i128 {
    let t = &board.totals;
    i128::from(match goal {
        GoalId::Commitments => t.promises + board.tally.unmet(world).0 + board.ledger.unmet().0,
        GoalId::Kept => -t.kept,
        GoalId::Stability => t.stability,
        GoalId::Coverage => -t.points,
        GoalId::Cost => board.ledger.cost(),
        GoalId::Preferences => t.penalty + t.overload,
    })
}

/// From a goal's own sense to that of `Values`, and back.
pub fn turned(goal: GoalId, value: i128) -> i128 {
    if goal.maximised() { -value } else { value }
}

/// The best known value of each goal, and how much of it may be given up for later goals.
#[derive(Clone, Debug)]
pub struct Standard {
    pub goals: Vec<GoalId>,
    tolerance: Vec<Micro>,
    pub best: Option<Values>,
}

impl Standard {
    /// Nothing known yet.
    pub fn new(world: &World, goals: &[GoalId]) -> Standard {
        let objective = &world.programme.objective;
        let tolerance = goals.iter().map(|g| objective.tolerance(*g)).collect();
        Standard { goals: goals.to_vec(), tolerance, best: None }
    }

    /// The worst value of a goal that later goals may go to.
    pub fn limit(&self, goal: usize) -> i128 {
        match &self.best {
            Some(best) => best[goal] + best[goal].abs() * i128::from(self.tolerance[goal].0) / 1_000_000,
            None => i128::MAX,
        }
    }

    /// True when something of a goal may be given up for later ones.
    pub fn gives(&self, goal: usize) -> bool {
        self.tolerance[goal].0 > 0
    }

    /// True when these values are better than those, goal by goal: from the best known value of a goal to its limit all count
    /// as equal; what is better than that is better.
    pub fn better(&self, a: &Values, b: &Values) -> bool {
        let Some(best) = &self.best else { return a < b };
        let clip = |i: usize, value: i128| if value < best[i] { value } else { value.max(self.limit(i)) };
        let pairs = a.iter().zip(b).enumerate();
        pairs.map(|(i, (x, y))| clip(i, *x).cmp(&clip(i, *y))).find(|o| o.is_ne()).is_some_and(Ordering::is_lt)
    }

    /// Takes note of values: each goal's best, as long as the goals before it are within their limits.
    pub fn note(&mut self, values: &Values) {
        let Some(best) = &mut self.best else {
            self.best = Some(values.clone());
            return;
        };
        let mut free = false;
        for i in 0..values.len() {
            if free || values[i] < best[i] {
                // A better value of an earlier goal makes the best of the later ones void.
                free |= values[i] < best[i] && self.tolerance[i].0 == 0;
                best[i] = values[i];
            }
            let limit = best[i] + best[i].abs() * i128::from(self.tolerance[i].0) / 1_000_000;
            if values[i] > limit {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two goals in hundredths; a tenth of the first may be given up for the second.
    fn standard(best: [i128; 2]) -> Standard {
        let tolerance = vec![Micro(100_000), Micro(0)];
        Standard { goals: vec![GoalId::Cost, GoalId::Preferences], tolerance, best: Some(best.to_vec()) }
    }

    #[test]
    fn less_than_the_best_known_value_is_better_whatever_comes_after_it() {
        let standard = standard([1000, 5]);
        assert!(standard.better(&vec![999, 80], &vec![1000, 5]));
        assert!(standard.better(&vec![900, 80], &vec![999, 5]));
        assert!(!standard.better(&vec![1000, 5], &vec![999, 80]));
    }

    #[test]
    fn within_the_tolerance_what_comes_after_it_decides() {
        let standard = standard([1000, 5]);
        assert!(standard.better(&vec![1100, 3], &vec![1000, 5]));
        assert!(!standard.better(&vec![1000, 5], &vec![1100, 5]));
        assert!(standard.better(&vec![1000, 5], &vec![1101, 3]));
    }
}
