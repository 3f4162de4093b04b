//! The plan by trainer: who goes where, and how many of their days it takes.

use super::names;
use crate::cli::grid::{Column, grid};
use crate::cli::prose::days;
use crate::plan::Plan;
use crate::plan::mission::stays;
use crate::programme::Programme;
use crate::programme::id::{PlaceId, TrainerId};

/// Missions by trainer, in the order of trainers.csv; those who do not teach stand below the table.
pub fn table(programme: &Programme, plan: &Plan) -> String {
    let mut rows = Vec::new();
    let mut idle = Vec::new();
    for (t, person) in programme.trainers.iter() {
        let missions: Vec<_> = plan.missions.iter().filter(|m| m.trainer == t).collect();
        if missions.is_empty() {
            idle.push(names::trainer(programme, t));
            continue;
        }
        let total: i32 = missions.iter().map(|m| m.span.days()).sum();
        let limit = person.max_days.map_or(String::new(), |max| format!(" of {max}"));
        let target = person.target_days.map_or(String::new(), |target| format!("\ntarget {target}"));
        for (i, m) in missions.iter().enumerate() {
            let first = i == 0;
            let stops: Vec<String> = m.sessions.iter().map(|s| stop(programme, plan, t, *s)).collect();
            rows.push(vec![
                if first { names::trainer(programme, t) } else { String::new() },
                if first { format!("{total}{limit}{target}") } else { String::new() },
                days(m.span),
                m.span.days().to_string(),
                stops.join("\n"),
            ]);
        }
    }
    let mut text = grid(
        &[
            Column::Left("trainer"),
            Column::Whole("days in all"),
            Column::Whole("away"),
            Column::Right("days"),
            Column::Whole("teaches"),
        ],
        rows,
    );
    if !idle.is_empty() {
        text.push_str(&format!("\nTeach nothing in this plan: {}\n", idle.join(", ")));
    }
    text
}

fn place(programme: &Programme, id: PlaceId) -> &str {
    let place = &programme.places[id];
    if place.name.is_empty() { &place.id } else { &place.name }
}

/// `S-R012 MLA Dakar, lead`.
fn stop(programme: &Programme, plan: &Plan, trainer: TrainerId, session: usize) -> String {
    let s = &plan.sessions[session];
    let role = s.team.iter().find(|seat| seat.trainer == trainer).map_or("", |seat| seat.role.word());
    let home = if programme.places[s.place].online {
        "online".to_string()
    } else if stays(programme, trainer, s.place) {
        "at home".to_string()
    } else {
        place(programme, s.place).to_string()
    };
    format!("{} {} {home}, {role}", s.id, programme.courses[s.course].id)
}
