//! `docent check`: everything that is wrong or strange in the files, and what they add up to.

use super::busy::calendars;
use super::exit::{Exit, Failure};
use super::findings;
use super::prose::count;
use crate::read::summary::summary;
use crate::read::{self, report};
use crate::words::Level;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Lists all that is wrong or strange in the files, and what they add up to
#[derive(clap::Args)]
pub struct Check {
    /// Print one JSON document
    #[arg(long)]
    json: bool,

    /// A scenario file whose changes are made first; may be repeated
    #[arg(long = "with", value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,
}

impl Check {
    /// Lists the findings; exit 3 where one of them is an error.
    pub fn run(&self, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let loaded = read::load(path, &self.scenarios);
        let of = |level: Level| loaded.findings.iter().filter(|f| f.level == level).count();
        let (errors, warnings) = (of(Level::Error), of(Level::Warning));
        let exit = if errors > 0 { Exit::Findings } else { Exit::Done };
        let summary = loaded.programme.as_ref().map(summary);
        if self.json {
            out.write_all(report::json(&loaded.findings, summary.as_ref()).as_bytes())?;
            return Ok(exit);
        }
        findings::write(out, &loaded.findings)?;
        for line in calendars(&loaded) {
            writeln!(out, "{line}")?;
        }
        writeln!(out, "{}: {}, {}", path.display(), count(errors, "error"), count(warnings, "warning"))?;
        if let Some(summary) = &summary {
            write!(out, "\n{}", report::human(summary))?;
        }
        Ok(exit)
    }
}
