//! `docent check`: everything that is wrong or strange in the files, and what they add up to.

use super::exit::{Exit, Failure};
use super::findings;
use super::prose::count;
use crate::read;
use crate::words::{Finding, Level};
use serde::Serialize;
use std::io::Write;
use std::path::Path;

/// Reads everything and lists all that is wrong or strange, and what the programme adds up to
#[derive(clap::Args)]
pub struct Check {
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    findings: Vec<Line<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Line<'a> {
    level: &'a str,
    code: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
    text: &'a str,
    help: &'a str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
}

impl Check {
    /// Lists the findings; exit 3 where one of them is an error.
    pub fn run(&self, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let loaded = read::load(path, &[]);
        let of = |level: Level| loaded.findings.iter().filter(|f| f.level == level).count();
        let (errors, warnings) = (of(Level::Error), of(Level::Warning));
        let exit = if errors > 0 { Exit::Findings } else { Exit::Done };
        if self.json {
            let document = Document {
                findings: loaded.findings.iter().map(line).collect(),
                summary: Summary { errors, warnings },
            };
            serde_json::to_writer_pretty(&mut *out, &document).map_err(std::io::Error::from)?;
            writeln!(out)?;
            return Ok(exit);
        }
        findings::write(out, &loaded.findings)?;
        writeln!(out, "{}: {}, {}", path.display(), count(errors, "error"), count(warnings, "warning"))?;
        Ok(exit)
    }
}

fn line(f: &Finding) -> Line<'_> {
    Line {
        level: match f.level {
            Level::Error => "error",
            Level::Warning => "warning",
        },
        code: f.code,
        file: &f.at.file,
        line: f.at.line,
        column: f.at.column,
        text: &f.text,
        help: &f.help,
    }
}
