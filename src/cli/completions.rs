//! `docent completions`: for the shell.

use super::exit::{Exit, Failure};
use std::io::Write;

/// Completions for your shell, on standard output
#[derive(clap::Args)]
pub struct Completions {
    /// Which shell
    shell: clap_complete::Shell,
}

impl Completions {
    /// Prints the script that the shell reads.
    pub fn run(&self, command: &mut clap::Command, out: &mut dyn Write) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, command, "docent", &mut script);
        out.write_all(&script)?;
        Ok(Exit::Done)
    }
}
