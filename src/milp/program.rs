//! A linear program with whole-number columns, as plain data.

/// No limit.
pub const INFINITE: f64 = f64::INFINITY;

/// A contradiction by less than this share may be one of floating point.
const CLEAR: f64 = 1e-6;

/// A column, counted from 0 in the order in which columns were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Col(pub u32);

/// A row, counted from 0 in the order in which rows were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(pub u32);

impl Col {
    /// Its place among the columns.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Row {
    /// Its place among the rows.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Columns with bounds and rows over them. The objective is told to the solver, not kept here.
#[derive(Clone, Debug, Default)]
pub struct Program {
    pub lower: Vec<f64>,
    pub upper: Vec<f64>,
    pub integer: Vec<bool>,
    pub row_lower: Vec<f64>,
    pub row_upper: Vec<f64>,
    /// Where each row's terms begin; one more at the end.
    starts: Vec<usize>,
    terms: Vec<(Col, f64)>,
    /// Terms that came with a column after their row: row, column, value.
    late: Vec<(Row, Col, f64)>,
}

impl Program {
    /// A program without columns and rows.
    pub fn new() -> Program {
        Program { starts: vec![0], ..Program::default() }
    }

    /// Adds a column.
    pub fn column(&mut self, lower: f64, upper: f64, integer: bool) -> Col {
        self.lower.push(lower);
        self.upper.push(upper);
        self.integer.push(integer);
        Col(self.lower.len() as u32 - 1)
    }

    /// Adds the row lower ≤ Σ terms ≤ upper. Terms of one column are added up; terms of zero are left out.
    pub fn row(&mut self, lower: f64, upper: f64, terms: impl IntoIterator<Item = (Col, f64)>) -> Row {
        let from = self.terms.len();
        self.terms.extend(terms);
        merge(&mut self.terms, from);
        self.starts.push(self.terms.len());
        self.row_lower.push(lower);
        self.row_upper.push(upper);
        Row(self.row_lower.len() as u32 - 1)
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.lower.len()
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.row_lower.len()
    }

    /// How many terms all rows have together.
    pub fn size(&self) -> usize {
        self.terms.len()
    }

    /// The terms of a row, by column.
    pub fn terms(&self, row: usize) -> &[(Col, f64)] {
        &self.terms[self.starts[row]..self.starts[row + 1]]
    }

    /// Adds a column with its terms in rows that are there already; `settle` puts them into place.
    pub fn column_in(&mut self, lower: f64, upper: f64, integer: bool, inside: &[(Row, f64)]) -> Col {
        let col = self.column(lower, upper, integer);
        self.late.extend(inside.iter().filter(|(_, v)| *v != 0.0).map(|(row, value)| (*row, col, *value)));
        col
    }

    /// Puts the terms of columns that came late into their rows.
    pub fn settle(&mut self) {
        if self.late.is_empty() {
            return;
        }
        let mut late = std::mem::take(&mut self.late);
        late.sort_by_key(|(row, col, _)| (*row, *col));
        let mut late = late.into_iter().peekable();
        let mut terms = Vec::with_capacity(self.terms.len() + late.len());
        let mut starts = Vec::with_capacity(self.starts.len());
        starts.push(0);
        for row in 0..self.rows() {
            let from = terms.len();
            terms.extend_from_slice(self.terms(row));
            while let Some((_, col, value)) = late.next_if(|(r, _, _)| r.index() == row) {
                terms.push((col, value));
            }
            merge(&mut terms, from);
            starts.push(terms.len());
        }
        self.terms = terms;
        self.starts = starts;
    }

    /// The sum of all rows with these weights, by column, where no values within the columns' bounds satisfy it (Farkas): what
    /// is shown has the sign in which the sum is too small. None where it shows nothing.
    pub fn refuted(&self, weights: &[f64]) -> Option<Vec<f64>> {
        let mut sum = vec![0.0; self.columns()];
        for row in (0..self.rows()).filter(|row| weights[*row] != 0.0) {
            for (col, value) in self.terms(row) {
                sum[col.index()] += weights[row] * value;
            }
        }
        // The sum must be at least so much, and can be at most so much; the other way round with weights of the other sign.
        for sign in [1.0, -1.0] {
            let times = |weight: f64, value: f64| if weight == 0.0 { 0.0 } else { weight * value };
            let least: f64 = (0..self.rows())
                .map(|row| (sign * weights[row], row))
                .map(|(w, row)| times(w, if w > 0.0 { self.row_lower[row] } else { self.row_upper[row] }))
                .sum();
            let most: f64 = (0..self.columns())
                .map(|col| (sign * sum[col], col))
                .map(|(w, col)| times(w, if w > 0.0 { self.upper[col] } else { self.lower[col] }))
                .sum();
            if least - most > CLEAR * (1.0 + least.abs().max(most.abs())) {
                return Some(sum.into_iter().map(|w| sign * w).collect());
            }
        }
        None
    }

    /// Adds a row that only has an upper side.
    pub fn at_most(&mut self, row: &AtMost) -> Row {
        self.row(-INFINITE, row.upper, row.terms.iter().copied())
    }

    /// Takes back every row from `rows` on.
    pub fn truncate_rows(&mut self, rows: usize) {
        self.settle();
        self.terms.truncate(self.starts[rows]);
        self.starts.truncate(rows + 1);
        self.row_lower.truncate(rows);
        self.row_upper.truncate(rows);
    }
}

/// A row by itself: the sum of these terms, each column once, is at most `upper`.
#[derive(Clone, Debug, PartialEq)]
pub struct AtMost {
    pub terms: Vec<(Col, f64)>,
    pub upper: f64,
}

/// Sorts the terms from `from` on by column and adds up those of one column.
fn merge(terms: &mut Vec<(Col, f64)>, from: usize) {
    terms[from..].sort_by_key(|(c, _)| *c);
    let mut to = from;
    for i in from..terms.len() {
        let (col, value) = terms[i];
        if to > from && terms[to - 1].0 == col {
            terms[to - 1].1 += value;
        } else {
            terms[to] = (col, value);
            to += 1;
        }
    }
    terms.truncate(to);
    let mut kept = from;
    for i in from..terms.len() {
        if terms[i].1 != 0.0 {
            terms[kept] = terms[i];
            kept += 1;
        }
    }
    terms.truncate(kept);
}
