//! What the penalty asks of trainers: days beyond their target, and whether they teach at all.

use crate::master::model::Model;
use crate::milp::program::INFINITE;

/// Adds *overload* and *used* where they weigh anything.
pub fn add(model: &mut Model) {
    let programme = model.world.programme;
    let weights = &programme.preferences;
    for (t, trainer) in programme.trainers.iter() {
        if model.seats_of[t].is_empty() {
            continue;
        }
        if let Some(target) = trainer.target_days.filter(|_| weights.overload_day.0 > 0) {
            let over = model.program.column(0.0, INFINITE, false);
            let days = model.seats_of[t].iter().map(|s| {
                let seat = &model.seats[*s];
                (seat.col, f64::from(seat.days(model.cells[seat.cell].length)))
            });
            let terms: Vec<_> = days.chain([(over, -1.0)]).collect();
            let row = model.program.row(-INFINITE, f64::from(target), terms);
            model.overload[t] = Some(over);
            model.trip_rows.load[t] = Some(row);
        }
        if weights.trainer_used.0 > 0 {
            let used = model.program.column(0.0, 1.0, true);
            for s in model.seats_of[t].clone() {
                let col = model.seats[s].col;
                let most = model.program.upper[col.index()];
                model.program.row(-INFINITE, 0.0, [(col, 1.0), (used, -most)]);
            }
            model.used[t] = Some(used);
        }
    }
}
