//! `docent explain`: why a request is not served, what it would take; and why one is served as it is.

use super::exit::{Exit, Failure};
use super::forced::{self, Forced, Forcing, Trying};
use super::open::{self, Planned};
use super::{prose, summary};
use crate::explain::beside::Beside;
use crate::explain::conflict::conflicts;
use crate::explain::facts::fact;
use crate::explain::instead::{Instead, instead};
use crate::explain::obstacles::{Asked, Obstacles};
use crate::explain::repairs::{Repair, repairs, scenario};
use crate::explain::rule_set::RuleSet;
use crate::plan::Plan;
use crate::plan::brief::Brief;
use crate::plan::goals::decimal;
use crate::programme::Programme;
use crate::programme::id::RequestId;
use crate::programme::money::money;
use crate::read::plan_file::{self, Goal, PlanFile};
use crate::solve::report::Stopped;
use crate::whatif::compare::json::document as comparison;
use crate::whatif::compare::{Side, difference, tell};
use crate::whatif::translate::translate;
use crate::words::{GoalId, RuleId, Violation};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// How many names a line has room for.
const NAMES: usize = 6;

/// So many repairs are told, and so many ideas are tried for each of them.
const REPAIRS: usize = 3;
const IDEAS: usize = 3;

/// What a request's time goes to: shares of the best plan that serves it, of the proof that it does not go with all the
/// rest, and of each repair.
const FORCED: f64 = 0.4;
const PROOF: f64 = 0.15;
const REPAIR: f64 = 0.15;

/// Says why requests are not served and what it would take, or why they are served as they are
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  docent explain               every request that is not served
  docent explain R051          why not, at what price, and what would make room for it
  docent explain R012          (served) why there, and what speaks against other places")]
pub struct Explain {
    /// The requests [default: all that are not served]
    #[arg(value_name = "REQUEST")]
    requests: Vec<String>,

    #[command(flatten)]
    plan: open::PlanArgument,

    #[command(flatten)]
    trying: Trying,

    /// Go on with a plan whose files have changed since
    #[arg(long)]
    force: bool,

    /// The answer for machines
    #[arg(long)]
    json: bool,
}

/// Why a request is not served.
struct Why {
    request: RequestId,
    /// No plan at all serves it.
    impossible: bool,
    /// Rules that leave no way in any plan (that serves all that is served now, where it is possible at all), each with a
    /// fact; then others that leave none either.
    conflicts: Vec<Vec<Violation>>,
    /// The same as the plan stands: every other session where, when and by whom it is.
    standing: Vec<Vec<Violation>>,
    /// … and every trip is as it is, too.
    trips_stay: bool,
    /// It fits in as the plan stands.
    fits: bool,
    /// It is proven that no plan serves it, or that none serves it besides all that is served now.
    proven: bool,
    /// The best plan that was found that serves it.
    forced: Option<Box<PlanFile>>,
    repairs: Vec<Tried>,
}

/// A repair that was planned, and what came out.
struct Tried {
    says: String,
    scenario: String,
    /// What the plan costs more than now, in hundredths.
    price: i128,
    goals: Vec<Goal>,
}

impl Explain {
    /// Reads the plan, and explains one request after another.
    pub fn run(&self, path: &Path, out: &mut dyn Write) -> Result<Exit, Failure> {
        let planned = open::plan(path, &self.plan)?;
        forced::askable(path, &planned, self.force)?;
        let programme = &planned.given.programme;
        let plan = plan_file::resolve(programme, &planned.file).0;
        let of = plan.session_of(programme);
        let mut asked = Vec::new();
        for id in &self.requests {
            let request = forced::find(&programme.requests, "request", id, |r| &r.id)?;
            if !asked.contains(&request) {
                asked.push(request);
            }
        }
        if self.requests.is_empty() {
            asked = programme.requests.ids().filter(|r| of[*r].is_none()).collect();
            if asked.is_empty() && !self.json {
                writeln!(out, "Every request is served.")?;
            }
        }
        let forcing = Forcing { path, planned: &planned, trying: &self.trying };
        let brief = forcing.brief(programme);
        let beside = Beside::new(&brief, &plan);
        let began = Instant::now();
        let (mut documents, mut exit) = (Vec::new(), Exit::Done);
        let open = asked.iter().filter(|r| of[**r].is_none()).count();
        let mut looked = 0;
        for (i, request) in asked.iter().enumerate() {
            if i > 0 && !self.json {
                writeln!(out)?;
            }
            if let Some(s) = of[*request] {
                let ways = instead(&brief, &plan, s, *request);
                if self.json {
                    documents.push(served_document(programme, &plan, s, *request, &ways));
                } else {
                    served(&planned, &plan, s, *request, &ways, out)?;
                }
                continue;
            }
            // What is left of the time is shared by those who are left.
            let left = self.trying.seconds - began.elapsed().as_secs_f64();
            let share = if self.trying.seconds > 0.0 { left.max(0.1) / (open - looked) as f64 } else { 0.0 };
            looked += 1;
            let (why, stopped) = self.why(&forcing, &brief, &plan, &beside, *request, share)?;
            if self.json {
                documents.push(why_document(&planned, &why));
            } else {
                self.tell(path, &planned, &why, out)?;
                out.flush()?;
            }
            if stopped {
                exit = Exit::Interrupted;
                break;
            }
        }
        if self.json {
            serde_json::to_writer_pretty(&mut *out, &documents).map_err(|e| Failure::Output(e.into()))?;
            writeln!(out)?;
        }
        Ok(exit)
    }

    /// Why a request is not served, in so many seconds (0: no clock); and whether Ctrl-C ended it.
    fn why(
        &self,
        forcing: &Forcing,
        brief: &Brief,
        plan: &Plan,
        beside: &Beside,
        request: RequestId,
        seconds: f64,
    ) -> Result<(Why, bool), Failure> {
        let programme = brief.programme;
        let asked = Asked::any(request);
        let told = |obstacles: &Obstacles, sets: &[RuleSet]| -> Vec<Vec<Violation>> {
            let facts = |set: &RuleSet| set.rules().map(|rule| fact(obstacles, programme, &asked, rule)).collect();
            conflicts(sets).iter().map(facts).collect()
        };
        let alone = Obstacles::new(programme);
        let mut why = Why {
            request,
            impossible: false,
            conflicts: told(&alone, &alone.of(&asked)),
            standing: Vec::new(),
            trips_stay: false,
            fits: false,
            proven: true,
            forced: None,
            repairs: Vec::new(),
        };
        let ways = beside.ways(request);
        why.impossible = !why.conflicts.is_empty();
        if !why.impossible {
            let (loose, own): (Vec<RuleSet>, Vec<RuleSet>) =
                (beside.sets(request), ways.iter().map(|(set, _)| *set).collect());
            why.standing = told(&beside.obstacles, &loose);
            why.fits = own.iter().any(|set| set.is_empty());
            if why.standing.is_empty() && !why.fits {
                why.trips_stay = true;
                why.standing = told(&beside.own_trips, &own);
            }
            if beside.quota_is_full(request) {
                why.conflicts = told(&beside.obstacles, &[RuleSet::of(RuleId::QuotaMax)]);
            }
            let (forced, exit) = forcing.best(&asked, seconds * FORCED)?;
            match forced {
                Forced::Never => why.impossible = true,
                Forced::Open => {}
                Forced::Plan(forced) => why.forced = Some(forced),
            }
            if exit == Exit::Interrupted {
                why.proven = false;
                return Ok((why, true));
            }
        }
        if !why.impossible && why.conflicts.is_empty() {
            let gives_up = why.forced.as_ref().is_none_or(|f| !dropped(&forcing.planned.file, f).is_empty());
            why.proven = gives_up && self.never_with_all(forcing, brief, plan, request, seconds * PROOF)?;
        }
        let mut kinds: Vec<RuleSet> = Vec::new();
        for repair in repairs(programme, beside, request, &ways).iter().take(REPAIRS * IDEAS) {
            if why.repairs.len() == REPAIRS || kinds.contains(&repair.rules) {
                continue;
            }
            let (tried, stopped) = self.tried(forcing, plan, beside, request, repair, seconds * REPAIR)?;
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

    /// True when it is proven that no plan serves all that is served now and this request.
    fn never_with_all(
        &self,
        forcing: &Forcing,
        brief: &Brief,
        plan: &Plan,
        request: RequestId,
        seconds: f64,
    ) -> Result<bool, Failure> {
        if more_would_be_better(brief, &forcing.planned.file.goals) {
            return Ok(true);
        }
        let mut all: Vec<RequestId> = plan.sessions.iter().flat_map(|s| &s.requests).copied().collect();
        all.push(request);
        let brief = Brief { insist: all, ..brief.clone() };
        let outcome = forcing.solve(&brief, &forcing.options(seconds, Some(GoalId::Commitments)), plan)?;
        let broken = outcome.goals.iter().find(|g| g.goal == GoalId::Commitments);
        Ok(broken.is_some_and(|g| g.bound >= i128::from(brief.insistence())))
    }

    /// Plans a repair: None where not all are served then, or more commitments are broken. And whether Ctrl-C ended it.
    fn tried(
        &self,
        forcing: &Forcing,
        plan: &Plan,
        beside: &Beside,
        request: RequestId,
        repair: &Repair,
        seconds: f64,
    ) -> Result<(Option<Tried>, bool), Failure> {
        let planned = forcing.planned;
        let programme = &planned.given.programme;
        let text = scenario(programme, plan, request, repair);
        let Ok(given) = forcing.with("repair", text.clone()) else { return Ok((None, false)) };
        let brief = forcing.brief(&given.programme);
        let known = translate(programme, &beside.with(&repair.way), &given.programme);
        let outcome = forcing.solve(&brief, &forcing.options(seconds, None), &known)?;
        let stopped = outcome.stopped == Stopped::Interrupt;
        let of = outcome.plan.session_of(&given.programme);
        let all = plan.sessions.iter().flat_map(|s| &s.requests).chain([&request]);
        let ids: Vec<&str> = all.map(|r| programme.requests[*r].id.as_str()).collect();
        let served: BTreeSet<&str> =
            given.programme.requests.iter().filter(|(r, _)| of[*r].is_some()).map(|(_, r)| r.id.as_str()).collect();
        let file = forcing.paper(&given, &brief, &outcome);
        let value = |goals: &[Goal], goal: GoalId| goals.iter().find(|g| g.name.0 == goal).map_or(0, |g| g.value.0);
        let more = |goal: GoalId| value(&file.goals, goal) - value(&planned.file.goals, goal);
        if !ids.iter().all(|id| served.contains(id)) || more(GoalId::Commitments) > 0 {
            return Ok((None, stopped));
        }
        let price = more(GoalId::Cost);
        Ok((Some(Tried { says: repair.says.clone(), scenario: text, price, goals: file.goals }), stopped))
    }

    fn tell(&self, path: &Path, planned: &Planned, why: &Why, out: &mut dyn Write) -> Result<(), Failure> {
        let programme = &planned.given.programme;
        let id = &programme.requests[why.request].id;
        heading(programme, why.request, "not served", out)?;
        if why.impossible {
            if why.conflicts.is_empty() {
                let text = "No plan serves it. Alone it could be served; together with what is done, the money that there \
                            is and what must come before it, it cannot. That is proven.";
                prose::paragraph(out, 2, text)?;
            } else {
                reasons("in any plan", &why.conflicts, out)?;
            }
        } else if !why.conflicts.is_empty() {
            reasons("in any plan that serves all that is served now", &why.conflicts, out)?;
        } else if why.fits {
            let text = "As the plan stands no rule is in its way: it could be added. Planning longer may do so, or another goal \
                        comes first.";
            prose::paragraph(out, 2, text)?;
        } else {
            let what = if why.trips_stay { "session and every trip" } else { "session" };
            reasons(&format!("while every other {what} stays as it is"), &why.standing, out)?;
        }
        match &why.forced {
            None if why.impossible => {}
            None => {
                let text =
                    "No plan that serves it was found, and no proof that there is none (--seconds looks longer).";
                prose::paragraph(out, 2, text)?;
            }
            Some(forced) => {
                let before = Side::of(&planned.path.display().to_string(), &planned.file, programme);
                let after = Side::of("The best plan found that serves it:", forced, programme);
                let text = tell::brief(&difference(&before, &after), false, NAMES);
                for line in text.trim_end().lines() {
                    writeln!(out, "  {line}")?;
                }
                if why.proven && why.conflicts.is_empty() {
                    prose::paragraph(out, 2, "No plan serves it and everybody who is served now: that is proven.")?;
                }
            }
        }
        if why.repairs.is_empty() {
            prose::paragraph(out, 2, "No single change was found with which everybody now served stays served.")?;
        } else {
            writeln!(out, "  With one of these, it is served too, and everybody now served stays so:")?;
            for (i, tried) in why.repairs.iter().enumerate() {
                let price = match tried.price {
                    0 => "the plan costs the same".to_owned(),
                    d => {
                        let size = summary::shown(GoalId::Cost, &decimal(d.abs()), &programme.currency);
                        format!("the plan costs {size} {}", if d > 0 { "more" } else { "less" })
                    }
                };
                prose::paragraph(out, 4, &format!("{}. {}; {price}.", i + 1, tried.says))?;
            }
        }
        if !why.impossible {
            writeln!(out, "  next: docent{} why-not --request {id}", prose::at(path))?;
        }
        Ok(())
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
fn dropped<'a>(before: &'a PlanFile, after: &PlanFile) -> Vec<&'a str> {
    let served: BTreeSet<&String> = after.sessions.iter().flat_map(|s| &s.requests).collect();
    before.sessions.iter().flat_map(|s| &s.requests).filter(|r| !served.contains(r)).map(String::as_str).collect()
}

/// Who it is, and how it stands.
fn heading(programme: &Programme, request: RequestId, how: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let (what, country) = summary::named(programme, request);
    let officials = prose::count(programme.requests[request].participants.max(0) as usize, "official");
    prose::paragraph(out, 0, &format!("{what}, {officials} of {country}: {how}."))?;
    Ok(())
}

/// Rules that leave no way, with what each says.
fn reasons(when: &str, conflicts: &[Vec<Violation>], out: &mut dyn Write) -> Result<(), Failure> {
    for (i, conflict) in conflicts.iter().enumerate() {
        let head = match (i, conflict.len()) {
            (0, 1) => format!("One rule leaves no way {when}:"),
            (0, _) => format!("These rules together leave no way {when}:"),
            (_, 1) => "Apart from that, this one leaves none either:".to_owned(),
            (_, _) => "Apart from that, these leave none either:".to_owned(),
        };
        prose::paragraph(out, 2, &head)?;
        for violation in conflict {
            prose::paragraph(out, 4, &format!("{}: {}.", violation.rule, violation.text))?;
        }
    }
    Ok(())
}

/// Why a request is served as it is.
fn served(
    planned: &Planned,
    plan: &Plan,
    s: usize,
    request: RequestId,
    ways: &[Instead],
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let programme = &planned.given.programme;
    heading(programme, request, "served", out)?;
    let id = &programme.requests[request].id;
    forced::session(id, planned.file.sessions.iter().find(|s| s.requests.contains(id)), planned, out)?;
    for line in crate::explain::instead::reasons(programme, plan, s, request) {
        prose::paragraph(out, 2, &line)?;
    }
    if !ways.is_empty() {
        prose::paragraph(out, 2, "Otherwise, while every other session stays as it is:")?;
    }
    for way in ways {
        let how = match way.cost {
            Some(cost) => format!("possible, for {} {}", money(cost), programme.currency),
            None if way.conflict.is_empty() => "only with other trips".to_owned(),
            None => {
                let facts: Vec<String> = way.conflict.iter().map(|v| format!("{} ({})", v.rule, v.text)).collect();
                format!("no way; {}", facts.join("; "))
            }
        };
        prose::paragraph(out, 4, &format!("{}: {how}.", way.says))?;
    }
    Ok(())
}

fn violations(conflict: &[Violation]) -> Value {
    conflict.iter().map(|v| json!({ "rule": v.rule.word(), "subjects": v.subjects, "text": v.text })).collect()
}

fn served_document(programme: &Programme, plan: &Plan, s: usize, request: RequestId, ways: &[Instead]) -> Value {
    let others: Vec<Value> = ways
        .iter()
        .map(|way| {
            let mut all = asked_document(programme, &way.asked);
            match way.cost {
                Some(cost) => all["cost"] = json!(cost.to_string()),
                None => all["conflict"] = violations(&way.conflict),
            }
            all
        })
        .collect();
    json!({
        "request": programme.requests[request].id,
        "served": true,
        "session": plan.sessions[s].id,
        "reasons": crate::explain::instead::reasons(programme, plan, s, request),
        "instead": others,
    })
}

/// What is asked besides the request.
fn asked_document(programme: &Programme, asked: &Asked) -> Value {
    let mut all = json!({});
    if let Some(place) = asked.place {
        all["place"] = json!(programme.places[place].id);
    }
    if let Some(language) = asked.language {
        all["language"] = json!(programme.languages[language]);
    }
    if let Some(start) = asked.start {
        all["start"] = json!(start.to_string());
    }
    all
}

fn why_document(planned: &Planned, why: &Why) -> Value {
    let programme = &planned.given.programme;
    let kind = if why.impossible { "impossible" } else { "crowded-out" };
    let conflict = why.conflicts.first().map_or(json!([]), |c| violations(c));
    let also: Vec<Value> = why.conflicts.iter().skip(1).map(|c| violations(c)).collect();
    let mut all = json!({
        "request": programme.requests[why.request].id,
        "served": false,
        "kind": kind,
        "conflict": conflict,
        "also": also,
    });
    if !why.impossible {
        all["as_planned"] = why.standing.iter().map(|c| violations(c)).collect();
    }
    if let Some(forced) = &why.forced {
        let (before, after) = (Side::of("plan", &planned.file, programme), Side::of("forced", forced, programme));
        let compared = comparison(&[&before, &after], &[difference(&before, &after)], None);
        all["forced"] = json!({
            "goals": forced.goals,
            "gives_up": dropped(&planned.file, forced),
            "moves": compared["differences"][0]["moved"],
        });
    }
    let repairs: Vec<Value> = why
        .repairs
        .iter()
        .map(|t| json!({ "text": t.says, "price": decimal(t.price), "scenario": t.scenario, "goals": t.goals }))
        .collect();
    all["repairs"] = json!(repairs);
    all["proven"] = json!(why.proven);
    all
}
