//! What `docent check` says of a programme, for people and for machines.

use super::summary::Summary;
use crate::programme::money::{Cents, money};
use crate::words::{Finding, Level};
use serde_json::{Value, json};
use std::fmt::Write;

/// What the programme adds up to, in tables for the screen.
pub fn human(s: &Summary) -> String {
    let mut text = String::new();
    adds_up(&mut text, s);
    text
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
    }
}

fn adds_up(text: &mut String, s: &Summary) {
    let _ = writeln!(text, "{}, {} to {}", s.name, s.start, s.end);
    let _ = writeln!(
        text,
        "{} requests ({} must, {} pinned) for {} officials; {} courses, {} trainers, {} places",
        s.requests, s.must, s.pinned, s.participants, s.courses, s.trainers, s.places
    );
    let kind = if s.in_kind > Cents::ZERO { format!(" and {} in kind", money(s.in_kind)) } else { String::new() };
    let funds = if s.funds == 1 { "1 fund has".to_string() } else { format!("{} funds have", s.funds) };
    let _ = writeln!(text, "{funds} {} {}{kind}", money(s.cash), s.currency);
    if !s.regions.is_empty() {
        let _ = writeln!(
            text,
            "\nDemand against money, by region of the officials; costs as if each request were served alone, where it is cheapest"
        );
        let mut rows = vec![
            ["region", "requests", "officials", "cost", "money only here", "money here and elsewhere"]
                .map(String::from),
        ];
        for d in &s.regions {
            rows.push([
                d.name.clone(),
                d.requests.to_string(),
                d.participants.to_string(),
                money(d.cost),
                money(d.money_here),
                money(d.money_shared),
            ]);
        }
        table(text, &rows);
    }
    if !s.by_course.is_empty() {
        let _ = writeln!(
            text,
            "\nTrainers: {} mission days if each request were served alone, {} days on which they are there and may be sent",
            s.days_needed, s.days_available
        );
        let mut rows =
            vec![["course", "requests", "mission days", "who may lead", "who may only assist"].map(String::from)];
        for t in &s.by_course {
            rows.push([
                t.id.clone(),
                t.requests.to_string(),
                t.days.to_string(),
                t.leads.to_string(),
                t.co_trainers.to_string(),
            ]);
        }
        table(text, &rows);
    }
    match s.never.len() {
        0 if s.requests == 0 => text.push_str("\nNobody asks for anything: requests.csv has no rows.\n"),
        0 => text.push_str(
            "\nEvery request could be served if it were alone and there were money enough in the funds that may pay.\n",
        ),
        n => {
            let _ = writeln!(text, "\nCan never be served ({n}), whatever is planned:");
            let width = s.never.iter().map(|n| n.id.chars().count()).max().unwrap_or(0);
            for n in &s.never {
                let _ = writeln!(text, "  {:width$}  {}: {}", n.id, n.rule, n.text);
            }
        }
    }
}

/// Rows under one another: the first column to the left, numbers to the right.
fn table<const N: usize>(text: &mut String, rows: &[[String; N]]) {
    let width: Vec<usize> = (0..N).map(|i| rows.iter().map(|r| r[i].chars().count()).max().unwrap_or(0)).collect();
    for row in rows {
        let _ = write!(text, "  {:w$}", row[0], w = width[0]);
        for (cell, w) in row.iter().zip(&width).skip(1) {
            let _ = write!(text, "  {cell:>w$}");
        }
        text.push('\n');
    }
}

/// Findings and what the programme adds up to (when there is a programme) as one JSON document, newline at the end.
pub fn json(findings: &[Finding], summary: Option<&Summary>) -> String {
    let number = |level: Level| findings.iter().filter(|f| f.level == level).count();
    let mut totals = json!({ "errors": number(Level::Error), "warnings": number(Level::Warning) });
    if let (Some(totals), Some(Value::Object(counts))) = (totals.as_object_mut(), summary.map(counts)) {
        totals.extend(counts);
    }
    let findings: Vec<Value> = findings
        .iter()
        .map(|f| {
            json!({
                "level": level(f.level),
                "code": f.code,
                "file": f.at.file,
                "line": f.at.line,
                "column": f.at.column,
                "text": f.text,
                "help": f.help,
            })
        })
        .collect();
    let document = json!({ "findings": findings, "summary": totals });
    // A document of texts and numbers always has a text.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn counts(s: &Summary) -> Value {
    let decimal = |cents: Cents| cents.to_string();
    json!({
        "name": s.name,
        "start": s.start.to_string(),
        "end": s.end.to_string(),
        "currency": s.currency,
        "requests": s.requests,
        "participants": s.participants,
        "must": s.must,
        "pinned": s.pinned,
        "courses": s.courses,
        "trainers": s.trainers,
        "places": s.places,
        "funds": s.funds,
        "cash": decimal(s.cash),
        "in_kind": decimal(s.in_kind),
        "regions": s.regions.iter().map(|d| json!({
            "region": d.name,
            "requests": d.requests,
            "participants": d.participants,
            "cost": decimal(d.cost),
            "money_here": decimal(d.money_here),
            "money_shared": decimal(d.money_shared),
        })).collect::<Vec<_>>(),
        "teaching": s.by_course.iter().map(|t| json!({
            "course": t.id,
            "requests": t.requests,
            "mission_days": t.days,
            "leads": t.leads,
            "co_trainers": t.co_trainers,
        })).collect::<Vec<_>>(),
        "mission_days_needed": s.days_needed,
        "trainer_days_available": s.days_available,
        "never": s.never.iter().map(|n| json!({
            "request": n.id,
            "rule": n.rule.word(),
            "text": n.text,
        })).collect::<Vec<_>>(),
    })
}
