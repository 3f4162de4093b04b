//! The plan by date: one row per session, as a calendar is read.

use super::names;
use crate::cli::grid::{Column, grid};
use crate::cli::prose::days;
use crate::plan::price::costs;
use crate::plan::{Plan, Status};
use crate::programme::Programme;
use crate::programme::money::money;

/// Sessions by start.
pub fn table(programme: &Programme, plan: &Plan) -> String {
    let rows = plan.sessions.iter().zip(costs(programme, plan)).map(|(s, price)| {
        let status = if s.status == Status::Proposed { String::new() } else { format!("\n{}", s.status.word()) };
        let team: Vec<String> = s.team.iter().map(|seat| names::seat(programme, seat)).collect();
        let requests: Vec<String> = s.requests.iter().map(|r| names::request(programme, *r)).collect();
        vec![
            format!("{}\n{}{status}", days(s.span), s.id),
            names::course(programme, s.course),
            format!("{}\n{}", names::place(programme, s.place), names::language(programme, s)),
            team.join("\n"),
            requests.join("\n"),
            money(price.total()),
        ]
    });
    grid(
        &[
            Column::Whole("when"),
            Column::Left("course"),
            Column::Left("where, language"),
            Column::Left("team"),
            Column::Whole("officials of"),
            Column::Right("cost"),
        ],
        rows.collect(),
    )
}
