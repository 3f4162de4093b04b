//! The full model: everything that the contract allows as one whole-number program, day by day, trip by trip. See
//! README.md.

pub mod candidates;
pub mod groups;
pub mod model;
pub mod pricing;
pub mod prove;
mod reach;
pub mod rows;
pub mod scale;
pub mod sites;
pub mod sums;
pub mod transcript;
pub mod trips;
pub mod witness;

use crate::plan::Plan;
use crate::plan::brief::Brief;
use model::Model;
use pricing::Net;
use prove::{Memory, Proved, Task, prove};

/// More columns than this are not built.
const LIMIT: usize = 400_000;

/// The full model of a brief, kept from goal to goal.
pub struct Full<'a> {
    model: Model<'a>,
    nets: Vec<Net>,
    memory: Memory,
}

impl<'a> Full<'a> {
    /// The model; None where it would be too large.
    pub fn new(brief: &'a Brief<'a>) -> Option<Full<'a>> {
        let model = Model::new(brief, LIMIT)?;
        let nets = if brief.programme.rules.chain_missions {
            brief.programme.trainers.ids().map(|t| Net::new(&model, t)).collect()
        } else {
            Vec::new()
        };
        Some(Full { model, nets, memory: Memory::default() })
    }

    /// Proves one goal (its place in the brief's order) as far as the work allows, earlier goals kept at least at the
    /// values given. The incumbent, a complete plan, is where the search for better ones starts.
    pub fn prove(&mut self, incumbent: Option<&Plan>, task: Task) -> Proved {
        prove(&mut self.model, &self.nets, &mut self.memory, incumbent, task)
    }

    /// The value of every goal of a complete plan as the model counts it; None where the model does not allow the plan.
    pub fn values(&mut self, plan: &Plan) -> Option<Vec<i128>> {
        witness::values(&mut self.model, plan)
    }

    /// The columns and rows.
    pub fn model(&mut self) -> &mut Model<'a> {
        &mut self.model
    }
}
