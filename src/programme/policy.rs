//! What the programme demands as a whole: its rules, objective, preferences and hours.

use super::money::Micro;
use crate::words::GoalId;

/// `[rules]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Days between as_of and the first start.
    pub lead_days: i32,
    /// Free days at home after a mission that travelled.
    pub rest_days: i32,
    /// Longest mission, departure to return inclusive.
    pub max_days_away: i32,
    pub chain_missions: bool,
    pub start_weekdays: StartDays,
    pub after_gap_days: i32,
    /// None: no rule (written -1).
    pub country_gap_days: Option<i32>,
    /// Share of each fund that stays unused.
    pub reserve: Micro,
}

/// On which days a session may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartDays {
    /// Any open day.
    Any,
    /// Only the first open day after a weekend day of the place.
    First,
    /// Only these weekdays, Monday first.
    On([bool; 7]),
}

/// How a request's points are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// priority × participants
    Participants,
    /// priority
    Requests,
}

/// `[objective]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objective {
    /// As written in `order`; None where it is not given.
    pub order: Option<Vec<GoalId>>,
    pub coverage: Coverage,
    /// Share of a goal's best value that later goals may give up, by goal.
    pub tolerance: Vec<(GoalId, Micro)>,
}

impl Objective {
    /// The goals in the order in which they are optimised.
    ///
    /// Without a baseline `kept` and `stability` are left out; with one and a given order they follow
    /// commitments where the order does not name them.
    pub fn goals(&self, with_baseline: bool) -> Vec<GoalId> {
        use GoalId::{Commitments, Cost, Coverage, Kept, Preferences, Stability};
        let mut order = match &self.order {
            Some(order) => order.clone(),
            None => vec![Commitments, Coverage, Cost, Preferences],
        };
        order.retain(|g| !matches!(g, Kept | Stability));
        if with_baseline {
            let after = order.iter().position(|g| *g == Commitments).map_or(0, |i| i + 1);
            order.insert(after, Kept);
            order.insert(after + 1, Stability);
        }
        order
    }

    /// The share of this goal's best value that later goals may give up.
    pub fn tolerance(&self, goal: GoalId) -> Micro {
        self.tolerance.iter().find(|(g, _)| *g == goal).map_or(Micro(0), |(_, t)| *t)
    }
}

/// `[preferences]`: weights of the penalty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    pub language_rank: Micro,
    pub week_from_preferred: Micro,
    pub avoided_day: Micro,
    pub overload_day: Micro,
    pub trainer_used: Micro,
}

/// `[calendar]`: the hours of a session day, minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    pub start: u16,
    pub end: u16,
}
