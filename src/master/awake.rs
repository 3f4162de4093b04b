//! Which columns of a large model are looked at first: for each request the cheapest ways to serve it, for each of them
//! the cheapest people. What else pays is found by its reduced cost (`milp::sift`).

use super::model::Model;

/// Models with fewer columns are looked at as a whole.
pub const LARGE: usize = 25_000;

/// Ways to serve a request, and people beyond a team, to begin with.
const WAYS: usize = 4;
const SPARE: usize = 4;

/// By column: true where it is looked at first.
pub fn first(model: &Model) -> Vec<bool> {
    let mut costs = vec![0.0; model.program.columns()];
    for (col, cost) in model.payers.terms.iter().flatten() {
        costs[col.index()] += cost;
    }
    let mut awake = vec![true; model.program.columns()];
    model.held.iter().for_each(|h| awake[h.col.index()] = false);
    model.seats.iter().for_each(|s| awake[s.col.index()] = false);
    // By cell: what its cheapest team costs, and who is looked at first.
    let mut teams: Vec<f64> = Vec::with_capacity(model.cells.len());
    let mut people: Vec<Vec<usize>> = Vec::with_capacity(model.cells.len());
    for cell in 0..model.cells.len() {
        let mut seats = model.cells[cell].seats.clone();
        seats.sort_by(|a, b| {
            let cost = |s: &usize| costs[model.seats[*s].col.index()];
            cost(a).total_cmp(&cost(b)).then(a.cmp(b))
        });
        let size = model.team_size(cell);
        let leads = seats.iter().copied().filter(|s| model.seats[*s].lead).take(size + 1).collect::<Vec<_>>();
        teams.push(seats.iter().take(size).map(|s| costs[model.seats[*s].col.index()]).sum());
        people.push(seats.into_iter().take(size + SPARE).chain(leads).collect());
    }
    for serving in model.serving.values() {
        let mut ways: Vec<(f64, usize)> = serving
            .iter()
            .map(|h| {
                let held = &model.held[*h];
                let d = &model.world.deliveries[held.delivery];
                let heads = d.requests.len().max(1) as f64;
                ((costs[held.col.index()] + d.share() * teams[held.cell]) / heads, *h)
            })
            .collect();
        ways.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (_, h) in ways.into_iter().take(WAYS) {
            awake[model.held[h].col.index()] = true;
            for s in &people[model.held[h].cell] {
                awake[model.seats[*s].col.index()] = true;
            }
        }
    }
    awake
}
