//! `docent compare`: what is different between plans, and who must be told what.

use super::exit::{Exit, Failure};
use super::open;
use crate::programme::Programme;
use crate::read::plan_file::{self, PlanFile};
use crate::read::{self, Loaded};
use crate::whatif::compare::json::document;
use crate::whatif::compare::tell::{Length, addressees, changes, letters};
use crate::whatif::compare::{Difference, Side, difference};
use std::io::Write;
use std::path::{Path, PathBuf};

/// So many lines of a list stand on the screen.
const SHOWN: usize = 8;

/// Letters of more lines than this do not stand beneath the changes.
const LETTERS: usize = 40;

/// Says what is different between plans, what it costs, and who must be told what
#[derive(clap::Args)]
pub struct Compare {
    /// The plan as people know it, and one or more others; each is compared with the first
    #[arg(value_name = "PLAN", num_args = 2.., required = true)]
    plans: Vec<PathBuf>,

    /// Only the letters to trainers and countries, in full
    #[arg(long, conflicts_with = "json")]
    letters: bool,

    /// The comparison for machines
    #[arg(long)]
    json: bool,
}

impl Compare {
    pub fn run(&self, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let plain = read::load(path, &[]);
        let mut sides = Vec::new();
        for plan in &self.plans {
            let (_, file) = open::plan_at(plan)?;
            let programme = programme(path, &plain, plan, &file)?;
            if let Some(foreign) = plan_file::foreign(&programme, &file) {
                let text = format!("{}: {}", plan.display(), foreign.text);
                return Err(Failure::new(Exit::Findings, text).help(foreign.help));
            }
            sides.push(Side::of(&plan.display().to_string(), &file, &programme));
        }
        let differences: Vec<Difference> = sides[1..].iter().map(|side| difference(&sides[0], side)).collect();
        if self.json {
            let document = document(&sides.iter().collect::<Vec<_>>(), &differences, None);
            serde_json::to_writer_pretty(&mut *out, &document).map_err(|e| Failure::Output(e.into()))?;
            writeln!(out)?;
            return Ok(Exit::Done);
        }
        for (i, difference) in differences.iter().enumerate() {
            if i > 0 {
                writeln!(out)?;
            }
            self.tell(difference, out)?;
        }
        Ok(Exit::Done)
    }

    fn tell(&self, d: &Difference, out: &mut dyn Write) -> Result<(), Failure> {
        if self.letters {
            let letters = letters(d, Length::Whole);
            if letters.is_empty() {
                writeln!(out, "Nobody has to be told anything about {}.", d.to.name)?;
            }
            write!(out, "{letters}")?;
            return Ok(());
        }
        writeln!(out, "{} against {}\n", d.to.name, d.from.name)?;
        let changes = changes(d, Length::Screen(SHOWN));
        let letters = letters(d, Length::Whole);
        write!(out, "{changes}")?;
        if letters.is_empty() {
            writeln!(out, "\nNobody has to be told anything.")?;
        } else if letters.lines().count() <= LETTERS {
            write!(out, "\n{letters}")?;
        } else {
            let plans: Vec<String> = self.plans.iter().map(|p| p.display().to_string()).collect();
            write!(out, "\n{}", addressees(d))?;
            writeln!(out, "The letters to them: docent compare --letters {}", plans.join(" "))?;
        }
        Ok(())
    }
}

/// The programme that a plan was made for, its scenarios applied. Where they no longer fit the tables, the tables alone:
/// names are still better than none.
fn programme(path: &Path, plain: &Loaded, plan: &Path, file: &PlanFile) -> Result<Programme, Failure> {
    let texts: Vec<(String, String)> = file.scenarios.iter().map(|s| (s.name.clone(), s.text.clone())).collect();
    if let Some(programme) = read::apply(plain, &texts).programme {
        return Ok(programme);
    }
    if let Some(programme) = &plain.programme {
        let mut err = anstream::stderr();
        let _ = writeln!(
            err,
            "docent: the scenarios of {} no longer fit the tables; names are taken from the tables as they are",
            plan.display()
        );
        return Ok(programme.clone());
    }
    open::programme(path, &[]).map(|given| given.programme)
}
