//! `docent busy`: what a trainer's own calendar blocks, and why.

use super::exit::{Exit, Failure};
use super::open;
use super::prose::{count, days};
use crate::programme::day::Day;
use crate::read::busy::{BusyRead, busy_of};
use crate::read::{self, Loaded};
use serde::Serialize;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Shows the days that a calendar file blocks, and what in it was ignored and why
#[derive(clap::Args)]
pub struct Busy {
    /// The calendar; one that is named after a trainer (T03.ics, T03-outlook.ics) is read on their home clock
    #[arg(value_name = "FILE.ics")]
    file: PathBuf,

    /// First day [default: the programme's first]
    #[arg(long, value_name = "DATE", value_parser = open::date)]
    from: Option<Day>,

    /// Last day [default: the programme's last]
    #[arg(long, value_name = "DATE", value_parser = open::date)]
    to: Option<Day>,

    /// The time zone in which days are counted, like Africa/Dakar [default: the trainer's home, else UTC]
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,

    /// Print one JSON document
    #[arg(long)]
    json: bool,

    /// Also the exact times
    #[arg(long)]
    intervals: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    busy: Vec<Days>,
    ignored: Vec<Ignored<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    intervals: Option<Vec<Interval<'a>>>,
}

/// Whole days, the last included.
#[derive(Serialize)]
struct Days {
    start: String,
    end: String,
}

#[derive(Serialize)]
struct Ignored<'a> {
    summary: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct Interval<'a> {
    start: &'a str,
    end: &'a str,
    summary: &'a str,
}

/// A calendar's owner, as the programme knows them.
struct Owner {
    name: String,
    zone: String,
    email: String,
}

impl Busy {
    /// Prints what the file blocks; warnings go to standard error.
    pub fn run(&self, programme: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let bytes = fs::read(&self.file).map_err(|e| Failure::disk("read", &self.file, &e))?;
        let loaded = read::load(programme, &[]);
        let stem = self.file.file_stem().map_or(String::new(), |s| s.to_string_lossy().into_owned());
        let owner = owner(&loaded, &stem);
        let span = loaded.programme.as_ref().map(|p| (p.start, p.end));
        let (Some(from), Some(to)) = (self.from.or(span.map(|s| s.0)), self.to.or(span.map(|s| s.1))) else {
            let text = format!("{} is no programme that can be read: which days are meant?", programme.display());
            return Err(Failure::new(Exit::Usage, text).help("say --from DATE --to DATE"));
        };
        if to < from {
            return Err(Failure::new(Exit::Usage, format!("--to {to} is before --from {from}")));
        }
        let zone = self.zone.as_deref().or(owner.as_ref().map(|o| o.zone.as_str())).unwrap_or("UTC");
        if !read::busy::is_zone(zone) {
            let text = format!("\"{zone}\" is no time zone");
            return Err(Failure::new(Exit::Usage, text).help("name one like Africa/Dakar or Europe/Vienna"));
        }
        let read = busy_of(&bytes, zone, owner.as_ref().map_or("", |o| o.email.as_str()), from, to);
        let mut err = anstream::stderr();
        for warning in &read.warnings {
            let _ = writeln!(err, "warning: {}: {warning}", self.file.display());
        }
        if self.json {
            serde_json::to_writer_pretty(&mut *out, &self.document(&read)).map_err(std::io::Error::from)?;
            writeln!(out)?;
            return Ok(Exit::Done);
        }
        let of = owner.as_ref().map_or(String::new(), |o| format!(", {}", o.name));
        writeln!(out, "{}{of}: {from} to {to}, days counted in {zone}", self.file.display())?;
        self.tell(&read, out)?;
        Ok(Exit::Done)
    }

    fn document<'a>(&self, read: &'a BusyRead) -> Document<'a> {
        let intervals =
            || read.intervals.iter().map(|i| Interval { start: &i.start, end: &i.end, summary: &i.summary });
        Document {
            busy: read.days().iter().map(|s| Days { start: s.first.to_string(), end: s.last.to_string() }).collect(),
            ignored: read.ignored.iter().map(|i| Ignored { summary: &i.summary, why: &i.why }).collect(),
            intervals: self.intervals.then(|| intervals().collect()),
        }
    }

    fn tell(&self, read: &BusyRead, out: &mut dyn Write) -> std::io::Result<()> {
        for (span, summary) in &read.busy {
            writeln!(out, "  {:<26}  {}", days(*span), one_line(summary))?;
        }
        if self.intervals {
            writeln!(out, "exact times")?;
            for i in &read.intervals {
                writeln!(out, "  {} to {}  {}", i.start, i.end, one_line(&i.summary))?;
            }
        }
        writeln!(out, "{}", sum(read))?;
        for i in &read.ignored {
            writeln!(out, "  {}: {}", one_line(&i.summary), i.why)?;
        }
        Ok(())
    }
}

/// `12 days blocked, 3 events ignored`
fn sum(read: &BusyRead) -> String {
    let blocked: i32 = read.days().iter().map(|s| s.days()).sum();
    let blocked = count(usize::try_from(blocked).unwrap_or(0), "day");
    let ignored = if read.ignored.is_empty() {
        String::new()
    } else {
        format!(", {} ignored:", count(read.ignored.len(), "event"))
    };
    format!("{blocked} blocked{ignored}")
}

/// What was read from the programme's busy calendars, a line each: for `docent check`.
pub fn calendars(loaded: &Loaded) -> Vec<String> {
    let Some(programme) = &loaded.programme else { return Vec::new() };
    let files = loaded.tables.calendars.iter().filter_map(|file| {
        let owner = owner(loaded, &file.stem)?;
        let read = busy_of(&file.bytes, &owner.zone, &owner.email, programme.start, programme.end);
        let mut line = format!("busy/{}.ics ({}): {}", file.stem, owner.name, sum(&read));
        let ignored: Vec<String> =
            read.ignored.iter().map(|i| format!("{} ({})", one_line(&i.summary), i.why)).collect();
        if !ignored.is_empty() {
            line.push(' ');
            line.push_str(&ignored.join(", "));
        }
        Some(line)
    });
    files.collect()
}

/// The trainer whose calendar has this name: the longest id that fits.
fn owner(loaded: &Loaded, stem: &str) -> Option<Owner> {
    let programme = loaded.programme.as_ref()?;
    let fits = |id: &str| stem.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let trainer = programme.trainers.values().filter(|t| fits(&t.id)).max_by_key(|t| t.id.len())?;
    Some(Owner {
        name: trainer.name.clone(),
        zone: programme.places[trainer.home].timezone.clone(),
        email: trainer.email.clone(),
    })
}

fn one_line(summary: &str) -> String {
    let line = summary.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "(no title)".to_string() } else { line }
}
