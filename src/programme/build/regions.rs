//! regions.csv: names and capacities of regions. A region needs no row; naming it in places.csv is enough.

use super::atlas;
use super::columns::{Column, Kind, TableId};
use super::fields::Fields;
use super::log::Log;
use super::tables::Tables;
use super::values::Dates;
use crate::programme::places::Region;

/// The columns of regions.csv.
pub const COLUMNS: &[Column] = &[
    Column::required("id", Kind::Id, "the region's id, as places and filters name it"),
    Column::optional("name", Kind::Text, "its name; blank: the atlas's, or the id"),
    Column::optional("max_parallel", Kind::Whole, "sessions running on one day in the region; blank: no limit"),
];

/// The regions that have a row, in file order.
pub fn regions(tables: &Tables, log: &mut Log) -> Vec<Region> {
    let read = |row| {
        let mut fields = Fields::new(tables, TableId::Regions, row, Dates::Iso, log);
        let id = fields.text("id");
        let name = match fields.text("name") {
            "" => atlas::region_name(id).unwrap_or(id),
            name => name,
        };
        let max_parallel = fields.count("max_parallel", 0).and_then(|n| u32::try_from(n).ok());
        Region { id: id.to_string(), name: name.to_string(), max_parallel }
    };
    tables.table(TableId::Regions).rows.iter().map(read).collect()
}

/// A region that has no row.
pub fn unlisted(id: &str) -> Region {
    Region { id: id.to_string(), name: atlas::region_name(id).unwrap_or(id).to_string(), max_parallel: None }
}
