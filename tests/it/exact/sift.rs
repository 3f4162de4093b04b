//! Sifting and compact programs give what the solver gives on the whole program, and what they say of columns left out
//! holds there.

use crate::search::programmes::Chance;
use docent::milp::compact::Compact;
use docent::milp::highs::{Answer, Limits, Patient, Sense, Solver, Status};
use docent::milp::program::{AtMost, Col, INFINITE, Program};
use docent::milp::sift::{Sifted, relaxation};
use std::collections::BTreeSet;

const NEAR: f64 = 1e-6;

struct Case {
    program: Program,
    terms: Vec<(Col, f64)>,
    sense: Sense,
}

/// A sparse program such as masters are: things held once at most, teams of as many as are needed, limits, demands.
fn case(seed: u64) -> Case {
    let mut c = Chance::new(seed);
    let mut program = Program::new();
    let groups = c.between(2, 9) as usize;
    let (mut held, mut all): (Vec<Vec<Col>>, Vec<Col>) = (Vec::new(), Vec::new());
    for _ in 0..groups {
        let ways: Vec<Col> = (0..c.between(1, 5)).map(|_| program.column(0.0, 1.0, true)).collect();
        let most = ways.len() as f64;
        let people: Vec<Col> = (0..c.between(1, 9)).map(|_| program.column(0.0, most, true)).collect();
        let size = c.between(1, 3) as f64;
        // A row of zeros, as teams are.
        program.row(0.0, 0.0, people.iter().map(|p| (*p, 1.0)).chain(ways.iter().map(|w| (*w, -size))));
        if c.percent(70) {
            program.row(-INFINITE, 1.0, ways.iter().map(|w| (*w, 1.0)));
        }
        all.extend(ways.iter().chain(&people));
        held.push(ways);
    }
    let loose: Vec<Col> = (0..c.between(0, 8))
        .map(|_| {
            let least = if c.percent(15) { 1.0 } else { 0.0 };
            let upper = if c.percent(30) { INFINITE } else { c.between(1, 6) as f64 };
            program.column(least, upper, c.percent(50))
        })
        .collect();
    all.extend(&loose);
    let some = |c: &mut Chance, signs: bool| -> Vec<(Col, f64)> {
        let n = c.between(1, 6);
        let value = |c: &mut Chance| c.between(1, 9) as f64 * if signs && c.percent(30) { -1.0 } else { 1.0 };
        (0..n).map(|_| (all[c.below(all.len() as u64) as usize], value(c))).collect()
    };
    for _ in 0..c.between(2, 12) {
        let terms = some(&mut c, false);
        let most = c.between(1, 25) as f64;
        program.row(-INFINITE, most, terms);
    }
    // Rows that a part without columns breaks; now and then nobody can keep them.
    for _ in 0..c.between(0, 4) {
        let terms = some(&mut c, true);
        let least = c.between(1, if seed.is_multiple_of(5) { 40 } else { 4 }) as f64;
        program.row(least, if c.percent(30) { least + 3.0 } else { INFINITE }, terms);
    }
    if c.percent(50) {
        let ways = &held[c.below(groups as u64) as usize];
        program.row(1.0, 1.0, ways.iter().map(|w| (*w, 1.0)));
    }
    if c.percent(30) {
        let terms = some(&mut c, true);
        program.row(-INFINITE, -1.0, terms.into_iter().map(|(col, v)| (col, -v)));
    }
    let sense = if c.percent(50) { Sense::Minimise } else { Sense::Maximise };
    let sign = if sense == Sense::Minimise { 1.0 } else { -1.0 };
    let mut terms = Vec::new();
    for col in &all {
        let bounded = program.upper[col.index()].is_finite();
        if c.percent(if bounded { 60 } else { 100 }) {
            // What is without limit only costs.
            let value = if bounded { c.between(-20, 20) } else { c.between(1, 20) };
            terms.push((*col, sign * value as f64));
        }
    }
    Case { program, terms, sense }
}

fn solve(case: &Case, relaxed: bool, bounds: Option<(&[f64], &[f64])>) -> Answer {
    let mut solver = Solver::new(&case.program);
    solver.objective(case.sense, &case.terms);
    solver.relax(relaxed);
    if let Some((lower, upper)) = bounds {
        solver.bounds(lower, upper);
    }
    solver.run(Limits::default(), &mut Patient)
}

/// Only a few of the columns; those that count come by themselves, so what counts is told in a column of its own, as
/// the money of masters is, in half of the cases.
fn sifted(case: &Case, seed: u64, most: u64) -> Sifted {
    let mut c = Chance::new(seed + 1000);
    let share = [0, 20, 60, 100][(seed % 4) as usize];
    let awake = (0..case.program.columns()).map(|_| c.percent(share)).collect();
    relaxation(&case.program, (case.sense, &case.terms), awake, most, &mut |_| Vec::new(), &mut Patient)
}

/// The same with the objective as one column, equal to the sum of what counts: nothing else is awake from the start.
fn by_sum(case: Case) -> Case {
    let Case { mut program, terms, sense } = case;
    let (mut least, mut most) = (0.0, 0.0);
    for (col, value) in &terms {
        let (a, b) = (value * program.lower[col.index()], value * program.upper[col.index()]);
        least += a.min(b);
        most += a.max(b);
    }
    // Columns outside may have no lower bound but 0; this one counts and is awake.
    let sum = program.column(least, most, false);
    program.row(0.0, 0.0, terms.into_iter().chain([(sum, -1.0)]));
    Case { program, terms: vec![(sum, 1.0)], sense }
}

fn keeps(program: &Program, values: &[f64]) -> bool {
    let rows = (0..program.rows()).all(|row| {
        let sum: f64 = program.terms(row).iter().map(|(c, v)| v * values[c.index()]).sum();
        sum >= program.row_lower[row] - NEAR && sum <= program.row_upper[row] + NEAR
    });
    rows && (0..program.columns()).all(|c| values[c] >= program.lower[c] - NEAR && values[c] <= program.upper[c] + NEAR)
}

fn count(terms: &[(Col, f64)], values: &[f64]) -> f64 {
    terms.iter().map(|(c, v)| v * values[c.index()]).sum()
}

#[test]
fn a_part_gives_the_value_of_the_whole() {
    let (mut optimal, mut infeasible, mut grown) = (0, 0, 0);
    for seed in 0..120_u64 {
        let case = if seed.is_multiple_of(2) { case(seed) } else { by_sum(case(seed)) };
        let whole = solve(&case, true, None);
        let part = sifted(&case, seed / 2, u64::from(u32::MAX / 4));
        assert_eq!(part.answer.status, whole.status, "seed {seed}");
        if whole.status != Status::Optimal {
            infeasible += 1;
            continue;
        }
        optimal += 1;
        grown += usize::from(part.rounds > 1);
        let sign = if case.sense == Sense::Minimise { 1.0 } else { -1.0 };
        let (right, found) = (sign * whole.objective, sign * part.answer.objective);
        let near = NEAR * (1.0 + right.abs());
        assert!((right - found).abs() < near, "seed {seed}: {found} is not {right}");
        assert!(part.bound <= right + near && part.bound >= right - near, "seed {seed}: {} of {right}", part.bound);
        assert!((sign * part.answer.bound - part.bound).abs() < near, "seed {seed}");
        let values = part.answer.values.expect("values");
        assert!(keeps(&case.program, &values), "seed {seed}");
        assert!((sign * count(&case.terms, &values) - right).abs() < near, "seed {seed}");
        let (lower, mut upper) = (case.program.lower.clone(), case.program.upper.clone());
        for col in 0..case.program.columns() {
            let reduced = sign * part.answer.reduced[col];
            if !part.awake[col] {
                assert!(values[col] == 0.0 && reduced > -NEAR, "seed {seed}: column {col} pays {reduced}");
            }
            // So much worse is whatever takes one of it.
            if reduced > NEAR && values[col] < lower[col] + NEAR && upper[col] >= lower[col] + 1.0 {
                let mut more = lower.clone();
                more[col] += 1.0;
                let forced = solve(&case, true, Some((&more, &upper)));
                if forced.status == Status::Optimal {
                    let worse = sign * forced.objective;
                    assert!(
                        worse >= right + reduced - near,
                        "seed {seed}: column {col}, {worse} < {right} + {reduced}"
                    );
                }
            }
        }
        // Reduced costs are those of some duals: the value is again their bound where everything is fixed by its sign.
        for (col, up) in upper.iter_mut().enumerate() {
            if sign * part.answer.reduced[col] > NEAR {
                *up = lower[col];
            }
        }
        let again = solve(&case, true, Some((&lower, &upper)));
        assert!((sign * again.objective - right).abs() < near, "seed {seed}: {} is not {right}", again.objective);
    }
    assert!(optimal > 50 && infeasible > 8 && grown > 30, "{optimal} {infeasible} {grown}");
}

/// What a row adds up to at most, of columns that the values break it with: each comes once.
fn later(case: &Case, seed: u64) -> Vec<AtMost> {
    let mut c = Chance::new(seed + 2_000);
    let row = |c: &mut Chance| {
        let columns: BTreeSet<u64> = (0..c.between(2, 6)).map(|_| c.below(case.program.columns() as u64)).collect();
        let terms: Vec<(Col, f64)> = columns.into_iter().map(|col| (Col(col as u32), c.between(1, 3) as f64)).collect();
        AtMost { terms, upper: c.between(1, 3) as f64 }
    };
    (0..6).map(|_| row(&mut c)).collect()
}

#[test]
fn rows_that_come_later_count_like_all_others() {
    let (mut added, mut optimal) = (0, 0);
    for seed in 0..120_u64 {
        let mut case = case(seed);
        let bare = solve(&case, true, None).status;
        let mut rows = later(&case, seed);
        let mut taken = Vec::new();
        let awake = vec![false; case.program.columns()];
        let mut broken = |values: &[f64]| {
            let breaks = |row: &AtMost| count(&row.terms, values) > row.upper + NEAR;
            let (fresh, others) = std::mem::take(&mut rows).into_iter().partition(breaks);
            rows = others;
            taken.extend(Vec::clone(&fresh));
            fresh
        };
        let terms = (case.sense, case.terms.as_slice());
        let part = relaxation(&case.program, terms, awake, u64::MAX / 4, &mut broken, &mut Patient);
        for row in &taken {
            case.program.at_most(row);
        }
        case.program.settle();
        let whole = solve(&case, true, None);
        // The last rows are left out where the part has nothing that keeps them.
        assert_eq!(part.answer.status, bare, "seed {seed}");
        let rows: Vec<&AtMost> = part.added.iter().map(|added| &added.row).collect();
        assert_eq!(rows, taken.iter().collect::<Vec<_>>(), "seed {seed}");
        added += taken.len();
        if whole.status != Status::Optimal || part.answer.duals.len() < case.program.rows() {
            continue;
        }
        optimal += 1;
        let near = NEAR * (1.0 + whole.objective.abs());
        assert!((part.answer.objective - whole.objective).abs() < near, "seed {seed}");
        assert!(keeps(&case.program, &part.answer.values.expect("values")), "seed {seed}");
        // Duals of all rows make the reduced costs.
        let mut reduced = vec![0.0; case.program.columns()];
        case.terms.iter().for_each(|(col, value)| reduced[col.index()] += value);
        for (row, dual) in part.answer.duals.iter().enumerate() {
            case.program.terms(row).iter().for_each(|(col, value)| reduced[col.index()] -= dual * value);
        }
        for (col, own) in reduced.iter().enumerate() {
            assert!((own - part.answer.reduced[col]).abs() < NEAR, "seed {seed}: column {col}");
        }
        // What is not needed may go.
        for (i, added) in part.added.iter().enumerate() {
            assert_eq!(added.needed, part.answer.duals[case.program.rows() - taken.len() + i].abs() > NEAR / 10.0);
        }
    }
    assert!(added > 60 && optimal > 50, "{added} {optimal}");
}

#[test]
fn sifting_that_is_cut_short_claims_nothing() {
    for seed in 0..60_u64 {
        let case = by_sum(case(seed));
        let whole = solve(&case, true, None);
        for most in [1, 3, 6] {
            let part = sifted(&case, 0, most);
            if matches!(part.answer.status, Status::Optimal | Status::Infeasible) {
                assert_eq!(part.answer.status, whole.status, "seed {seed}, {most} iterations");
            }
            if part.answer.status == Status::Optimal {
                let apart = (part.answer.objective - whole.objective).abs();
                assert!(apart < NEAR * (1.0 + whole.objective.abs()), "seed {seed}, {most} iterations");
            } else {
                assert!(part.answer.values.is_none(), "seed {seed}, {most} iterations");
            }
        }
    }
}

#[test]
fn a_compact_program_has_the_optimum_of_the_whole() {
    let mut dropped = 0;
    for seed in 0..80_u64 {
        let case = case(seed);
        let whole = solve(&case, false, None);
        let mut c = Chance::new(seed);
        let mut upper = case.program.upper.clone();
        for (col, up) in upper.iter_mut().enumerate() {
            let zero = whole.values.as_ref().is_none_or(|v| v[col].abs() < NEAR);
            if zero && case.program.lower[col] == 0.0 && c.percent(80) {
                *up = 0.0;
            }
        }
        let fixed = solve(&case, false, Some((&case.program.lower, &upper)));
        let compact = Compact::new(&case.program, &upper);
        dropped += case.program.rows() - compact.program.rows();
        let part = Case { terms: compact.terms(&case.terms), program: compact.program.clone(), sense: case.sense };
        let answer = solve(&part, false, None);
        assert_eq!(answer.status, whole.status, "seed {seed}");
        assert_eq!(answer.status, fixed.status, "seed {seed}");
        if let Some(values) = answer.values {
            let values = compact.expand(&values);
            let near = NEAR * (1.0 + whole.objective.abs());
            assert!(keeps(&case.program, &values), "seed {seed}");
            assert!((count(&case.terms, &values) - whole.objective).abs() < near, "seed {seed}");
            assert!((answer.objective - fixed.objective).abs() < near, "seed {seed}");
        }
    }
    assert!(dropped > 100, "{dropped}");
}

#[test]
fn a_demand_on_nothing_cannot_be_met() {
    let mut program = Program::new();
    let x = program.column(0.0, 1.0, true);
    program.row(1.0, INFINITE, [(x, 1.0)]);
    let compact = Compact::new(&program, &[0.0]);
    assert_eq!(compact.program.rows(), 1);
    let mut solver = Solver::new(&compact.program);
    assert_eq!(solver.run(Limits::default(), &mut Patient).status, Status::Infeasible);
}
