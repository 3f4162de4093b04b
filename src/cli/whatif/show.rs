//! The comparison on the screen, as CSV and as a chart.

use crate::cli::grid::{Column, grid};
use crate::export::chart::{Frontier, Mark, Reach};
use crate::export::csv::render as as_csv;
use crate::export::tables::{Cell, Table};
use crate::plan::goals::decimal;
use crate::programme::money::Cents;
use crate::programme::money::grouped;
use crate::whatif::compare::{Difference, Figure, Side};
use crate::words::GoalId;

use super::study::Swept;

/// One row of the comparison.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub side: &'a Side,
    /// For a point of sweeps: the place of its value, by sweep.
    pub at: Option<&'a [usize]>,
}

/// Scenarios as rows, goals with what is still possible as columns, differences against the first row.
pub fn table(sides: &[&Side]) -> String {
    let Some(base) = sides.first() else { return String::new() };
    let mut columns = vec![Column::Left("scenario"), Column::Right("officials"), Column::Right("±")];
    for figure in &base.goals {
        columns.push(Column::Right(short(figure.goal)));
        if figure.goal == GoalId::Cost {
            columns.push(Column::Right("±"));
        }
    }
    let rows = sides.iter().enumerate().map(|(i, side)| {
        let mut row = vec![side.name.clone(), grouped(&side.officials().to_string())];
        row.push(if i == 0 { String::new() } else { signed(side.officials() - base.officials()) });
        for figure in &side.goals {
            row.push(cell(figure));
            if figure.goal == GoalId::Cost {
                let more = (side.cost() - base.cost()).0;
                row.push(if i == 0 { String::new() } else { signed((more + if more < 0 { -50 } else { 50 }) / 100) });
            }
        }
        row
    });
    grid(&columns, rows.collect())
}

/// A goal in a word that fits over its figures.
fn short(goal: GoalId) -> &'static str {
    match goal {
        GoalId::Commitments => "broken",
        GoalId::Kept => "kept",
        GoalId::Stability => "changes",
        GoalId::Coverage => "coverage",
        GoalId::Cost => "cost",
        GoalId::Preferences => "penalty",
    }
}

/// The figure, and under it what may still be possible where that is not the same. Money in whole units.
fn cell(figure: &Figure) -> String {
    let written = |hundredths: i128| match figure.goal {
        GoalId::Cost => grouped(&(hundredths + 50).div_euclid(100).to_string()),
        _ => grouped(decimal(hundredths).trim_end_matches(".00")),
    };
    let value = written(figure.value);
    if figure.proof == "optimal" || figure.value == figure.bound {
        return value;
    }
    let sign = if figure.goal.maximised() { "≤" } else { "≥" };
    format!("{value}\n{sign} {}", written(figure.bound))
}

fn signed(n: i64) -> String {
    match n {
        0 => "=".to_string(),
        n if n > 0 => format!("+{}", grouped(&n.to_string())),
        n => format!("−{}", grouped(&n.unsigned_abs().to_string())),
    }
}

/// The same as one CSV table with exact figures.
pub fn sheet(sides: &[&Side], differences: &[Difference]) -> Vec<u8> {
    let mut columns = vec!["scenario", "requests", "officials", "officials_difference"];
    let goals: Vec<GoalId> = sides.first().map(|s| s.goals.iter().map(|f| f.goal).collect()).unwrap_or_default();
    for goal in &goals {
        columns.extend(goal_columns(*goal));
    }
    columns.extend(["cost_difference", "served", "dropped", "moved", "other_trainers"]);
    let ids = |cohorts: Vec<&str>| Cell::Text(cohorts.join(";"));
    let rows = sides
        .iter()
        .map(|side| {
            let d = differences.iter().find(|d| std::ptr::eq(d.to, *side));
            let mut row = vec![
                Cell::Text(side.name.clone()),
                Cell::Count(side.served() as i64),
                Cell::Count(side.officials()),
                Cell::Count(d.map_or(0, |d| d.officials())),
            ];
            for goal in &goals {
                let figure = side.goals.iter().find(|f| f.goal == *goal);
                row.push(figure.map_or(Cell::Blank, |f| hundredths(f.value)));
                row.push(figure.map_or(Cell::Blank, |f| hundredths(f.bound)));
                row.push(figure.map_or(Cell::Blank, |f| Cell::Text(f.proof.clone())));
            }
            row.push(Cell::Money(d.map_or(Cents::ZERO, |d| d.cost)));
            let list = |of: &dyn Fn(&Difference) -> Vec<String>| {
                let all = d.map(of).unwrap_or_default();
                ids(all.iter().map(String::as_str).collect())
            };
            row.push(list(&|d| d.served.iter().map(|(c, _)| c.request.clone()).collect()));
            row.push(list(&|d| d.dropped.iter().map(|(c, _)| c.request.clone()).collect()));
            row.push(list(&|d| d.moved.iter().map(|k| k.cohort.request.clone()).collect()));
            row.push(list(&|d| d.restaffed.iter().map(|k| k.cohort.request.clone()).collect()));
            row
        })
        .collect();
    as_csv(&Table { name: "scenarios", columns, rows })
}

fn goal_columns(goal: GoalId) -> [&'static str; 3] {
    match goal {
        GoalId::Commitments => ["commitments", "commitments_bound", "commitments_proof"],
        GoalId::Kept => ["kept", "kept_bound", "kept_proof"],
        GoalId::Stability => ["stability", "stability_bound", "stability_proof"],
        GoalId::Coverage => ["coverage", "coverage_bound", "coverage_proof"],
        GoalId::Cost => ["cost", "cost_bound", "cost_proof"],
        GoalId::Preferences => ["preferences", "preferences_bound", "preferences_proof"],
    }
}

fn hundredths(value: i128) -> Cell {
    Cell::Money(Cents(i64::try_from(value).unwrap_or(i64::MAX)))
}

/// The chart of a sweep: money used against officials trained.
pub fn frontier(rows: &[Row], sweeps: &[Swept]) -> Frontier {
    let points: Vec<(&Side, &[usize])> = rows.iter().filter_map(|r| r.at.map(|at| (r.side, at))).collect();
    let coverage = |side: &Side| side.goals.iter().find(|f| f.goal == GoalId::Coverage).cloned();
    // Where a point of coverage is an official, one panel says it all.
    let same = points.iter().all(|(s, _)| s.value(GoalId::Coverage) == Some(i128::from(s.officials()) * 100));
    let mut lines: Vec<String> = Vec::new();
    let marks = points
        .iter()
        .map(|(side, at)| {
            let outer = sweeps[..sweeps.len() - 1].iter().zip(*at);
            let line = outer.map(|(s, i)| format!("{} = {}", s.what, s.values[*i])).collect::<Vec<_>>().join(", ");
            let number = lines.iter().position(|l| *l == line).unwrap_or_else(|| {
                lines.push(line);
                lines.len() - 1
            });
            let points = coverage(side);
            let reach = |f: &Figure| Reach { value: f.value, bound: Some(f.bound) };
            let officials = Reach { value: i128::from(side.officials()) * 100, bound: None };
            let up = match &points {
                Some(figure) if same => vec![reach(figure)],
                Some(figure) => vec![officials, reach(figure)],
                None => vec![officials],
            };
            let value = sweeps.iter().zip(*at).next_back().map(|(s, i)| s.values[*i].clone()).unwrap_or_default();
            Mark {
                label: if value.bytes().all(|b| b.is_ascii_digit() || b == b'.') { grouped(&value) } else { value },
                line: number,
                across: i128::from(side.cost().0),
                proven: points.is_some_and(|f| f.proof == "optimal"),
                up,
            }
        })
        .collect();
    let currency = points.first().map(|(s, _)| s.currency.clone()).unwrap_or_default();
    let officials = "officials trained".to_string();
    Frontier {
        title: "Officials trained for the money".to_string(),
        swept: sweeps.iter().map(swept).collect::<Vec<_>>().join("; "),
        across: format!("money used, {currency}"),
        up: if same { vec![officials] } else { vec![officials, "points (as programme.toml counts them)".to_string()] },
        lines,
        marks,
    }
}

fn swept(sweep: &Swept) -> String {
    match (sweep.values.first(), sweep.values.last()) {
        (Some(first), Some(last)) => format!("{} from {first} to {last} (written at the points)", sweep.what),
        _ => sweep.what.clone(),
    }
}
