//! Sentences and figures as they stand on the screen.

use crate::programme::day::Span;
use crate::programme::money::grouped;
use std::io::{self, Write};
use std::path::Path;

/// How wide a page is, in columns.
pub const WIDTH: usize = 100;

/// Writes a text with its lines broken between words, every line `indent` columns in.
pub fn paragraph(out: &mut dyn Write, indent: usize, text: &str) -> io::Result<()> {
    let mut column = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > WIDTH {
            writeln!(out)?;
            column = 0;
        }
        if column == 0 {
            write!(out, "{:indent$}{word}", "")?;
            column = indent + width;
        } else {
            write!(out, " {word}")?;
            column += 1 + width;
        }
    }
    writeln!(out)
}

/// The candidate that was probably meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|c| (strsim::damerau_levenshtein(&word.to_lowercase(), &c.to_lowercase()), c))
        .filter(|(distance, c)| *distance <= (c.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

/// `1 session`, `12 sessions`, `no session`.
pub fn count(n: usize, one: &str) -> String {
    match n {
        0 => format!("no {one}"),
        1 => format!("1 {one}"),
        n => format!("{} {one}s", grouped(&n.to_string())),
    }
}

/// A span of days: `2027-03-01`, `2027-03-01 to 05`, `2027-03-29 to 04-02`, `2027-12-27 to 2028-01-03`.
pub fn days(span: Span) -> String {
    let (first, last) = (span.first.to_string(), span.last.to_string());
    if first == last {
        first
    } else if first[..7] == last[..7] {
        format!("{first} to {}", &last[8..])
    } else if first[..4] == last[..4] {
        format!("{first} to {}", &last[5..])
    } else {
        format!("{first} to {last}")
    }
}

/// A text of at most so many characters, cut between words.
pub fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_string();
    }
    let mut cut = String::new();
    for word in text.split_whitespace() {
        if !cut.is_empty() && cut.chars().count() + word.chars().count() + 2 > most {
            break;
        }
        if !cut.is_empty() {
            cut.push(' ');
        }
        cut.push_str(word);
    }
    cut + " …"
}

/// Ten-thousandths as a percentage: `0.49 %`, `12 %`.
pub fn percent(ten_thousandths: i128) -> String {
    let text = format!("{}.{:02}", ten_thousandths / 100, ten_thousandths % 100);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

/// ` -C FOLDER` for a command line that is to be typed; nothing where the programme is here.
pub fn at(programme: &Path) -> String {
    if programme == Path::new(".") { String::new() } else { format!(" -C {}", typed(programme)) }
}

/// A path as it is typed: in quotes where a shell would take it apart.
pub fn typed(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
