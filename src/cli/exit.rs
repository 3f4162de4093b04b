//! How a run ends: the exit codes, and what is said when it fails.

use std::fmt;
use std::io::{self, Write};

/// The exit codes (documented in README.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Done = 0,
    Unexpected = 1,
    /// The command line asks for something that does not exist.
    Usage = 2,
    /// Findings of level error in the input.
    Findings = 3,
    /// The plan breaks a rule.
    Breaks = 4,
    /// With `--strict`: the plan leaves commitments broken. It is written.
    Commitments = 5,
    /// A stale plan, or a file that would be lost.
    Refused = 6,
    /// The judge refused the solver's own plan: a bug.
    Bug = 70,
    /// Ctrl-C; the best plan is written.
    Interrupted = 130,
}

/// Why a verb could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Told to the planner: what is wrong, and what to do about it (may be empty).
    Told { exit: Exit, text: String, help: String },
    /// Standard output could not be written.
    Output(io::Error),
}

impl Failure {
    /// A failure with its exit code and text.
    pub fn new(exit: Exit, text: impl Into<String>) -> Failure {
        Failure::Told { exit, text: text.into(), help: String::new() }
    }

    /// Adds what to do about it.
    pub fn help(self, more: impl Into<String>) -> Failure {
        match self {
            Failure::Told { exit, text, .. } => Failure::Told { exit, text, help: more.into() },
            other => other,
        }
    }

    /// A file or folder that could not be read or written.
    pub fn disk(what: &str, path: &std::path::Path, error: &io::Error) -> Failure {
        Failure::new(Exit::Unexpected, format!("cannot {what} {}: {}", path.display(), Cause(error)))
    }

    /// Says it on standard error and gives the exit code. A reader who has gone (`| head`) is no failure.
    pub fn tell(self) -> Exit {
        let mut err = anstream::stderr();
        match self {
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Failure::Output(error) => {
                let _ = writeln!(err, "docent: cannot write to standard output: {}", Cause(&error));
                Exit::Unexpected
            }
            Failure::Told { exit, text, help } => {
                let _ = writeln!(err, "docent: {text}");
                if !help.is_empty() {
                    let _ = writeln!(err, "  help: {help}");
                }
                exit
            }
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

/// What the system says, in lower case and without its error number.
struct Cause<'a>(&'a io::Error);

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        let text = text.split(" (os error").next().unwrap_or(&text);
        let mut letters = text.chars();
        match letters.next() {
            Some(first) => write!(f, "{}{}", first.to_lowercase(), letters.as_str()),
            None => f.write_str("unknown error"),
        }
    }
}
