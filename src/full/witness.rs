//! A plan as the model sees it: every plan that the judge accepts must be there, with the same values. This is what the
//! validity of the bounds stands on, and how tests hold it.

use super::model::{Model, Name};
use super::transcript;
use crate::milp::highs::{Limits, Patient, Sense, Solver, Status};
use crate::milp::program::Col;
use crate::plan::Plan;

/// The value of every goal of a complete plan, as the model counts it with the plan's choices fixed; None where the model
/// does not allow the plan.
pub fn values(model: &mut Model, plan: &Plan) -> Option<Vec<i128>> {
    let ones = transcript::chosen(model, plan)?;
    let (program, _) = model.program(&|_| true);
    let (mut lower, mut upper) = (program.lower.clone(), program.upper.clone());
    for (i, column) in model.columns.iter().enumerate() {
        if column.integer && !matches!(column.name, Name::Overdrawn(_)) {
            let value = f64::from(ones.contains(&Col(i as u32)));
            if value < column.lower - 0.5 {
                return None;
            }
            (lower[i], upper[i]) = (value, value);
        }
    }
    let mut solver = Solver::new(&program);
    solver.bounds(&lower, &upper);
    (0..model.goals.rows.len())
        .map(|goal| {
            let scale = model.goals.scales[goal];
            let sign = if scale.goal.maximised() { -1.0 } else { 1.0 };
            let counted = |c: usize| sign * model.counts(&model.columns[c], goal);
            let terms: Vec<(Col, f64)> = (0..model.columns.len()).map(|c| (Col(c as u32), counted(c))).collect();
            solver.objective(Sense::Minimise, &terms);
            let answer = solver.run(Limits::default(), &mut Patient);
            let value = model.goals.offsets[goal] + scale.nearest(sign * answer.objective);
            (answer.status == Status::Optimal).then_some(value)
        })
        .collect()
}
