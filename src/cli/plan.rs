//! `docent plan`: from the files to the best plan that can be found. Reads like the line in src/README.md.

use super::exit::{Exit, Failure};
use super::open::{self, Given};
use super::write::write;
use super::{findings, progress, prose, summary};
use crate::export::plan_json::{self, PlanPaper};
use crate::plan::brief::Brief;
use crate::plan::goals::broken;
use crate::programme::day::Day;
use crate::read::digest;
use crate::read::plan_file::{self, PlanFile};
use crate::solve::report::Stopped;
use crate::solve::{Options, Outcome, Refused, Start};
use crate::whatif::compare::{Side, difference, tell};
use crate::whatif::salvage;
use std::io::Write;
use std::path::{Path, PathBuf};

/// How many lines of each list are shown.
const SHOWN: usize = 8;

/// Makes the best plan it can find, writes it (plan.json) and says how good it is
#[derive(clap::Args)]
pub struct Plan {
    /// Where the plan is written [default: plan.json in the programme's folder]
    #[arg(short = 'o', long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// How hard to try; work that does not depend on the machine
    #[arg(long, value_name = "N", default_value_t = Options::default().effort)]
    effort: u64,

    /// Stop after so many seconds with the best plan so far; 0: no clock
    #[arg(long, value_name = "N", default_value_t = 60.0, value_parser = open::seconds)]
    seconds: f64,

    /// Stop as soon as every goal is proven to be within this share of the best possible (0.01 = 1 %)
    #[arg(long, value_name = "X", value_parser = open::share)]
    gap: Option<i128>,

    /// How many threads work
    #[arg(long, value_name = "N", default_value_t = Options::default().threads as u64, value_parser = clap::value_parser!(u64).range(1..=64))]
    threads: u64,

    /// Another seed looks elsewhere first
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// Keep to this plan where possible: goals `kept` and `stability`
    #[arg(long, value_name = "PLAN")]
    baseline: Option<PathBuf>,

    /// The baseline's sessions that start before this day stay as they are
    #[arg(long, value_name = "DATE", requires = "baseline", value_parser = open::date)]
    freeze_until: Option<Day>,

    /// A scenario file whose changes come first; may be repeated
    #[arg(long = "with", value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,

    /// Exit with 5 where commitments are broken
    #[arg(long)]
    strict: bool,

    /// Print the plan file on standard output
    #[arg(long)]
    json: bool,

    /// Overwrite a file that is not a plan
    #[arg(long)]
    force: bool,
}

impl Plan {
    /// Reads, plans, writes, tells.
    pub fn run(&self, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let given = open::programme(path, &self.scenarios)?;
        let target = self.target(path)?;
        let known =
            self.baseline.as_deref().map(|p| open::baseline(p, &given.programme, self.freeze_until)).transpose()?;
        if let Some((_, file)) = &known {
            self.tell_scenarios(&given, file);
        }
        let brief = self.brief(&given, known.as_ref().map(|(_, file)| file))?;
        let start = start(&brief, known.as_ref().map(|(_, file)| file));
        let _ = findings::write_warnings(&mut anstream::stderr(), &given.findings, path);
        let outcome = progress::solve("", &brief, &self.options(), &start)?;

        let baseline = known.as_ref().map(|(bytes, _)| digest::sha256(bytes));
        let paper = PlanPaper {
            brief: &brief,
            plan: &outcome.plan,
            digest: &given.inputs.digest,
            files: &given.inputs.files,
            scenarios: &given.inputs.scenarios,
            baseline: baseline.as_deref(),
            effort: self.effort,
            seed: self.seed,
            threads: self.threads as usize,
            stopped: outcome.stopped,
            goals: &outcome.goals,
        };
        let bytes = plan_json::render(&paper);
        write(&target, &bytes)?;
        if let Some(refused) = &outcome.refused {
            self.save_reproduction(&paper, refused, &target)?;
        }
        if self.json {
            out.write_all(&bytes)?;
        } else {
            self.tell(path, &given, &outcome, &plan_json::file(&paper), &target, out)?;
        }
        Ok(if outcome.refused.is_some() {
            Exit::Bug
        } else if outcome.stopped == Stopped::Interrupt {
            Exit::Interrupted
        } else if self.strict && !broken(&given.programme, &outcome.plan).is_empty() {
            Exit::Commitments
        } else {
            Exit::Done
        })
    }

    fn options(&self) -> Options {
        Options {
            effort: self.effort,
            seconds: (self.seconds > 0.0).then_some(self.seconds),
            gap: self.gap,
            until: None,
            threads: self.threads as usize,
            seed: self.seed,
        }
    }

    /// Where the plan goes; refused where something else would be lost.
    fn target(&self, programme: &Path) -> Result<PathBuf, Failure> {
        let target = self.output.clone().unwrap_or_else(|| open::folder(programme).join(open::PROPOSAL));
        let refused = |why: &str| Err(Failure::new(Exit::Refused, format!("{} {why}", target.display())));
        if !self.force && same(&target, &open::folder(programme).join(open::RECORD)) {
            return refused("is the plan of record, which only `docent adopt` writes")
                .map_err(|f| f.help("name another file with -o"));
        }
        if self.force || !target.is_file() {
            return Ok(target);
        }
        match std::fs::read(&target).map(|bytes| plan_file::parse(&bytes)) {
            Ok(Ok(file)) if file.revision.is_some() => {
                refused("is a plan of record, which only `docent adopt` changes")
                    .map_err(|f| f.help("name another file with -o, or lose it with --force"))
            }
            Ok(Ok(_)) => Ok(target),
            _ => refused("is not a plan and would be lost")
                .map_err(|f| f.help("name another file with -o, or lose it with --force")),
        }
    }

    /// Says where the baseline was made with a scenario that is not asked for now: what it says is not in the tables.
    fn tell_scenarios(&self, given: &Given, baseline: &PlanFile) {
        let now: Vec<&str> = given.inputs.scenarios.iter().map(|(_, text)| text.as_str()).collect();
        for gone in baseline.scenarios.iter().filter(|s| !now.contains(&s.text.as_str())) {
            let mut err = anstream::stderr();
            let _ =
                writeln!(err, "warning: the baseline was made with the scenario \"{}\", this plan is not", gone.name);
            let _ = writeln!(err, "    help: name its file after --with, or make its changes in the tables");
        }
    }

    /// The question: the programme, and what people know already.
    fn brief<'a>(&self, given: &'a Given, known: Option<&PlanFile>) -> Result<Brief<'a>, Failure> {
        let mut brief = Brief::new(&given.programme);
        if let Some(file) = known {
            brief.taken = plan_file::taken(file);
            let path = self.baseline.as_deref().unwrap_or(Path::new(""));
            let baseline = salvage::baseline(&given.programme, file, self.freeze_until);
            brief.baseline = Some(baseline.map_err(|wrong| open::unfit(path, wrong))?);
        }
        Ok(brief)
    }

    fn tell(
        &self,
        path: &Path,
        given: &Given,
        outcome: &Outcome,
        file: &PlanFile,
        target: &Path,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let programme = &given.programme;
        writeln!(out, "{}\n", programme.name)?;
        for fact in summary::facts(programme, &outcome.plan) {
            prose::paragraph(out, 0, &fact)?;
        }
        writeln!(out)?;
        out.write_all(summary::goals(&file.goals, &programme.currency).as_bytes())?;
        writeln!(out)?;
        out.write_all(summary::unserved(programme, &outcome.plan, SHOWN).as_bytes())?;
        let served = outcome.plan.session_of(programme);
        if programme.requests.ids().any(|r| served[r].is_none()) {
            let which = if self.output.is_some() { format!(" -p {}", prose::typed(target)) } else { String::new() };
            writeln!(out, "Why, and what would make room: docent{} explain{which}", prose::at(path))?;
        }
        prose::paragraph(out, 0, &format!("{} The plan is in {}.", stopped(outcome.stopped), target.display()))?;
        let record = open::folder(path).join(open::RECORD);
        if let Some(adopted) = open::plan_if_any(&record) {
            let before = Side::of("the adopted plan", &adopted, programme);
            let after = Side::of("this plan", file, programme);
            writeln!(out, "\nAgainst the adopted plan:")?;
            out.write_all(tell::changes(&difference(&before, &after), tell::Length::Screen(SHOWN)).as_bytes())?;
        }
        let at = prose::at(path);
        if record.exists() {
            writeln!(out, "next: docent{at} compare {} {}", record.display(), target.display())?;
        } else if self.output.is_some() {
            writeln!(out, "next: docent{at} show -p {}", target.display())?;
        } else {
            writeln!(out, "next: docent{at} show")?;
        }
        Ok(())
    }

    /// The refused plan and why, beside the plan that is written instead.
    fn save_reproduction(&self, paper: &PlanPaper, refused: &Refused, target: &Path) -> Result<(), Failure> {
        let bad = PlanPaper { plan: &refused.plan, ..*paper };
        let path = target.with_extension("refused.json");
        write(&path, &plan_json::render(&bad))?;
        let mut err = anstream::stderr();
        let _ = writeln!(err, "docent: the judge refused a plan of docent's own making; this is a bug of docent");
        for violation in &refused.violations {
            let _ = writeln!(err, "  {}: {}", violation.rule, violation.text);
        }
        let _ = writeln!(
            err,
            "  help: please report it, with {} and the programme's folder; {} holds the last plan that was accepted",
            path.display(),
            target.display()
        );
        Ok(())
    }
}

/// What can stay of the baseline as it is: where the work begins.
fn start(brief: &Brief, known: Option<&PlanFile>) -> Start {
    let plan = known.and_then(|file| salvage::salvage(brief, &plan_file::resolve(brief.programme, file).0));
    Start { plans: plan.into_iter().collect(), bounds: Vec::new() }
}

/// True when both name one file, there or not.
fn same(a: &Path, b: &Path) -> bool {
    let folder = |path: &Path| {
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        parent.canonicalize().ok()
    };
    a == b || a.file_name() == b.file_name() && folder(a).is_some() && folder(a) == folder(b)
}

/// Why it stopped, as a sentence.
fn stopped(why: Stopped) -> &'static str {
    match why {
        Stopped::Proven => "Nothing better exists: every goal is proven.",
        Stopped::Gap => "Stopped within the gap that was asked for.",
        Stopped::Effort => "Stopped after the effort that was asked for (--effort looks longer).",
        Stopped::Clock => "Stopped by the clock (--seconds looks longer).",
        Stopped::Interrupt => "Interrupted: this is the best plan so far.",
    }
}
