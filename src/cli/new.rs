//! `docent new`: a programme folder to start from.

use super::exit::{Exit, Failure};
use super::prose::nearest;
use super::write::write;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

/// An example programme of `data/`, as it was when docent was built.
pub struct Example {
    pub name: &'static str,
    /// Paths inside the folder, with what the files hold.
    pub files: &'static [(&'static str, &'static [u8])],
}

include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// Makes a commented starter programme, or a copy of an example
#[derive(clap::Args)]
#[command(after_help = format!("Examples: {}", names().join(", ")))]
pub struct New {
    /// The folder to make
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// The example to copy
    #[arg(long, value_name = "NAME", default_value = "starter")]
    from: String,

    /// Write into a folder that holds files already
    #[arg(long)]
    force: bool,
}

impl New {
    /// Writes the folder and says what to do next.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let Some(example) = EXAMPLES.iter().find(|e| e.name == self.from) else {
            let help = match nearest(&self.from, names()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("there are {}", names().join(", ")),
            };
            return Err(Failure::new(Exit::Usage, format!("there is no example `{}`", self.from)).help(help));
        };
        let taken = fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_some());
        if taken && !self.force {
            return Err(Failure::new(Exit::Refused, format!("{} holds files already", self.folder.display()))
                .help("name a new folder, or overwrite what has the same name with --force"));
        }
        for (path, bytes) in example.files {
            write(&self.folder.join(path), bytes)?;
        }
        let folder = self.folder.display();
        writeln!(out, "{} files in {folder}\nnext: docent -C {folder} check", example.files.len())?;
        Ok(Exit::Done)
    }
}

fn names() -> Vec<&'static str> {
    EXAMPLES.iter().map(|e| e.name).collect()
}
