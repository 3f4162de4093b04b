//! `docent whatif`: plans scenarios, each with the same goals and the same effort, and compares them.

mod merge;
mod show;
mod store;
mod study;

use super::exit::{Exit, Failure};
use super::{interrupt, open, write};
use crate::cli::prose::count;
use crate::solve::Options;
use crate::whatif::compare::json::{Point, document};
use crate::whatif::compare::{Difference, Side, difference, tell};
use crate::whatif::quick::{Edit, Sweep};
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use study::{Answered, Question};

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
    freeze_until: Option<crate::programme::day::Day>,

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
    #[arg(short = 'o', long, value_name = "FILE", requires = "sweep")]
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
