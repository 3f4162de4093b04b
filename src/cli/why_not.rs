//! `docent why-not`: the best plan in which a request is served as somebody wants it, and what that costs.

use super::exit::{Exit, Failure};
use super::grid::{Column, grid};
use super::open::{self, Given, Planned};
use super::{findings, progress, prose, summary};
use crate::explain::conflict::conflicts;
use crate::explain::facts::fact;
use crate::explain::force::{scenario, wanted};
use crate::explain::obstacles::{Asked, Obstacles};
use crate::explain::rule_set::RuleSet;
use crate::export::plan_json::{self, PlanPaper};
use crate::plan::Session;
use crate::plan::brief::{Baseline, Brief};
use crate::plan::goals::decimal;
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::programme::id::{Dense, Id};

use crate::read;
use crate::read::plan_file::{self, Goal, PlanFile};
use crate::solve::{Options, Outcome, Start};
use crate::whatif::compare::{Side, difference, tell};
use crate::whatif::salvage::salvage;
use crate::words::{GoalId, Violation};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// How many names a line has room for.
const NAMES: usize = 6;

/// Finds the best plan that serves a request as you want it, and says what that costs
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  docent why-not --request R043                      why is it not served? what would it take?
  docent why-not --request R012 --trainer T05        why does somebody else teach it?
  docent why-not --request R012 --start 2027-03-01 --place SEN")]
pub struct WhyNot {
    #[command(flatten)]
    plan: open::PlanArgument,

    /// The request that is to be served
    #[arg(long, value_name = "R")]
    request: String,

    /// … with this trainer on the team
    #[arg(long, value_name = "T")]
    trainer: Option<String>,

    /// … at this place
    #[arg(long, value_name = "P")]
    place: Option<String>,

    /// … from this day on
    #[arg(long, value_name = "D", value_parser = open::date)]
    start: Option<Day>,

    /// … in this language
    #[arg(long, value_name = "L")]
    language: Option<String>,

    /// How hard to try; work that does not depend on the machine
    #[arg(long, value_name = "N", default_value_t = Options::default().effort)]
    effort: u64,

    /// Stop after so many seconds with the best plan so far; 0: no clock
    #[arg(long, value_name = "N", default_value_t = 60.0, value_parser = open::seconds)]
    seconds: f64,

    /// How many threads work
    #[arg(long, value_name = "N", default_value_t = Options::default().threads as u64, value_parser = clap::value_parser!(u64).range(1..=64))]
    threads: u64,

    /// Another seed looks elsewhere first
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// Go on with a plan whose files have changed since
    #[arg(long)]
    force: bool,

    /// The answer for machines
    #[arg(long)]
    json: bool,
}

/// What came out.
enum Answer {
    /// The plan serves it so already.
    Already,
    /// No plan serves it so. Conflicts: rules that leave no way even if it were alone; may be none.
    Never(Vec<Vec<Violation>>),
    /// Neither a plan nor a proof that there is none.
    Open,
    /// The best plan that was found.
    Forced(Box<PlanFile>),
}

impl WhyNot {
    /// Reads the plan, looks what stands in the way, plans with the choice made, compares.
    pub fn run(&self, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let planned = open::plan(path, &self.plan)?;
        planned.refuse_stale(path, self.force)?;
        if planned.file.baseline.is_some() && planned.baseline.is_none() {
            let text = format!("the plan that was the baseline of {} is not at hand", planned.path.display());
            return Err(Failure::new(Exit::Findings, text).help("put it back beside the plan, or plan again"));
        }
        let programme = &planned.given.programme;
        let asked = self.asked(programme)?;
        let (answer, exit) = self.answer(path, &planned, &asked)?;
        if self.json {
            serde_json::to_writer_pretty(&mut *out, &document(&planned, &answer))
                .map_err(|e| Failure::Output(e.into()))?;
            writeln!(out)?;
        } else {
            self.tell(path, &planned, &asked, &answer, out)?;
        }
        Ok(exit)
    }

    /// The rows that are meant.
    fn asked(&self, programme: &Programme) -> Result<Asked, Failure> {
        let request = find(&programme.requests, "request", &self.request, |r| &r.id)?;
        Ok(Asked {
            request,
            trainer: self.trainer.as_ref().map(|id| find(&programme.trainers, "trainer", id, |t| &t.id)).transpose()?,
            place: self.place.as_ref().map(|id| find(&programme.places, "place", id, |p| &p.id)).transpose()?,
            start: self.start,
            language: self.language.as_ref().map(|id| find(&programme.languages, "language", id, |l| l)).transpose()?,
        })
    }

    fn answer(&self, path: &Path, planned: &Planned, asked: &Asked) -> Result<(Answer, Exit), Failure> {
        let programme = &planned.given.programme;
        let base = plan_file::resolve(programme, &planned.file).0;
        if base.sessions.iter().any(|s| is_so(s, asked)) {
            return Ok((Answer::Already, Exit::Done));
        }
        let obstacles = Obstacles::new(programme);
        let ways = if programme.is_done(asked.request) {
            vec![RuleSet::of(crate::words::RuleId::Pin)]
        } else {
            obstacles.of(asked)
        };
        let conflicts = conflicts(&ways);
        if !conflicts.is_empty() {
            let told = |conflict: &RuleSet| {
                conflict.rules().map(|rule| fact(&obstacles, programme, asked, rule)).collect::<Vec<Violation>>()
            };
            return Ok((Answer::Never(conflicts.iter().map(told).collect()), Exit::Done));
        }
        let forced = self.given(path, planned, asked)?;
        let mut brief = Brief { insist: Some(asked.request), ..Brief::new(&forced.programme) };
        brief.taken = plan_file::taken(&planned.file);
        if let Some(known) = &planned.baseline {
            let mut baseline = plan_file::baseline(&forced.programme, known, None).unwrap_or_default();
            let plan = plan_file::resolve(&forced.programme, &planned.file).0;
            baseline.frozen = plan_file::frozen_by_status(&forced.programme, known, &plan);
            if baseline.frozen.iter().any(|s| s.requests.contains(&asked.request)) {
                let text =
                    format!("{} is frozen in {}: its session stays as it is", self.request, planned.path.display());
                return Err(Failure::new(Exit::Usage, text).help("plan without --freeze-until, and ask again"));
            }
            brief.taken.extend(plan_file::taken(known));
            brief.baseline = Some(baseline);
        }
        let Some(outcome) = self.plan(&brief, planned)? else { return Ok((Answer::Never(Vec::new()), Exit::Done)) };
        if outcome.refused.is_some() {
            let text = "the judge refused a plan of docent's own making; this is a bug of docent";
            return Err(
                Failure::new(Exit::Bug, text).help("please report it, with the programme's folder and this command")
            );
        }
        let interrupted = outcome.stopped == crate::solve::report::Stopped::Interrupt;
        let exit = if interrupted { Exit::Interrupted } else { Exit::Done };
        if outcome.plan.session_of(brief.programme)[asked.request].is_none() {
            return Ok((Answer::Open, exit));
        }
        let paper = PlanPaper {
            brief: &brief,
            plan: &outcome.plan,
            digest: &forced.inputs.digest,
            files: &forced.inputs.files,
            scenarios: &forced.inputs.scenarios,
            baseline: planned.file.baseline.as_deref(),
            effort: self.effort,
            seed: self.seed,
            threads: self.threads as usize,
            stopped: outcome.stopped,
            goals: &outcome.goals,
        };
        Ok((Answer::Forced(Box::new(plan_json::file(&paper))), exit))
    }

    /// The programme in which the choice is made.
    fn given(&self, path: &Path, planned: &Planned, asked: &Asked) -> Result<Given, Failure> {
        let forced = scenario(&planned.given.programme, asked);
        let before = planned.file.scenarios.iter().map(|s| (s.name.clone(), s.text.clone()));
        let texts: Vec<(String, String)> = before.chain([("what is asked".to_string(), forced.text)]).collect();
        let loaded = read::load_again(path, &texts);
        match loaded.programme {
            Some(programme) => Ok(Given { programme, inputs: loaded.inputs, findings: loaded.findings }),
            None => {
                let _ = findings::write_errors(&mut anstream::stderr(), &loaded.findings);
                Err(Failure::new(Exit::Findings, "what is asked does not go together with the tables"))
            }
        }
    }

    /// The best plan that serves the request; None: there is none. First only whether it can be served at all.
    fn plan(&self, brief: &Brief, planned: &Planned) -> Result<Option<Outcome>, Failure> {
        let seconds = (self.seconds > 0.0).then_some(self.seconds);
        let options = Options {
            effort: self.effort,
            seconds,
            gap: None,
            until: Some(GoalId::Commitments),
            threads: self.threads as usize,
            seed: self.seed,
        };
        let base = plan_file::resolve(brief.programme, &planned.file).0;
        let known = salvage(brief, &base);
        let start = Start { plans: known.into_iter().collect(), bounds: Vec::new() };
        let began = std::time::Instant::now();
        let first = progress::solve(brief, &options, &start)?;
        let request = brief.insist.expect("a request is insisted on");
        if first.plan.session_of(brief.programme)[request].is_none() || first.refused.is_some() {
            let broken = first.goals.iter().find(|g| g.goal == GoalId::Commitments);
            let never = broken.is_some_and(|g| g.bound >= i128::from(brief.insistence()));
            return Ok((!never).then_some(first));
        }
        if first.stopped == crate::solve::report::Stopped::Interrupt {
            return Ok(Some(first));
        }
        let left = seconds.map(|s| (s - began.elapsed().as_secs_f64()).max(1.0));
        let start = Start { plans: vec![first.plan], bounds: first.bounds };
        let last = Options { seconds: left, until: None, ..options };
        if brief.baseline.is_some() {
            return progress::solve(brief, &last, &start).map(Some);
        }
        // Of plans that are worth the same the one that changes least.
        let near = Brief { baseline: Some(Baseline::told(brief.programme, &base)), afterwards: true, ..brief.clone() };
        let mut outcome = progress::solve(&near, &last, &start)?;
        outcome.goals.retain(|g| !matches!(g.goal, GoalId::Kept | GoalId::Stability));
        Ok(Some(outcome))
    }

    fn tell(
        &self,
        path: &Path,
        planned: &Planned,
        asked: &Asked,
        answer: &Answer,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let programme = &planned.given.programme;
        let request = &programme.requests[asked.request];
        let (what, country) = summary::named(programme, asked.request);
        let officials = prose::count(request.participants.max(0) as usize, "official");
        writeln!(out, "{what}, {officials} of {country}{}\n", choice(programme, asked))?;
        match answer {
            Answer::Already => {
                let mine = planned.file.sessions.iter().find(|s| s.requests.contains(&request.id));
                prose::paragraph(out, 0, &format!("{} serves it so already.", planned.path.display()))?;
                self.session(mine, planned, out)?;
            }
            Answer::Never(conflicts) => never(conflicts, out)?,
            Answer::Open => {
                let text =
                    "No plan that serves it so was found, and no proof that there is none (--seconds looks longer).";
                prose::paragraph(out, 0, text)?;
            }
            Answer::Forced(forced) => {
                self.session(forced.sessions.iter().find(|s| s.requests.contains(&request.id)), planned, out)?;
                writeln!(out)?;
                out.write_all(prices(&planned.file.goals, &forced.goals, &programme.currency).as_bytes())?;
                writeln!(out)?;
                let before = Side::of(&planned.path.display().to_string(), &planned.file, programme);
                let after = Side::of("What else that means", forced, programme);
                out.write_all(tell::brief(&difference(&before, &after), false, NAMES).as_bytes())?;
                let cells = wanted(programme, asked);
                let how = if cells.is_empty() {
                    format!("set must = yes for {} in requests.csv", request.id)
                } else {
                    let cells: Vec<String> = cells
                        .iter()
                        .map(|(column, value)| format!("{column} {}", value.replace(['"', '[', ']'], "")))
                        .collect();
                    format!("pin it in pins.csv (request {}, {})", request.id, cells.join(", "))
                };
                writeln!(out, "next: to have it so, {how}, then docent{} {}", prose::at(path), open::again(path))?;
            }
        }
        Ok(())
    }

    /// The session that serves it, in a line.
    fn session(
        &self,
        session: Option<&plan_file::Session>,
        planned: &Planned,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let Some(s) = session else { return Ok(()) };
        let programme = &planned.given.programme;
        let place = programme.places.values().find(|p| p.id == s.place).map_or(&s.place, |p| &p.name);
        let name =
            |id: &String| programme.trainers.values().find(|t| t.id == *id).map_or(id.clone(), |t| t.name.clone());
        let team: Vec<String> =
            s.team.iter().map(|m| format!("{} ({}, {})", name(&m.trainer), m.trainer, m.role.0.word())).collect();
        let days = crate::programme::day::Span { first: s.start.0, last: s.end.0 };
        let with: Vec<&str> = s.requests.iter().filter(|r| **r != self.request).map(String::as_str).collect();
        let with = if with.is_empty() { String::new() } else { format!(", together with {}", with.join(", ")) };
        let text = format!("{}: {}, {place}, in {}, by {}{with}.", s.id, days.in_words(), s.language, team.join(", "));
        prose::paragraph(out, 2, &text)?;
        Ok(())
    }
}

/// The row with this id; Err: which one was probably meant.
fn find<I: Id, T>(rows: &Dense<I, T>, what: &str, id: &str, name: impl Fn(&T) -> &String) -> Result<I, Failure> {
    if let Some((row, _)) = rows.iter().find(|(_, row)| name(row) == id) {
        return Ok(row);
    }
    let failure = Failure::new(Exit::Usage, format!("there is no {what} {id} in the programme"));
    Err(match prose::nearest(id, rows.values().map(|row| name(row).as_str())) {
        Some(near) => failure.help(format!("did you mean {near}?")),
        None => failure,
    })
}

/// True when this session serves the request as asked.
fn is_so(session: &Session, asked: &Asked) -> bool {
    session.requests.contains(&asked.request)
        && asked.trainer.is_none_or(|t| session.team.iter().any(|seat| seat.trainer == t))
        && asked.place.is_none_or(|p| session.place == p)
        && asked.start.is_none_or(|d| session.span.first == d)
        && asked.language.is_none_or(|l| session.language == l)
}

/// What is asked, after the request's name.
fn choice(programme: &Programme, asked: &Asked) -> String {
    let mut all = Vec::new();
    all.extend(asked.trainer.map(|t| format!("with {} ({})", programme.trainers[t].name, programme.trainers[t].id)));
    all.extend(asked.place.map(|p| format!("in {}", programme.places[p].name)));
    all.extend(asked.start.map(|d| format!("from {d}")));
    all.extend(asked.language.map(|l| format!("in {}", programme.languages[l])));
    if all.is_empty() { String::new() } else { format!(": {}", all.join(", ")) }
}

/// Why it can never be.
fn never(conflicts: &[Vec<Violation>], out: &mut dyn Write) -> Result<(), Failure> {
    if conflicts.is_empty() {
        let text = "No plan serves it so. Alone it could be; together with what is done, the money that there is and what must \
                    come before it, it cannot. That is proven.";
        prose::paragraph(out, 0, text)?;
        return Ok(());
    }
    for (i, conflict) in conflicts.iter().enumerate() {
        let many = conflict.len() > 1;
        let head = match (i, many) {
            (0, false) => "No plan serves it so: one rule leaves no way.",
            (0, true) => "No plan serves it so: these rules together leave no way.",
            (_, false) => "Apart from that, this one leaves none either.",
            (_, true) => "Apart from that, these leave none either.",
        };
        prose::paragraph(out, 0, head)?;
        for violation in conflict {
            prose::paragraph(out, 2, &format!("{}: {}.", violation.rule, violation.text))?;
        }
    }
    let rules: Vec<&str> = conflicts.iter().flatten().map(|v| v.rule.word()).collect();
    writeln!(out, "next: docent rules {}", rules.first().copied().unwrap_or_default())?;
    Ok(())
}

/// The goals of both plans and what the choice costs of each.
fn prices(base: &[Goal], forced: &[Goal], currency: &str) -> String {
    let rows = forced.iter().map(|goal| {
        let name = goal.name.0;
        let before = base.iter().find(|g| g.name == goal.name);
        let figure = |g: &Goal| summary::shown(name, &g.value.to_string(), currency);
        let delta = before.map(|b| goal.value.0 - b.value.0);
        let price = match delta {
            None => String::new(),
            Some(0) => "nothing".to_string(),
            Some(d) => {
                let size = summary::shown(name, &decimal(d.abs()), currency);
                format!("{size} {}", if d > 0 { "more" } else { "less" })
            }
        };
        vec![name.to_string(), before.map(figure).unwrap_or_default(), figure(goal), price, known(goal)]
    });
    let columns = [
        Column::Left("goal"),
        Column::Right("the plan"),
        Column::Right("so"),
        Column::Right("price"),
        Column::Whole("how good"),
    ];
    grid(&columns, rows.collect())
}

/// How good the figure with the choice made is.
fn known(goal: &Goal) -> String {
    match goal.proof.as_str() {
        "optimal" => "proven best".to_string(),
        _ if goal.gap.0 >= 10_000 => "not known".to_string(),
        _ => format!("within {}", prose::percent(goal.gap.0)),
    }
}

/// The answer for machines.
fn document(planned: &Planned, answer: &Answer) -> Value {
    let base = json!({ "goals": planned.file.goals });
    match answer {
        Answer::Already => {
            let price: Vec<Value> = planned.file.goals.iter().map(|g| delta(g, 0)).collect();
            let proof = proof(&planned.file.goals);
            json!({ "base": base, "forced": { "goals": planned.file.goals, "proof": proof, "plan": planned.file }, "price": price })
        }
        Answer::Forced(forced) => {
            let price: Vec<Value> = forced
                .goals
                .iter()
                .filter_map(|g| {
                    let before = planned.file.goals.iter().find(|b| b.name == g.name)?;
                    Some(delta(g, g.value.0 - before.value.0))
                })
                .collect();
            json!({ "base": base, "forced": { "goals": forced.goals, "proof": proof(&forced.goals), "plan": forced }, "price": price })
        }
        Answer::Never(conflicts) => {
            let told = |all: &Vec<Violation>| -> Value {
                all.iter().map(|v| json!({ "rule": v.rule.word(), "subjects": v.subjects, "text": v.text })).collect()
            };
            let also: Vec<Value> = conflicts.iter().skip(1).map(told).collect();
            let conflict = conflicts.first().map_or(json!([]), told);
            json!({ "base": base, "conflict": conflict, "also": also, "proven": true })
        }
        Answer::Open => json!({ "base": base, "proven": false }),
    }
}

fn delta(goal: &Goal, by: i128) -> Value {
    json!({ "goal": goal.name.0.word(), "delta": decimal(by) })
}

/// How well all goals are known: as well as the least known one.
fn proof(goals: &[Goal]) -> &str {
    let worst = |g: &&Goal| match g.proof.as_str() {
        "optimal" => 0,
        "within-gap" => 1,
        _ => 2,
    };
    goals.iter().max_by_key(worst).map_or("feasible", |g| g.proof.as_str())
}
