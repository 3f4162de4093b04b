//! Names that nothing else uses: most likely slips of the pen.

use super::columns::TableId;
use super::{Reading, codes, values};
use rustc_hash::FxHashSet;

/// Tells languages that are asked for and in no course's materials, and tags that teams need and no trainer carries.
pub fn unused(r: &mut Reading) {
    let items = |table: TableId, column: &str| -> Vec<&str> {
        let column = table.column(column).unwrap_or(0);
        let name = |item: &str| item.find(':').unwrap_or(item.len());
        let rows = r.tables.table(table).rows.iter();
        rows.flat_map(|row| values::list(row.text(column))).map(|i| i[..name(i)].trim()).collect()
    };
    let taught = items(TableId::Courses, "languages");
    let carried = items(TableId::Trainers, "tags");
    let told = [
        (TableId::Requests, "languages", &taught, &codes::UNKNOWN_LANGUAGE, "no course has materials in the language"),
        (TableId::Courses, "team_needs", &carried, &codes::UNKNOWN_TAG, "no trainer carries the tag"),
    ];
    for (table, column, known, code, text) in told {
        let number = table.column(column).unwrap_or(0);
        let set: FxHashSet<&str> = known.iter().copied().collect();
        let mut seen = FxHashSet::default();
        for row in &r.tables.table(table).rows {
            for item in values::list(row.text(number)) {
                let name = item.split(':').next().unwrap_or(item).trim();
                if !set.contains(name) && seen.insert(name) {
                    let help = r.log.did_you_mean(name, known.iter().copied());
                    r.log.add(code, row.spot_of(number), format!("{text} \"{name}\""), help);
                }
            }
        }
    }
}
