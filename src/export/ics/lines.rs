//! What the `ics` crate leaves to its users: clean text, quoted parameters, and lines of at most 75 octets.
//!
//! The crate folds too, but does not count the space that begins a continuation (76 octets), and it writes parameter
//! values as they are, so that a colon or a line break in one would end it.

use ics::components::{Parameter, Property};
use ics::escape_text;
use std::fmt::Display;

/// Octets of a line, its end not counted (RFC 5545 §3.1).
const LINE: usize = 75;

/// A property whose value is free text: control characters dropped, the rest escaped once.
pub fn text(name: &'static str, value: &str) -> Property<'static> {
    Property::new(name, escaped(value))
}

/// A property whose value is a list of texts.
pub fn texts<'a>(name: &'static str, values: impl IntoIterator<Item = &'a str>) -> Property<'static> {
    Property::new(name, values.into_iter().map(escaped).collect::<Vec<_>>().join(","))
}

/// A property whose value is written as it is, with parameters.
pub fn value(name: &'static str, value: String, parameters: &[(&'static str, &str)]) -> Property<'static> {
    let mut property = Property::new(name, value);
    for (key, value) in parameters {
        property.add(Parameter::new(*key, quoted(value)));
    }
    property
}

fn escaped(value: &str) -> String {
    let clean: String =
        value.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| *c == '\n' || !c.is_control()).collect();
    escape_text(clean).into_owned()
}

/// A parameter's value: quoted where it holds what would end it; quotes and control characters cannot be written.
fn quoted(value: &str) -> String {
    let clean: String = value.chars().filter(|c| *c != '"' && !c.is_control()).collect();
    if clean.contains([':', ';', ',']) { format!("\"{clean}\"") } else { clean }
}

/// A component or calendar as bytes of a file: every line at most 75 octets, cut neither within a character nor within
/// an escape.
pub fn folded(component: &impl Display) -> String {
    let whole = component.to_string().replace("\r\n ", "");
    let mut out = String::with_capacity(whole.len() + whole.len() / 32);
    for line in whole.split_terminator("\r\n") {
        let mut rest = line;
        let mut room = LINE;
        while rest.len() > room {
            let mut cut = (0..=room).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(room);
            let slashes = rest.as_bytes()[..cut].iter().rev().take_while(|b| **b == b'\\').count();
            if slashes % 2 == 1 {
                cut -= 1;
            }
            out.push_str(&rest[..cut]);
            out.push_str("\r\n ");
            rest = &rest[cut..];
            room = LINE - 1;
        }
        out.push_str(rest);
        out.push_str("\r\n");
    }
    out
}
