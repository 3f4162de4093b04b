//! holidays.csv: days on which no session may run at a place, and days better avoided.

use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::interpretation::exactness;
use super::{Given, Reading};
use crate::programme::day::Span;
use crate::programme::id::{Dense, Id, PlaceId};

/// The columns of holidays.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("where", Kind::Name, "`*`, or a region, country or place id"),
    Column::required("date", Kind::Day, "the day, or the first of several"),
    Column::optional("until", Kind::Day, "the last day; blank: one day only"),
    Column::with("kind", Kind::Choice(&["closed", "avoid"]), "closed", "`closed`: no session day; `avoid`: a penalty"),
    Column::optional("name", Kind::Text, "what day it is, for people"),
];

/// Days with the name of each.
type Named = Vec<(Span, String)>;

/// Reads holidays.csv: by place, the closed days and those to avoid, sorted.
pub fn holidays<'t>(r: &mut Reading<'t>, given: &Given<'t, '_>) -> Dense<PlaceId, (Named, Named)> {
    let mut days: Dense<PlaceId, (Named, Named)> = Dense::filled(Default::default(), given.ground.places.len());
    for row in r.rows(TableId::Holidays) {
        let mut f = Fields::new(r.tables, TableId::Holidays, row, r.dates, &mut r.log);
        let (at, spot) = (f.text("where"), f.spot("where"));
        given.known_where(at, spot, f.log);
        let (first, last) = f.days("date", "until");
        let avoid = f.choice("kind", &["closed", "avoid"]) == Some(1);
        let name = f.text("name");
        let Some(first) = first else { continue };
        let span = Span { first, last: last.unwrap_or(first).max(first) };
        for place in given.ground.places.ids().filter(|p| exactness(given, at, *p).is_some()) {
            let (closed, avoided) = &mut days[PlaceId::new(place.index())];
            if avoid { avoided } else { closed }.push((span, name.to_string()));
        }
    }
    for place in days.ids() {
        days[place].0.sort();
        days[place].1.sort();
    }
    days
}
