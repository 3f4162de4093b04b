//! quotas.csv: how much of what the programme must, or may at most, do.

use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::filters::Filters;
use super::tables::Row;
use super::written::MOST_MONEY;
use super::{Reading, codes};
use crate::programme::funds::{Measure, Quota};
use crate::programme::id::{Dense, QuotaId};

/// The columns of quotas.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("id", Kind::Id, "the quota's id"),
    Column::required("measure", Kind::Choice(&["sessions", "requests", "participants", "cost"]), "what it counts"),
    Column::optional("regions", Kind::List, "regions of the officials; blank: any"),
    Column::optional("countries", Kind::List, "countries of the officials; blank: any"),
    Column::optional("hosts", Kind::List, "place or region ids where the session is held; blank: any"),
    Column::optional("courses", Kind::List, "courses or course tags; blank: any"),
    Column::optional("languages", Kind::List, "languages of the session; blank: any"),
    Column::optional("from", Kind::Day, "the session starts on or after this day"),
    Column::optional("to", Kind::Day, "the session starts on or before this day"),
    Column::optional("min", Kind::Limit, "at least so much: a commitment"),
    Column::optional("max", Kind::Limit, "at most so much: a rule"),
];

/// Reads the quotas.
pub fn quotas<'t>(r: &mut Reading<'t>, filters: &Filters<'t, '_>) -> Dense<QuotaId, Quota> {
    r.rows(TableId::Quotas).iter().map(|row| quota(r, row, filters)).collect()
}

fn quota<'t>(r: &mut Reading<'t>, row: &'t Row, filters: &Filters<'t, '_>) -> Quota {
    let mut f = Fields::new(r.tables, TableId::Quotas, row, r.dates, &mut r.log);
    let measure = match f.choice("measure", &["sessions", "requests", "participants", "cost"]) {
        Some(1) => Measure::Requests,
        Some(2) => Measure::Participants,
        Some(3) => Measure::Cost,
        _ => Measure::Sessions,
    };
    let mut limit = |name| match measure {
        Measure::Cost => f.money(name).map(|m| m.0),
        Measure::Sessions | Measure::Requests | Measure::Participants => f.whole(name, 0..=MOST_MONEY),
    };
    let (min, max) = (limit("min"), limit("max"));
    if let (Some(a), Some(b)) = (min, max)
        && b < a
    {
        let (spot, text) = (f.spot("max"), format!("max ({}) is below min ({})", f.text("max"), f.text("min")));
        f.log.add(&codes::RANGE_REVERSED, spot, text, "");
    }
    if f.text("min").is_empty() && f.text("max").is_empty() {
        let (spot, text) =
            (f.row.spot, format!("the quota {} has neither min nor max, and demands nothing", f.text("id")));
        f.log.add(&codes::EMPTY_QUOTA, spot, text, "");
    }
    let (from, to) = f.days("from", "to");
    Quota {
        id: f.text("id").to_string(),
        measure,
        officials: filters.places.officials(&mut f),
        hosts: filters.places.hosts(&mut f),
        courses: filters.courses(&mut f),
        languages: filters.languages(&mut f),
        from,
        to,
        min,
        max,
    }
}
