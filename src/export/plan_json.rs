//! The plan file: one plan as bytes that diff well.

use crate::plan::brief::Brief;
use crate::plan::goals::{Broken, broken};
use crate::plan::price::costs;
use crate::plan::{Plan, Session};
use crate::programme::Programme;
use crate::read::plan_file::{
    BrokenCommitment, Charge, Costs, Date, FORMAT, Figure, Goal, Member, Mission, Money, PlanFile, ScenarioText,
    Session as Written, Share, Solver, Source, Word,
};
use crate::solve::report::{GoalReport, Stopped, hundredths};

/// Everything that a plan file says.
#[derive(Clone, Copy, Debug)]
pub struct PlanPaper<'a> {
    pub brief: &'a Brief<'a>,
    /// Complete: with ids, statuses and charges, in order.
    pub plan: &'a Plan,
    /// `sha256:…` over the files read.
    pub digest: &'a str,
    /// Path → `sha256:…`.
    pub files: &'a [(String, String)],
    /// Name and text of every scenario as applied.
    pub scenarios: &'a [(String, String)],
    /// `sha256:…` of the baseline's bytes.
    pub baseline: Option<&'a str>,
    pub effort: u64,
    pub seed: u64,
    pub threads: usize,
    pub stopped: Stopped,
    pub goals: &'a [GoalReport],
}

/// The plan file's bytes.
pub fn render(paper: &PlanPaper) -> Vec<u8> {
    bytes(&file(paper))
}

/// The bytes of a plan file: two spaces, every value on its own line, a newline at the end.
pub fn bytes(file: &PlanFile) -> Vec<u8> {
    // Every value is text, a whole number, a share or a list or map of these: nothing that JSON lacks.
    let mut bytes = serde_json::to_vec_pretty(file).expect("a plan file is plain JSON");
    bytes.push(b'\n');
    bytes
}

/// The plan file.
pub fn file(paper: &PlanPaper) -> PlanFile {
    let programme = paper.brief.programme;
    let prices = costs(programme, paper.plan);
    let served = paper.plan.session_of(programme);
    PlanFile {
        format: FORMAT.to_string(),
        programme: Source {
            name: programme.name.clone(),
            digest: paper.digest.to_string(),
            files: paper.files.iter().cloned().collect(),
        },
        scenarios: paper
            .scenarios
            .iter()
            .map(|(name, text)| ScenarioText { name: name.clone(), text: text.clone() })
            .collect(),
        as_of: programme.as_of.map(Date),
        baseline: paper.baseline.map(str::to_string),
        solver: Solver {
            version: env!("CARGO_PKG_VERSION").to_string(),
            effort: paper.effort,
            seed: paper.seed,
            threads: paper.threads as u64,
            stopped: paper.stopped.word().to_string(),
        },
        goals: paper.goals.iter().map(goal).collect(),
        sessions: paper.plan.sessions.iter().zip(&prices).map(|(s, c)| session(programme, s, c.by_category)).collect(),
        missions: paper
            .plan
            .missions
            .iter()
            .map(|m| Mission {
                trainer: programme.trainers[m.trainer].id.clone(),
                depart: Date(m.span.first),
                back: Date(m.span.last),
                sessions: m.sessions.iter().map(|s| paper.plan.sessions[*s].id.clone()).collect(),
            })
            .collect(),
        unserved: programme.requests.iter().filter(|(r, _)| served[*r].is_none()).map(|(_, r)| r.id.clone()).collect(),
        broken_commitments: broken(programme, paper.plan).iter().map(|b| commitment(programme, b)).collect(),
        revision: None,
        adopted: None,
        cancelled: Vec::new(),
    }
}

/// A goal's report as it is written.
pub fn goal(report: &GoalReport) -> Goal {
    Goal {
        name: Word(report.goal),
        value: Figure(hundredths(report.goal, report.value)),
        bound: Figure(hundredths(report.goal, report.bound)),
        gap: Share(report.gap()),
        proof: report.proof.word().to_string(),
    }
}

/// A broken commitment as it is written.
pub fn commitment(programme: &Programme, broken: &Broken) -> BrokenCommitment {
    let (kind, id) = match broken {
        Broken::Must(r) => ("must", &programme.requests[*r].id),
        Broken::Pin(r) => ("pin", &programme.requests[*r].id),
        Broken::Quota(q) => ("quota", &programme.quotas[*q].id),
        Broken::Floor(f) => ("floor", &programme.funds[*f].id),
    };
    BrokenCommitment { kind: kind.to_string(), id: id.clone() }
}

fn session(programme: &Programme, s: &Session, costs: [crate::programme::money::Cents; 7]) -> Written {
    Written {
        id: s.id.clone(),
        status: Word(s.status),
        course: programme.courses[s.course].id.clone(),
        place: programme.places[s.place].id.clone(),
        language: programme.languages[s.language].clone(),
        working_language: programme.languages[s.working_language].clone(),
        start: Date(s.span.first),
        end: Date(s.span.last),
        requests: s.requests.iter().map(|r| programme.requests[*r].id.clone()).collect(),
        team: s
            .team
            .iter()
            .map(|seat| Member { trainer: programme.trainers[seat.trainer].id.clone(), role: Word(seat.role) })
            .collect(),
        costs: Some(Costs::of(costs.map(Money))),
        charges: s
            .charges
            .iter()
            .map(|c| Charge {
                fund: programme.funds[c.fund].id.clone(),
                category: Word(c.category),
                request: c.request.map(|r| programme.requests[r].id.clone()),
                amount: Money(c.amount),
            })
            .collect(),
        calendar: None,
    }
}
