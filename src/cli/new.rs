//! `docent new`: a programme folder to start from.

use super::exit::{Exit, Failure};
use super::open;
use super::prose::{at, nearest};
use super::write::write;
use crate::programme::money::Micro;
use crate::random::{self, Wish};
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
#[command(after_help = format!("Examples: {}, and random, made up with the options below --from", names().join(", ")))]
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

    #[command(flatten, next_help_heading = "With --from random")]
    random: Random,
}

/// What a made-up programme is like.
#[derive(clap::Args)]
struct Random {
    /// How many requests
    #[arg(long, value_name = "N", default_value_t = Wish::default().requests, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    requests: u32,

    /// How many trainers [default: what fits the requests]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(4..=10_000))]
    trainers: Option<u32>,

    /// How many places [default: what fits the requests]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(4..=2_000))]
    places: Option<u32>,

    /// How long it lasts
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(12..=500))]
    weeks: Option<u32>,

    /// The same seed makes the same programme
    #[arg(long, value_name = "N", default_value_t = Wish::default().seed)]
    seed: u64,

    /// Which share of what everything would cost the funds have
    #[arg(long, value_name = "X", default_value = "0.6", value_parser = open::share)]
    tight: i128,

    /// No mission visits several sessions
    #[arg(long)]
    no_chain: bool,
}

/// The example that is made up.
const RANDOM: &str = "random";

impl New {
    /// Writes the folder and says what to do next.
    pub fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let files = self.files()?;
        let taken = fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_some());
        if taken && !self.force {
            return Err(Failure::new(Exit::Refused, format!("{} holds files already", self.folder.display()))
                .help("name a new folder, or overwrite what has the same name with --force"));
        }
        for (path, bytes) in &files {
            write(&self.folder.join(path), bytes)?;
        }
        let (folder, at) = (self.folder.display(), at(&self.folder));
        writeln!(out, "{} files in {folder}\nnext: docent{at} check", files.len())?;
        Ok(Exit::Done)
    }

    fn files(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        if self.from == RANDOM {
            return Ok(random::programme(&self.random.wish()));
        }
        let Some(example) = EXAMPLES.iter().find(|e| e.name == self.from) else {
            let help = match nearest(&self.from, names().into_iter().chain([RANDOM])) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("there are {} and {RANDOM}", names().join(", ")),
            };
            return Err(Failure::new(Exit::Usage, format!("there is no example `{}`", self.from)).help(help));
        };
        Ok(example.files.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect())
    }
}

impl Random {
    fn wish(&self) -> Wish {
        Wish {
            requests: self.requests,
            trainers: self.trainers,
            places: self.places,
            weeks: self.weeks,
            seed: self.seed,
            tight: Micro(i64::try_from(self.tight * 100).unwrap_or(0)),
            chain: !self.no_chain,
        }
    }
}

fn names() -> Vec<&'static str> {
    EXAMPLES.iter().map(|e| e.name).collect()
}
