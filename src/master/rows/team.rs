//! Teams: every session held has its seats filled by enough leads, enough tags, the pinned, and people who fit its days.
//! A share of a session has that share of a team.

use crate::master::delivery::Firm;
use crate::master::model::Model;
use crate::milp::program::{Col, INFINITE};
use crate::programme::day::Span;

/// Adds the rows of every cell.
pub fn add(model: &mut Model) {
    for cell in 0..model.cells.len() {
        seats(model, cell);
        fits(model, cell);
    }
}

/// A row to be: lower, upper, terms.
type Limits = (f64, f64, Vec<(Col, f64)>);

/// A cell's *held* columns, each with how much of a session it is, and its *seat* columns.
fn columns(model: &Model, cell: usize) -> (Vec<(Col, f64)>, Vec<Col>) {
    let c = &model.cells[cell];
    (c.held.iter().map(|h| held(model, *h)).collect(), c.seats.iter().map(|s| model.seats[*s].col).collect())
}

fn held(model: &Model, held: usize) -> (Col, f64) {
    let held = &model.held[held];
    (held.col, model.world.deliveries[held.delivery].share())
}

fn seats(model: &mut Model, cell: usize) {
    let programme = model.world.programme;
    let (held, seats) = columns(model, cell);
    let size = model.team_size(cell) as f64;
    let per_session = |n: f64| held.iter().map(move |(h, share)| (*h, -n * share));
    let filled: Vec<_> = seats.iter().map(|s| (*s, 1.0)).chain(per_session(size)).collect();
    model.program.row(0.0, 0.0, filled);
    let c = &model.cells[cell];
    if c.firm != Firm::Open {
        return;
    }
    let course = &programme.courses[c.course];
    let leads: Vec<Col> = c.seats.iter().map(|s| &model.seats[*s]).filter(|s| s.lead).map(|s| s.col).collect();
    if leads.len() < seats.len() {
        let terms: Vec<_> = leads.iter().map(|s| (*s, 1.0)).chain(per_session(f64::from(course.leads))).collect();
        model.program.row(0.0, INFINITE, terms);
    }
    for (tag, needed) in &course.team_needs {
        let c = &model.cells[cell];
        let carry = c.seats.iter().map(|s| &model.seats[*s]);
        let carry = carry.filter(|s| programme.trainers[s.trainer].tags.contains(tag)).map(|s| (s.col, 1.0));
        let terms: Vec<_> = carry.chain(per_session(f64::from(*needed))).collect();
        model.program.row(0.0, INFINITE, terms);
    }
    let pinned = model.world.deliveries[model.held[model.cells[cell].held[0]].delivery].pinned.clone();
    for trainer in pinned {
        let c = &model.cells[cell];
        let seat = c.seats.iter().map(|s| &model.seats[*s]).filter(|s| s.trainer == trainer).map(|s| (s.col, 1.0));
        let terms: Vec<_> = seat.chain(per_session(1.0)).collect();
        model.program.row(0.0, 0.0, terms);
    }
}

/// Where a cell's sessions have different days, people may fit some of them only.
fn fits(model: &mut Model, cell: usize) {
    let c = &model.cells[cell];
    let programme = model.world.programme;
    let meet = |a: &[Span], b: &[Span]| a.iter().any(|s| b.binary_search(s).is_ok());
    let size = model.team_size(cell);
    // By held: the seats that fit it.
    let fitting: Vec<Vec<usize>> = c
        .held
        .iter()
        .map(|h| {
            let spans = &model.held[*h].spans;
            c.seats.iter().copied().filter(|s| c.held.len() == 1 || meet(spans, &model.seats[*s].reach)).collect()
        })
        .collect();
    let mut rows: Vec<Limits> = Vec::new();
    for s in &c.seats {
        let held: Vec<usize> = (0..c.held.len()).filter(|i| fitting[*i].contains(s)).collect();
        if size > 1 || held.len() < c.held.len() {
            let terms = held.iter().map(|i| self::held(model, c.held[*i])).map(|(h, share)| (h, -share));
            rows.push((-INFINITE, 0.0, terms.chain([(model.seats[*s].col, 1.0)]).collect()));
        }
    }
    if c.firm == Firm::Open {
        let course = &programme.courses[c.course];
        let leads = c.seats.iter().filter(|s| model.seats[**s].lead).count();
        for (i, h) in c.held.iter().enumerate() {
            let of = |only_leads: bool, n: f64| -> Vec<(Col, f64)> {
                let seats = fitting[i].iter().map(|s| &model.seats[*s]).filter(|s| !only_leads || s.lead);
                let (held, share) = self::held(model, *h);
                seats.map(|s| (s.col, 1.0)).chain([(held, -n * share)]).collect()
            };
            if fitting[i].len() < c.seats.len() {
                rows.push((0.0, INFINITE, of(false, size as f64)));
                let fit = fitting[i].iter().filter(|s| model.seats[**s].lead).count();
                if fit < leads {
                    rows.push((0.0, INFINITE, of(true, f64::from(course.leads))));
                }
            }
        }
    }
    for (lower, upper, terms) in rows {
        model.program.row(lower, upper, terms);
    }
}
