//! `docent why-not`: the best plan in which a request is served as somebody wants it, and what that costs.

use super::exit::{Exit, Failure};
use super::forced::{self, Forced, Forcing, Trying};
use super::grid::{Column, grid};
use super::open::{self, Planned};
use super::{prose, summary};
use crate::explain::facts::conflicts_told;
use crate::explain::force::wanted;
use crate::explain::obstacles::{Asked, Obstacles};
use crate::explain::rule_set::RuleSet;
use crate::plan::Session;
use crate::plan::goals::decimal;
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::read::plan_file::{self, Goal, PlanFile};
use crate::whatif::compare::{Side, difference, tell};
use crate::words::Violation;
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

    #[command(flatten)]
    trying: Trying,
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
        forced::askable(path, &planned, self.trying.force)?;
        let programme = &planned.given.programme;
        let asked = self.asked(programme)?;
        let (answer, exit) = self.answer(path, &planned, &asked)?;
        if self.trying.json {
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
        let request = forced::find(&programme.requests, "request", &self.request, |r| &r.id)?;
        Ok(Asked {
            request,
            trainer: self
                .trainer
                .as_ref()
                .map(|id| forced::find(&programme.trainers, "trainer", id, |t| &t.id))
                .transpose()?,
            place: self.place.as_ref().map(|id| forced::find(&programme.places, "place", id, |p| &p.id)).transpose()?,
            start: self.start,
            language: self
                .language
                .as_ref()
                .map(|id| forced::find(&programme.languages, "language", id, |l| l))
                .transpose()?,
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
        let conflicts = conflicts_told(&obstacles, programme, asked, &ways);
        if !conflicts.is_empty() {
            return Ok((Answer::Never(conflicts), Exit::Done));
        }
        let forcing = Forcing { about: "", path, planned, trying: &self.trying };
        let (forced, exit) = forcing.best(asked, self.trying.seconds)?;
        let answer = match forced {
            Forced::Never => Answer::Never(Vec::new()),
            Forced::Open => Answer::Open,
            Forced::Plan(plan) => Answer::Forced(plan),
        };
        Ok((answer, exit))
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
                forced::session(&request.id, mine, planned, out)?;
            }
            Answer::Never(conflicts) => never(conflicts, out)?,
            Answer::Open => {
                let text =
                    "No plan that serves it so was found, and no proof that there is none (--seconds looks longer).";
                prose::paragraph(out, 0, text)?;
            }
            Answer::Forced(forced) => {
                let mine = forced.sessions.iter().find(|s| s.requests.contains(&request.id));
                forced::session(&request.id, mine, planned, out)?;
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
    prose::paragraph(out, 0, "No plan serves it so.")?;
    forced::conflicts(0, "", conflicts, out)?;
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
            let (conflict, also) = forced::conflict_and_also(conflicts);
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
