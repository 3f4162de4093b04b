//! What the exact engine tells while it works, and what it asks.

use crate::plan::Plan;
use crate::words::GoalId;

/// The other side of the exact engine.
pub trait Exchange: Sync {
    /// A plan without charges, payable as far as the engine can see; to be completed and judged before it counts.
    fn offer(&self, plan: Plan);

    /// No plan whose earlier goals are at least as good as given is better than this.
    fn bound(&self, goal: GoalId, bound: i128);

    /// True when there is no more time.
    fn stopped(&self) -> bool;

    /// Seconds until then, where the clock decides.
    fn seconds(&self) -> Option<f64> {
        None
    }

    /// What is going on, for whoever studies the engine.
    fn tell(&self, _text: &str) {}
}
