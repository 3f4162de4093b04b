//! Findings as they are listed: `file:line:column: code: text`, and what to do about it.

use super::prose::{at, count};
use crate::words::{At, Finding, Level};
use std::io::{self, Write};
use std::path::Path;

/// How many warnings are shown before long work.
const SHOWN: usize = 5;

/// Lists errors, then warnings.
pub fn write(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    for (level, title) in [(Level::Error, "Errors:"), (Level::Warning, "Warnings:")] {
        let of_level: Vec<&Finding> = findings.iter().filter(|f| f.level == level).collect();
        if !of_level.is_empty() {
            writeln!(out, "{title}")?;
            lines(out, &of_level)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

fn lines(out: &mut dyn Write, findings: &[&Finding]) -> io::Result<()> {
    for finding in findings {
        writeln!(out, "{}{}: {}", place(&finding.at), finding.code, finding.text)?;
        if !finding.help.is_empty() {
            writeln!(out, "    help: {}", finding.help)?;
        }
    }
    Ok(())
}

/// Lists the errors among these findings.
pub fn write_errors(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    lines(out, &findings.iter().filter(|f| f.level == Level::Error).collect::<Vec<_>>())
}

/// Tells before long work begins what is strange about the files: a column that is not read may change every answer. The
/// first few, and who lists the rest.
pub fn write_warnings(out: &mut dyn Write, findings: &[Finding], programme: &Path) -> io::Result<()> {
    let warnings: Vec<&Finding> = findings.iter().filter(|f| f.level == Level::Warning).collect();
    if warnings.is_empty() {
        return Ok(());
    }
    writeln!(out, "Warnings, planning goes on:")?;
    lines(out, &warnings[..warnings.len().min(SHOWN)])?;
    if warnings.len() > SHOWN {
        let more = count(warnings.len() - SHOWN, "more warning");
        writeln!(out, "and {more}: docent{} check", at(programme))?;
    }
    writeln!(out)
}

/// `requests.csv:14:3: `, as far as it is known.
fn place(at: &At) -> String {
    match (at.file.as_str(), at.line, at.column) {
        ("", _, _) => String::new(),
        (file, 0, _) => format!("{file}: "),
        (file, line, 0) => format!("{file}:{line}: "),
        (file, line, column) => format!("{file}:{line}:{column}: "),
    }
}
