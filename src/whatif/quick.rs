//! The quick flags of `whatif`, turned into scenario files: `--set funds.EU.amount=0` is a change as any other.

use crate::programme::build::columns::{Kind, TableId};
use crate::programme::build::keys::KEYS;
use crate::programme::day::Day;
use std::fmt::Write;

/// Changes in a scenario file's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quick {
    /// What it is called in the comparison: the flags as typed.
    pub name: String,
    /// The scenario file's text.
    pub text: String,
}

/// A point of one or several sweeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridPoint {
    pub quick: Quick,
    /// By sweep: the place of its value among the sweep's values.
    pub at: Vec<usize>,
}

/// One flag, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    table: String,
    /// `*` = every row; empty for `programme`.
    id: String,
    column: String,
    action: Action,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Action {
    Set(String),
    Scale(String),
    Drop,
}

/// A sweep: one change with a row of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    /// What is swept: `funds.EU.amount`.
    pub what: String,
    /// As they stand in tables and at the points of a chart: `120000`, `80%`, `2027-03-01`.
    pub values: Vec<String>,
    edit: Edit,
}

/// More points than anybody means.
const MOST_VALUES: i128 = 10_000;

impl Edit {
    /// `--set T.ID.COL=V`; for the programme `programme.KEY=V`.
    pub fn set(flag: &str) -> Result<Edit, String> {
        let (what, value) = split_value(flag, "--set", "funds.F1.amount=50000")?;
        Edit::of(what, Action::Set(value.to_string()))
    }

    /// `--scale T.ID.COL=X`.
    pub fn scale(flag: &str) -> Result<Edit, String> {
        let (what, value) = split_value(flag, "--scale", "funds.*.amount=0.8")?;
        Decimal::parse(value).ok_or_else(|| format!("--scale {flag}: `{value}` is not a number such as 0.8"))?;
        Edit::of(what, Action::Scale(value.to_string()))
    }

    /// `--drop T.ID`.
    pub fn drop(flag: &str) -> Result<Edit, String> {
        match flag.split_once('.') {
            Some((table, id)) if !table.is_empty() && !id.is_empty() => {
                Ok(Edit { table: table.to_string(), id: id.to_string(), column: String::new(), action: Action::Drop })
            }
            _ => Err(format!("--drop {flag}: write the table and the row, such as trainers.T07")),
        }
    }

    fn of(what: &str, action: Action) -> Result<Edit, String> {
        let (table, rest) = what.split_once('.').unwrap_or((what, ""));
        if table == "programme" && !rest.is_empty() {
            return Ok(Edit { table: table.to_string(), id: String::new(), column: rest.to_string(), action });
        }
        match rest.rsplit_once('.') {
            Some((id, column)) if !table.is_empty() && !id.is_empty() && !column.is_empty() => {
                Ok(Edit { table: table.to_string(), id: id.to_string(), column: column.to_string(), action })
            }
            _ => Err(format!(
                "`{what}`: write the table, the row and the column, such as funds.F1.amount (or programme.rules.rest_days)"
            )),
        }
    }

    /// What stands in the column; None where there is no such table or column.
    fn kind(&self) -> Option<Kind> {
        if self.table == "programme" {
            return KEYS.iter().find(|key| key.name == self.column).map(|key| key.kind);
        }
        let table = TableId::ALL.into_iter().find(|t| t.word() == self.table)?;
        table.column(&self.column).map(|number| table.columns()[number].kind)
    }

    /// The flag as a name: `funds.F1.amount=0`, `funds.*.amount×0.8`, `without trainers.T07`.
    fn name(&self) -> String {
        let what = [&self.table[..], &self.id, &self.column].into_iter().filter(|s| !s.is_empty());
        let what = what.collect::<Vec<_>>().join(".");
        match &self.action {
            Action::Set(value) => format!("{what}={value}"),
            Action::Scale(by) => format!("{what}×{by}"),
            Action::Drop => format!("without {what}"),
        }
    }

    fn write(&self, text: &mut String) {
        let _ = write!(text, "\n[[change]]\ntable = {}\n", quoted(&self.table));
        if !self.id.is_empty() {
            let _ = writeln!(text, "id = {}", quoted(&self.id));
        }
        let (verb, value) = match &self.action {
            Action::Set(value) => ("set", self.literal(value)),
            Action::Scale(by) => ("scale", by.clone()),
            Action::Drop => {
                text.push_str("remove = true\n");
                return;
            }
        };
        let _ = writeln!(text, "{verb} = {{ {} = {value} }}", quoted(&self.column));
    }

    /// Cells are text; programme.toml has numbers, dates and booleans.
    fn literal(&self, value: &str) -> String {
        let bare = self.table == "programme"
            && (value == "true" || value == "false" || Day::iso(value).is_some() || Decimal::parse(value).is_some());
        if bare { value.to_string() } else { quoted(value) }
    }
}

impl Sweep {
    /// `T.ID.COL=A..B/STEP`: numbers, percentages (the value as it is, scaled) or dates (STEP in days).
    pub fn parse(flag: &str) -> Result<Sweep, String> {
        let (what, range) = split_value(flag, "--sweep", "funds.F1.amount=50000..90000/10000")?;
        let of = Edit::of(what, Action::Set(String::new()))?;
        if of.kind().is_some_and(|kind| !kind.numeric() && kind != Kind::Day) {
            return Err(format!("--sweep {flag}: {} holds neither numbers nor days; use --set", of.column));
        }
        let form = || format!("--sweep {flag}: write the range as FROM..TO/STEP, such as 50000..90000/10000");
        let (from, rest) = range.split_once("..").ok_or_else(form)?;
        let (to, step) = rest.split_once('/').ok_or_else(form)?;
        let (from, to, step) = (from.trim(), to.trim(), step.trim());
        if let (Some(first), Some(last)) = (Day::iso(from), Day::iso(to)) {
            let days: i32 = step.parse().ok().filter(|d| *d > 0).ok_or_else(form)?;
            count(flag, i128::from(last - first), i128::from(days))?;
            let values = (first.0..=last.0).step_by(days as usize).map(|d| Day(d).to_string()).collect();
            return Ok(Sweep { what: what.to_string(), values, edit: of });
        }
        let percent = [from, to, step].iter().all(|s| s.ends_with('%'));
        let parse = |s: &str| Decimal::parse(if percent { s.trim_end_matches('%') } else { s }).ok_or_else(form);
        let (from, to, step) = (parse(from)?, parse(to)?, parse(step)?);
        let places = from.places.max(to.places).max(step.places);
        let (first, last, by) = (from.at(places), to.at(places), step.at(places));
        let steps = count(flag, last - first, by)?;
        let values: Vec<String> = (0..=steps)
            .map(|i| {
                let number = Decimal { digits: first + by * i, places }.to_string();
                if percent { number + "%" } else { number }
            })
            .collect();
        let action = if percent { Action::Scale(String::new()) } else { Action::Set(String::new()) };
        Ok(Sweep { what: what.to_string(), values, edit: Edit { action, ..of } })
    }

    fn edit_at(&self, i: usize) -> Edit {
        let value = self.values[i].clone();
        let action = match &self.edit.action {
            Action::Scale(_) => {
                let percent = Decimal::parse(value.trim_end_matches('%')).unwrap_or(Decimal { digits: 1, places: 0 });
                Action::Scale(Decimal { digits: percent.digits, places: percent.places + 2 }.to_string())
            }
            _ => Action::Set(value),
        };
        Edit { action, ..self.edit.clone() }
    }

    /// `funds.F1.amount=60000`, `funds.*.amount at 80%`
    fn name_at(&self, i: usize) -> String {
        match self.edit.action {
            Action::Scale(_) => format!("{} at {}", self.what, self.values[i]),
            _ => format!("{}={}", self.what, self.values[i]),
        }
    }
}

/// The quick flags as one scenario.
pub fn scenario(edits: &[Edit]) -> Quick {
    let name = edits.iter().map(Edit::name).collect::<Vec<_>>().join(", ");
    Quick { text: text(&name, edits.iter()), name }
}

/// Every combination of the sweeps' values, each with the quick flags; the last sweep runs fastest.
pub fn grid(edits: &[Edit], sweeps: &[Sweep]) -> Vec<GridPoint> {
    let mut points: Vec<Vec<usize>> = vec![Vec::new()];
    for sweep in sweeps {
        points = points
            .iter()
            .flat_map(|at| (0..sweep.values.len()).map(|i| at.iter().copied().chain([i]).collect()))
            .collect();
    }
    points
        .into_iter()
        .map(|at| {
            let name = sweeps.iter().zip(&at).map(|(s, i)| s.name_at(*i)).collect::<Vec<_>>().join(", ");
            let swept: Vec<Edit> = sweeps.iter().zip(&at).map(|(s, i)| s.edit_at(*i)).collect();
            let full: Vec<String> = edits.iter().map(Edit::name).chain([name.clone()]).collect();
            let text = text(&full.join(", "), edits.iter().chain(&swept));
            GridPoint { quick: Quick { name, text }, at }
        })
        .collect()
}

fn text<'a>(name: &str, edits: impl Iterator<Item = &'a Edit>) -> String {
    let mut text = format!("name = {}\n", quoted(name));
    for edit in edits {
        edit.write(&mut text);
    }
    text
}

fn split_value<'f>(flag: &'f str, verb: &str, example: &str) -> Result<(&'f str, &'f str), String> {
    flag.split_once('=').ok_or_else(|| format!("{verb} {flag}: there is no `=`; write it like {verb} {example}"))
}

/// How many steps lead from the first value to the last.
fn count(flag: &str, distance: i128, step: i128) -> Result<i128, String> {
    if distance < 0 || step <= 0 {
        return Err(format!("--sweep {flag}: the first value is the lower one and the step is above zero"));
    }
    let steps = distance / step;
    if steps >= MOST_VALUES {
        return Err(format!("--sweep {flag}: that is {} values; at most {MOST_VALUES} are planned", steps + 1));
    }
    Ok(steps)
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A decimal number, exactly: digits × 10^-places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Decimal {
    digits: i128,
    places: u32,
}

impl Decimal {
    fn parse(text: &str) -> Option<Decimal> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let leading_zero = unsigned.len() > 1 && unsigned.starts_with('0');
        if unsigned.is_empty()
            || leading_zero
            || !plain(unsigned)
            || !plain(part)
            || text.ends_with('.')
            || text.len() > 24
        {
            return None;
        }
        Some(Decimal { digits: format!("{whole}{part}").parse().ok()?, places: part.len() as u32 })
    }

    fn at(self, places: u32) -> i128 {
        self.digits * 10_i128.pow(places - self.places)
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (mut digits, mut places) = (self.digits, self.places);
        while places > 0 && digits % 10 == 0 {
            (digits, places) = (digits / 10, places - 1);
        }
        let sign = if digits < 0 { "-" } else { "" };
        let unit = 10_u128.pow(places);
        let size = digits.unsigned_abs();
        write!(f, "{sign}{}", size / unit)?;
        if places > 0 {
            write!(f, ".{:0width$}", size % unit, width = places as usize)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_becomes_a_change_in_a_scenario_file() {
        let edits = [
            Edit::set("funds.F1.amount=0").expect("set"),
            Edit::set("programme.rules.rest_days=1").expect("set"),
            Edit::scale("funds.*.amount=0.8").expect("scale"),
            Edit::drop("trainers.T07").expect("drop"),
            Edit::set("requests.R1.note=say \"yes\"").expect("set"),
        ];
        let quick = scenario(&edits[..4]);
        assert_eq!(
            quick.name,
            "funds.F1.amount=0, programme.rules.rest_days=1, funds.*.amount×0.8, without trainers.T07"
        );
        let body = quick.text.split_once("\n").expect("a name line").1;
        assert_eq!(
            body,
            "\n[[change]]\ntable = \"funds\"\nid = \"F1\"\nset = { \"amount\" = \"0\" }\n\
             \n[[change]]\ntable = \"programme\"\nset = { \"rules.rest_days\" = 1 }\n\
             \n[[change]]\ntable = \"funds\"\nid = \"*\"\nscale = { \"amount\" = 0.8 }\n\
             \n[[change]]\ntable = \"trainers\"\nid = \"T07\"\nremove = true\n"
        );
        assert!(scenario(&edits[4..]).text.contains(r#"set = { "note" = "say \"yes\"" }"#));
    }

    #[test]
    fn a_sweep_has_its_ends_and_every_step_between() {
        for (flag, values) in [
            ("funds.F1.amount=0..100/50", vec!["0", "50", "100"]),
            ("funds.F1.amount=0..99/50", vec!["0", "50"]),
            ("programme.rules.reserve=0..0.1/0.05", vec!["0", "0.05", "0.1"]),
            ("funds.*.amount=50%..150%/50%", vec!["50%", "100%", "150%"]),
            ("requests.R1.latest=2027-02-27..2027-03-13/7", vec!["2027-02-27", "2027-03-06", "2027-03-13"]),
            ("funds.F1.amount=7..7/1", vec!["7"]),
        ] {
            assert_eq!(Sweep::parse(flag).expect(flag).values, values, "{flag}");
        }
        for flag in [
            "funds.F1.amount=1..2",
            "funds.F1.amount",
            "funds.F1=1..2/1",
            "funds.F1.amount=3..2/1",
            "a.b.c=0..9/0",
            "a.b.c=0..10000/1",
            "requests.R1.hosts=1..3/1",
            "programme.rules.chain_missions=0..1/1",
        ] {
            assert!(Sweep::parse(flag).is_err(), "{flag}");
        }
    }

    #[test]
    fn several_sweeps_are_a_grid_and_a_percentage_scales() {
        let sweeps = [
            Sweep::parse("programme.rules.rest_days=1..2/1").expect("sweep"),
            Sweep::parse("funds.*.amount=50%..100%/25%").expect("sweep"),
        ];
        let points = grid(&[Edit::drop("trainers.T1").expect("drop")], &sweeps);
        assert_eq!(points.len(), 6);
        assert_eq!(points[4].at, [1, 1]);
        assert_eq!(points[4].quick.name, "programme.rules.rest_days=2, funds.*.amount at 75%");
        assert!(points[4].quick.text.contains("scale = { \"amount\" = 0.75 }"), "{}", points[4].quick.text);
        assert!(points[4].quick.text.contains("remove = true"));
    }
}
