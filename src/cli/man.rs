//! `docent man`: manual pages.

use super::exit::{Exit, Failure};
use super::write::write;
use clap_mangen::Man as Page;
use std::io::Write;
use std::path::PathBuf;

/// Writes manual pages, one per verb
#[derive(clap::Args)]
pub struct Man {
    /// The folder to write them to
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Man {
    /// Writes docent.1 and one page per verb (docent-plan.1 …).
    pub fn run(&self, command: clap::Command, out: &mut dyn Write) -> Result<Exit, Failure> {
        let mut root = command.disable_help_subcommand(true);
        root.build();
        let mut pages: Vec<Page> = root.get_subcommands().cloned().map(Page::new).collect();
        pages.insert(0, Page::new(root));
        for page in &pages {
            let mut bytes = Vec::new();
            page.render(&mut bytes)?;
            write(&self.folder.join(page.get_filename()), &bytes)?;
        }
        writeln!(out, "{} manual pages in {}", pages.len(), self.folder.display())?;
        Ok(Exit::Done)
    }
}
