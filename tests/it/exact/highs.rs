//! What the solver's room promises: bounds, gaps, starts, interrupts, solving again after changes.

use docent::milp::highs::{Limits, Patient, Sense, Solver, Standing, Status, Watch};
use docent::milp::program::{Col, INFINITE, Program, Row};
use std::time::{Duration, Instant};

/// 0-1 knapsack whose linear relaxation is above its whole optimum of 11.
fn knapsack() -> (Program, Vec<(Col, f64)>) {
    let mut program = Program::new();
    let worth = [5.0, 4.0, 3.0, 7.0];
    let weight = [2.0, 3.0, 1.0, 5.0];
    let cols: Vec<Col> = worth.iter().map(|_| program.column(0.0, 1.0, true)).collect();
    program.row(-INFINITE, 6.0, cols.iter().copied().zip(weight));
    (program, cols.iter().copied().zip(worth).collect())
}

#[test]
fn a_proven_optimum_has_its_bound() {
    let (program, worth) = knapsack();
    let mut solver = Solver::new(&program);
    solver.objective(Sense::Maximise, &worth);
    let answer = solver.run(Limits::default(), &mut Patient);
    assert_eq!(answer.status, Status::Optimal);
    assert!((answer.objective - 12.0).abs() < 1e-6, "{}", answer.objective);
    assert!((answer.bound - 12.0).abs() < 1e-6, "{}", answer.bound);
    let values = answer.values.expect("values");
    assert_eq!(values.iter().map(|v| v.round() as i64).collect::<Vec<_>>(), [1, 1, 1, 0]);
}

#[test]
fn a_cutoff_leaves_out_what_is_worse_and_nothing_else() {
    let (program, worth) = knapsack();
    let less: Vec<(Col, f64)> = worth.iter().map(|(c, v)| (*c, -v)).collect();
    let run = |cutoff: f64| {
        let mut solver = Solver::new(&program);
        solver.objective(Sense::Minimise, &less);
        solver.run(Limits { cutoff: Some(cutoff), ..Limits::default() }, &mut Patient)
    };
    let answer = run(-12.0);
    assert_eq!((answer.status, answer.objective.round() as i64), (Status::Optimal, -12), "as good as the cutoff");
    assert_eq!(answer.values.map(|v| v.iter().map(|v| v.round() as i64).collect()), Some(vec![1, 1, 1, 0]));
    let answer = run(-12.25);
    assert_eq!(answer.status, Status::Infeasible, "nothing is worth more than 12");
    assert!(answer.values.is_none() && answer.bound > -12.25, "{}", answer.bound);
}

#[test]
fn a_relaxed_program_has_reduced_costs_and_duals() {
    let mut program = Program::new();
    let x = program.column(0.0, 10.0, true);
    let y = program.column(0.0, 10.0, true);
    let row = program.row(-INFINITE, 3.0, [(x, 2.0), (y, 2.0)]);
    let mut solver = Solver::new(&program);
    solver.objective(Sense::Maximise, &[(x, 2.0), (y, 1.0)]);
    solver.relax(true);
    let answer = solver.run(Limits::default(), &mut Patient);
    assert!((answer.bound - 3.0).abs() < 1e-6);
    // One more y costs one more unit of objective: the sign is that of the change, whichever way the objective goes.
    assert!((answer.reduced[y.index()] + 1.0).abs() < 1e-6, "{:?}", answer.reduced);
    assert!((answer.duals[row.index()].abs() - 1.0).abs() < 1e-6, "{:?}", answer.duals);
    // Whole again: x + y ≤ 1.
    solver.relax(false);
    let answer = solver.run(Limits::default(), &mut Patient);
    assert!((answer.objective - 2.0).abs() < 1e-6, "{}", answer.objective);
}

#[test]
fn rows_and_columns_change_between_runs() {
    let (program, worth) = knapsack();
    let mut solver = Solver::new(&program);
    solver.objective(Sense::Maximise, &worth);
    solver.row_bounds(Row(0), -INFINITE, 5.0);
    assert!((solver.run(Limits::default(), &mut Patient).objective - 9.0).abs() < 1e-6);
    solver.add_rows(&[(-INFINITE, 0.0, vec![(worth[0].0, 1.0)])]);
    assert!((solver.run(Limits::default(), &mut Patient).objective - 7.0).abs() < 1e-6);
    solver.bounds(&[0.0; 4], &[1.0, 1.0, 1.0, 0.0]);
    assert!((solver.run(Limits::default(), &mut Patient).objective - 7.0).abs() < 1e-6);
    let extra = solver.add_column(10.0, 0.0, 1.0, true, &[(Row(0), 4.0)]);
    let answer = solver.run(Limits::default(), &mut Patient);
    assert!((answer.objective - 13.0).abs() < 1e-6, "{}", answer.objective);
    assert!(answer.values.expect("values")[extra.index()] > 0.5);
    solver.row_bounds(Row(0), 100.0, INFINITE);
    assert_eq!(solver.run(Limits::default(), &mut Patient).status, Status::Infeasible);
}

/// A program that takes a while: many knapsacks in one. With 150 columns, hours.
fn long(columns: usize) -> (Program, Vec<(Col, f64)>) {
    let mut program = Program::new();
    let mut state = 7_u64;
    let mut next = move |n: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % n
    };
    let cols: Vec<Col> = (0..columns).map(|_| program.column(0.0, 1.0, true)).collect();
    for _ in 0..30 {
        let weights: Vec<f64> = cols.iter().map(|_| 1.0 + next(100) as f64).collect();
        let half = weights.iter().sum::<f64>() / 2.0;
        program.row(-INFINITE, half.floor(), cols.iter().copied().zip(weights));
    }
    let worth = cols.iter().map(|c| (*c, 1.0 + next(100) as f64)).collect();
    (program, worth)
}

struct StopAtOnce {
    seen: Vec<f64>,
}

impl Watch for StopAtOnce {
    fn improved(&mut self, objective: f64, values: &[f64]) {
        assert_eq!(values.len(), 60);
        self.seen.push(objective);
    }

    fn stop(&mut self, standing: Standing) -> bool {
        standing.nodes > 0
    }
}

#[test]
fn a_watch_sees_solutions_and_stops_the_run() {
    let (program, worth) = long(60);
    let mut solver = Solver::new(&program);
    solver.objective(Sense::Maximise, &worth);
    let mut watch = StopAtOnce { seen: Vec::new() };
    let answer = solver.run(Limits::default(), &mut watch);
    assert_eq!(answer.status, Status::Stopped);
    assert!(!watch.seen.is_empty());
    assert!(answer.bound > answer.objective + 0.5, "{} {}", answer.bound, answer.objective);
}

#[test]
fn work_limits_stop_at_the_same_point_every_time() {
    let run = |limits: Limits| {
        let (program, worth) = long(60);
        let mut solver = Solver::new(&program);
        solver.objective(Sense::Maximise, &worth);
        let answer = solver.run(limits, &mut Patient);
        (answer.status, answer.objective, answer.bound, answer.nodes, answer.iterations, answer.values)
    };
    let by_nodes = Limits { nodes: Some(20), ..Limits::default() };
    assert_eq!(run(by_nodes).0, Status::Stopped);
    assert_eq!(run(by_nodes), run(by_nodes));
    let by_iterations = Limits { iterations: Some(3_000), ..Limits::default() };
    assert_eq!(run(by_iterations).0, Status::Stopped);
    assert_eq!(run(by_iterations), run(by_iterations));
}

#[test]
fn columns_that_come_late_stand_in_their_rows() {
    let mut program = Program::new();
    let x = program.column(0.0, 4.0, false);
    let row = program.row(-INFINITE, 4.0, [(x, 1.0)]);
    let y = program.column_in(0.0, 4.0, false, &[(row, 2.0)]);
    program.settle();
    assert_eq!(program.terms(0), [(x, 1.0), (y, 2.0)]);
    program.row(0.0, 1.0, [(y, 1.0), (x, 1.0), (y, -1.0)]);
    assert_eq!(program.terms(1), [(x, 1.0)]);
    program.truncate_rows(1);
    assert_eq!(program.rows(), 1);
}

#[test]
fn a_ray_shows_why_there_are_no_values() {
    // x + y ≤ 1, x ≥ 0.8, y ≥ 0.8, and a row that has nothing to do with it.
    let mut program = Program::new();
    let [x, y, z] = [0; 3].map(|_| program.column(0.0, 1.0, false));
    program.row(-INFINITE, 1.0, [(x, 1.0), (y, 1.0)]);
    program.row(0.8, INFINITE, [(x, 1.0)]);
    program.row(0.8, INFINITE, [(y, 1.0)]);
    program.row(0.1, INFINITE, [(z, 1.0)]);
    let mut solver = Solver::new(&program);
    solver.unsimplified();
    let answer = solver.run(Limits::default(), &mut Patient);
    assert_eq!(answer.status, Status::Infeasible);
    let weights = solver.ray().expect("a ray");
    assert_eq!(weights.iter().map(|w| *w != 0.0).collect::<Vec<_>>(), [true, true, true, false]);
    let sum = program.refuted(&weights).expect("a contradiction");
    assert!(sum[z.index()] == 0.0, "{sum:?}");
    // Where there are values, no weights refute anything.
    program.row_lower[2] = 0.2;
    assert!(program.refuted(&weights).is_none());
    assert!(program.refuted(&[0.0; 4]).is_none());
}

/// Never says stop, as where HiGHS does not ask; but waits only for a moment.
struct Impatient {
    until: Instant,
}

impl Watch for Impatient {
    fn stop(&mut self, _standing: Standing) -> bool {
        false
    }

    fn given_up(&self) -> bool {
        Instant::now() >= self.until
    }
}

#[test]
fn a_run_that_does_not_look_up_is_left_to_itself() {
    let (program, worth) = long(150);
    let mut solver = Solver::new(&program);
    solver.objective(Sense::Maximise, &worth);
    let begun = Instant::now();
    let answer = solver.run(Limits::default(), &mut Impatient { until: begun + Duration::from_millis(100) });
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(answer.status, Status::Stopped);
    assert!(answer.values.is_none() && answer.bound == f64::INFINITY, "nothing is known: {answer:?}");
    // What is asked of it now is asked of nothing; nothing breaks.
    solver.column_bounds(Col(0), 1.0, 1.0);
    let again = solver.run(Limits::default(), &mut Patient);
    assert!(again.bound.is_infinite() || again.status != Status::Optimal || again.objective == 0.0, "{again:?}");
}
