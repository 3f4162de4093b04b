//! What the solver asks of an exact engine.

use super::report::Bound;
use crate::milp::halt::Halt;
use crate::plan::Plan;

/// One question: how good can this goal be, with the goals before it held?
pub struct Ask<'q> {
    /// The goal's place in the order.
    pub goal: usize,
    /// What the goals before it must keep at least (less tolerance), one value each.
    pub floors: &'q [i128],
    /// The best plan so far.
    pub incumbent: &'q Plan,
    /// Its values, in the order of the goals.
    pub values: &'q [i128],
    /// No plan that keeps the floors is known to be better than this.
    pub bound: i128,
    /// How much work to spend, in steps of four: deterministic, whatever the machine.
    pub size: u32,
    /// Set when the work is to be cut.
    pub halt: &'q Halt,
}

/// What came of a question.
#[derive(Debug, Default)]
pub struct Answer {
    /// A bound that holds for every plan that keeps the floors.
    pub bounds: Vec<Bound>,
    /// Plans found on the way, the best last.
    pub plans: Vec<Plan>,
    /// True when asking again with more work could give nothing new.
    pub exhausted: bool,
    /// True when asking the same again, from a plan of these, is likely to give a better one still.
    pub again: bool,
    /// The work it was, in simplex iterations: how long the search may have worked meanwhile.
    pub work: u64,
}

/// An exact engine: finds bounds, and plans on the way.
pub trait Prover {
    /// A word for the progress line.
    fn name(&self) -> &'static str;

    /// True where it answers every question by itself if it is given time: those after it need not be asked.
    fn complete(&self) -> bool {
        false
    }

    /// Works on one question.
    fn ask(&mut self, ask: &Ask) -> Answer;
}
