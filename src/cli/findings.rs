//! Findings as they are listed: `file:line:column: code: text`, and what to do about it.

use crate::words::{At, Finding, Level};
use std::io::{self, Write};

/// Lists these findings.
pub fn write<'a>(out: &mut dyn Write, findings: impl IntoIterator<Item = &'a Finding>) -> io::Result<()> {
    for finding in findings {
        let level = match finding.level {
            Level::Error => String::new(),
            Level::Warning => "warning: ".to_string(),
        };
        writeln!(out, "{}{level}{}: {}", place(&finding.at), finding.code, finding.text)?;
        if !finding.help.is_empty() {
            writeln!(out, "    help: {}", finding.help)?;
        }
    }
    Ok(())
}

/// Lists the errors among these findings.
pub fn write_errors(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    write(out, findings.iter().filter(|f| f.level == Level::Error))
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
