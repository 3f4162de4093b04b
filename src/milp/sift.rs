//! Linear programs of very many columns of which few matter: solved on a part that grows by the columns that pay
//! (sifting: Bixby, Gregory, Lustig, Marsten and Shanno 1992). Rows that the part cannot break are left out too.

use super::highs::{Answer, Limits, Sense, Solver, Status, Watch};
use super::program::{AtMost, Col, INFINITE, Program, Row};
use std::collections::BTreeMap;

/// Columns that one round adds at most.
const MOST: usize = 4_000;

/// When a row of zeros comes into the part, so many of its cheapest columns come with it.
const COMPANY: usize = 6;

/// Reduced costs nearer to zero than this are zero.
const ZERO: f64 = 1e-7;

/// Rows over the whole program that the values found so far break and that have to hold too.
pub type Broken<'f> = &'f mut dyn FnMut(&[f64]) -> Vec<AtMost>;

/// What came of it, for the whole program.
#[derive(Clone, Debug)]
pub struct Sifted {
    /// `values` and `reduced` by column of the whole program, duals by its rows and then by those that were added. The
    /// objective is the one that was asked for.
    pub answer: Answer,
    /// No values are better: the objective, less what columns outside could still add. Minimised; minus infinity where
    /// no part of the program could be solved.
    pub bound: f64,
    /// The columns of the part: where to begin the next time.
    pub awake: Vec<bool>,
    pub rounds: u32,
    /// Rows that were added on the way.
    pub added: Vec<Added>,
}

/// A row that was added.
#[derive(Clone, Debug)]
pub struct Added {
    pub row: AtMost,
    /// Whether the bound stands on it.
    pub needed: bool,
    /// Where it is in the part.
    own: Row,
}

/// The relaxation of a program, `awake` being the columns to begin with. Columns outside may have no lower bound but 0.
/// Needs the objective's sense and terms; `most` counts simplex iterations.
pub fn relaxation(
    program: &Program,
    (sense, terms): (Sense, &[(Col, f64)]),
    mut awake: Vec<bool>,
    most: u64,
    broken: Broken,
    watch: &mut dyn Watch,
) -> Sifted {
    let sign = if sense == Sense::Minimise { 1.0 } else { -1.0 };
    let mut costs = vec![0.0; program.columns()];
    for (col, value) in terms {
        costs[col.index()] += sign * value;
        awake[col.index()] = true;
    }
    for (col, up) in awake.iter_mut().enumerate() {
        *up |= program.lower[col] != 0.0;
    }
    let mut sift = Sift::new(program, &awake);
    // Whatever is out of reach for this part is made up for at first, and must then go.
    if sift.made_up.is_empty() {
        sift.run(&costs, most, broken, watch);
    } else {
        let none = vec![0.0; program.columns()];
        sift.charge_making_up();
        sift.run(&none, most, &mut |_| Vec::new(), watch);
        if sift.status == Status::Optimal && sift.value > 1e-6 {
            sift.status = Status::Infeasible;
        }
        // What is known so far is not about what was asked for.
        (sift.value, sift.outside) = (f64::NEG_INFINITY, 0.0);
        if sift.status == Status::Optimal {
            sift.end_making_up();
            sift.run(&costs, most, broken, watch);
        }
    }
    let value = sift.value;
    let bound = value - sift.outside;
    for col in &sift.inside {
        awake[col.index()] = true;
    }
    Sifted {
        answer: Answer {
            status: sift.status,
            objective: sign * value,
            bound: sign * bound,
            values: (sift.status == Status::Optimal).then_some(sift.values),
            reduced: sift.reduced.iter().map(|r| sign * r).collect(),
            duals: sift.duals.iter().map(|d| sign * d).collect(),
            nodes: 0,
            iterations: sift.iterations,
        },
        bound,
        awake,
        rounds: sift.rounds,
        added: sift.added,
    }
}

/// Which rows a part of the columns can break, which columns stand in which rows.
struct Sift<'p> {
    program: &'p Program,
    /// Where each column's terms begin; one more at the end.
    starts: Vec<usize>,
    terms: Vec<(u32, f64)>,
    solver: Solver,
    /// By column, by row of the whole: where it is in the part.
    column: Vec<Option<Col>>,
    row: Vec<Option<Row>>,
    /// The part's columns that stand for columns of the whole, and where each of its rows comes from: a row of the whole, or
    /// (from as many on as that has) one that was added.
    inside: Vec<Col>,
    rows: Vec<usize>,
    added: Vec<Added>,
    /// Columns of the part that make up for what it cannot do yet.
    made_up: Vec<Col>,
    /// By row of the whole: how many of its columns are in the part.
    taken: Vec<u32>,
    status: Status,
    value: f64,
    /// How much columns outside could still better the value.
    outside: f64,
    values: Vec<f64>,
    reduced: Vec<f64>,
    duals: Vec<f64>,
    iterations: u64,
    rounds: u32,
}

impl<'p> Sift<'p> {
    fn new(program: &'p Program, awake: &[bool]) -> Sift<'p> {
        let mut starts = vec![0_usize; program.columns() + 1];
        for row in 0..program.rows() {
            for (col, _) in program.terms(row) {
                starts[col.index() + 1] += 1;
            }
        }
        for col in 0..program.columns() {
            starts[col + 1] += starts[col];
        }
        let mut next = starts.clone();
        let mut terms = vec![(0, 0.0); starts[program.columns()]];
        let mut taken = vec![0; program.rows()];
        for (row, taken) in taken.iter_mut().enumerate() {
            for (col, value) in program.terms(row) {
                terms[next[col.index()]] = (row as u32, *value);
                next[col.index()] += 1;
                *taken += u32::from(awake[col.index()]);
            }
        }
        let mut part = Program::new();
        let mut column = vec![None; program.columns()];
        let mut inside = Vec::new();
        for col in (0..program.columns()).filter(|c| awake[*c]) {
            column[col] = Some(part.column(program.lower[col], program.upper[col], false));
            inside.push(Col(col as u32));
        }
        let mut row = vec![None; program.rows()];
        let mut rows = Vec::new();
        let mut made_up = Vec::new();
        for (r, own) in row.iter_mut().enumerate() {
            if !breakable(program, r, |c| awake[c]) {
                continue;
            }
            let mut held: Vec<(Col, f64)> =
                program.terms(r).iter().filter_map(|(c, v)| Some((column[c.index()]?, *v))).collect();
            let least: f64 = program.terms(r).iter().map(|(c, v)| v * program.lower[c.index()]).sum();
            let (lower, upper) = (program.row_lower[r], program.row_upper[r]);
            if least < lower - ZERO || least > upper + ZERO {
                let col = part.column(0.0, INFINITE, false);
                made_up.push(col);
                held.push((col, if least < lower { 1.0 } else { -1.0 }));
            }
            *own = Some(part.row(lower, upper, held));
            rows.push(r);
        }
        let mut solver = Solver::new(&part);
        solver.relax(true);
        solver.unsimplified();
        Sift {
            program,
            starts,
            terms,
            solver,
            column,
            row,
            inside,
            rows,
            added: Vec::new(),
            made_up,
            taken,
            status: Status::Failed,
            value: f64::NEG_INFINITY,
            outside: 0.0,
            values: vec![0.0; program.columns()],
            reduced: vec![0.0; program.columns()],
            duals: Vec::new(),
            iterations: 0,
            rounds: 0,
        }
    }

    fn charge_making_up(&mut self) {
        for col in &self.made_up {
            self.solver.cost(*col, 1.0);
        }
    }

    fn end_making_up(&mut self) {
        for col in std::mem::take(&mut self.made_up) {
            self.solver.cost(col, 0.0);
            self.solver.column_bounds(col, 0.0, 0.0);
        }
    }

    /// Solves with these costs, round by round.
    fn run(&mut self, costs: &[f64], most: u64, broken: Broken, watch: &mut dyn Watch) {
        for col in &self.inside {
            if let Some(own) = self.column[col.index()] {
                self.solver.cost(own, costs[col.index()]);
            }
        }
        // True where what was read last is the answer, rows aside that were added since.
        let mut answered = false;
        loop {
            let limits = Limits { iterations: Some(most.saturating_sub(self.iterations)), ..Limits::default() };
            let answer = self.solver.run(limits, watch);
            self.iterations += answer.iterations;
            self.rounds += 1;
            self.status = answer.status;
            if answered && matches!(answer.status, Status::Stopped | Status::Infeasible) {
                // Without them it holds all the same; whether columns outside would help is not known.
                self.status = Status::Optimal;
            }
            if answer.status != Status::Optimal {
                return;
            }
            self.value = answer.objective;
            self.read(&answer, costs);
            let paying = self.paying();
            answered = paying.is_empty();
            if !answered {
                self.grow(paying, costs);
                self.solver.primal(true);
                continue;
            }
            let rows = broken(&self.values);
            if rows.is_empty() {
                return;
            }
            self.add(rows);
            self.solver.primal(false);
        }
    }

    /// Adds rows that the values break.
    fn add(&mut self, rows: Vec<AtMost>) {
        let inside = |(c, v): &(Col, f64)| Some((self.column[c.index()]?, *v));
        let own = |row: &AtMost| AtMost { terms: row.terms.iter().filter_map(inside).collect(), upper: row.upper };
        let inner: Vec<AtMost> = rows.iter().map(own).collect();
        self.solver.at_most(&inner);
        for row in rows {
            // Rows of the part are in the order in which they came.
            let own = Row(self.rows.len() as u32);
            self.rows.push(self.program.rows() + self.added.len());
            self.added.push(Added { row, needed: false, own });
        }
    }

    /// Values and reduced costs of the whole program from those of the part.
    fn read(&mut self, answer: &Answer, costs: &[f64]) {
        let values = answer.values.as_deref().unwrap_or_default();
        for col in &self.inside {
            let own = self.column[col.index()].and_then(|c| values.get(c.index()));
            self.values[col.index()] = own.copied().unwrap_or(0.0);
        }
        let mut duals = vec![0.0; self.program.rows() + self.added.len()];
        for (own, row) in self.rows.iter().enumerate() {
            duals[*row] = answer.duals[own];
        }
        self.reduced.copy_from_slice(costs);
        for (added, dual) in self.added.iter_mut().zip(&duals[self.program.rows()..]) {
            added.needed = dual.abs() > ZERO;
            for (col, value) in added.row.terms.iter().filter(|_| *dual != 0.0) {
                self.reduced[col.index()] -= dual * value;
            }
        }
        for col in 0..self.program.columns() {
            for (row, value) in &self.terms[self.starts[col]..self.starts[col + 1]] {
                self.reduced[col] -= duals[*row as usize] * value;
            }
        }
        // A row of zeros that is out as a whole may have any dual: the one at which what fills it up is just worth it.
        for (row, own) in duals.iter_mut().enumerate().take(self.program.rows()) {
            if self.taken[row] > 0 || !self.empty_equation(row) {
                continue;
            }
            let filling = self.program.terms(row).iter().filter(|(_, v)| *v > 0.0);
            let dual = filling.map(|(c, v)| self.reduced[c.index()] / v).fold(INFINITE, f64::min);
            if dual.is_finite() {
                *own = dual;
                for (col, value) in self.program.terms(row) {
                    self.reduced[col.index()] -= dual * value;
                }
            }
        }
        self.duals = duals;
    }

    fn empty_equation(&self, row: usize) -> bool {
        self.program.row_lower[row] == 0.0 && self.program.row_upper[row] == 0.0
    }

    /// Columns outside that would better the value, the best first.
    fn paying(&mut self) -> Vec<Col> {
        let mut found: Vec<Col> = Vec::new();
        self.outside = 0.0;
        for col in 0..self.program.columns() {
            if self.column[col].is_some() || self.reduced[col] >= 0.0 {
                continue;
            }
            // What is too little to be taken in can add up all the same.
            let pays = self.reduced[col] < -ZERO;
            if pays || self.program.upper[col].is_finite() {
                self.outside -= self.reduced[col] * self.program.upper[col];
            }
            if pays {
                found.push(Col(col as u32));
            }
        }
        found.sort_by(|a, b| self.reduced[a.index()].total_cmp(&self.reduced[b.index()]).then(a.cmp(b)));
        found.truncate(MOST);
        found
    }

    /// Takes columns into the part, and the rows that it can break with them.
    fn grow(&mut self, paying: Vec<Col>, costs: &[f64]) {
        let mut fresh = paying;
        let mut chosen: Vec<bool> = self.column.iter().map(Option::is_some).collect();
        fresh.iter().for_each(|c| chosen[c.index()] = true);
        let mut at = 0;
        while at < fresh.len() {
            let col = fresh[at].index();
            at += 1;
            for (row, value) in &self.terms[self.starts[col]..self.starts[col + 1]] {
                let row = *row as usize;
                if *value < 0.0 && self.taken[row] == 0 && self.empty_equation(row) {
                    let mut filling: Vec<Col> =
                        self.program.terms(row).iter().filter(|(_, v)| *v > 0.0).map(|t| t.0).collect();
                    filling.sort_by(|a, b| self.reduced[a.index()].total_cmp(&self.reduced[b.index()]).then(a.cmp(b)));
                    for c in filling.into_iter().take(COMPANY) {
                        if !std::mem::replace(&mut chosen[c.index()], true) {
                            fresh.push(c);
                        }
                    }
                }
            }
        }
        let mut touched: Vec<usize> = Vec::new();
        let mut added: BTreeMap<Col, Vec<(Row, f64)>> = fresh.iter().map(|c| (*c, Vec::new())).collect();
        for row in &self.added {
            for (col, value) in &row.row.terms {
                if let Some(inside) = added.get_mut(col) {
                    inside.push((row.own, *value));
                }
            }
        }
        for col in &fresh {
            let mut inside: Vec<(Row, f64)> = added.remove(col).unwrap_or_default();
            for (row, value) in &self.terms[self.starts[col.index()]..self.starts[col.index() + 1]] {
                self.taken[*row as usize] += 1;
                match self.row[*row as usize] {
                    Some(own) => inside.push((own, *value)),
                    None => touched.push(*row as usize),
                }
            }
            let (lower, upper) = (self.program.lower[col.index()], self.program.upper[col.index()]);
            let own = self.solver.add_column(costs[col.index()], lower, upper, false, &inside);
            self.column[col.index()] = Some(own);
            self.inside.push(*col);
        }
        touched.sort();
        touched.dedup();
        touched.retain(|row| breakable(self.program, *row, |c| self.column[c].is_some()));
        let inside = |(col, value): &(Col, f64)| Some((self.column[col.index()]?, *value));
        let rows: Vec<_> = touched
            .iter()
            .map(|row| {
                let terms = self.program.terms(*row).iter().filter_map(inside).collect();
                (self.program.row_lower[*row], self.program.row_upper[*row], terms)
            })
            .collect();
        self.solver.add_rows(&rows);
        for row in touched {
            self.row[row] = Some(Row(self.rows.len() as u32));
            self.rows.push(row);
        }
    }
}

/// True where these columns, the others being 0, can break a row.
pub fn breakable(program: &Program, row: usize, inside: impl Fn(usize) -> bool) -> bool {
    let (mut least, mut most) = (0.0, 0.0);
    for (col, value) in program.terms(row) {
        let col = col.index();
        if inside(col) {
            let (a, b) = (value * program.lower[col], value * program.upper[col]);
            least += a.min(b);
            most += a.max(b);
        }
    }
    least < program.row_lower[row] - 1e-9 || most > program.row_upper[row] + 1e-9
}
