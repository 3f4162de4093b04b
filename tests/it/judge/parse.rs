//! Plan files that are none: one clear sentence, with the place.

use super::{planned, programme};
use docent::export::plan_json::bytes;
use docent::plan::brief::Brief;
use docent::read::plan_file::{parse, resolve};

#[track_caller]
fn refused(text: &str, code: &str, at: (u32, u32), words: &str) {
    let findings = parse(text.as_bytes()).expect_err("a finding");
    assert_eq!(findings.len(), 1);
    let finding = &findings[0];
    assert_eq!((finding.code, (finding.at.line, finding.at.column)), (code, at), "{}", finding.text);
    assert!(finding.text.contains(words), "{}", finding.text);
}

#[test]
fn broken_json_and_wrong_shapes_are_told_with_their_place() {
    refused("", "plan-json", (1, 0), "ends in the middle");
    refused("{\"format\": \"docent-plan/1\",\n \"sessions\": [", "plan-json", (2, 14), "ends in the middle");
    refused("{\"format\": \"docent-plan/1\",\n oops}", "plan-json", (2, 2), "not valid JSON");
    refused("{}", "plan-format", (0, 0), "no \"format\"");
    refused("{\"format\": \"docent-plan/2\"}", "plan-format", (0, 0), "docent-plan/2");
    refused("{\"format\": \"docent-plan/1\", \"missions\": []}", "plan-shape", (1, 43), "missing field `sessions`");
    let mission = |depart: &str| {
        format!(
            "{{\"format\": \"docent-plan/1\", \"sessions\": [],\n \"missions\": [{{\"trainer\": \"T1\", \"depart\": \
             {depart}, \"return\": \"2027-03-01\", \"sessions\": []}}]}}"
        )
    };
    assert!(parse(mission("\"2027-02-28\"").as_bytes()).is_ok());
    refused(&mission("\"2027-02-30\""), "plan-shape", (2, 54), "\"2027-02-30\" is not a date");
    refused(&mission("5"), "plan-shape", (2, 43), "expected a date");
}

#[test]
fn what_is_written_is_read_and_written_the_same() {
    let programme = programme("tiny/overhead-in-kind");
    let written = planned(&Brief::new(&programme), None);
    let file = parse(&written).expect("a plan file");
    assert_eq!(String::from_utf8_lossy(&bytes(&file)), String::from_utf8_lossy(&written));
    let (plan, unknown) = resolve(&programme, &file);
    assert_eq!(unknown, []);
    assert_eq!(plan.sessions.len(), file.sessions.len());
    // Every value on its own line, a newline at the end.
    let text = String::from_utf8(written).expect("text");
    assert!(text.ends_with("}\n"));
    assert!(text.lines().all(|line| line.matches("\": ").count() <= 1), "{text}");
}

#[test]
fn a_byte_order_mark_is_no_hindrance() {
    let text = "\u{feff}{\"format\": \"docent-plan/1\", \"sessions\": [], \"missions\": []}";
    assert!(parse(text.as_bytes()).is_ok());
}
