//! The question that a `whatif` asks: the base, the scenarios, the options; and the way to its answers.
//!
//! A question can be written down (`study.json`): a result folder says what it holds the answers of.

use super::store::{Kept, Store, build, digest};
use crate::cli::exit::{Exit, Failure};
use crate::cli::findings;
use crate::export::plan_json::{self, PlanPaper};
use crate::plan::brief::Brief;
use crate::programme::Programme;
use crate::programme::day::Day;
use crate::read::plan_file::{self, PlanFile};
use crate::read::{self, Loaded};
use crate::solve::report::{GoalReport, Stopped};
use crate::solve::{self, Options};
use crate::whatif::compare::Side;
use crate::whatif::salvage;
use crate::whatif::study::{Answer, Case, Keep, Step, Study};
use crate::words::{At, Finding};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::atomic::AtomicBool;

pub const FORMAT: &str = "docent-study/1";

/// What findings call the text that flags become.
pub const FLAGS: &str = "the flags";

/// What the base is called in the comparison.
const BASE: &str = "base";

/// Everything that is asked. Scenarios are texts: nothing of it depends on where files stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub format: String,
    pub version: String,
    /// Of the programme's files.
    pub digest: String,
    pub scenarios: Vec<Wanted>,
    pub sweeps: Vec<Swept>,
    pub effort: u64,
    pub seconds: Option<f64>,
    /// In ten-thousandths.
    pub gap: Option<u32>,
    pub seed: u64,
    /// The plan that scenarios keep to, as its file has it, and the file's digest.
    pub baseline: Option<(String, PlanFile)>,
    pub freeze_until: Option<plan_file::Date>,
}

/// One row of the comparison; the base is the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    pub name: String,
    /// Where findings say that they are (a file, or the flags), and the text; in the order in which they are applied.
    pub texts: Vec<(String, String)>,
    /// For a point of sweeps: the place of its value, by sweep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Vec<usize>>,
}

/// A sweep: what is swept, and its values as they are written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Swept {
    pub what: String,
    pub values: Vec<String>,
}

/// A row's programme, built.
pub struct Built {
    pub loaded: Loaded,
    pub programme: Programme,
}

/// A row of the comparison with its answer.
pub struct Answered {
    pub side: Side,
    pub at: Option<Vec<usize>>,
}

impl Wanted {
    /// The base: the programme as it is, or with the scenarios that hold for every row.
    pub fn base(texts: Vec<(String, String)>) -> Wanted {
        Wanted { name: BASE.to_string(), texts, at: None }
    }
}

impl Question {
    /// The programme of every row that is wanted; all that is wrong with any of them is told before anything is planned.
    pub fn build(&self, path: &Path, wanted: &dyn Fn(usize) -> bool) -> Result<Vec<Option<Built>>, Failure> {
        let plain = read::load(path, &[]);
        if plain.inputs.digest != self.digest {
            let text = format!("{} has changed since this was asked", path.display());
            return Err(Failure::new(Exit::Refused, text).help("plan the scenarios again"));
        }
        let mut built = Vec::new();
        let mut wrong: Vec<Finding> = Vec::new();
        let (mut rows, mut points) = (0, 0);
        for (i, row) in self.scenarios.iter().enumerate() {
            if i > 0 && !wanted(i) {
                built.push(None);
                continue;
            }
            let loaded = read::apply(&plain, &row.texts);
            match &loaded.programme {
                Some(programme) => built.push(Some(Built { programme: programme.clone(), loaded })),
                None => {
                    rows += 1;
                    points += usize::from(row.at.is_some());
                    // What is wrong with one point of a sweep is wrong with most of them: the first one speaks for all.
                    if row.at.is_none() || points == 1 {
                        let new: Vec<Finding> = loaded.findings.into_iter().map(|f| placed(f, &row.name)).collect();
                        wrong.extend(new.into_iter().filter(|f| !wrong.contains(f)).collect::<Vec<_>>());
                    }
                    built.push(None);
                }
            }
        }
        if rows == 0 {
            return Ok(built);
        }
        let _ = findings::write_errors(&mut anstream::stderr(), &wrong);
        let whose = match points {
            0 | 1 => "a scenario has errors".to_string(),
            n => format!("{n} values of the sweep have errors, the first is shown"),
        };
        Err(Failure::new(Exit::Findings, format!("{whose}; nothing was planned")))
    }

    pub fn options(&self, threads: usize) -> Options {
        Options {
            effort: self.effort,
            seconds: self.seconds,
            gap: self.gap.map(i128::from),
            until: None,
            threads,
            seed: self.seed,
        }
    }

    /// The swept values of a point, as they are written: joined by commas.
    pub fn value(&self, at: &[usize]) -> String {
        self.sweeps.iter().zip(at).map(|(s, i)| s.values[*i].as_str()).collect::<Vec<_>>().join(",")
    }

    fn freeze_until(&self) -> Option<Day> {
        self.freeze_until.as_ref().map(|d| d.0)
    }

    /// The brief of one row.
    fn brief<'a>(&self, name: &str, programme: &'a Programme) -> Result<Brief<'a>, Failure> {
        let mut brief = Brief::new(programme);
        if let Some((_, file)) = &self.baseline {
            brief.taken = plan_file::taken(file);
            let baseline = salvage::baseline(programme, file, self.freeze_until());
            brief.baseline = Some(baseline.map_err(|wrong| {
                let _ = findings::write_errors(&mut anstream::stderr(), &wrong);
                Failure::new(Exit::Findings, format!("{name}: the baseline and this scenario do not go together"))
            })?);
        }
        Ok(brief)
    }

    /// What each row's answer is kept under: a digest of everything that it depends on.
    pub fn keys(&self) -> Vec<String> {
        let build = build();
        self.scenarios
            .iter()
            .map(|row| {
                // The options and the baseline as text; `texts` without their names, which change nothing.
                let rest = format!(
                    "{} {:?} {:?} {} {:?} {:?}",
                    self.effort,
                    self.seconds,
                    self.gap,
                    self.seed,
                    self.baseline.as_ref().map(|(digest, _)| digest),
                    self.freeze_until().map(|d| d.0),
                );
                let texts = row.texts.iter().map(|(_, text)| text.as_bytes());
                digest([build.as_bytes(), self.digest.as_bytes(), rest.as_bytes()].into_iter().chain(texts))
            })
            .collect()
    }
}

/// A question with its programmes, ready to be planned. Rows that are not wanted here are left out.
pub struct Desk<'a> {
    question: &'a Question,
    study: Study<'a>,
    built: &'a [Option<Built>],
    /// By case of the study: the row of the question.
    rows: Vec<usize>,
    keys: &'a [String],
    store: &'a Store,
    fresh: bool,
}

impl<'a> Desk<'a> {
    pub fn new(
        question: &'a Question,
        built: &'a [Option<Built>],
        keys: &'a [String],
        store: &'a Store,
        threads: usize,
        fresh: bool,
    ) -> Result<Desk<'a>, Failure> {
        let mut cases = Vec::new();
        let mut rows = Vec::new();
        for (i, row) in question.scenarios.iter().enumerate() {
            if let Some(built) = &built[i] {
                let brief = question.brief(&row.name, &built.programme)?;
                let known = question.baseline.as_ref().map(|(_, file)| plan_file::resolve(&built.programme, file).0);
                cases.push(Case { name: row.name.clone(), brief, at: row.at.clone(), known });
                rows.push(i);
            }
        }
        let study = Study {
            cases,
            sweeps: question.sweeps.iter().map(|s| s.values.len()).collect(),
            options: question.options(threads),
        };
        Ok(Desk { question, study, built, rows, keys, store, fresh })
    }

    /// Plans what has no answer yet. None where a row has none: interrupted before its turn.
    pub fn plan(&self, watch: &(dyn Fn(&str, Step) + Sync), interrupt: &AtomicBool) -> Vec<Option<Answer>> {
        self.study.run(
            &|_| true,
            &|brief, options, start, interrupt| solve::plan(brief, options, start, &|_| {}, interrupt),
            self,
            &|step| watch(&self.study.cases[step.case].name, step),
            interrupt,
        )
    }

    /// Makes the answers agree with each other and dresses them for the comparison; rows without one are left out.
    pub fn answered(&self, mut answers: Vec<Option<Answer>>) -> Vec<Answered> {
        self.study.carry(&mut answers);
        let mut all = Vec::new();
        for (case, answer) in answers.iter().enumerate() {
            if let Some(answer) = answer {
                let file = self.file(case, answer, &self.study.reports(case, answer));
                let side = Side::of(&self.study.cases[case].name, &file, self.study.cases[case].brief.programme);
                all.push(Answered { side, at: self.study.cases[case].at.clone() });
            }
        }
        all
    }

    /// The answer as a plan file.
    fn file(&self, case: usize, answer: &Answer, goals: &[GoalReport]) -> PlanFile {
        let inputs = self.built[self.rows[case]].as_ref().map(|b| &b.loaded.inputs);
        plan_json::file(&PlanPaper {
            brief: &self.study.cases[case].brief,
            plan: &answer.plan,
            digest: &self.question.digest,
            files: inputs.map_or(&[], |i| &i.files),
            scenarios: inputs.map_or(&[], |i| &i.scenarios),
            baseline: self.question.baseline.as_ref().map(|(digest, _)| digest.as_str()),
            effort: self.question.effort,
            seed: self.question.seed,
            threads: 1,
            stopped: answer.stopped,
            goals,
        })
    }
}

impl Keep for Desk<'_> {
    fn load(&self, case: usize) -> Option<Answer> {
        if self.fresh {
            return None;
        }
        let kept = self.store.load(&self.keys[self.rows[case]])?;
        let (plan, unknown) = plan_file::resolve(self.study.cases[case].brief.programme, &kept.plan);
        unknown.is_empty().then_some(Answer { plan, bounds: kept.bounds, stopped: kept.stopped, refused: None })
    }

    fn save(&self, case: usize, answer: &Answer) {
        if answer.stopped == Stopped::Interrupt {
            return;
        }
        let plan = self.file(case, answer, &self.study.reports(case, answer));
        let kept = Kept { plan, bounds: answer.bounds.clone(), stopped: answer.stopped };
        // An answer that cannot be kept is planned again another time.
        if let Err(failure) = self.store.save(&self.keys[self.rows[case]], &kept) {
            failure.tell();
        }
    }
}

/// The finding with a place that can be found: flags stand in no file, and are called by what they say.
fn placed(finding: Finding, flags: &str) -> Finding {
    if finding.at.file != FLAGS {
        return finding;
    }
    Finding { at: At { file: flags.to_string(), ..At::default() }, ..finding }
}
