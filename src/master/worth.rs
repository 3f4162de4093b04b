//! How far from the bound a plan is at least that uses a column: its own reduced cost, and that of what it cannot do
//! without. A session takes a team, a seat takes a session; so many more columns are out of reach of a target than by
//! their own reduced costs alone.

use super::model::Model;

/// By column, minimised, from reduced costs (minimised) by column.
pub fn worth(model: &Model, reduced: &[f64]) -> Vec<f64> {
    // What is there in any case is in the bound already.
    let certain = |c: usize| model.program.lower[c] > 0.0;
    let own = |c: usize| if certain(c) { 0.0 } else { reduced.get(c).copied().unwrap_or(0.0).max(0.0) };
    let mut worth: Vec<f64> = reduced.to_vec();
    for (c, cell) in model.cells.iter().enumerate() {
        let size = model.team_size(c);
        let mut seats: Vec<f64> = cell.seats.iter().map(|s| own(model.seats[*s].col.index())).collect();
        seats.sort_by(f64::total_cmp);
        // A team has as many different people.
        let team: f64 = seats.iter().take(size).sum();
        let others: f64 = seats.iter().take(size.saturating_sub(1)).sum();
        let mut least = f64::INFINITY;
        for h in &cell.held {
            let col = model.held[*h].col.index();
            least = least.min(own(col));
            worth[col] = reduced[col].max(0.0) + team;
        }
        for s in &cell.seats {
            let col = model.seats[*s].col.index();
            // Beside this one, the others of its team are the cheapest there are.
            let mine = own(col);
            let beside = if size > 0 && mine <= seats[size.min(seats.len()) - 1] { team - mine } else { others };
            worth[col] = mine + beside.max(0.0) + least;
        }
    }
    worth
}
