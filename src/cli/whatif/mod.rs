//! `docent whatif`: plans scenarios, each with the same goals and the same effort, and compares them.

mod merge;
mod show;
mod store;
mod study;

use super::exit::{Exit, Failure};
use super::prose::{self, count};
use super::{findings, interrupt, open, write};
use crate::export::chart;
use crate::programme::day::Day;
use crate::read::{self, plan_file};
use crate::solve::Options;
use crate::whatif::compare::json::{Point, document};
use crate::whatif::compare::{Difference, Side, difference, tell};
use crate::whatif::quick::{self, Edit, Sweep};
use crate::whatif::study::Step;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::Store;
use study::{Answered, Desk, Question, Swept, Wanted};

/// Where answers are kept, in the programme's folder.
const CACHE: &str = ".docent-cache";

/// How many names a line of the comparison has room for.
const NAMES: usize = 6;

/// Plans each scenario and compares all of them with the programme as it is
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  docent whatif scenarios/*.toml                                   what each of them would mean
  docent whatif --drop trainers.T14                                one trainer less
  docent whatif --set funds.F1.amount=90000 --scale requests.*.participants=1.1
  docent whatif --sweep funds.F1.amount=0..200000/5000 -o f1.svg   the frontier of a budget
  docent whatif --from-baseline adopted.json --drop trainers.T14   what would have to change now")]
pub struct Whatif {
    /// Scenario files, each a row of the comparison
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,

    /// A cell with another value; all quick flags together are one scenario
    #[arg(long, value_name = "T.ID.COL=V")]
    set: Vec<String>,

    /// A number times X (ID may be *: every row)
    #[arg(long, value_name = "T.ID.COL=X")]
    scale: Vec<String>,

    /// Without this row
    #[arg(long, value_name = "T.ID")]
    drop: Vec<String>,

    /// One scenario for each value (numbers, dates, or percentages of what is there); several make a grid
    #[arg(long, value_name = "T.ID.COL=A..B/STEP")]
    sweep: Vec<String>,

    /// A scenario file that holds for the base, too; may be repeated
    #[arg(long = "with", value_name = "SCENARIO")]
    with: Vec<PathBuf>,

    /// What would have to change now: every scenario keeps to this plan where possible
    #[arg(long, value_name = "PLAN")]
    from_baseline: Option<PathBuf>,

    /// The baseline's sessions that start before this day stay as they are
    #[arg(long, value_name = "DATE", requires = "from_baseline", value_parser = open::date)]
    freeze_until: Option<Day>,

    /// How hard to try on each scenario; work that does not depend on the machine
    #[arg(long, value_name = "N", default_value_t = Options::default().effort)]
    effort: u64,

    /// Stop after so many seconds on each scenario with the best plan so far; 0: no clock
    #[arg(long, value_name = "N", default_value_t = 60.0, value_parser = open::seconds)]
    seconds: f64,

    /// Stop on a scenario as soon as every goal is proven to be within this share of the best possible
    #[arg(long, value_name = "X", value_parser = open::share)]
    gap: Option<i128>,

    /// How many scenarios are planned at a time
    #[arg(long, value_name = "N", default_value_t = Options::default().threads as u64, value_parser = clap::value_parser!(u64).range(1..=64))]
    threads: u64,

    /// Another seed looks elsewhere first
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// The frontier of the sweep as a chart (SVG)
    #[arg(short = 'o', long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The comparison for machines
    #[arg(long, conflicts_with = "csv")]
    json: bool,

    /// The comparison as a CSV table
    #[arg(long)]
    csv: bool,

    /// Plan only every N-th scenario, from the I-th on (with --results)
    #[arg(long, value_name = "I/N", value_parser = shard, requires = "results")]
    shard: Option<(usize, usize)>,

    /// Keep the answers in this folder instead of .docent-cache
    #[arg(long, value_name = "DIR")]
    results: Option<PathBuf>,

    /// Join the result folders of shards: nothing is planned
    #[arg(
        long,
        value_name = "DIR",
        num_args = 1..,
        conflicts_with_all = ["scenarios", "set", "scale", "drop", "sweep", "with", "from_baseline", "shard", "results"]
    )]
    merge: Vec<PathBuf>,

    /// Plan everything anew, whatever .docent-cache has
    #[arg(long)]
    fresh: bool,
}

fn shard(text: &str) -> Result<(usize, usize), String> {
    let parsed = text.split_once('/').and_then(|(i, n)| Some((i.parse::<usize>().ok()?, n.parse::<usize>().ok()?)));
    match parsed {
        Some((i, n)) if 1 <= i && i <= n => Ok((i, n)),
        _ => Err("write I/N with 1 ≤ I ≤ N, such as 3/8".to_string()),
    }
}

impl Whatif {
    /// Reads, plans what is not known yet, compares.
    pub fn run(&self, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        if !self.merge.is_empty() {
            let merged = merge::merge(path, &self.merge)?;
            self.compare(&merged.answered, &merged.question, out)?;
            return Ok(Exit::Done);
        }
        let question = self.question(path)?;
        if self.output.is_some() && question.sweeps.is_empty() {
            return Err(Failure::new(Exit::Usage, "-o draws a sweep; there is no --sweep"));
        }
        if let Some(file) = &self.output {
            // Said before hours are spent.
            write::refuse_other(file, chart::BEGINNING)?;
        }
        let mine = |row: usize| self.shard.is_none_or(|(i, n)| (row + n - 1) % n + 1 == i);
        let built = question.build(path, &mine)?;
        let keys = question.keys();
        let store = match &self.results {
            Some(folder) => Store::new(folder),
            None => Store::new(&open::folder(path).join(CACHE)),
        };
        let desk = Desk::new(&question, &built, &keys, &store, self.threads as usize, self.fresh)?;
        store.prepare()?;
        if self.results.is_some() {
            merge::write_question(&store, &question, &keys)?;
        }
        let interrupt = interrupt::watch()?;
        let terminal = std::io::stderr().is_terminal();
        let all = built.iter().flatten().count();
        let done = Arc::new(AtomicUsize::new(0));
        let leave = {
            let (store, done) = (store.clone(), Arc::clone(&done));
            move || {
                let _still = store.still();
                cleared(terminal);
                stopped(done.load(Ordering::Relaxed), all).tell()
            }
        };
        let watch = |name: &str, step: Step| {
            done.fetch_add(1, Ordering::Relaxed);
            told(name, step, terminal);
        };
        let answers = interrupt::or_leave(|| desk.plan(&watch, interrupt), leave);
        cleared(terminal);
        let refused = answers.iter().flatten().any(|a| a.refused.is_some());
        let there = answers.iter().flatten().count();
        if interrupt.load(Ordering::Relaxed) && there < answers.len() {
            return Err(stopped(there, all));
        }
        if let Some((i, n)) = self.shard {
            let planned = count(there.saturating_sub(1), "scenario");
            writeln!(out, "Shard {i} of {n}: the base and {planned}, in {}.", store.folder().display())?;
        } else {
            self.compare(&desk.answered(answers), &question, out)?;
        }
        if refused {
            let text = "the judge refused a plan of docent's own making; this is a bug of docent";
            return Err(
                Failure::new(Exit::Bug, text).help("please report it, with the programme's folder and this command")
            );
        }
        Ok(Exit::Done)
    }

    /// What is asked, as texts.
    fn question(&self, path: &Path) -> Result<Question, Failure> {
        let usage = |text: String| Failure::new(Exit::Usage, text);
        let mut edits = Vec::new();
        for flag in &self.set {
            edits.push(Edit::set(flag).map_err(usage)?);
        }
        for flag in &self.scale {
            edits.push(Edit::scale(flag).map_err(usage)?);
        }
        for flag in &self.drop {
            edits.push(Edit::drop(flag).map_err(usage)?);
        }
        let sweeps = self.sweep.iter().map(|flag| Sweep::parse(flag).map_err(usage)).collect::<Result<Vec<_>, _>>()?;
        if self.scenarios.is_empty() && edits.is_empty() && sweeps.is_empty() {
            let text = "nothing to compare: name scenario files, or use --set, --scale, --drop or --sweep";
            return Err(Failure::new(Exit::Usage, text).help("docent whatif --help has examples"));
        }
        let given = open::programme(path, &[])?;
        let _ = findings::write_warnings(&mut anstream::stderr(), &given.findings, path);
        let baseline = self.from_baseline.as_deref();
        let baseline = baseline.map(|p| open::baseline(p, &given.programme, self.freeze_until)).transpose()?;
        let with = texts(&self.with)?;
        let mut rows = vec![Wanted::base(with.clone())];
        for file in &self.scenarios {
            let mut all = with.clone();
            for (label, text) in texts(std::slice::from_ref(file))? {
                if !all.iter().any(|(known, _)| *known == label) {
                    all.push((label, text));
                }
            }
            let name = all.last().map(|(label, text)| read::scenario::parse(label, text).0.name);
            let name = name.unwrap_or_else(|| file.display().to_string());
            let known = rows.iter().filter(|row| row.name == name).count();
            let name = if known > 0 { format!("{name} ({})", file.display()) } else { name };
            rows.push(Wanted { name, texts: all, at: None });
        }
        let flags = |text: String| with.iter().cloned().chain([(study::FLAGS.to_string(), text)]).collect();
        if sweeps.is_empty() {
            if !edits.is_empty() {
                let quick = quick::scenario(&edits);
                rows.push(Wanted { name: quick.name, texts: flags(quick.text), at: None });
            }
        } else {
            for point in quick::grid(&edits, &sweeps) {
                rows.push(Wanted { name: point.quick.name, texts: flags(point.quick.text), at: Some(point.at) });
            }
        }
        Ok(Question {
            format: study::FORMAT.to_string(),
            version: env!("CARGO_PKG_VERSION").to_string(),
            digest: given.inputs.digest,
            scenarios: rows,
            sweeps: sweeps.iter().map(|s| Swept { what: s.what.clone(), values: s.values.clone() }).collect(),
            effort: self.effort,
            seconds: (self.seconds > 0.0).then_some(self.seconds),
            gap: self.gap.and_then(|g| u32::try_from(g).ok()),
            seed: self.seed,
            baseline: baseline.map(|(bytes, file)| (read::digest::sha256(&bytes), file)),
            freeze_until: self.freeze_until.map(plan_file::Date),
        })
    }

    /// The comparison, in the form that is asked for.
    fn compare(&self, answered: &[Answered], question: &Question, out: &mut dyn Write) -> Result<(), Failure> {
        let Some(base) = answered.first() else { return Ok(()) };
        let sides: Vec<&Side> = answered.iter().map(|a| &a.side).collect();
        let differences: Vec<Difference> = answered[1..].iter().map(|a| difference(&base.side, &a.side)).collect();
        if let Some(file) = &self.output {
            let rows: Vec<show::Row> =
                answered.iter().map(|a| show::Row { side: &a.side, at: a.at.as_deref() }).collect();
            write::write(file, &chart::render(&show::frontier(&rows, &question.sweeps)))?;
        }
        if self.json {
            let points: Vec<Point> = answered
                .iter()
                .filter_map(|a| a.at.as_ref().map(|at| Point { value: question.value(at), side: &a.side }))
                .collect();
            let document = document(&sides, &differences, (!points.is_empty()).then_some(&points[..]));
            serde_json::to_writer_pretty(&mut *out, &document).map_err(|e| Failure::Output(e.into()))?;
            writeln!(out)?;
        } else if self.csv {
            out.write_all(&show::sheet(&sides, &differences))?;
        } else {
            out.write_all(show::table(&sides).as_bytes())?;
            let open = sides.iter().flat_map(|s| &s.goals).any(|f| f.value != f.bound && f.proof != "optimal");
            let note = if open {
                "A figure alone is the best possible; under others stands how far they may still go. ± is against the base."
            } else {
                "Every figure is the best possible. ± is against the base."
            };
            prose::paragraph(out, 0, note)?;
            // The points of a sweep are told by the table and the chart.
            let told: Vec<&Difference> =
                differences.iter().zip(&answered[1..]).filter(|(_, a)| a.at.is_none()).map(|(d, _)| d).collect();
            for difference in told {
                write!(out, "\n{}", tell::brief(difference, question.baseline.is_none(), NAMES))?;
            }
            if let Some(file) = &self.output {
                writeln!(out, "\nThe chart is in {}.", file.display())?;
            }
        }
        Ok(())
    }
}

/// Scenario files as texts; what is wrong with them ends the run.
fn texts(paths: &[PathBuf]) -> Result<Vec<(String, String)>, Failure> {
    read::scenario_texts(paths).map_err(|wrong| {
        let _ = findings::write_errors(&mut anstream::stderr(), &wrong);
        Failure::new(Exit::Findings, "a scenario has errors; nothing was planned")
    })
}

/// What is said after Ctrl-C.
fn stopped(planned: usize, all: usize) -> Failure {
    let text = format!("stopped; {planned} of {all} are planned and kept");
    Failure::new(Exit::Interrupted, text).help("the same command goes on where it was")
}

/// Wipes the line of the last answer from a terminal.
fn cleared(terminal: bool) {
    if terminal {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}

/// A line for each answer: drawn over on a terminal.
fn told(name: &str, step: Step, terminal: bool) {
    let kept = if step.kept { " (known already)" } else { "" };
    let line = format!("{:>4} of {}  {name}{kept}", step.done, step.of);
    let mut err = std::io::stderr();
    if terminal {
        let line: String = line.chars().take(98).collect();
        let _ = write!(err, "\r\x1b[K{line}");
        let _ = err.flush();
    } else {
        let _ = writeln!(err, "{line}");
    }
}
