//! Collects findings while tables are read and checked.

use super::codes::Code;
use super::tables::{Source, Spot};
use super::values;
use crate::words::{At, Finding, Level};

/// So many did-you-means are looked up; beyond, a file is wrong as a whole and guessing would only cost time.
const MOST_GUESSES: usize = 500;

/// The findings so far.
#[derive(Debug, Default)]
pub struct Log {
    found: Vec<(Spot, Finding)>,
    errors: usize,
    guesses: usize,
}

impl Log {
    /// Adds a finding. A blank `help` becomes the remedy of the code.
    pub fn add(&mut self, code: &'static Code, spot: Spot, text: impl Into<String>, help: impl Into<String>) {
        self.errors += usize::from(code.level == Level::Error);
        let help = match help.into() {
            help if help.is_empty() => code.remedy.to_string(),
            help => help,
        };
        let finding = Finding { level: code.level, code: code.id, at: At::default(), text: text.into(), help };
        self.found.push((spot, finding));
    }

    /// How many errors there are so far.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// `did you mean "MLA"?`, or blank when nothing is near.
    pub fn did_you_mean<'a>(&mut self, text: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
        self.guesses += 1;
        if self.guesses > MOST_GUESSES {
            return String::new();
        }
        values::nearest(text, candidates).map_or(String::new(), |near| format!("did you mean \"{near}\"?"))
    }

    /// The findings with their places, in the order of the sources, lines and columns.
    pub fn finish(self, sources: &[Source]) -> Vec<Finding> {
        let mut found = self.found;
        found.sort_by_key(|f| f.0);
        let place = |(spot, finding): (Spot, Finding)| {
            let file = sources.get(spot.source as usize).map_or(String::new(), |s| s.name.clone());
            Finding { at: At { file, line: spot.line, column: spot.column }, ..finding }
        };
        found.into_iter().map(place).collect()
    }
}
