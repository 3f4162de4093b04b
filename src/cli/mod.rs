//! The roof: one file per verb, and what all verbs share (exit codes, the one writer of the disk, prose).

mod completions;
mod exit;
mod grid;
mod man;
mod new;
mod progress;
mod prose;
mod rules;
mod show;
mod write;

use clap::{CommandFactory, Parser, Subcommand};
use exit::{Exit, Failure};
use std::io::Write;
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::process::ExitCode;

/// Plans training programmes: which requests are served, when, where, by whom, in which language and who pays.
#[derive(Parser)]
#[command(name = "docent", version, max_term_width = 100, arg_required_else_help = true)]
struct Docent {
    /// The programme: a folder with programme.toml and its tables, or a workbook (.xlsx)
    #[arg(short = 'C', long = "programme", global = true, value_name = "PROGRAMME", default_value = ".")]
    programme: PathBuf,

    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    New(new::New),
    Rules(rules::Rules),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Runs what the command line asks for; says what went wrong on standard error, once.
pub fn main() -> ExitCode {
    let docent = Docent::parse();
    let exit = match catch_unwind(|| run(&docent)) {
        Ok(Ok(exit)) => exit,
        Ok(Err(failure)) => failure.tell(),
        Err(_) => {
            let _ = writeln!(
                anstream::stderr(),
                "docent: this is a bug of docent, not of your files; please report it with the lines above"
            );
            Exit::Unexpected
        }
    };
    ExitCode::from(exit as u8)
}

fn run(docent: &Docent) -> Result<Exit, Failure> {
    let mut out = anstream::stdout().lock();
    let exit = match &docent.verb {
        Verb::New(new) => new.run(&mut out)?,
        Verb::Rules(rules) => rules.run(&mut out)?,
        Verb::Completions(completions) => completions.run(&mut Docent::command(), &mut out)?,
        Verb::Man(man) => man.run(Docent::command(), &mut out)?,
    };
    out.flush()?;
    Ok(exit)
}
