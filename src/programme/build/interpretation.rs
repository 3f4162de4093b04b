//! interpretation.csv: what interpreters cost, where and from which language into which.

use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::{Given, Reading, codes};
use crate::programme::funds::Interpretation;
use crate::programme::id::{Dense, Id, InterpretationId, LanguageId, PlaceId};
use rustc_hash::FxHashMap;

/// The columns of interpretation.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("where", Kind::Name, "`*`, or a region, country or place id; the most exact row wins"),
    Column::required("from", Kind::Name, "the team's working language"),
    Column::required("to", Kind::Name, "the session's language"),
    Column::required("cost_day", Kind::Money, "cost per session day"),
    Column::optional("max_parallel", Kind::Whole, "sessions that use this row on one day; blank: no limit"),
];

/// How exactly a row names a place; the higher, the more exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exactness {
    Anywhere,
    Region,
    Country,
    Place,
}

/// How exactly `name` (`*`, or a region, country or place id) names a place; None where it does not.
pub fn exactness(given: &Given, name: &str, place: PlaceId) -> Option<Exactness> {
    let ground = given.ground;
    let p = &ground.places[place];
    if p.id == name {
        Some(Exactness::Place)
    } else if ground.countries[p.country].id == name {
        Some(Exactness::Country)
    } else if p.region.is_some_and(|r| ground.regions[r].id == name) {
        Some(Exactness::Region)
    } else {
        (name == "*").then_some(Exactness::Anywhere)
    }
}

/// Reads interpretation.csv.
pub fn interpretation<'t>(r: &mut Reading<'t>, given: &Given<'t, '_>) -> Dense<InterpretationId, Interpretation> {
    let mut all: Dense<InterpretationId, Interpretation> = Dense::default();
    let mut rows_of: FxHashMap<(LanguageId, LanguageId), Vec<InterpretationId>> = FxHashMap::default();
    for row in r.rows(TableId::Interpretation) {
        let mut f = Fields::new(r.tables, TableId::Interpretation, row, r.dates, &mut r.log);
        let (at, from, to) = (f.text("where"), f.text("from"), f.text("to"));
        let spot = f.spot("where");
        given.known_where(at, spot, f.log);
        for (column, code) in [("from", from), ("to", to)] {
            if !code.is_empty() {
                f.language(column, code);
            }
        }
        let (from, to) = (r.languages.number(from), r.languages.number(to));
        let cost_day = f.price("cost_day");
        let max_parallel = f.count("max_parallel", 0).and_then(|n| u32::try_from(n).ok());
        let rivals = rows_of.entry((from, to)).or_default();
        if rivals.iter().any(|i| all[*i].at == at) {
            f.log.add(
                &codes::DUPLICATE_ROW,
                spot,
                format!("a second price for {at} from and into the same languages"),
                "",
            );
        }
        let places = Dense::filled(false, given.ground.places.len());
        rivals.push(all.push(Interpretation { at: at.to_string(), from, to, cost_day, max_parallel, places }));
    }
    let mut pairs: Vec<_> = rows_of.into_values().collect();
    pairs.sort();
    for rows in pairs {
        for place in given.ground.places.ids() {
            let ranked =
                rows.iter().filter_map(|i| exactness(given, &all[*i].at, place).map(|e| (e, std::cmp::Reverse(*i))));
            if let Some((_, std::cmp::Reverse(best))) = ranked.max() {
                all[InterpretationId::new(best.index())].places[place] = true;
            }
        }
    }
    all
}
