//! HiGHS behind good_lp. good_lp states the program; what it has no words for is said to HiGHS itself: options, starts,
//! limits, interrupts, improving solutions, dual bounds, reduced costs, and solving again after a change.
//!
//! The only file that names the solver's crates, and the only one with unsafe calls. Each says why it is sound: the
//! pointer is HiGHS's own, owned by `model` for as long as the solver lives, and every array that is handed over has the
//! length that HiGHS reads or writes.

use super::program::{AtMost, Col, INFINITE, Program, Row};
use good_lp::{Expression, ProblemVariables, SolverModel, variable};
use highs_sys as sys;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Which way the objective goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    Minimise,
    Maximise,
}

/// When to stop a run before it is proven. Everything here counts work, not time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Nodes of the search tree.
    pub nodes: Option<u64>,
    /// Simplex iterations, all together.
    pub iterations: Option<u64>,
    /// Stop when value and bound are so near.
    pub gap: f64,
    /// The share of the work that goes into looking for solutions.
    pub heuristics: f64,
    /// Whether to jump and to round the relaxation by a program of its own (RENS) while looking.
    pub neighbourhood: bool,
    /// Whether to try the values of every column, one by one, while simplifying. On thousands of columns that can take
    /// longer than everything else, and HiGHS does not look up meanwhile; where many nodes follow, it pays.
    pub probing: bool,
    /// Values with a larger objective are of no interest, in a program of whole numbers that is minimised. Much faster than a row
    /// that says so: HiGHS prunes by it from the start, and where nothing limits the objective it pumps for any values,
    /// by an interior-point run for each attempt.
    pub cutoff: Option<f64>,
}

/// HiGHS's numbers for what it simplifies by: probing, listing the solutions of rows, fixing by duals while probing,
/// and Fourier and Motzkin's elimination.
const PROBING: c_int = 1 << 15 | 1 << 16 | 1 << 20 | 1 << 22;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            nodes: None,
            iterations: None,
            gap: 0.0,
            heuristics: 0.05,
            neighbourhood: true,
            probing: true,
            cutoff: None,
        }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The values are the best there are, up to the gap asked for.
    Optimal,
    /// There are no values that satisfy the rows, or none within the cutoff.
    Infeasible,
    /// A limit or an interrupt came first.
    Stopped,
    /// HiGHS gave up (numerical trouble): nothing is known.
    Failed,
}

/// What a run found out.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: Status,
    /// The objective of `values`.
    pub objective: f64,
    /// No values have a better objective; infinite where nothing is known.
    pub bound: f64,
    /// By column; None where none were found.
    pub values: Option<Vec<f64>>,
    /// Reduced costs by column; of a linear program only.
    pub reduced: Vec<f64>,
    /// Duals by row; of a linear program only.
    pub duals: Vec<f64>,
    pub nodes: u64,
    pub iterations: u64,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    pub nodes: u64,
    pub iterations: u64,
    /// The best objective so far; infinite while there is none.
    pub primal: f64,
    pub dual: f64,
}

/// Looks on while a run goes.
pub trait Watch: Send {
    /// Better values were found.
    fn improved(&mut self, _objective: f64, _values: &[f64]) {}

    /// True to stop the run.
    fn stop(&mut self, standing: Standing) -> bool;

    /// Seconds that the run may take, where the clock cuts: HiGHS does not ask `stop` everywhere.
    fn seconds(&self) -> Option<f64> {
        None
    }

    /// True when nobody waits for the answer any more: a run of whole numbers that does not ask `stop` soon after is left
    /// to itself.
    fn given_up(&self) -> bool {
        false
    }
}

/// How often it is asked whether a run was given up, and how long one has from then.
const LOOK: Duration = Duration::from_millis(20);
const GRACE: Duration = Duration::from_millis(200);

/// Bytes of stack for a run on a thread of its own: what the main thread mostly has.
const STACK: usize = 8 << 20;

/// Never stops a run.
pub struct Patient;

impl Watch for Patient {
    fn stop(&mut self, _standing: Standing) -> bool {
        false
    }
}

/// A row to be added: lower, upper, terms.
pub type NewRow = (f64, f64, Vec<(Col, f64)>);

/// A program that HiGHS holds, to be solved again after changes. Uses one thread.
pub struct Solver {
    /// None while a run has it.
    model: Option<highs::Model>,
    columns: usize,
    rows: usize,
    sense: Sense,
    integer: Vec<bool>,
    relaxed: bool,
    /// Limits that HiGHS does not have are kept by the watch.
    ran: bool,
}

impl Solver {
    /// Hands the program over. The objective is nothing at first; whole-number columns are whole.
    pub fn new(program: &Program) -> Solver {
        let mut variables = ProblemVariables::new();
        let columns: Vec<good_lp::Variable> = (0..program.columns())
            .map(|c| {
                let v = variable().min(program.lower[c]).max(program.upper[c]);
                variables.add(if program.integer[c] { v.integer() } else { v })
            })
            .collect();
        let mut problem = variables.minimise(Expression::with_capacity(0)).using(good_lp::highs);
        for row in 0..program.rows() {
            let terms = program.terms(row);
            let mut sum = Expression::with_capacity(terms.len());
            for (col, value) in terms {
                sum.add_mul(*value, columns[col.index()]);
            }
            problem.add_constraint(sum.leq(program.row_upper[row]));
        }
        let mut solver = Solver {
            model: Some(problem.into_inner()),
            columns: program.columns(),
            rows: program.rows(),
            sense: Sense::Minimise,
            integer: program.integer.clone(),
            relaxed: false,
            ran: false,
        };
        // good_lp's rows have one side only.
        if solver.rows > 0 {
            let (last, pointer) = (int(solver.rows - 1), solver.pointer());
            // SAFETY: both arrays have one entry per row.
            unsafe {
                sys::Highs_changeRowsBoundsByRange(
                    pointer,
                    0,
                    last,
                    program.row_lower.as_ptr(),
                    program.row_upper.as_ptr(),
                );
            }
        }
        solver.option_bool(c"output_flag", false);
        solver.option_int(c"threads", 1);
        solver.option_text(c"parallel", c"off");
        solver.option_float(c"mip_rel_gap", 0.0);
        solver
    }

    /// Leaves out HiGHS's simplifying, which is slower than solving where few columns and rows go, and on programs of very
    /// many rows with shares of columns was seen not to end.
    pub fn unsimplified(&mut self) {
        self.option_text(c"presolve", c"off");
    }

    fn pointer(&mut self) -> *mut c_void {
        self.model.as_mut().expect("there but while it runs").as_mut_ptr()
    }

    fn option_bool(&mut self, name: &CStr, value: bool) {
        let pointer = self.pointer();
        // SAFETY: the name ends with a zero.
        unsafe { sys::Highs_setBoolOptionValue(pointer, name.as_ptr(), c_int::from(value)) };
    }

    fn option_int(&mut self, name: &CStr, value: c_int) {
        let pointer = self.pointer();
        // SAFETY: the name ends with a zero.
        unsafe { sys::Highs_setIntOptionValue(pointer, name.as_ptr(), value) };
    }

    fn option_float(&mut self, name: &CStr, value: f64) {
        let pointer = self.pointer();
        // SAFETY: the name ends with a zero.
        unsafe { sys::Highs_setDoubleOptionValue(pointer, name.as_ptr(), value) };
    }

    fn option_text(&mut self, name: &CStr, value: &CStr) {
        let pointer = self.pointer();
        // SAFETY: name and value end with a zero.
        unsafe { sys::Highs_setStringOptionValue(pointer, name.as_ptr(), value.as_ptr()) };
    }

    /// Sets the objective: these columns count so much, all others nothing.
    pub fn objective(&mut self, sense: Sense, terms: &[(Col, f64)]) {
        let mut costs = vec![0.0; self.columns];
        for (col, value) in terms {
            costs[col.index()] += value;
        }
        let (last, pointer) = (int(self.columns.max(1) - 1), self.pointer());
        let direction = match sense {
            Sense::Minimise => sys::kHighsObjSenseMinimize,
            Sense::Maximise => sys::kHighsObjSenseMaximize,
        };
        // SAFETY: one cost per column.
        unsafe {
            if self.columns > 0 {
                sys::Highs_changeColsCostByRange(pointer, 0, last, costs.as_ptr());
            }
            sys::Highs_changeObjectiveSense(pointer, direction);
        }
        self.sense = sense;
    }

    /// Sets what one column counts.
    pub fn cost(&mut self, col: Col, cost: f64) {
        let pointer = self.pointer();
        // SAFETY: HiGHS refuses a column that it does not have.
        unsafe { sys::Highs_changeColCost(pointer, int(col.index()), cost) };
    }

    /// Sets the bounds of one column.
    pub fn column_bounds(&mut self, col: Col, lower: f64, upper: f64) {
        let pointer = self.pointer();
        // SAFETY: HiGHS refuses a column that it does not have.
        unsafe { sys::Highs_changeColBounds(pointer, int(col.index()), lower, upper) };
    }

    /// Sets the bounds of every column.
    pub fn bounds(&mut self, lower: &[f64], upper: &[f64]) {
        assert!(lower.len() == self.columns && upper.len() == self.columns, "one bound per column");
        if self.columns > 0 {
            let (last, pointer) = (int(self.columns - 1), self.pointer());
            // SAFETY: one bound per column, as asserted.
            unsafe { sys::Highs_changeColsBoundsByRange(pointer, 0, last, lower.as_ptr(), upper.as_ptr()) };
        }
    }

    /// Sets the bounds of one row.
    pub fn row_bounds(&mut self, row: Row, lower: f64, upper: f64) {
        let pointer = self.pointer();
        // SAFETY: HiGHS refuses a row that it does not have.
        unsafe { sys::Highs_changeRowBounds(pointer, int(row.index()), lower, upper) };
    }

    /// Adds rows, one after the other, each column at most once among the terms of each. HiGHS goes over the whole
    /// program each time that it is called.
    pub fn add_rows(&mut self, rows: &[NewRow]) {
        let lower: Vec<f64> = rows.iter().map(|(lower, _, _)| *lower).collect();
        let upper: Vec<f64> = rows.iter().map(|(_, upper, _)| *upper).collect();
        let mut starts: Vec<c_int> = Vec::with_capacity(rows.len());
        let (mut index, mut value): (Vec<c_int>, Vec<f64>) = (Vec::new(), Vec::new());
        for (_, _, terms) in rows {
            starts.push(int(index.len()));
            index.extend(terms.iter().map(|(c, _)| int(c.index())));
            value.extend(terms.iter().map(|(_, v)| *v));
        }
        let (count, terms, pointer) = (int(rows.len()), int(index.len()), self.pointer());
        // SAFETY: one lower, upper and start per row; index and value have as many entries as said.
        unsafe {
            sys::Highs_addRows(
                pointer,
                count,
                lower.as_ptr(),
                upper.as_ptr(),
                terms,
                starts.as_ptr(),
                index.as_ptr(),
                value.as_ptr(),
            );
        }
        self.rows += rows.len();
    }

    /// Adds rows that only have an upper side.
    pub fn at_most(&mut self, rows: &[AtMost]) {
        let rows: Vec<NewRow> = rows.iter().map(|row| (-INFINITE, row.upper, row.terms.clone())).collect();
        self.add_rows(&rows);
    }

    /// Adds a column with its terms in the rows; each row at most once.
    pub fn add_column(&mut self, cost: f64, lower: f64, upper: f64, integer: bool, terms: &[(Row, f64)]) -> Col {
        let index: Vec<c_int> = terms.iter().map(|(r, _)| int(r.index())).collect();
        let value: Vec<f64> = terms.iter().map(|(_, v)| *v).collect();
        let (at, pointer) = (int(self.columns), self.pointer());
        let kind = if integer && !self.relaxed { sys::kHighsVarTypeInteger } else { sys::kHighsVarTypeContinuous };
        // SAFETY: index and value have as many entries as said.
        unsafe {
            sys::Highs_addCol(pointer, cost, lower, upper, int(terms.len()), index.as_ptr(), value.as_ptr());
            if integer {
                sys::Highs_changeColIntegrality(pointer, at, kind);
            }
        }
        self.columns += 1;
        self.integer.push(integer);
        Col(self.columns as u32 - 1)
    }

    /// Drops (or takes up again) the demand that whole-number columns be whole.
    pub fn relax(&mut self, relaxed: bool) {
        self.relaxed = relaxed;
        if self.columns == 0 {
            return;
        }
        let pointer = self.pointer();
        if relaxed {
            // SAFETY: the pointer is ours.
            unsafe { sys::Highs_clearIntegrality(pointer) };
            return;
        }
        let kinds: Vec<c_int> = self
            .integer
            .iter()
            .map(|i| if *i { sys::kHighsVarTypeInteger } else { sys::kHighsVarTypeContinuous })
            .collect();
        // SAFETY: one kind per column.
        unsafe { sys::Highs_changeColsIntegralityByRange(pointer, 0, int(self.columns - 1), kinds.as_ptr()) };
    }

    /// Linear programs by the primal simplex method (after columns were added), or as HiGHS chooses.
    pub fn primal(&mut self, primal: bool) {
        self.option_int(c"simplex_strategy", if primal { 4 } else { 1 });
    }

    /// Solves, until it is proven, a limit is reached or the watch stops it.
    pub fn run(&mut self, limits: Limits, watch: &mut dyn Watch) -> Answer {
        self.option_float(c"mip_abs_gap", limits.gap);
        self.option_float(c"mip_heuristic_effort", limits.heuristics);
        self.option_bool(c"mip_heuristic_run_rens", limits.neighbourhood);
        self.option_bool(c"mip_heuristic_run_feasibility_jump", limits.neighbourhood);
        self.option_int(c"presolve_rule_off", if limits.probing { 0 } else { PROBING });
        assert!(limits.cutoff.is_none() || self.sense == Sense::Minimise, "a cutoff is for what is minimised");
        let cutoff = limits.cutoff.filter(|_| self.is_mip());
        self.option_float(c"objective_bound", cutoff.unwrap_or(f64::INFINITY));
        self.option_int(c"mip_max_nodes", limits.nodes.map_or(c_int::MAX, small));
        self.option_int(c"simplex_iteration_limit", limits.iterations.map_or(c_int::MAX, small));
        self.option_float(c"time_limit", watch.seconds().unwrap_or(f64::INFINITY));
        let calls = Arc::new(Calls::new(watch, limits.iterations, self.columns));
        let ran = if self.is_mip() { self.run_apart(&calls) } else { self.run_here(&calls) };
        calls.release();
        self.ran = true;
        let answer = if ran { self.answer() } else { self.nothing() };
        match limits.cutoff {
            Some(cutoff) => within(answer, cutoff),
            None => answer,
        }
    }

    /// Runs to the end; always true.
    fn run_here(&mut self, calls: &Calls) -> bool {
        go(self.model.as_mut().expect("there but while it runs"), self.ran, calls);
        true
    }

    /// Runs on a thread of its own. HiGHS may take many seconds of a run of whole numbers without asking anything (a round of
    /// cuts, probing). A run that was given up and does not ask is left to itself, and ends as soon as it does ask, or
    /// with the process; the program is lost, and the answer is false.
    fn run_apart(&mut self, calls: &Arc<Calls>) -> bool {
        let (give, given) = mpsc::sync_channel::<Owned>(1);
        let (tell, told) = mpsc::sync_channel::<Owned>(1);
        let (ran, theirs) = (self.ran, Arc::clone(calls));
        let work = move || {
            if let Ok(mut model) = given.recv() {
                go(&mut model.0, ran, &theirs);
                // Where nobody listens any more, the model ends here.
                let _ = tell.send(model);
            }
        };
        if std::thread::Builder::new().stack_size(STACK).spawn(work).is_err() {
            return self.run_here(calls);
        }
        let model = self.model.take().expect("there but while it runs");
        give.send(Owned(model)).expect("the thread waits for it");
        let mut given_up = None;
        loop {
            match told.recv_timeout(LOOK) {
                Ok(model) => {
                    self.model = Some(model.0);
                    return true;
                }
                Err(RecvTimeoutError::Timeout) => {
                    given_up = given_up.or_else(|| calls.given_up().then(Instant::now));
                    if given_up.is_none_or(|since| since.elapsed() < GRACE) {
                        continue;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {}
            }
            self.model = Solver::new(&Program::new()).model;
            return false;
        }
    }

    fn is_mip(&self) -> bool {
        !self.relaxed && self.integer.contains(&true)
    }

    fn answer(&mut self) -> Answer {
        let pointer = self.pointer();
        // SAFETY: the pointer is ours.
        let said = unsafe { sys::Highs_getModelStatus(pointer) };
        let status = match said {
            sys::kHighsModelStatusOptimal | sys::kHighsModelStatusModelEmpty => Status::Optimal,
            sys::kHighsModelStatusInfeasible => Status::Infeasible,
            sys::kHighsModelStatusObjectiveBound
            | sys::kHighsModelStatusObjectiveTarget
            | sys::kHighsModelStatusTimeLimit
            | sys::kHighsModelStatusIterationLimit
            | sys::kHighsModelStatusSolutionLimit
            | sys::kHighsModelStatusInterrupt
            | sys::kHighsModelStatusMemoryLimit
            | sys::kHighsModelStatusHighsInterrupt => Status::Stopped,
            _ => Status::Failed,
        };
        let mip = self.is_mip();
        let feasible = self.info_int(c"primal_solution_status") == sys::kHighsSolutionStatusFeasible;
        let (mut values, mut reduced) = (vec![0.0; self.columns], vec![0.0; self.columns]);
        let (mut activity, mut duals) = (vec![0.0; self.rows], vec![0.0; self.rows]);
        // SAFETY: two arrays with one entry per column, two with one per row.
        unsafe {
            sys::Highs_getSolution(
                pointer,
                values.as_mut_ptr(),
                reduced.as_mut_ptr(),
                activity.as_mut_ptr(),
                duals.as_mut_ptr(),
            );
        }
        let objective = self.info_float(c"objective_function_value");
        let unknown = self.unknown();
        let bound = match (mip, status) {
            (_, Status::Infeasible) => -unknown,
            (true, Status::Optimal | Status::Stopped) => self.info_float(c"mip_dual_bound"),
            (false, Status::Optimal) => objective,
            _ => unknown,
        };
        Answer {
            status,
            objective,
            bound: if bound.is_nan() { unknown } else { bound },
            values: (feasible && (mip || status == Status::Optimal)).then_some(values),
            reduced: if mip { Vec::new() } else { reduced },
            duals: if mip { Vec::new() } else { duals },
            nodes: if mip { self.info_long(c"mip_node_count") } else { 0 },
            iterations: u64::try_from(self.info_int(c"simplex_iteration_count")).unwrap_or(0),
        }
    }

    /// The bound where none is known.
    fn unknown(&self) -> f64 {
        if self.sense == Sense::Minimise { f64::NEG_INFINITY } else { f64::INFINITY }
    }

    /// The answer of a run that was left to itself.
    fn nothing(&self) -> Answer {
        let unknown = self.unknown();
        Answer {
            status: Status::Stopped,
            objective: -unknown,
            bound: unknown,
            values: None,
            reduced: Vec::new(),
            duals: Vec::new(),
            nodes: 0,
            iterations: 0,
        }
    }

    /// Why the linear program that was just found infeasible is so: weights by row, of a sum of rows that no values within the
    /// columns' bounds satisfy. None where HiGHS has none; `Program::refutes` says whether it does what it should.
    pub fn ray(&mut self) -> Option<Vec<f64>> {
        let (mut has, pointer) = (0, self.pointer());
        let mut weights = vec![0.0; self.rows];
        // SAFETY: one weight per row.
        unsafe { sys::Highs_getDualRay(pointer, &raw mut has, weights.as_mut_ptr()) };
        (has != 0).then_some(weights)
    }

    fn info_int(&mut self, name: &CStr) -> c_int {
        let (mut value, pointer) = (0, self.pointer());
        // SAFETY: the name ends with a zero, the value is ours.
        unsafe { sys::Highs_getIntInfoValue(pointer, name.as_ptr(), &raw mut value) };
        value
    }

    fn info_long(&mut self, name: &CStr) -> u64 {
        let (mut value, pointer) = (0_i64, self.pointer());
        // SAFETY: the name ends with a zero, the value is ours.
        unsafe { sys::Highs_getInt64InfoValue(pointer, name.as_ptr(), &raw mut value) };
        u64::try_from(value).unwrap_or(0)
    }

    fn info_float(&mut self, name: &CStr) -> f64 {
        let (mut value, pointer) = (0.0, self.pointer());
        // SAFETY: the name ends with a zero, the value is ours.
        unsafe { sys::Highs_getDoubleInfoValue(pointer, name.as_ptr(), &raw mut value) };
        value
    }
}

/// An answer without what is beyond a cutoff: HiGHS keeps values that it comes across there.
fn within(mut answer: Answer, cutoff: f64) -> Answer {
    if answer.values.is_some() && answer.objective > cutoff {
        answer.values = None;
        answer.objective = f64::INFINITY;
        if answer.status == Status::Optimal {
            answer.status = if answer.bound > cutoff { Status::Infeasible } else { Status::Stopped };
        }
    }
    answer
}

fn int(n: usize) -> c_int {
    c_int::try_from(n).expect("fewer than two billion columns, rows and terms")
}

fn small(n: u64) -> c_int {
    c_int::try_from(n).unwrap_or(c_int::MAX)
}

/// A model that goes from one thread to another.
struct Owned(highs::Model);

// SAFETY: HiGHS ties a model to no thread; whoever has it is the only one who has.
unsafe impl Send for Owned {}

/// Somebody who looks on, for as long as `Calls::release` was not called.
struct Looking(*mut (dyn Watch + 'static));

// SAFETY: a Watch may be called from any thread, by one at a time: the lock around it sees to that.
unsafe impl Send for Looking {}

/// What the callback is given.
struct Calls {
    watch: Mutex<Option<Looking>>,
    iterations: Option<u64>,
    columns: usize,
}

impl Calls {
    /// Whoever calls this calls `release` before `watch` ends.
    fn new(watch: &mut dyn Watch, iterations: Option<u64>, columns: usize) -> Calls {
        // SAFETY: only the lifetime changes; `release` takes the pointer away before it is over.
        let watch = unsafe { std::mem::transmute::<*mut (dyn Watch + '_), *mut (dyn Watch + 'static)>(watch) };
        Calls { watch: Mutex::new(Some(Looking(watch))), iterations, columns }
    }

    /// Asks whoever looks on; None when nobody does any more.
    fn ask<T>(&self, question: impl FnOnce(&mut dyn Watch) -> T) -> Option<T> {
        let guard = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: not released yet, and the lock is held until the question is answered.
        guard.as_ref().map(|looking| question(unsafe { &mut *looking.0 }))
    }

    fn given_up(&self) -> bool {
        self.ask(|watch| watch.given_up()).unwrap_or(true)
    }

    /// Waits for a question under way, and lets no other in.
    fn release(&self) {
        *self.watch.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Runs a model, asking `calls`.
fn go(model: &mut highs::Model, ran: bool, calls: &Calls) {
    let pointer = model.as_mut_ptr();
    // SAFETY: the pointer is the model's, `calls` outlives the run, and the callback is taken away after it.
    unsafe {
        if ran {
            sys::Highs_zeroAllClocks(pointer);
        }
        sys::Highs_setCallback(pointer, Some(called), std::ptr::from_ref(calls).cast_mut().cast());
        for kind in [
            sys::kHighsCallbackMipInterrupt,
            sys::kHighsCallbackMipImprovingSolution,
            sys::kHighsCallbackSimplexInterrupt,
        ] {
            sys::Highs_startCallback(pointer, kind);
        }
        sys::Highs_run(pointer);
        sys::Highs_setCallback(pointer, None, std::ptr::null_mut());
    }
}

/// HiGHS calls this while it runs.
unsafe extern "C" fn called(
    kind: c_int,
    _message: *const c_char,
    out: *const sys::HighsCallbackDataOut,
    back: *mut sys::HighsCallbackDataIn,
    calls: *mut c_void,
) {
    if out.is_null() || calls.is_null() {
        return;
    }
    // SAFETY: `calls` is the Calls that `go` handed over and still holds; `out` is HiGHS's for this call.
    let (calls, out) = unsafe { (&*calls.cast::<Calls>(), &*out) };
    if kind == sys::kHighsCallbackMipImprovingSolution {
        if !out.mip_solution.is_null() && out.mip_solution_size as usize >= calls.columns {
            // SAFETY: HiGHS says how many values there are.
            let values = unsafe { std::slice::from_raw_parts(out.mip_solution, calls.columns) };
            calls.ask(|watch| watch.improved(out.objective_function_value, values));
        }
        return;
    }
    let mip = kind == sys::kHighsCallbackMipInterrupt;
    let standing = Standing {
        nodes: if mip { u64::try_from(out.mip_node_count).unwrap_or(0) } else { 0 },
        iterations: if mip {
            u64::try_from(out.mip_total_lp_iterations).unwrap_or(0)
        } else {
            u64::try_from(out.simplex_iteration_count).unwrap_or(0)
        },
        primal: if mip { out.mip_primal_bound } else { f64::INFINITY },
        dual: if mip { out.mip_dual_bound } else { f64::INFINITY },
    };
    let spent = mip && calls.iterations.is_some_and(|limit| standing.iterations > limit);
    if (spent || calls.ask(|watch| watch.stop(standing)).unwrap_or(true)) && !back.is_null() {
        // SAFETY: HiGHS reads this when the call returns.
        unsafe { (*back).user_interrupt = 1 };
    }
}
