//! `docent export`: the plan in other forms.

use super::calendars::CalendarOptions;
use super::exit::{Exit, Failure};
use super::open::{self, PlanArgument, Planned};
use super::prose::count;
use super::summary;
use super::write::{refuse_other, write};
use crate::export::html::{self, Heading};
use crate::export::tables::{Table, tables};
use crate::export::{csv, xlsx};
use crate::verify;
use std::io::Write;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};

/// Writes calendars, tables (CSV), a workbook, a report page
#[derive(clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Export {
    #[command(flatten)]
    plan: PlanArgument,

    /// A folder for calendars: one for the programme, and one for each trainer, region, place, course, fund and country
    #[arg(long, value_name = "DIR")]
    ics: Option<PathBuf>,

    /// A folder for one CSV file per table
    #[arg(long, value_name = "DIR")]
    csv: Option<PathBuf>,

    /// A workbook with one sheet per table
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,

    /// A page to read, print and mail
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// Export though the files have changed since the plan was made, or where the programme's own files or the calendars
    /// of a later revision would be lost
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    calendars: CalendarOptions,
}

impl Export {
    /// Writes what is asked for, if the judge passes the plan.
    pub fn run(&self, programme: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let planned = open::plan_or_record(programme, &self.plan)?;
        planned.refuse_stale(programme, self.force)?;
        // Calendars are made while the judge reads; nothing is written before it has passed the plan.
        let (verified, calendars) = std::thread::scope(|scope| {
            let verdict =
                scope.spawn(|| verify::verify(&planned.given.programme, &planned.file, planned.baseline.as_ref()));
            let render = |folder: &PathBuf| self.calendars.render(programme, &planned, folder, self.force);
            let calendars = self.ics.as_ref().map(render);
            (verdict.join().unwrap_or_else(|panic| resume_unwind(panic)), calendars)
        });
        if !verified.violations.is_empty() {
            let first = &verified.violations[0];
            let text = format!("{} breaks a rule: {}: {}", planned.path.display(), first.rule, first.text);
            return Err(Failure::new(Exit::Breaks, text).help("`docent verify` lists all of them; plan again"));
        }
        let calendars = calendars.transpose()?;
        let given = &planned.given;
        let tables = if self.csv.is_some() || self.xlsx.is_some() {
            tables(&given.programme, &verified.plan)
        } else {
            Vec::new()
        };
        let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
        if let Some(folder) = &self.csv {
            files.extend(tables.iter().map(|t| (folder.join(format!("{}.csv", t.name)), csv::render(t))));
        }
        if let Some(file) = &self.xlsx {
            files.push((file.clone(), workbook(&tables)?));
        }
        if let Some(file) = &self.html {
            let heading = heading(&planned, summary::facts(&given.programme, &verified.plan));
            files.push((file.clone(), html::render(&given.programme, &verified.plan, &heading)));
        }
        self.refuse_loss(programme, &planned, &files)?;
        for (path, bytes) in &files {
            write(path, bytes)?;
        }
        if !files.is_empty() {
            writeln!(out, "{}:", count(files.len(), "file"))?;
            for (path, _) in &files {
                writeln!(out, "  {}", path.display())?;
            }
        }
        if let Some(calendars) = calendars {
            calendars.write(out)?;
        }
        Ok(Exit::Done)
    }

    /// The programme's own tables have the same names as some of ours; pages and workbooks have any.
    fn refuse_loss(&self, programme: &Path, planned: &Planned, files: &[(PathBuf, Vec<u8>)]) -> Result<(), Failure> {
        if self.force {
            return Ok(());
        }
        let mut own: Vec<PathBuf> = planned.given.inputs.files.iter().map(|(name, _)| programme.join(name)).collect();
        own.extend([programme.to_path_buf(), planned.path.clone()]);
        let own: Vec<PathBuf> = own.iter().filter_map(|p| p.canonicalize().ok()).collect();
        let lost = files.iter().find(|(path, _)| path.canonicalize().is_ok_and(|p| own.contains(&p)));
        if let Some((path, _)) = lost {
            let text = format!("{} belongs to the programme and would be lost", path.display());
            return Err(Failure::new(Exit::Refused, text).help("name another folder or file"));
        }
        let named = |path: &PathBuf| self.xlsx.as_ref() == Some(path) || self.html.as_ref() == Some(path);
        files.iter().filter(|(path, _)| named(path)).try_for_each(|(path, bytes)| refuse_other(path, bytes))
    }
}

fn workbook(tables: &[Table]) -> Result<Vec<u8>, Failure> {
    xlsx::render(tables).map_err(|e| Failure::new(Exit::Unexpected, format!("the workbook cannot be made: {e}")))
}

fn heading(planned: &Planned, facts: Vec<String>) -> Heading {
    let (file, currency) = (&planned.file, &planned.given.programme.currency);
    let what = match file.revision {
        Some(revision) => format!("Adopted plan, revision {revision}"),
        None => "Proposed plan".to_string(),
    };
    let when = match (file.adopted, file.as_of) {
        (Some(day), _) => format!(" of {}", day.0),
        (None, Some(day)) => format!(" as of {}", day.0),
        (None, None) => String::new(),
    };
    Heading {
        state: what + &when,
        adopted: file.revision.is_some(),
        facts,
        goals: file
            .goals
            .iter()
            .map(|g| {
                let shown = |figure: String| summary::shown(g.name.0, &figure, currency);
                [g.name.0.to_string(), shown(g.value.to_string()), shown(g.bound.to_string()), summary::known(g)]
            })
            .collect(),
    }
}
