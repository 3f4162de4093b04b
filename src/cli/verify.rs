//! `docent verify`: the independent judge.

use super::exit::{Exit, Failure};
use super::open::{self, PlanArgument};
use super::prose::count;
use super::summary;
use crate::verify;
use std::io::Write;
use std::path::Path;

/// Judges a plan: every rule and every figure, recomputed from the files
#[derive(clap::Args)]
pub struct Verify {
    #[command(flatten)]
    plan: PlanArgument,

    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

impl Verify {
    /// Says what the judge finds; warns where the files have changed since the plan was made.
    pub fn run(&self, programme: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let planned = open::plan(programme, &self.plan)?;
        let verified = verify::verify(&planned.given.programme, &planned.file, planned.baseline.as_ref());
        let mut err = anstream::stderr();
        for change in open::changes(&planned.given.inputs, &planned.file) {
            let _ = writeln!(err, "warning: since the plan was made {change}");
        }
        for warning in &verified.warnings {
            let _ = writeln!(err, "warning: {warning}");
        }
        let exit = if verified.holds() { Exit::Done } else { Exit::Breaks };
        if self.json {
            out.write_all(verify::json(&verified).as_bytes())?;
            return Ok(exit);
        }
        out.write_all(verify::text(&verified).as_bytes())?;
        let path = planned.path.display();
        if verified.holds() {
            writeln!(out, "{path} keeps every rule, and every figure in it is right.\n")?;
        } else {
            let (broken, wrong) = (verified.violations.len(), verified.misprints.len());
            let mut found = Vec::new();
            if broken > 0 {
                found.push(format!("breaks the rules {}", times(broken)));
            }
            if wrong > 0 {
                found.push(format!("has {} in it", count(wrong, "wrong figure")));
            }
            writeln!(out, "\n{path} {}.\n", found.join(" and "))?;
        }
        // What a refused plan says of itself proves nothing.
        if verified.holds() {
            out.write_all(summary::goals(&verified.goals, &planned.given.programme.currency).as_bytes())?;
        }
        Ok(exit)
    }
}

fn times(n: usize) -> String {
    if n == 1 { "once".to_string() } else { format!("{n} times") }
}
