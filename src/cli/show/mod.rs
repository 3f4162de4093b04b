//! `docent show`: the plan as tables.

mod date;
mod fund;
pub mod names;
mod region;
mod request;
mod trainer;

use super::exit::{Exit, Failure};
use super::open::{self, PlanArgument};
use crate::read::plan_file::resolve;
use std::io::Write;
use std::path::Path;

/// Shows the plan as tables
#[derive(clap::Args)]
pub struct Show {
    #[command(flatten)]
    plan: PlanArgument,

    /// What the rows are
    #[arg(long, value_enum, default_value_t = By::Date)]
    by: By,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum By {
    Date,
    Trainer,
    Region,
    Fund,
    Request,
}

impl Show {
    /// Prints the table.
    pub fn run(&self, programme: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let planned = open::plan(programme, &self.plan)?;
        let programme = &planned.given.programme;
        let (plan, unknown) = resolve(programme, &planned.file);
        for change in open::changes(&planned.given.inputs, &planned.file) {
            let _ = writeln!(anstream::stderr(), "warning: since the plan was made {change}");
        }
        if let Some(first) = unknown.first() {
            return Err(Failure::new(Exit::Refused, format!("the plan no longer fits the programme: {}", first.text))
                .help("plan again, or see everything with `docent verify`"));
        }
        let table = match self.by {
            By::Date => date::table(programme, &plan),
            By::Trainer => trainer::table(programme, &plan),
            By::Region => region::table(programme, &plan),
            By::Fund => fund::table(programme, &plan),
            By::Request => request::table(programme, &plan),
        };
        out.write_all(table.as_bytes())?;
        Ok(Exit::Done)
    }
}
