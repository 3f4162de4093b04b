//! A table as CSV.

pub struct Table {
    name: &'static str,
    text: String,
    columns: usize,
}

impl Table {
    /// A table with this header, columns separated by commas.
    pub fn new(name: &'static str, header: &str) -> Table {
        Table { name, text: format!("{header}\n"), columns: header.split(',').count() }
    }

    /// Adds a row; cells that hold a comma or a quote are quoted.
    pub fn row(&mut self, cells: &[String]) {
        assert_eq!(cells.len(), self.columns, "a row of {} has as many cells as its header", self.name);
        let cells: Vec<String> = cells
            .iter()
            .map(|c| if c.contains([',', '"', '\n']) { format!("\"{}\"", c.replace('"', "\"\"")) } else { c.clone() })
            .collect();
        self.text.push_str(&cells.join(","));
        self.text.push('\n');
    }

    pub fn file(self) -> (String, Vec<u8>) {
        (format!("{}.csv", self.name), self.text.into_bytes())
    }
}

/// `yes`, or the default.
pub fn yes(value: bool) -> String {
    if value { "yes".to_string() } else { String::new() }
}

/// The value, or blank.
pub fn maybe<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map_or(String::new(), |v| v.to_string())
}

/// Hundredths as a decimal.
pub fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}
