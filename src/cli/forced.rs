//! Planning with a request insisted on, and with changes: what `why-not` and `explain` share.

use super::exit::{Exit, Failure};
use super::open::{self, Given, Planned};
use super::{findings, progress, prose};
use crate::explain::force::scenario;
use crate::explain::obstacles::Asked;
use crate::export::plan_json::{self, PlanPaper};
use crate::plan::Plan;
use crate::plan::brief::{Baseline, Brief};
use crate::programme::Programme;
use crate::programme::id::{Dense, Id};
use crate::read;
use crate::read::plan_file::{self, PlanFile};
use crate::solve::report::Stopped;
use crate::solve::{Options, Outcome, Start};
use crate::whatif::salvage::salvage;
use crate::words::{Finding, GoalId, Violation};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// How hard to try, and how to answer.
#[derive(clap::Args)]
pub struct Trying {
    /// How hard to try; work that does not depend on the machine
    #[arg(long, value_name = "N", default_value_t = Options::default().effort)]
    pub effort: u64,

    /// Stop after so many seconds with the best plan so far; 0: no clock
    #[arg(long, value_name = "N", default_value_t = 60.0, value_parser = open::seconds)]
    pub seconds: f64,

    /// How many threads work
    #[arg(long, value_name = "N", default_value_t = Options::default().threads as u64, value_parser = clap::value_parser!(u64).range(1..=64))]
    pub threads: u64,

    /// Another seed looks elsewhere first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,

    /// Go on with a plan whose files have changed since
    #[arg(long)]
    pub force: bool,

    /// The answer for machines
    #[arg(long)]
    pub json: bool,
}

/// What came out.
pub enum Forced {
    /// No plan serves it so: proven.
    Never,
    /// Neither a plan nor a proof that there is none.
    Open,
    /// The best plan that was found.
    Plan(Box<PlanFile>),
}

/// A plan whose programme is planned again with changes.
#[derive(Clone, Copy)]
pub struct Forcing<'a> {
    /// What stands before the news of how far it is; may be empty.
    pub about: &'a str,
    pub path: &'a Path,
    pub planned: &'a Planned,
    pub trying: &'a Trying,
}

impl Forcing<'_> {
    /// The best plan that serves a request as asked, in so many seconds (0: no clock).
    pub fn best(&self, asked: &Asked, seconds: f64) -> Result<(Forced, Exit), Failure> {
        let quick = scenario(&self.planned.given.programme, asked);
        let forced = self.with("what is asked", quick.text).map_err(|wrong| {
            let _ = findings::write_errors(&mut anstream::stderr(), &wrong);
            Failure::new(Exit::Findings, "what is asked does not go together with the tables")
        })?;
        let brief = Brief { insist: vec![asked.request], ..self.brief(&forced.programme) };
        if brief.frozen().iter().any(|s| s.requests.contains(&asked.request)) {
            let id = &forced.programme.requests[asked.request].id;
            let text = format!("{id} is frozen in {}: its session stays as it is", self.planned.path.display());
            return Err(Failure::new(Exit::Usage, text).help("plan without --freeze-until, and ask again"));
        }
        let Some(outcome) = self.plan(&brief, asked, seconds)? else { return Ok((Forced::Never, Exit::Done)) };
        let interrupted = outcome.stopped == Stopped::Interrupt;
        let exit = if interrupted { Exit::Interrupted } else { Exit::Done };
        if outcome.plan.session_of(brief.programme)[asked.request].is_none() {
            return Ok((Forced::Open, exit));
        }
        Ok((Forced::Plan(Box::new(self.paper(&forced, &brief, &outcome))), exit))
    }

    /// The programme with one more scenario; Err: what speaks against it.
    pub fn with(&self, name: &str, text: String) -> Result<Given, Vec<Finding>> {
        let before = self.planned.file.scenarios.iter().map(|s| (s.name.clone(), s.text.clone()));
        let texts: Vec<(String, String)> = before.chain([(name.to_owned(), text)]).collect();
        let loaded = read::load_again(self.path, &texts);
        match loaded.programme {
            Some(programme) => Ok(Given { programme, inputs: loaded.inputs, findings: loaded.findings }),
            None => Err(loaded.findings),
        }
    }

    /// The question that the plan answers, asked of this programme.
    pub fn brief<'p>(&self, programme: &'p Programme) -> Brief<'p> {
        let file = &self.planned.file;
        let mut brief = Brief { taken: plan_file::taken(file), ..Brief::new(programme) };
        if let Some(known) = &self.planned.baseline {
            let plan = plan_file::resolve(programme, file).0;
            brief.taken.extend(plan_file::taken(known));
            brief.baseline = Some(plan_file::baseline_of(programme, known, &plan));
        }
        brief
    }

    /// How hard to try, in so many seconds (0: no clock).
    pub fn options(&self, seconds: f64, until: Option<GoalId>) -> Options {
        Options {
            effort: self.trying.effort,
            seconds: (seconds > 0.0).then_some(seconds),
            gap: None,
            until,
            threads: self.trying.threads as usize,
            seed: self.trying.seed,
        }
    }

    /// Plans, from what can stay of this plan.
    pub fn solve(&self, brief: &Brief, options: &Options, known: &Plan) -> Result<Outcome, Failure> {
        let start = Start { plans: salvage(brief, known).into_iter().collect(), bounds: Vec::new() };
        sound(progress::solve(self.about, brief, options, &start)?)
    }

    /// The plan file of an outcome.
    pub fn paper(&self, given: &Given, brief: &Brief, outcome: &Outcome) -> PlanFile {
        plan_json::file(&PlanPaper {
            brief,
            plan: &outcome.plan,
            digest: &given.inputs.digest,
            files: &given.inputs.files,
            scenarios: &given.inputs.scenarios,
            baseline: self.planned.file.baseline.as_deref(),
            effort: self.trying.effort,
            seed: self.trying.seed,
            threads: self.trying.threads as usize,
            stopped: outcome.stopped,
            goals: &outcome.goals,
        })
    }

    /// The best plan that serves the request; None: there is none. First only whether it can be served at all.
    fn plan(&self, brief: &Brief, asked: &Asked, seconds: f64) -> Result<Option<Outcome>, Failure> {
        let base = plan_file::resolve(brief.programme, &self.planned.file).0;
        let began = std::time::Instant::now();
        let first = self.solve(brief, &self.options(seconds, Some(GoalId::Commitments)), &base)?;
        if first.plan.session_of(brief.programme)[asked.request].is_none() {
            return Ok((!proven_never(brief, &first)).then_some(first));
        }
        if first.stopped == Stopped::Interrupt {
            return Ok(Some(first));
        }
        let left = if seconds > 0.0 { (seconds - began.elapsed().as_secs_f64()).max(1.0) } else { 0.0 };
        let start = Start { plans: vec![first.plan], bounds: first.bounds };
        let last = self.options(left, None);
        if brief.baseline.is_some() {
            return sound(progress::solve(self.about, brief, &last, &start)?).map(Some);
        }
        // Of plans that are worth the same the one that changes least.
        let near = Brief { baseline: Some(Baseline::told(brief.programme, &base)), afterwards: true, ..brief.clone() };
        let mut outcome = sound(progress::solve(self.about, &near, &last, &start)?)?;
        outcome.goals.retain(|g| !matches!(g.goal, GoalId::Kept | GoalId::Stability));
        Ok(Some(outcome))
    }
}

/// True when it is proven that no plan serves all that the brief insists on.
pub fn proven_never(brief: &Brief, outcome: &Outcome) -> bool {
    let broken = outcome.goals.iter().find(|g| g.goal == GoalId::Commitments);
    broken.is_some_and(|g| g.bound >= i128::from(brief.insistence()))
}

/// Fails where the judge refused a plan that an engine made.
fn sound(outcome: Outcome) -> Result<Outcome, Failure> {
    if outcome.refused.is_some() {
        let text = "the judge refused a plan of docent's own making; this is a bug of docent";
        return Err(
            Failure::new(Exit::Bug, text).help("please report it, with the programme's folder and this command")
        );
    }
    Ok(outcome)
}

/// Refuses to ask about a plan that is stale, or whose baseline is gone.
pub fn askable(path: &Path, planned: &Planned, force: bool) -> Result<(), Failure> {
    planned.refuse_stale(path, force)?;
    if planned.file.baseline.is_some() && planned.baseline.is_none() {
        let text = format!("the plan that was the baseline of {} is not at hand", planned.path.display());
        return Err(Failure::new(Exit::Findings, text).help("put it back beside the plan, or plan again"));
    }
    Ok(())
}

/// The session that serves a request, in a line.
pub fn session(
    request: &str,
    session: Option<&plan_file::Session>,
    planned: &Planned,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let Some(s) = session else { return Ok(()) };
    let programme = &planned.given.programme;
    let place = programme.places.values().find(|p| p.id == s.place).map_or(&s.place, |p| &p.name);
    let name = |id: &String| programme.trainers.values().find(|t| t.id == *id).map_or(id.clone(), |t| t.name.clone());
    let team: Vec<String> =
        s.team.iter().map(|m| format!("{} ({}, {})", name(&m.trainer), m.trainer, m.role.0.word())).collect();
    let days = crate::programme::day::Span { first: s.start.0, last: s.end.0 };
    let with: Vec<&str> = s.requests.iter().filter(|r| *r != request).map(String::as_str).collect();
    let with = if with.is_empty() { String::new() } else { format!(", together with {}", with.join(", ")) };
    let text = format!("{}: {}, {place}, in {}, by {}{with}.", s.id, days.in_words(), s.language, team.join(", "));
    prose::paragraph(out, 2, &text)?;
    Ok(())
}

/// Rules that leave no way, with what each says; when they do: ` in any plan`, or nothing.
pub fn conflicts(indent: usize, when: &str, conflicts: &[Vec<Violation>], out: &mut dyn Write) -> Result<(), Failure> {
    for (i, conflict) in conflicts.iter().enumerate() {
        let head = match (i, conflict.len()) {
            (0, 1) => format!("One rule leaves no way{when}:"),
            (0, _) => format!("These rules together leave no way{when}:"),
            (_, 1) => "Apart from that, this one leaves none either:".to_owned(),
            (_, _) => "Apart from that, these leave none either:".to_owned(),
        };
        prose::paragraph(out, indent, &head)?;
        for violation in conflict {
            prose::paragraph(out, indent + 2, &format!("{}: {}.", violation.rule, violation.text))?;
        }
    }
    Ok(())
}

/// A conflict for machines.
pub fn violations(conflict: &[Violation]) -> Value {
    conflict.iter().map(|v| json!({ "rule": v.rule.word(), "subjects": v.subjects, "text": v.text })).collect()
}

/// Conflicts for machines: the first, empty where there is none, and those after it.
pub fn conflict_and_also(conflicts: &[Vec<Violation>]) -> (Value, Vec<Value>) {
    let mut told = conflicts.iter().map(|conflict| violations(conflict));
    let first = told.next().unwrap_or_else(|| json!([]));
    (first, told.collect())
}

/// The row with this id; Err: which one was probably meant.
pub fn find<I: Id, T>(rows: &Dense<I, T>, what: &str, id: &str, name: impl Fn(&T) -> &String) -> Result<I, Failure> {
    if let Some((row, _)) = rows.iter().find(|(_, row)| name(row) == id) {
        return Ok(row);
    }
    if id.trim().is_empty() {
        return Err(Failure::new(Exit::Usage, format!("the id of the {what} is empty")));
    }
    let failure = Failure::new(Exit::Usage, format!("there is no {what} {id} in the programme"));
    Err(match prose::nearest(id, rows.values().map(|row| name(row).as_str())) {
        Some(near) => failure.help(format!("did you mean {near}?")),
        None => failure,
    })
}
