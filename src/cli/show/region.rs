//! The plan by region: what was asked and served there, and what is held there.

use super::names;
use crate::cli::grid::{Column, grid};
use crate::cli::prose::days;
use crate::plan::Plan;
use crate::plan::price::costs;
use crate::programme::Programme;
use crate::programme::id::{PlaceId, RegionId};
use crate::programme::money::{Cents, money};

/// Two tables: the regions that the officials come from, and the sessions by the region where they are held.
pub fn table(programme: &Programme, plan: &Plan) -> String {
    let of = plan.session_of(programme);
    let regions: Vec<Option<RegionId>> = programme.regions.ids().map(Some).chain([None]).collect();
    let mut demand = Vec::new();
    for region in &regions {
        let asked: Vec<_> =
            programme.requests.iter().filter(|(_, r)| programme.places[r.place].region == *region).collect();
        if asked.is_empty() {
            continue;
        }
        let served = asked.iter().filter(|(r, _)| of[*r].is_some());
        demand.push(vec![
            name(programme, *region),
            format!("{} of {}", served.clone().count(), asked.len()),
            format!(
                "{} of {}",
                served.map(|(_, r)| r.participants).sum::<i64>(),
                asked.iter().map(|(_, r)| r.participants).sum::<i64>()
            ),
        ]);
    }
    let mut text = grid(
        &[Column::Left("officials from"), Column::Right("requests served"), Column::Right("officials served")],
        demand,
    );
    let prices = costs(programme, plan);
    let mut rows = Vec::new();
    for region in &regions {
        let held: Vec<_> =
            plan.sessions.iter().zip(&prices).filter(|(s, _)| region_of(programme, s.place) == *region).collect();
        let total: Cents = held.iter().map(|(_, price)| price.total()).sum();
        for (i, (s, price)) in held.iter().enumerate() {
            rows.push(vec![
                if i == 0 { format!("{}\n{}", name(programme, *region), money(total)) } else { String::new() },
                names::place(programme, s.place),
                days(s.span),
                format!("{} {}", s.id, names::course(programme, s.course)),
                names::officials(programme, s).to_string(),
                money(price.total()),
            ]);
        }
    }
    text.push('\n');
    text.push_str(&grid(
        &[
            Column::Left("held in, cost"),
            Column::Left("place"),
            Column::Whole("when"),
            Column::Left("session"),
            Column::Right("officials"),
            Column::Right("cost"),
        ],
        rows,
    ));
    text
}

fn region_of(programme: &Programme, place: PlaceId) -> Option<RegionId> {
    programme.places[place].region
}

fn name(programme: &Programme, region: Option<RegionId>) -> String {
    region.map_or("no region".to_string(), |r| {
        let region = &programme.regions[r];
        if region.name.is_empty() { region.id.clone() } else { region.name.clone() }
    })
}
