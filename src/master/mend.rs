//! Another choice as good as the last one, near it: what dating could not put days to is chosen anew, the rest stays.
//!
//! After a conflict the whole master would say the same again but for one session here or there, in as much time as
//! before; the neighbourhood of the conflict has some thousand columns.

use super::aims::Aim;
use super::cuts::Cut;
use super::exchange::Exchange;
use super::ladder::whole;
use super::model::Model;
use crate::milp::compact::Compact;
use crate::milp::highs::Limits;
use crate::milp::program::INFINITE;
use crate::programme::id::{Dense, RequestId};

/// Larger neighbourhoods take longer than the whole master does.
const MOST: usize = 20_000;

/// Values of the model at least as good as those of the last choice (`hoped`, in the aim's terms), where only the
/// requests of these conflicts may go elsewhere, or they and those not served so far; None where none are found. Also says
/// how many simplex iterations it took.
pub fn mend(
    model: &mut Model,
    aim: &Aim,
    (values, hoped): (&[f64], f64),
    cuts: &[Cut],
    iterations: u64,
    exchange: &dyn Exchange,
) -> (Option<Vec<f64>>, u64) {
    let requests = |delivery: usize| &model.world.deliveries[delivery].requests;
    let mut loose = Dense::filled(false, model.served.len());
    for r in cuts.iter().flat_map(|c| &c.sessions).flat_map(|(d, _)| requests(*d)) {
        loose[*r] = true;
    }
    let mut wider = Dense::filled(true, model.served.len());
    for r in model.held.iter().filter(|h| values[h.col.index()] > 0.5).flat_map(|h| requests(h.delivery)) {
        wider[*r] = loose[*r];
    }
    let first = near(model, aim, (values, hoped), &loose, iterations, exchange);
    if first.0.is_some() || loose == wider || exchange.stopped() {
        return first;
    }
    let left = iterations.saturating_sub(first.1);
    let second = near(model, aim, (values, hoped), &wider, left, exchange);
    (second.0, first.1 + second.1)
}

/// The same where just these requests are loose.
fn near(
    model: &mut Model,
    aim: &Aim,
    (values, hoped): (&[f64], f64),
    loose: &Dense<RequestId, bool>,
    iterations: u64,
    exchange: &dyn Exchange,
) -> (Option<Vec<f64>>, u64) {
    let upper = neighbourhood(model, values, loose);
    model.program.settle();
    // Whatever is as good will do.
    let limits = Limits { iterations: Some(iterations), gap: INFINITE, neighbourhood: false, ..Limits::default() };
    let part = Compact::new(&model.program, &upper);
    if part.program.columns() > MOST {
        return (None, 0);
    }
    let target = if aim.goal.maximised() { -hoped } else { hoped };
    let answer = whole(&part, aim, Some(target), limits, exchange);
    exchange.tell(&format!(
        "{}: mending in {} columns -> {:?}, {} nodes, {} iterations",
        aim.goal,
        part.program.columns(),
        answer.status,
        answer.nodes,
        answer.iterations
    ));
    (answer.values, answer.iterations)
}

/// Upper bounds by column: sessions of loose requests only are free, others are as they were; who teaches is open where
/// a session is free or takes place.
fn neighbourhood(model: &Model, values: &[f64], loose: &Dense<RequestId, bool>) -> Vec<f64> {
    let mut upper = model.program.upper.clone();
    for cell in &model.cells {
        let mut open = false;
        for h in &cell.held {
            let held = &model.held[*h];
            let on = values[held.col.index()] > 0.5;
            let free = model.world.deliveries[held.delivery].requests.iter().all(|r| loose[*r]);
            open |= on || free;
            if !on && !free {
                upper[held.col.index()] = 0.0;
            }
        }
        if !open {
            for s in &cell.seats {
                upper[model.seats[*s].col.index()] = 0.0;
            }
        }
    }
    upper
}
