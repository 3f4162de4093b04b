//! `docent plan`: from the files to the best plan that can be found. Reads like the line in src/README.md.

use super::exit::{Exit, Failure};
use super::open::{self, Given};
use super::progress::Display;
use super::summary;
use super::{interrupt, write};
use crate::export::plan_json;
use crate::solve::{self, Options, Outcome};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Makes the best plan it can find, writes it (plan.json) and says how good it is
#[derive(clap::Args)]
pub struct Plan {
    /// Where the plan is written [default: plan.json in the programme's folder]
    #[arg(short = 'o', long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// How hard to try; work that does not depend on the machine
    #[arg(long, value_name = "N", default_value_t = Options::default().effort)]
    effort: u64,

    /// Stop after so many seconds with the best plan so far; 0: no clock
    #[arg(long, value_name = "N", default_value_t = 60.0, value_parser = seconds)]
    seconds: f64,

    /// Stop as soon as every goal is proven to be within this share of the best possible (0.01 = 1 %)
    #[arg(long, value_name = "X", value_parser = share)]
    gap: Option<i128>,

    /// How many threads work
    #[arg(long, value_name = "N", default_value_t = Options::default().threads as u64, value_parser = clap::value_parser!(u64).range(1..=64))]
    threads: u64,

    /// Another seed looks elsewhere first
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// Keep to this plan where possible: goals `kept` and `stability`
    #[arg(long, value_name = "PLAN")]
    baseline: Option<PathBuf>,

    /// The baseline's sessions that start before this day stay as they are
    #[arg(long, value_name = "DATE", requires = "baseline", value_parser = open::date)]
    freeze_until: Option<crate::programme::day::Day>,

    /// A scenario file whose changes come first; may be repeated
    #[arg(long = "with", value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,

    /// Exit with 5 where commitments are broken
    #[arg(long)]
    strict: bool,

    /// Print the plan file on standard output
    #[arg(long)]
    json: bool,

    /// Overwrite a file that is not a plan
    #[arg(long)]
    force: bool,
}

fn share(text: &str) -> Result<i128, String> {
    match text.parse::<f64>() {
        Ok(x) if (0.0..=1.0).contains(&x) => Ok((x * 10_000.0).round() as i128),
        _ => Err("a share between 0 and 1 is expected (0.01 = 1 %)".to_string()),
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(x) if x >= 0.0 && x <= 1e7 => Ok(x),
        _ => Err("a number of seconds is expected".to_string()),
    }
}

impl Plan {
    fn options(&self) -> Options {
        Options {
            effort: self.effort,
            seconds: (self.seconds > 0.0).then_some(self.seconds),
            gap: self.gap,
            threads: self.threads as usize,
            seed: self.seed,
        }
    }
}
