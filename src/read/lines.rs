//! From a byte of a text to its line and column.

use crate::programme::build::tables::Spot;

/// Where the lines of a text begin.
pub struct Lines<'a> {
    source: u32,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of this text, which is source number `source`.
    pub fn new(source: u32, text: &'a str) -> Lines<'a> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Lines { source, text, starts }
    }

    /// Line and column, in characters, of a byte.
    pub fn spot(&self, byte: usize) -> Spot {
        let line = self.starts.partition_point(|s| *s <= byte).max(1);
        let start = self.starts[line - 1];
        let column = self.text.get(start..byte).map_or(1, |before| before.chars().count() + 1);
        Spot { source: self.source, line: line as u32, column: column as u32 }
    }
}
