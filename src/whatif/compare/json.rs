//! Comparisons for machines. Lists are complete; goals stand as in the plan file.

use super::{Difference, Figure, Kept, Side, TrainerNews};
use crate::plan::goals::decimal;
use crate::programme::day::Day;
use crate::solve::report::{gap, share};
use serde_json::{Map, Number, Value, json};

/// One point of a sweep: the swept value (several sweeps: joined by commas) and the plan there.
#[derive(Clone, Debug)]
pub struct Point<'a> {
    pub value: String,
    pub side: &'a Side,
}

/// The document of `compare --json` and `whatif --json`; `frontier` only with a sweep.
pub fn document(sides: &[&Side], differences: &[Difference], frontier: Option<&[Point]>) -> Value {
    let mut document = json!({
        "plans": sides.iter().map(|s| plan(s)).collect::<Vec<_>>(),
        "differences": differences.iter().map(difference).collect::<Vec<_>>(),
    });
    if let (Some(points), Value::Object(fields)) = (frontier, &mut document) {
        let points: Vec<Value> = points
            .iter()
            .map(|p| json!({ "value": p.value, "name": p.side.name, "goals": goals(p.side), "officials": p.side.officials() }))
            .collect();
        fields.insert("frontier".to_string(), Value::Array(points));
    }
    document
}

fn plan(side: &Side) -> Value {
    let funds: Vec<Value> = side
        .funds
        .iter()
        .map(|p| {
            json!({
                "fund": p.fund.id,
                "donor": p.fund.name,
                "has": p.has.rounded().to_string(),
                "used": p.used.rounded().to_string(),
            })
        })
        .collect();
    json!({
        "name": side.name,
        "goals": goals(side),
        "funds": funds,
        "served": side.served(),
        "officials": side.officials(),
    })
}

fn goals(side: &Side) -> Vec<Value> {
    side.goals.iter().map(goal).collect()
}

fn goal(figure: &Figure) -> Value {
    let gap = share(gap(figure.value, figure.bound)).parse::<Number>().unwrap_or_else(|_| 0.into());
    json!({
        "name": figure.goal.word(),
        "value": decimal(figure.value),
        "bound": decimal(figure.bound),
        "gap": gap,
        "proof": figure.proof,
    })
}

fn difference(d: &Difference) -> Value {
    let restaffed: Vec<Value> = d
        .restaffed
        .iter()
        .map(|k| json!({ "request": k.cohort.request, "session": k.after.id, "team": teams(k) }))
        .collect();
    let funds: Vec<Value> = d
        .funds
        .iter()
        .map(|f| {
            let used = |p: Option<&super::Purse>| p.map(|p| p.used.rounded().to_string());
            let has = |p: Option<&super::Purse>| p.map(|p| p.has.rounded().to_string());
            json!({
                "fund": f.fund.id,
                "has": [has(f.before), has(f.after)],
                "used": [used(f.before), used(f.after)],
            })
        })
        .collect();
    json!({
        "from": d.from.name,
        "to": d.to.name,
        "served": d.served.iter().map(|(c, _)| c.request.as_str()).collect::<Vec<_>>(),
        "dropped": d.dropped.iter().map(|(c, _)| c.request.as_str()).collect::<Vec<_>>(),
        "moved": d.moved.iter().map(moved).collect::<Vec<_>>(),
        "restaffed": restaffed,
        "trainers": d.trainers.iter().map(trainer).collect::<Vec<_>>(),
        "funds": funds,
        "cost": d.cost.to_string(),
        "officials": d.officials(),
    })
}

/// Only what is another one, before and after.
fn moved(kept: &Kept) -> Value {
    let (before, after) = (kept.before, kept.after);
    let mut fields = Map::new();
    let mut pair = |key: &str, old: &str, new: &str| {
        if old != new {
            fields.insert(key.to_string(), json!([old, new]));
        }
    };
    let iso = |day: Day| day.to_string();
    pair("start", &iso(before.days.first), &iso(after.days.first));
    pair("end", &iso(before.days.last), &iso(after.days.last));
    pair("place", &before.place.id, &after.place.id);
    pair("language", &before.language, &after.language);
    let mut entry = Map::new();
    entry.insert("request".to_string(), json!(kept.cohort.request));
    entry.insert("session".to_string(), json!(after.id));
    entry.append(&mut fields);
    if !kept.joined().is_empty() || !kept.left().is_empty() {
        entry.insert("team".to_string(), teams(kept));
    }
    Value::Object(entry)
}

fn teams(kept: &Kept) -> Value {
    let ids = |team: &[super::Member]| team.iter().map(|m| m.trainer.id.clone()).collect::<Vec<_>>();
    json!([ids(&kept.before.team), ids(&kept.after.team)])
}

/// Sessions by their ids: those gained and changed as the second plan calls them, those lost as the first one does.
fn trainer(news: &TrainerNews) -> Value {
    json!({
        "trainer": news.trainer.id,
        "gained": news.gained.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(),
        "lost": news.lost.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(),
        "changed": news.changed.iter().map(|c| c.after.id.as_str()).collect::<Vec<_>>(),
    })
}
