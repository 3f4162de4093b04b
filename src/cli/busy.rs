//! `docent busy`: what a busy calendar blocks, and why.

use super::exit::{Exit, Failure};
use super::open;
use super::prose::{count, days};
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::programme::people::Trainer;
use crate::read::busy::{BusyRead, busy_of};
use crate::read::{self, Loaded};
use serde::Serialize;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Without a programme and without --from and --to.
const EVER: (i32, i32) = (1970, 2099);

/// Tells which days a busy calendar blocks, and what in it blocks nothing
#[derive(clap::Args)]
pub struct Busy {
    /// The calendar; named after a trainer (T03.ics, T03-university.ics), days are counted where the trainer lives
    #[arg(value_name = "FILE.ics")]
    file: PathBuf,

    /// The first day to look at [default: the programme's start]
    #[arg(long, value_name = "DATE", value_parser = open::date)]
    from: Option<Day>,

    /// The last day to look at [default: the programme's end]
    #[arg(long, value_name = "DATE", value_parser = open::date)]
    to: Option<Day>,

    /// The time zone in which days are counted (an IANA name) [default: the trainer's, else UTC]
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,

    /// Also the exact times
    #[arg(long)]
    intervals: bool,

    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Document<'a> {
    busy: Vec<Days>,
    ignored: Vec<Nothing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    intervals: Option<Vec<Times<'a>>>,
}

#[derive(Serialize)]
struct Days {
    start: String,
    end: String,
}

#[derive(Serialize)]
struct Nothing<'a> {
    summary: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct Times<'a> {
    start: &'a str,
    end: &'a str,
    summary: &'a str,
}

impl Busy {
    /// Lists the days, then what blocks nothing.
    pub fn run(&self, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let bytes = fs::read(&self.file).map_err(|e| Failure::disk("read", &self.file, &e))?;
        // A calendar can be looked at without any programme, or with one that has errors.
        let programme = read::load(path, &[]).programme;
        let trainer = programme.as_ref().and_then(|p| owner(p, &self.file));
        let zone = match (&self.zone, &programme, trainer) {
            (Some(zone), _, _) => zone.clone(),
            (None, Some(p), Some(t)) => p.places[t.home].timezone.clone(),
            _ => "UTC".to_string(),
        };
        if !read::busy::is_zone(&zone) {
            let text = format!("\"{zone}\" is no time zone");
            return Err(Failure::new(Exit::Usage, text).help("name one like Africa/Dakar or Europe/Vienna"));
        }
        let day = |year: i32, month, day| Day::ymd(year, month, day).unwrap_or(Day(0));
        let from = self.from.or(programme.as_ref().map(|p| p.start)).unwrap_or(day(EVER.0, 1, 1));
        let to = self.to.or(programme.as_ref().map(|p| p.end)).unwrap_or(day(EVER.1, 12, 31));
        if to < from {
            return Err(Failure::new(Exit::Usage, format!("{to} comes before {from}")));
        }
        let read = busy_of(&bytes, &zone, trainer.map_or("", |t| &t.email), from, to);
        for warning in &read.warnings {
            let _ = writeln!(anstream::stderr(), "warning: {warning}");
        }
        if self.json {
            serde_json::to_writer_pretty(&mut *out, &self.document(&read)).map_err(std::io::Error::from)?;
            writeln!(out)?;
            return Ok(Exit::Done);
        }
        let whose = trainer.map_or("nobody in this programme".to_string(), |t| format!("{} {}", t.id, t.name));
        writeln!(out, "{} ({whose}), days in {zone}, from {from} to {to}", self.file.display())?;
        self.tell(&read, out)?;
        Ok(Exit::Done)
    }

    fn document<'a>(&self, read: &'a BusyRead) -> Document<'a> {
        Document {
            busy: read.days().iter().map(|s| Days { start: s.first.to_string(), end: s.last.to_string() }).collect(),
            ignored: read.ignored.iter().map(|i| Nothing { summary: &i.summary, why: &i.why }).collect(),
            intervals: self.intervals.then(|| {
                read.intervals.iter().map(|i| Times { start: &i.start, end: &i.end, summary: &i.summary }).collect()
            }),
        }
    }

    fn tell(&self, read: &BusyRead, out: &mut dyn Write) -> std::io::Result<()> {
        let blocked: i32 = read.days().iter().map(|s| s.days()).sum();
        writeln!(out, "\nBlocks {}:", count(usize::try_from(blocked).unwrap_or(0), "day"))?;
        for (span, title) in &read.busy {
            writeln!(out, "  {:<24}{title}", days(*span))?;
        }
        if !read.ignored.is_empty() {
            writeln!(out, "\nBlocks nothing:")?;
            for ignored in &read.ignored {
                writeln!(out, "  {}: {}", ignored.summary, ignored.why)?;
            }
        }
        if self.intervals {
            writeln!(out, "\nExact times:")?;
            for interval in &read.intervals {
                writeln!(out, "  {} to {}  {}", interval.start, interval.end, interval.summary)?;
            }
        }
        Ok(())
    }
}

/// What was read from the programme's busy calendars, a line each: for `docent check`.
pub fn calendars(loaded: &Loaded) -> Vec<String> {
    let Some(programme) = &loaded.programme else { return Vec::new() };
    let files = loaded.tables.calendars.iter().filter_map(|calendar| {
        let name = format!("busy/{}.ics", calendar.stem);
        let trainer = owner(programme, Path::new(&name))?;
        let zone = &programme.places[trainer.home].timezone;
        let read = busy_of(&calendar.bytes, zone, &trainer.email, programme.start, programme.end);
        let blocked: i32 = read.days().iter().map(|s| s.days()).sum();
        let blocked = count(usize::try_from(blocked).unwrap_or(0), "day");
        let mut line = format!("{name} ({} {}): {blocked} blocked", trainer.id, trainer.name);
        let ignored: Vec<String> = read.ignored.iter().map(|i| format!("{} ({})", i.summary, i.why)).collect();
        if !ignored.is_empty() {
            line.push_str(&format!("; blocks nothing: {}", ignored.join(", ")));
        }
        Some(line)
    });
    files.collect()
}

/// The trainer after whom the file is named: the longest id that fits.
fn owner<'a>(programme: &'a Programme, file: &Path) -> Option<&'a Trainer> {
    let stem = file.file_stem()?.to_string_lossy().into_owned();
    programme
        .trainers
        .values()
        .filter(|t| stem == t.id || stem.strip_prefix(&t.id).is_some_and(|rest| rest.starts_with('-')))
        .max_by_key(|t| t.id.len())
}
