//! The page that says which calendars there are, whom each is for, and how to take them in.

use super::digest::Letter;
use super::edition::Edition;
use super::{Listed, Task};
use crate::programme::day::Span;
use std::fmt::Write;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse;width:100%}caption{text-align:start;font-weight:600;padding:1rem 0 .3rem}\
td,th{text-align:start;vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #ccc}td.n,th.n{text-align:end}\
@media(min-width:50rem){table{table-layout:fixed}td:nth-child(2){overflow-wrap:anywhere}\
th:nth-child(1){width:31%}th:nth-child(2){width:25%}th.n{width:9%}}@media(max-width:40rem){.n{display:none}}";

/// The page.
pub fn page(task: &Task, edition: &Edition, listed: &[Listed], letters: &[Letter]) -> String {
    let name = escaped(&task.programme.name);
    let day = Span { first: edition.day, last: edition.day }.in_words();
    let state = match (edition.revision, task.since) {
        (None, _) => "a proposal, not adopted".to_owned(),
        (Some(revision), None) => format!("revision {revision}, adopted on {day}"),
        (Some(revision), Some(since)) => {
            format!("what changed between revision {since} and revision {revision}, adopted on {day}")
        }
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{name}: calendars</title>\n<style>{STYLE}</style>\n<h1>{name}</h1>\n\
         <p>Calendars of the plan: {state}.</p>\n"
    );
    out.push_str(if task.since.is_some() {
        "<p>Import these files into the calendar that holds the earlier ones. Outlook, Thunderbird, Nextcloud and \
         calcurse do not replace what they already have: there, empty the calendar and import the whole one instead. \
         The letters at the end say in plain text what is new, moved, changed or cancelled for each trainer whom \
         something concerns.</p>\n"
    } else {
        "<p>Best: put these files where a calendar program can subscribe to them, or push them to a calendar server; \
         changes then arrive by themselves. If you import a file, use a calendar of its own, and with Outlook, \
         Thunderbird, Nextcloud or calcurse empty that calendar before the next import: these programs do not \
         replace what they already have.</p>\n"
    });
    let mut groups: Vec<&str> = Vec::new();
    for file in listed {
        if !groups.contains(&file.group) {
            groups.push(file.group);
        }
    }
    for group in groups {
        let files = || listed.iter().filter(|f| f.group == group);
        // Nobody need read a column of noughts.
        let cancelled = files().any(|f| f.cancelled > 0);
        let head = if cancelled { "<th class=\"n\">Cancelled</th>" } else { "" };
        let _ = writeln!(
            out,
            "<table>\n<caption>{group}</caption>\n<tr><th>For</th><th>File</th><th>Days</th>\
             <th class=\"n\">Events</th>{head}</tr>"
        );
        for file in files() {
            let gone = if cancelled { format!("<td class=\"n\">{}</td>", file.cancelled) } else { String::new() };
            let _ = writeln!(
                out,
                "<tr><td dir=\"auto\">{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td>{gone}</tr>",
                escaped(&file.name),
                link(&file.path),
                file.span.map(Span::in_words).unwrap_or_default(),
                file.events
            );
        }
        out.push_str("</table>\n");
    }
    if !letters.is_empty() {
        out.push_str("<table>\n<caption>Letters</caption>\n<tr><th>For</th><th>File</th></tr>\n");
        for letter in letters {
            let _ =
                writeln!(out, "<tr><td dir=\"auto\">{}</td><td>{}</td></tr>", escaped(&letter.to), link(&letter.path));
        }
        out.push_str("</table>\n");
    }
    out.push_str("</html>\n");
    out
}

fn link(path: &str) -> String {
    let path = escaped(path);
    format!("<a href=\"{path}\">{path}</a>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
