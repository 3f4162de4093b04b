//! The roof: one file per verb, and what all verbs share (exit codes, the one writer of the disk, prose).

mod adopt;
mod busy;
mod calendars;
mod check;
mod compare;
mod completions;
mod exit;
mod explain;
mod export;
mod findings;
mod forced;
mod grid;
mod history;
mod interrupt;
mod man;
mod new;
mod open;
mod plan;
mod progress;
mod prose;
mod rules;
mod show;
mod standing;
mod summary;
mod verify;
mod whatif;
mod why_not;
mod write;

use clap::{CommandFactory, Parser, Subcommand};
use exit::{Exit, Failure};
use std::io::Write;
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::process::ExitCode;

/// What --help ends with.
const AFTER: &str = "\
Without a command: where things stand, and what to do next.

Exit codes:
    0  done
    1  unexpected
    2  usage
    3  errors in the input
    4  the plan breaks a rule
    5  with --strict: the plan leaves commitments broken (it is written)
    6  refused: the plan is stale, or a file would be lost (--force does it)
   70  the judge refused docent's own plan: a bug (the last good plan is written)
  130  interrupted (the best plan so far is written)";

/// Plans training programmes: which requests are served, when, where, by whom, in which language and who pays.
#[derive(Parser)]
#[command(name = "docent", version, max_term_width = 100, after_help = AFTER)]
struct Docent {
    /// The programme: a folder with programme.toml and its tables, or a workbook (.xlsx)
    #[arg(short = 'C', long = "programme", global = true, value_name = "PROGRAMME", default_value = ".")]
    programme: PathBuf,

    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand)]
enum Verb {
    New(new::New),
    Check(check::Check),
    Plan(plan::Plan),
    Show(show::Show),
    Verify(verify::Verify),
    Adopt(adopt::Adopt),
    Compare(compare::Compare),
    Whatif(whatif::Whatif),
    Explain(explain::Explain),
    WhyNot(why_not::WhyNot),
    Export(export::Export),
    Busy(busy::Busy),
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
    let programme = &docent.programme;
    let exit = match &docent.verb {
        None => standing::run(programme, &mut out)?,
        Some(Verb::New(new)) => new.run(&mut out)?,
        Some(Verb::Check(check)) => check.run(programme, &mut out)?,
        Some(Verb::Plan(plan)) => plan.run(programme, &mut out)?,
        Some(Verb::Show(show)) => show.run(programme, &mut out)?,
        Some(Verb::Verify(verify)) => verify.run(programme, &mut out)?,
        Some(Verb::Whatif(whatif)) => whatif.run(programme, &mut out)?,
        Some(Verb::Explain(explain)) => explain.run(programme, &mut out)?,
        Some(Verb::WhyNot(why_not)) => why_not.run(programme, &mut out)?,
        Some(Verb::Compare(compare)) => compare.run(programme, &mut out)?,
        Some(Verb::Adopt(adopt)) => adopt.run(programme, &mut out)?,
        Some(Verb::Export(export)) => export.run(programme, &mut out)?,
        Some(Verb::Busy(busy)) => busy.run(programme, &mut out)?,
        Some(Verb::Rules(rules)) => rules.run(&mut out)?,
        Some(Verb::Completions(completions)) => completions.run(&mut Docent::command(), &mut out)?,
        Some(Verb::Man(man)) => man.run(Docent::command(), &mut out)?,
    };
    out.flush()?;
    Ok(exit)
}
