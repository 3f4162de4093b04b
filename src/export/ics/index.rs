//! The page that says which calendars there are, whom each is for, and how to take them in.

use super::edition::Edition;
use super::names::dates;
use super::{Listed, Task};
use std::fmt::Write;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.2rem .6rem;border-bottom:1px solid #ccc}\
td.n,th.n{text-align:end}caption{text-align:start;font-weight:600;padding:1rem 0 .3rem}";

/// The page.
pub fn page(task: &Task, edition: &Edition, listed: &[Listed]) -> String {
    let name = escaped(&task.programme.name);
    let state = match (edition.revision, task.since) {
        (None, _) => "a proposal, not adopted".to_owned(),
        (Some(revision), None) => format!("revision {revision}, adopted on {}", edition.day),
        (Some(revision), Some(since)) => {
            format!("what changed between revision {since} and revision {revision}, adopted on {}", edition.day)
        }
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{name}: calendars</title>\n<style>{STYLE}</style>\n<h1>{name}</h1>\n\
         <p>Calendars of the plan: {state}.</p>\n"
    );
    out.push_str(if task.since.is_some() {
        "<p>Import these files into the calendar that holds the earlier ones. The folder <code>digests</code> has a \
         short letter for each trainer whom something concerns.</p>\n"
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
        let _ = write!(
            out,
            "<table>\n<caption>{group}</caption>\n<tr><th>For</th><th>File</th><th class=\"n\">Events</th>\
             <th class=\"n\">Cancelled</th><th>From, to</th></tr>\n"
        );
        for file in listed.iter().filter(|f| f.group == group) {
            let path = escaped(&file.path);
            let _ = writeln!(
                out,
                "<tr><td dir=\"auto\">{}</td><td><a href=\"{path}\">{path}</a></td><td class=\"n\">{}</td>\
                 <td class=\"n\">{}</td><td>{}</td></tr>",
                escaped(&file.name),
                file.events,
                file.cancelled,
                file.span.map(dates).unwrap_or_default()
            );
        }
        out.push_str("</table>\n");
    }
    out.push_str("</html>\n");
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
