//! Every cost is paid in full by funds that may pay it, and no fund pays more than it has. Floors are commitments.

use crate::master::delivery::Firm;
use crate::master::families::Money;
use crate::master::model::{Chains, Model};
use crate::master::payers::units;
use crate::milp::highs::{Limits, Patient, Solver, Status};
use crate::milp::program::{Col, INFINITE, Program};
use crate::programme::id::{Dense, FundId, Id};
use crate::rules::budget;

/// Adds *money* columns, a row per class of payers, a row per fund, and *short* columns for floors.
pub fn add(model: &mut Model) {
    let programme = model.world.programme;
    let mut paid: Dense<FundId, Vec<Col>> = Dense::filled(Vec::new(), programme.funds.len());
    model.trip_rows.class = vec![None; model.payers.funds.len()];
    for class in 0..model.payers.funds.len() {
        let mut terms = model.payers.terms[class].clone();
        if terms.is_empty() && !model.has_trips() {
            continue;
        }
        for fund in model.payers.funds[class].clone() {
            let col = model.program.column(0.0, INFINITE, false);
            terms.push((col, -1.0));
            paid[fund].push(col);
            model.money.push(Money { class, fund, col });
        }
        model.trip_rows.class[class] = Some(model.program.row(0.0, 0.0, terms));
    }
    let beyond = beyond(model);
    // Where ways cost nothing or sessions are shared, less is spent than in truth: a floor that is missed here need not be
    // missed.
    let floors = model.world.complete && model.chains != Chains::Bounded;
    for (f, fund) in programme.funds.iter() {
        if paid[f].is_empty() {
            if floors && budget::floor(fund).is_some_and(|c| c.0 > 0) {
                let short = model.program.column(1.0, 1.0, true);
                model.short_floor.push((f, short));
            }
            continue;
        }
        let mut terms: Vec<(Col, f64)> = paid[f].iter().map(|c| (*c, 1.0)).collect();
        if beyond > 0.0 {
            terms.push((model.program.column(0.0, beyond, false), -1.0));
        }
        model.program.row(-INFINITE, units(budget::room(fund).0), terms);
        if let Some(floor) = budget::floor(fund).filter(|c| floors && c.0 > 0) {
            let least = units(floor.0);
            let short = model.program.column(0.0, 1.0, true);
            let terms: Vec<_> = paid[f].iter().map(|c| (*c, 1.0)).chain([(short, least)]).collect();
            model.program.row(least, INFINITE, terms);
            model.short_floor.push((f, short));
        }
    }
}

/// How much done sessions may cost beyond what funds have: nothing where the funds can pay for them.
fn beyond(model: &Model) -> f64 {
    let programme = model.world.programme;
    let done: Vec<Col> = (0..model.cells.len())
        .filter(|c| model.cells[*c].firm == Firm::Done)
        .flat_map(|c| {
            let cell = &model.cells[c];
            let held = cell.held.iter().map(|h| model.held[*h].col);
            held.chain(cell.seats.iter().map(|s| model.seats[*s].col))
        })
        .collect();
    if done.is_empty() {
        return 0.0;
    }
    let mut program = Program::new();
    let mut paid: Vec<Vec<Col>> = vec![Vec::new(); programme.funds.len()];
    let mut total = 0.0;
    for (class, terms) in model.payers.terms.iter().enumerate() {
        let cost: f64 = terms.iter().filter(|(c, _)| done.contains(c)).map(|(_, v)| v).sum();
        if cost > 0.0 {
            total += cost;
            let cols: Vec<Col> = model.payers.funds[class]
                .iter()
                .map(|f| {
                    let col = program.column(0.0, INFINITE, false);
                    paid[f.index()].push(col);
                    col
                })
                .collect();
            program.row(cost, cost, cols.into_iter().map(|c| (c, 1.0)));
        }
    }
    for (f, fund) in programme.funds.iter() {
        program.row(-INFINITE, units(budget::room(fund).0), paid[f.index()].iter().map(|c| (*c, 1.0)));
    }
    if program.columns() == 0 {
        return 0.0;
    }
    let answer = Solver::new(&program).run(Limits::default(), &mut Patient);
    if answer.status == Status::Optimal { 0.0 } else { total }
}
