//! Findings as they are listed: `file:line:column: code: text`, and what to do about it.

use crate::words::{At, Finding, Level};
use std::io::{self, Write};

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

/// `requests.csv:14:3: `, as far as it is known.
fn place(at: &At) -> String {
    match (at.file.as_str(), at.line, at.column) {
        ("", _, _) => String::new(),
        (file, 0, _) => format!("{file}: "),
        (file, line, 0) => format!("{file}:{line}: "),
        (file, line, column) => format!("{file}:{line}:{column}: "),
    }
}
