//! From bytes to the components of a calendar file, each on its own, so that a broken one cannot spoil the others.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What a component is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Event,
    Timezone,
    FreeBusy,
    /// A task or a journal entry: never busy time.
    Other,
}

/// One component: its lines, ready for the parser.
#[derive(Clone, Debug)]
pub struct Block {
    pub kind: Kind,
    /// Which VCALENDAR of the file it stands in.
    pub calendar: usize,
    /// Line of its BEGIN, from 1.
    pub line: usize,
    pub text: String,
    /// False where its END is missing.
    pub ended: bool,
}

/// A calendar file taken apart.
#[derive(Clone, Debug, Default)]
pub struct Blocks {
    pub blocks: Vec<Block>,
    /// By VCALENDAR: its X-WR-TIMEZONE.
    pub zones: Vec<Option<String>>,
    /// By VCALENDAR: true where METHOD says that its events are withdrawn.
    pub withdrawn: Vec<bool>,
    /// True where there was anything that looks like a calendar.
    pub calendar: bool,
}

/// The text of a calendar file: UTF-8, UTF-16 by its byte order mark, or else what spreadsheets and old mailers wrote.
pub fn decode(bytes: &[u8]) -> (String, bool) {
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return (UTF_16LE.decode_without_bom_handling(rest).0.into_owned(), true);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return (UTF_16BE.decode_without_bom_handling(rest).0.into_owned(), true);
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), true),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), false),
    }
}

/// Takes a file apart. Lines may end in CRLF, LF or a lone CR; empty lines are skipped; missing BEGIN:VCALENDAR and
/// missing ENDs are put up with.
pub fn blocks(text: &str) -> Blocks {
    let mut found = Blocks { zones: vec![None], withdrawn: vec![false], ..Blocks::default() };
    let mut open: Option<Block> = None;
    // Names of the components inside the open one.
    let mut inside: Vec<String> = Vec::new();
    // True where the last line was kept, so that its continuation is too.
    let mut kept = false;
    let mut property = String::new();
    for (number, line) in lines(text) {
        if line.starts_with([' ', '\t']) {
            match (&mut open, kept) {
                (Some(block), true) => push(&mut block.text, line),
                (None, _) => property.push_str(&line[1..]),
                _ => {}
            }
            continue;
        }
        calendar_property(&mut found, &std::mem::take(&mut property));
        let word = |prefix: &str| {
            line.get(..prefix.len())
                .is_some_and(|p| p.eq_ignore_ascii_case(prefix))
                .then(|| line[prefix.len()..].trim().to_ascii_uppercase())
        };
        kept = false;
        if let Some(name) = word("BEGIN:") {
            found.calendar = true;
            match kind(&name) {
                _ if name == "VCALENDAR" => {
                    close(&mut found, &mut open, false);
                    found.zones.push(None);
                    found.withdrawn.push(false);
                }
                Some(kind) => {
                    close(&mut found, &mut open, false);
                    inside.clear();
                    let mut text = String::new();
                    push(&mut text, line);
                    open = Some(Block { kind, calendar: found.zones.len() - 1, line: number, text, ended: false });
                }
                None => {
                    inside.push(name);
                    if let Some(block) = open.as_mut().filter(|b| b.kind == Kind::Timezone) {
                        push(&mut block.text, line);
                    }
                }
            }
        } else if let Some(name) = word("END:") {
            if name == "VCALENDAR" {
                close(&mut found, &mut open, false);
            } else if kind(&name).is_some() {
                if let Some(block) = open.as_mut().filter(|b| kind(&name) == Some(b.kind)) {
                    push(&mut block.text, line);
                    close(&mut found, &mut open, true);
                    inside.clear();
                }
            } else if let Some(at) = inside.iter().rposition(|n| *n == name) {
                inside.truncate(at);
                if let Some(block) = open.as_mut().filter(|b| b.kind == Kind::Timezone) {
                    push(&mut block.text, line);
                }
            }
        } else if let Some(block) = &mut open {
            if inside.is_empty() || block.kind == Kind::Timezone {
                push(&mut block.text, line);
                kept = true;
            }
        } else {
            property.push_str(line);
        }
    }
    calendar_property(&mut found, &property);
    close(&mut found, &mut open, false);
    found
}

/// Keeps a line. `DTSTART;VALUE=DATE:20270301T090000` contradicts itself: the time that is there counts, and the parser
/// would drop it.
fn push(text: &mut String, line: &str) {
    let mislabelled = line.split_once(":").filter(|(head, value)| {
        let timed = value.as_bytes().get(8).is_some_and(|t| t.eq_ignore_ascii_case(&b'T'));
        timed && head.to_ascii_uppercase().ends_with(";VALUE=DATE")
    });
    match mislabelled {
        Some((head, value)) => {
            text.push_str(&head[..head.len() - ";VALUE=DATE".len()]);
            text.push(':');
            text.push_str(value);
        }
        None => text.push_str(line),
    }
    text.push_str("\r\n");
}

fn close(found: &mut Blocks, open: &mut Option<Block>, ended: bool) {
    if let Some(block) = open.take() {
        found.blocks.push(Block { ended, ..block });
    }
}

fn kind(name: &str) -> Option<Kind> {
    match name {
        "VEVENT" => Some(Kind::Event),
        "VTIMEZONE" => Some(Kind::Timezone),
        "VFREEBUSY" => Some(Kind::FreeBusy),
        "VTODO" | "VJOURNAL" | "VAVAILABILITY" | "VPOLL" => Some(Kind::Other),
        _ => None,
    }
}

/// Takes down what a line outside the components says of its calendar.
fn calendar_property(found: &mut Blocks, line: &str) {
    let Some((head, value)) = line.split_once(':') else { return };
    let name = head.split(';').next().unwrap_or(head).trim();
    if name.eq_ignore_ascii_case("X-WR-TIMEZONE") {
        if let Some(zone) = found.zones.last_mut() {
            *zone = Some(value.trim().to_owned()).filter(|z| !z.is_empty());
        }
    } else if name.eq_ignore_ascii_case("METHOD")
        && let Some(withdrawn) = found.withdrawn.last_mut()
    {
        *withdrawn = value.trim().eq_ignore_ascii_case("CANCEL");
    }
}

/// The lines that hold anything, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    let mut number = 0;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
            let line = &rest[..end];
            let after = &rest[end..];
            rest = after.strip_prefix("\r\n").or_else(|| after.get(1..)).unwrap_or("");
            number += 1;
            if !line.trim().is_empty() {
                return Some((number, line));
            }
        }
        None
    })
}
