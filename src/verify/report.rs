//! What `verify` says: to people in sentences, to machines as JSON.

use super::Verified;
use crate::read::plan_file::Goal;
use serde::Serialize;

#[derive(Serialize)]
struct Line<'a> {
    rule: &'a str,
    subjects: &'a [String],
    text: &'a str,
}

#[derive(Serialize)]
struct Document<'a> {
    violations: Vec<Line<'a>>,
    goals: &'a [Goal],
}

/// The rule under which a figure of the file that is not so is listed.
const PLAN_FILE: &str = "plan-file";

/// `{"violations": […], "goals": […]}`; what the file writes wrongly is listed under the rule `plan-file`.
pub fn json(verified: &Verified) -> String {
    let rules = verified.violations.iter().map(|v| Line { rule: v.rule.word(), subjects: &v.subjects, text: &v.text });
    let paper = verified.misprints.iter().map(|m| Line { rule: PLAN_FILE, subjects: &m.subjects, text: &m.text });
    let document = Document { violations: rules.chain(paper).collect(), goals: &verified.goals };
    // Texts, numbers and lists only: nothing that JSON lacks.
    let mut text = serde_json::to_string_pretty(&document).expect("a report is plain JSON");
    text.push('\n');
    text
}

/// One line for each violation, `rule: sentence`.
pub fn text(verified: &Verified) -> String {
    let mut text = String::new();
    for v in &verified.violations {
        text.push_str(&format!("{}: {}\n", v.rule, v.text));
    }
    for m in &verified.misprints {
        text.push_str(&format!("{PLAN_FILE}: {}\n", m.text));
    }
    text
}
