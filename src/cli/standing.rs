//! The bare `docent`: where things stand, and what to do next.

use super::exit::{Exit, Failure};
use super::open::{self, PlanArgument, Planned};
use super::prose::{at, count, days, paragraph};
use super::show::names;
use super::summary;
use crate::plan::Plan;
use crate::plan::goals::uses;
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::programme::money::{MicroCents, grouped, money};
use crate::read::plan_file::{PlanFile, resolve};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

/// How many dates and funds are named.
const MOST: usize = 5;

/// Tells where things stand.
pub fn run(path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
    let at = at(path);
    let given = open::programme(path, &[])?;
    programme(out, &given.programme)?;
    if !given.findings.is_empty() {
        writeln!(out, "{} (docent{at} check)", count(given.findings.len(), "warning"))?;
    }
    let folder = open::folder(path);
    if ![open::PROPOSAL, open::RECORD].iter().any(|name| folder.join(name).exists()) {
        writeln!(out, "\nThere is no plan yet.\nnext: docent{at} plan")?;
        return Ok(Exit::Done);
    }
    let record = open::plan_if_any(&folder.join(open::RECORD));
    let planned = open::plan_or_record(path, &PlanArgument { plan: None })?;
    let changes = open::changes(&planned.given.inputs, &planned.file);
    writeln!(out, "\n{}", age(&planned, record.as_ref()))?;
    if !changes.is_empty() {
        paragraph(out, 0, &format!("Since then {}.", changes.join(", ")))?;
    }
    let programme = &planned.given.programme;
    let (plan, unknown) = resolve(programme, &planned.file);
    if !unknown.is_empty() {
        paragraph(out, 0, &format!("The plan no longer fits the programme: {}", unknown[0].text))?;
        writeln!(out, "next: docent{at} {}", open::again(path))?;
        return Ok(Exit::Done);
    }
    for fact in summary::facts(programme, &plan) {
        paragraph(out, 0, &fact)?;
    }
    list(out, "Money that is short:", short(programme, &plan))?;
    list(out, "Money that expires unspent:", expiring(programme, &plan))?;
    let today = programme.as_of.unwrap_or_else(open::today);
    list(out, "Next dates:", next_dates(programme, &plan, today))?;
    let next = if changes.is_empty() { next(&planned).to_string() } else { open::again(path) };
    writeln!(out, "next: docent{at} {next}")?;
    Ok(Exit::Done)
}

/// The programme in five lines.
fn programme(out: &mut dyn Write, p: &Programme) -> io::Result<()> {
    let officials: i64 = p.requests.values().map(|r| r.participants).sum();
    let countries: BTreeSet<_> = p.requests.ids().map(|r| p.country_of(r)).collect();
    let promised = p.requests.ids().filter(|r| p.is_promised(*r)).count();
    let hosts: BTreeSet<_> = p.requests.values().flat_map(|r| &r.hosts).collect();
    let sum = |in_kind: bool| -> MicroCents { p.funds.values().filter(|f| f.in_kind == in_kind).map(|f| f.has).sum() };
    writeln!(out, "{}", p.name)?;
    writeln!(out, "  from {} to {}{}", p.start, p.end, p.as_of.map_or(String::new(), |d| format!(", as of {d}")))?;
    writeln!(
        out,
        "  {} of {} officials from {}; {promised} of them promised",
        count(p.requests.len(), "request"),
        grouped(&officials.to_string()),
        counted(countries.len(), "country", "countries"),
    )?;
    writeln!(
        out,
        "  {}, {}, {} where sessions may be held",
        count(p.courses.len(), "course"),
        count(p.trainers.len(), "trainer"),
        count(hosts.len(), "place")
    )?;
    let in_kind = sum(true).rounded();
    let kind = if in_kind.0 > 0 { format!(", and {} in kind", money(in_kind)) } else { String::new() };
    writeln!(out, "  {} with {} {}{kind}", count(p.funds.len(), "fund"), money(sum(false).rounded()), p.currency)
}

fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

fn list(out: &mut dyn Write, title: &str, lines: Vec<String>) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title}")?;
    for line in lines.iter().take(MOST) {
        writeln!(out, "  {line}")?;
    }
    if lines.len() > MOST {
        writeln!(out, "  and {} more", lines.len() - MOST)?;
    }
    Ok(())
}

/// What the plan is and how old.
fn age(planned: &Planned, record: Option<&PlanFile>) -> String {
    let written = std::fs::metadata(&planned.path).and_then(|m| m.modified());
    let age = written.ok().and_then(|t| SystemTime::now().duration_since(t).ok()).map(|d| d.as_secs() / 60);
    let age = match age {
        None => String::new(),
        Some(0) => ", written just now".to_string(),
        Some(minutes @ 1..=119) => format!(", written {} ago", count(minutes as usize, "minute")),
        Some(minutes @ 120..=2879) => format!(", written {} ago", count(minutes as usize / 60, "hour")),
        Some(minutes) => format!(", written {} ago", count(minutes as usize / 1440, "day")),
    };
    let adopted = |file: &PlanFile| {
        let day = file.adopted.map_or(String::new(), |d| format!(" on {}", d.0));
        format!("revision {}, adopted{day}", file.revision.unwrap_or(1))
    };
    let what = match (planned.file.revision, record) {
        (Some(_), _) => adopted(&planned.file),
        (None, Some(record)) => format!("a proposal; {} is {}", open::RECORD, adopted(record)),
        (None, None) => "a proposal".to_string(),
    };
    format!("The plan: {} ({what}){age}", planned.path.display())
}

/// Funds of which the plan uses more than they have.
fn short(programme: &Programme, plan: &Plan) -> Vec<String> {
    let used = uses(programme, plan);
    let over = programme.funds.iter().filter(|(f, fund)| used[*f] > fund.has);
    over.map(|(f, fund)| {
        let (used, has) = (money(used[f].rounded()), money(fund.has.rounded()));
        format!("{}: {used} used, and it has {has} {}", names::fund(programme, f), programme.currency)
    })
    .collect()
}

/// Cash that is left in a fund when it ends, the first to end first.
fn expiring(programme: &Programme, plan: &Plan) -> Vec<String> {
    let used = uses(programme, plan);
    let mut all = Vec::new();
    for (f, fund) in programme.funds.iter() {
        let left = (fund.has - used[f]).rounded();
        if let Some(until) = fund.valid_to
            && !fund.in_kind
            && left.0 > 0
        {
            let (left, has) = (money(left), money(fund.has.rounded()));
            all.push((
                until,
                f,
                format!("{until}  {}: {left} of {has} {}", names::fund(programme, f), programme.currency),
            ));
        }
    }
    all.sort();
    all.into_iter().map(|(_, _, line)| line).collect()
}

/// The sessions from a day on, with their teams.
fn next_dates(programme: &Programme, plan: &Plan, today: Day) -> Vec<String> {
    let ahead = plan.sessions.iter().filter(|s| s.span.last >= today);
    ahead
        .map(|s| {
            let team: Vec<&str> = s.team.iter().map(|seat| programme.trainers[seat.trainer].name.as_str()).collect();
            let (course, place) = (&programme.courses[s.course].id, names::place(programme, s.place));
            format!("{}  {} {course} in {place}, with {}", days(s.span), s.id, team.join("; "))
        })
        .collect()
}

/// The verb to type next.
fn next(planned: &Planned) -> &'static str {
    if planned.file.revision.is_some() { "export --ics calendars" } else { "adopt" }
}
