//! The answers of `docent explain` for machines.

use super::super::forced;
use super::super::open::Planned;
use super::why::{Why, dropped};
use crate::explain::instead::{Instead, reasons};
use crate::explain::obstacles::Asked;
use crate::plan::Plan;
use crate::plan::goals::decimal;
use crate::programme::Programme;
use crate::programme::id::RequestId;
use crate::whatif::compare::json::document as comparison;
use crate::whatif::compare::{Side, difference};
use serde_json::{Value, json};

/// Why a request is served as it is.
pub fn served(programme: &Programme, plan: &Plan, s: usize, request: RequestId, ways: &[Instead]) -> Value {
    let others: Vec<Value> = ways
        .iter()
        .map(|way| {
            let mut all = choice(programme, &way.asked);
            match way.cost {
                Some(cost) => all["cost"] = json!(cost.to_string()),
                None => all["conflict"] = forced::violations(&way.conflict),
            }
            all
        })
        .collect();
    json!({
        "request": programme.requests[request].id,
        "served": true,
        "session": plan.sessions[s].id,
        "reasons": reasons(programme, plan, s, request),
        "instead": others,
    })
}

/// What is asked besides the request.
fn choice(programme: &Programme, asked: &Asked) -> Value {
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

/// Why a request is not served.
pub fn why(planned: &Planned, why: &Why) -> Value {
    let programme = &planned.given.programme;
    let kind = if why.impossible { "impossible" } else { "crowded-out" };
    let (conflict, also) = forced::conflict_and_also(&why.conflicts);
    let mut all = json!({
        "request": programme.requests[why.request].id,
        "served": false,
        "kind": kind,
        "conflict": conflict,
        "also": also,
        "stays": why.stays.word(),
    });
    if let Some(so) = &why.forced {
        let (before, after) = (Side::of("plan", &planned.file, programme), Side::of("forced", so, programme));
        let compared = comparison(&[&before, &after], &[difference(&before, &after)], None);
        all["forced"] = json!({
            "goals": so.goals,
            "gives_up": dropped(&planned.file, so),
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
