//! A program without the columns that are fixed at 0, and without the rows that the others cannot break.

use super::program::{Col, Program};
use super::sift::breakable;

/// The part of a program that is left.
pub struct Compact {
    pub program: Program,
    /// By column of the part: the column of the whole.
    pub columns: Vec<Col>,
    /// By column of the whole: the column of the part.
    part: Vec<Option<Col>>,
}

impl Compact {
    /// The part where columns with an upper bound of 0 are left out; `upper` has one bound per column.
    pub fn new(whole: &Program, upper: &[f64]) -> Compact {
        let mut program = Program::new();
        let mut columns = Vec::new();
        let mut part = vec![None; whole.columns()];
        for col in 0..whole.columns() {
            // The solver does not look at the rows of a program without columns.
            let last = columns.is_empty() && col + 1 == whole.columns();
            if upper[col] > 0.0 || whole.lower[col] != 0.0 || last {
                part[col] = Some(program.column(whole.lower[col], upper[col], whole.integer[col]));
                columns.push(Col(col as u32));
            }
        }
        for row in 0..whole.rows() {
            if breakable(whole, row, |c| part[c].is_some()) {
                let terms = whole.terms(row).iter().filter_map(|(c, v)| Some((part[c.index()]?, *v)));
                program.row(whole.row_lower[row], whole.row_upper[row], terms);
            }
        }
        Compact { program, columns, part }
    }

    /// Terms over the whole as terms over the part.
    pub fn terms(&self, terms: &[(Col, f64)]) -> Vec<(Col, f64)> {
        terms.iter().filter_map(|(c, v)| Some((self.part[c.index()]?, *v))).collect()
    }

    /// Values of the part as values of the whole.
    pub fn expand(&self, values: &[f64]) -> Vec<f64> {
        let mut all = vec![0.0; self.part.len()];
        for (col, value) in self.columns.iter().zip(values) {
            all[col.index()] = *value;
        }
        all
    }
}
