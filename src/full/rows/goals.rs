//! The goals as rows: what each column counts in each goal. A goal is the objective, or an earlier one that is kept: then
//! its row has a bound.

use super::Terms;
use crate::full::candidates::Candidate;
use crate::full::scale::{Money, Scale};
use crate::full::sums::Sums;
use crate::milp::program::{INFINITE, Program, Row};
use crate::plan::brief::Brief;
use crate::plan::goals::avoided_days;
use crate::plan::{Session, Status};
use crate::programme::Programme;
use crate::programme::id::{FundId, RequestId, TrainerId};
use crate::words::GoalId;
use std::collections::BTreeSet;

/// One row per goal, in the order of the brief's goals.
pub struct Goals {
    pub scales: Vec<Scale>,
    pub rows: Vec<Row>,
    /// What a goal counts without any column, in its units: a goal's value = offset + its row.
    pub offsets: Vec<i128>,
    /// The values that a goal can have, where that is known.
    pub sums: Vec<Option<Sums>>,
}

impl Goals {
    /// The rows, empty and without bounds.
    pub fn new(brief: &Brief, candidates: &[Candidate], money: Money, program: &mut Program) -> Goals {
        let programme = brief.programme;
        let scales: Vec<Scale> = brief.goals().into_iter().map(|g| Scale::new(g, brief, money)).collect();
        let rows = scales.iter().map(|_| program.row(-INFINITE, INFINITE, [])).collect();
        let offsets = scales
            .iter()
            .map(|s| match s.goal {
                GoalId::Commitments => programme.requests.ids().map(|r| i128::from(brief.promise(r))).sum(),
                GoalId::Stability => {
                    brief.baseline.iter().flat_map(|b| b.promises.values()).flatten().count() as i128 * 3
                }
                _ => 0,
            })
            .collect();
        let sums = scales.iter().map(|s| sums(brief, candidates, s)).collect();
        Goals { scales, rows, offsets, sums }
    }

    fn add(&self, goal: GoalId, units: i128, terms: &mut Terms) {
        if let Some(i) = self.scales.iter().position(|s| s.goal == goal).filter(|_| units != 0) {
            terms.push((self.rows[i], self.scales[i].number(units)));
        }
    }

    /// A request that is served.
    pub fn request(&self, brief: &Brief, r: RequestId, terms: &mut Terms) {
        let programme = brief.programme;
        let points = i128::from(programme.requests[r].points.0);
        self.add(GoalId::Coverage, points, terms);
        self.add(GoalId::Commitments, -i128::from(brief.promise(r)), terms);
        if brief.baseline.as_ref().is_some_and(|b| b.promises[r].is_some()) {
            self.add(GoalId::Kept, points, terms);
        }
    }

    /// A quota or a floor that is missed.
    pub fn missed(&self, terms: &mut Terms) {
        self.add(GoalId::Commitments, 1, terms);
    }

    /// A session that is held: preferences, and what changes for those whom the baseline serves (team members who stay
    /// are taken off again by `seat`).
    pub fn session(&self, brief: &Brief, c: &Candidate, terms: &mut Terms) {
        self.add(GoalId::Preferences, penalty(brief.programme, c), terms);
        let Some(baseline) = &brief.baseline else { return };
        let course = &brief.programme.courses[c.course];
        let team = c.booked.as_ref().map_or(course.team(), |s| s.team.len()) as i64;
        let changes: i64 = c
            .requests
            .iter()
            .filter_map(|r| baseline.promises[*r].as_ref())
            .map(|p| {
                i64::from(c.span.first != p.start)
                    + i64::from(Some(c.place) != p.place)
                    + i64::from(Some(c.language) != p.language)
                    + i64::from(p.gone)
                    + p.team.len() as i64
                    + team
                    - 3
            })
            .sum();
        self.add(GoalId::Stability, i128::from(changes), terms);
    }

    /// A trainer's seat in a session: one who stays neither left nor joined.
    pub fn seat(&self, brief: &Brief, c: &Candidate, t: TrainerId, terms: &mut Terms) {
        let Some(baseline) = &brief.baseline else { return };
        let stays = c.requests.iter().filter(|r| baseline.promises[**r].as_ref().is_some_and(|p| p.team.contains(&t)));
        self.add(GoalId::Stability, -2 * stays.count() as i128, terms);
    }

    /// Money that a fund pays, for one of the solver's money units.
    pub fn money(&self, programme: &Programme, money: Money, fund: FundId, terms: &mut Terms) {
        let fund = &programme.funds[fund];
        if !fund.in_kind {
            self.add(GoalId::Cost, i128::from(money.one) * i128::from(1_000_000 + fund.overhead.0), terms);
        }
    }

    /// A mission day beyond a trainer's target.
    pub fn overload(&self, programme: &Programme, terms: &mut Terms) {
        self.add(GoalId::Preferences, 7 * i128::from(programme.preferences.overload_day.0), terms);
    }

    /// A trainer who teaches at all.
    pub fn used(&self, programme: &Programme, terms: &mut Terms) {
        self.add(GoalId::Preferences, 7 * i128::from(programme.preferences.trainer_used.0), terms);
    }
}

/// What the points of the requests that may be served can add up to, for a goal that counts them.
fn sums(brief: &Brief, candidates: &[Candidate], scale: &Scale) -> Option<Sums> {
    if !matches!(scale.goal, GoalId::Kept | GoalId::Coverage) {
        return None;
    }
    let counts = |r: &RequestId| {
        scale.goal == GoalId::Coverage || brief.baseline.as_ref().is_some_and(|b| b.promises[*r].is_some())
    };
    let served: BTreeSet<RequestId> =
        candidates.iter().flat_map(|c| c.requests.iter().copied()).filter(counts).collect();
    let points: Vec<i128> = served.iter().map(|r| i128::from(brief.programme.requests[*r].points.0)).collect();
    Sums::new(&points, scale.grid)
}

/// What a session alone adds to the penalty, in units.
fn penalty(programme: &Programme, c: &Candidate) -> i128 {
    let weights = &programme.preferences;
    let mut sum = 0;
    for r in &c.requests {
        let request = &programme.requests[*r];
        let rank = request.languages.iter().position(|l| *l == c.language).unwrap_or(0);
        sum += 7 * i128::from(weights.language_rank.0) * rank as i128;
        if let Some(preferred) = request.preferred {
            sum += i128::from(weights.week_from_preferred.0) * i128::from((c.span.first - preferred).abs());
        }
    }
    sum + 7 * i128::from(weights.avoided_day.0) * i128::from(avoided_days(programme, &sketch(c)))
}

/// The candidate as a session without a team.
pub fn sketch(c: &Candidate) -> Session {
    Session {
        id: String::new(),
        status: Status::Proposed,
        course: c.course,
        place: c.place,
        language: c.language,
        working_language: c.working,
        span: c.span,
        requests: c.requests.clone(),
        team: Vec::new(),
        charges: Vec::new(),
    }
}
