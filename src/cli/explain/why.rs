//! Why a request is not served: what is in its way, the best plan that serves it all the same, what would make room.

use super::super::exit::{Exit, Failure};
use super::super::forced::{Forced, Forcing, proven_never};
use crate::explain::beside::{Beside, Ways};
use crate::explain::facts::conflicts_told;
use crate::explain::obstacles::{Asked, Obstacles};
use crate::explain::repairs::{Repair, repairs, scenario};
use crate::explain::rule_set::RuleSet;
use crate::plan::Plan;
use crate::plan::brief::Brief;
use crate::programme::id::RequestId;
use crate::read::plan_file::{Goal, PlanFile};
use crate::solve::report::Stopped;
use crate::whatif::translate::translate;
use crate::words::{GoalId, RuleId, Violation};
use std::collections::BTreeSet;

/// So many repairs are told, and so many ideas are tried for each of them.
const REPAIRS: usize = 3;
const IDEAS: usize = 3;

/// What a request's time goes to: shares of the best plan that serves it, of the proof that it does not go with all the
/// rest, and of each repair.
const FORCED: f64 = 0.4;
const PROOF: f64 = 0.15;
const REPAIR: f64 = 0.15;

/// What is not touched where rules are said to leave no way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// Only what is done: no plan at all serves it.
    Nothing,
    /// Everybody who is served now is served, no matter how.
    Served,
    /// Every other session, where and when it is and by whom; trips may be made anew.
    Sessions,
    /// Every other session, and every trip.
    Trips,
}

impl Stays {
    /// As machines read it.
    pub fn word(self) -> &'static str {
        match self {
            Stays::Nothing => "nothing",
            Stays::Served => "served",
            Stays::Sessions => "sessions",
            Stays::Trips => "trips",
        }
    }
}

/// Why a request is not served.
pub struct Why {
    pub request: RequestId,
    /// No plan at all serves it.
    pub impossible: bool,
    /// Rules that leave no way, each with a fact; then others that leave none either. None at all where no rule is in its way.
    pub conflicts: Vec<Vec<Violation>>,
    /// … while this stays.
    pub stays: Stays,
    /// It can be added to the plan as it stands.
    pub fits: bool,
    /// It is proven that no plan serves it, or that none serves it besides all that is served now.
    pub proven: bool,
    /// The best plan that was found that serves it.
    pub forced: Option<Box<PlanFile>>,
    /// The cheapest first.
    pub repairs: Vec<Tried>,
}

/// A repair that was planned, and what came out.
pub struct Tried {
    pub says: String,
    pub scenario: String,
    /// What the plan costs more than now, in hundredths.
    pub price: i128,
    pub goals: Vec<Goal>,
}

/// What is asked of one plan.
pub struct Inquiry<'a> {
    forcing: Forcing<'a>,
    brief: &'a Brief<'a>,
    plan: &'a Plan,
    alone: Obstacles<'a>,
    beside: Beside<'a>,
}

impl<'a> Inquiry<'a> {
    /// Of this plan, for this brief.
    pub fn new(forcing: Forcing<'a>, brief: &'a Brief<'a>, plan: &'a Plan) -> Inquiry<'a> {
        Inquiry { forcing, brief, plan, alone: Obstacles::new(brief.programme), beside: Beside::new(brief, plan) }
    }

    /// Why a request is not served, in so many seconds (0: no clock); and whether Ctrl-C ended it.
    pub fn why(&self, request: RequestId, seconds: f64) -> Result<(Why, bool), Failure> {
        let programme = self.brief.programme;
        let forcing = self.about(request);
        let asked = Asked::any(request);
        let ways = self.beside.ways(request);
        let never = conflicts_told(&self.alone, programme, &asked, &self.alone.of(&asked));
        let mut why = if never.is_empty() {
            self.as_it_stands(request, &ways)
        } else {
            Why { impossible: true, conflicts: never, stays: Stays::Nothing, ..Why::of(request) }
        };
        if !why.impossible {
            let (forced, exit) = forcing.best(&asked, seconds * FORCED)?;
            match forced {
                Forced::Never => why.impossible = true,
                Forced::Open => {}
                Forced::Plan(forced) => why.forced = Some(forced),
            }
            if exit == Exit::Interrupted {
                return Ok((why, true));
            }
        }
        let keeps_all = |forced: &PlanFile| dropped(&forcing.planned.file, forced).is_empty();
        why.proven = why.impossible
            || why.stays == Stays::Served
            || !why.forced.as_deref().is_some_and(keeps_all) && self.never_with_all(request, seconds * PROOF)?;
        let mut kinds: Vec<RuleSet> = Vec::new();
        for repair in repairs(programme, &self.beside, request, &ways.built).iter().take(REPAIRS * IDEAS) {
            if why.repairs.len() == REPAIRS || kinds.contains(&repair.rules) {
                continue;
            }
            let (tried, stopped) = self.tried(request, repair, seconds * REPAIR)?;
            if let Some(tried) = tried {
                kinds.push(repair.rules);
                why.repairs.push(tried);
            }
            if stopped {
                return Ok((why, true));
            }
        }
        why.repairs.sort_by_key(|tried| tried.price);
        Ok((why, false))
    }

    /// Planning for this request.
    fn about(&self, request: RequestId) -> Forcing<'a> {
        Forcing { about: &self.brief.programme.requests[request].id, ..self.forcing }
    }

    /// What is in its way as the plan stands.
    fn as_it_stands(&self, request: RequestId, ways: &Ways) -> Why {
        let programme = self.brief.programme;
        let told =
            |obstacles: &Obstacles, sets: &[RuleSet]| conflicts_told(obstacles, programme, &Asked::any(request), sets);
        let quota = RuleSet::of(RuleId::QuotaMax);
        if self.beside.quota_is_full(request) {
            return Why { conflicts: told(&self.beside.obstacles, &[quota]), stays: Stays::Served, ..Why::of(request) };
        }
        let fits = ways.built.iter().any(|(set, _)| set.is_empty());
        let loose = told(&self.beside.obstacles, &ways.loose);
        if fits || !loose.is_empty() {
            return Why { conflicts: loose, fits, ..Why::of(request) };
        }
        Why { conflicts: told(&self.beside.own_trips, &ways.own), stays: Stays::Trips, ..Why::of(request) }
    }

    /// True when it is proven that no plan serves all that is served now and this request.
    fn never_with_all(&self, request: RequestId, seconds: f64) -> Result<bool, Failure> {
        let forcing = self.about(request);
        if more_would_be_better(self.brief, &forcing.planned.file.goals) {
            return Ok(true);
        }
        let mut all: Vec<RequestId> = self.plan.sessions.iter().flat_map(|s| &s.requests).copied().collect();
        all.push(request);
        let brief = Brief { insist: all, ..self.brief.clone() };
        let outcome = forcing.solve(&brief, &forcing.options(seconds, Some(GoalId::Commitments)), self.plan)?;
        Ok(proven_never(&brief, &outcome))
    }

    /// Plans a repair: None where not all are served then, or more commitments are broken. And whether Ctrl-C ended it.
    fn tried(&self, request: RequestId, repair: &Repair, seconds: f64) -> Result<(Option<Tried>, bool), Failure> {
        let forcing = self.about(request);
        let planned = forcing.planned;
        let programme = &planned.given.programme;
        let text = scenario(programme, self.plan, request, repair);
        let Ok(given) = forcing.with("repair", text.clone()) else { return Ok((None, false)) };
        let brief = forcing.brief(&given.programme);
        let known = translate(programme, &self.beside.with(&repair.way), &given.programme);
        let outcome = forcing.solve(&brief, &forcing.options(seconds, None), &known)?;
        let stopped = outcome.stopped == Stopped::Interrupt;
        let file = forcing.paper(&given, &brief, &outcome);
        let served: BTreeSet<&String> = file.sessions.iter().flat_map(|s| &s.requests).collect();
        let mut all = self.plan.sessions.iter().flat_map(|s| &s.requests).chain([&request]);
        let value = |goals: &[Goal], goal: GoalId| goals.iter().find(|g| g.name.0 == goal).map_or(0, |g| g.value.0);
        let more = |goal: GoalId| value(&file.goals, goal) - value(&planned.file.goals, goal);
        if !all.all(|r| served.contains(&programme.requests[*r].id)) || more(GoalId::Commitments) > 0 {
            return Ok((None, stopped));
        }
        let price = more(GoalId::Cost);
        Ok((Some(Tried { says: repair.says.clone(), scenario: text, price, goals: file.goals }), stopped))
    }
}

impl Why {
    /// Nothing is known yet.
    fn of(request: RequestId) -> Why {
        Why {
            request,
            impossible: false,
            conflicts: Vec::new(),
            stays: Stays::Sessions,
            fits: false,
            proven: false,
            forced: None,
            repairs: Vec::new(),
        }
    }
}

/// True when a plan that serves more than this one, everything that it serves included, would be better in a goal that is
/// proven best: then there is none.
fn more_would_be_better(brief: &Brief, goals: &[Goal]) -> bool {
    let programme = brief.programme;
    let proven = |goal: GoalId| goals.iter().any(|g| g.name.0 == goal && g.proof == "optimal");
    let first: Vec<GoalId> = brief.goals().into_iter().take_while(|g| *g != GoalId::Coverage).collect();
    first == [GoalId::Commitments]
        && proven(GoalId::Commitments)
        && proven(GoalId::Coverage)
        && programme.quotas.values().all(|q| q.min.is_none())
        && programme.funds.values().all(|f| f.spend_at_least.is_none())
}

/// The requests that a plan serves and another one does not.
pub fn dropped<'a>(before: &'a PlanFile, after: &PlanFile) -> Vec<&'a str> {
    let served: BTreeSet<&String> = after.sessions.iter().flat_map(|s| &s.requests).collect();
    before.sessions.iter().flat_map(|s| &s.requests).filter(|r| !served.contains(r)).map(String::as_str).collect()
}
