//! The plan file (`plan.json`, `adopted.json`): its shape, and the way from it to a plan.

mod baseline;
mod resolve;
mod value;

pub use baseline::{baseline, baseline_of, foreign, stuck, taken};
pub use resolve::resolve;
pub use value::{Date, Figure, Money, Share, Word};

use crate::plan::Status;
use crate::programme::build::codes::{self, Code};
use crate::programme::people::Role;
use crate::words::{At, Category, Finding, GoalId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format that is written and read.
pub const FORMAT: &str = "docent-plan/1";

/// A plan file as it stands. Keys are written in this order; what may be absent in one written by hand has a default,
/// and `verify` says what is missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanFile {
    pub format: String,
    #[serde(default)]
    pub programme: Source,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<ScenarioText>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    /// `sha256:…` of the bytes of the plan that was the baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    #[serde(default)]
    pub solver: Solver,
    #[serde(default)]
    pub goals: Vec<Goal>,
    pub sessions: Vec<Session>,
    pub missions: Vec<Mission>,
    #[serde(default)]
    pub unserved: Vec<String>,
    #[serde(default)]
    pub broken_commitments: Vec<BrokenCommitment>,
    /// Counted from 1; only in the plan of record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// The day of adoption; only in the plan of record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cancelled: Vec<Cancelled>,
}

/// What was planned: the programme and the files it was read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub name: String,
    pub digest: String,
    /// Path in the programme → `sha256:…`.
    pub files: BTreeMap<String, String>,
}

/// A scenario as applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScenarioText {
    pub name: String,
    pub text: String,
}

/// How the plan was made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Solver {
    pub version: String,
    pub effort: u64,
    pub seed: u64,
    pub threads: u64,
    /// `proven`, `gap`, `effort`, `clock` or `interrupt`.
    pub stopped: String,
}

/// One goal with what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    pub name: Word<GoalId>,
    pub value: Figure,
    pub bound: Figure,
    pub gap: Share,
    /// `optimal`, `within-gap` or `feasible`.
    pub proof: String,
}

/// One session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub id: String,
    pub status: Word<Status>,
    pub course: String,
    pub place: String,
    pub language: String,
    pub working_language: String,
    pub start: Date,
    pub end: Date,
    pub requests: Vec<String>,
    pub team: Vec<Member>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub costs: Option<Costs>,
    #[serde(default)]
    pub charges: Vec<Charge>,
    /// Only in the plan of record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarEntry>,
}

/// A member of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub trainer: String,
    pub role: Word<Role>,
}

/// The seven categories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Costs {
    pub venue: Money,
    pub interpretation: Money,
    pub materials: Money,
    pub participants: Money,
    pub fees: Money,
    pub travel: Money,
    pub allowance: Money,
}

impl Costs {
    /// In the order of `Category::ALL`.
    pub fn by_category(&self) -> [Money; 7] {
        [self.venue, self.interpretation, self.materials, self.participants, self.fees, self.travel, self.allowance]
    }

    /// From the order of `Category::ALL`.
    pub fn of([venue, interpretation, materials, participants, fees, travel, allowance]: [Money; 7]) -> Costs {
        Costs { venue, interpretation, materials, participants, fees, travel, allowance }
    }
}

/// One charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    pub fund: String,
    pub category: Word<Category>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    pub amount: Money,
}

/// What calendars know a session by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEntry {
    pub uid: String,
    pub sequence: u32,
    pub changed: Date,
}

/// One mission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mission {
    pub trainer: String,
    pub depart: Date,
    #[serde(rename = "return")]
    pub back: Date,
    pub sessions: Vec<String>,
}

/// A commitment that the plan breaks: `must`, `pin`, `quota` or `floor`, and the id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenCommitment {
    pub kind: String,
    pub id: String,
}

/// A session that earlier revisions held and this one does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    pub id: String,
    /// The revision that withdrew it.
    pub revision: u32,
    pub calendar: CalendarEntry,
    pub course: String,
    pub place: String,
    pub start: Date,
    pub end: Date,
    pub team: Vec<Member>,
}

/// Reads a plan file. The findings do not know the file's name: `At::file` is empty.
pub fn parse(bytes: &[u8]) -> Result<PlanFile, Vec<Finding>> {
    #[derive(Deserialize)]
    struct Head {
        format: Option<String>,
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head: Head = serde_json::from_slice(bytes).map_err(|e| vec![refused(&e)])?;
    match head.format.as_deref() {
        Some(FORMAT) => {}
        Some(other) => {
            return Err(vec![finding(
                &codes::PLAN_FORMAT,
                (0, 0),
                format!("the plan file has the format \"{other}\"; this docent reads \"{FORMAT}\""),
                "write it again with `docent plan`, or use the version of docent that wrote it",
            )]);
        }
        None => {
            return Err(vec![finding(
                &codes::PLAN_FORMAT,
                (0, 0),
                format!("this is not a plan file: it has no \"format\": \"{FORMAT}\""),
                "name a file that `docent plan` or `docent adopt` has written",
            )]);
        }
    }
    serde_json::from_slice(bytes).map_err(|e| vec![refused(&e)])
}

/// An error of the JSON reader as a finding.
fn refused(error: &serde_json::Error) -> Finding {
    let whole = error.to_string();
    let text = whole.split(" at line ").next().unwrap_or(&whole);
    let at = (error.line(), error.column());
    match error.classify() {
        serde_json::error::Category::Data => finding(
            &codes::PLAN_SHAPE,
            at,
            format!("the plan file does not have the shape that is expected: {text}"),
            "write it again with `docent plan`; docs/plan-file.md describes every key",
        ),
        serde_json::error::Category::Eof => finding(
            &codes::PLAN_JSON,
            at,
            "the plan file ends in the middle".to_string(),
            "write it again with `docent plan`",
        ),
        _ => finding(
            &codes::PLAN_JSON,
            at,
            format!("the plan file is not valid JSON: {text}"),
            "mend this place, or write the file again with `docent plan`",
        ),
    }
}

fn finding(code: &Code, (line, column): (usize, usize), text: String, help: &str) -> Finding {
    let number = |n: usize| u32::try_from(n).unwrap_or(0);
    let at = At { file: String::new(), line: number(line), column: number(column) };
    Finding { level: code.level, code: code.id, at, text, help: help.to_string() }
}
