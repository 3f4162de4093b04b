//! One value of a plan file changed: `verify` finds it, whatever the value.

use super::{planned, programme};
use docent::plan::brief::Brief;
use docent::programme::Programme;
use docent::programme::day::Day;
use docent::read::plan_file::parse;
use docent::verify::verify;
use serde_json::Value;

const PROGRAMMES: [&str; 4] = ["tiny/overhead-in-kind", "tiny/pins", "tiny/online", "tiny/interpretation-capacity"];

/// What a plan is not judged by: what it was made of and how.
fn free(path: &str) -> bool {
    ["/format", "/programme", "/as_of", "/solver"].iter().any(|start| path.starts_with(start))
}

/// Every value of a document, by its path.
fn leaves(value: &Value, path: String, into: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, v)| leaves(v, format!("{path}/{key}"), into)),
        Value::Array(list) => list.iter().enumerate().for_each(|(i, v)| leaves(v, format!("{path}/{i}"), into)),
        _ => into.push(path),
    }
}

/// Something else of the same kind.
fn other(value: &Value) -> Value {
    let Value::String(text) = value else { return Value::from(7) };
    if let Some(day) = Day::iso(text) {
        return Value::from((day + 1).to_string());
    }
    if let Some((whole, part)) = text.split_once('.') {
        let cents: i64 = format!("{whole}{part}").parse().expect("an amount");
        let more = cents + 1;
        return Value::from(format!("{}.{:02}", more / 100, more % 100));
    }
    let swapped = match text.as_str() {
        "lead" => "co",
        "co" => "lead",
        "proposed" => "confirmed",
        "confirmed" | "done" => "proposed",
        "venue" => "travel",
        "optimal" => "proven",
        other => return Value::from(format!("{other}X")),
    };
    Value::from(swapped)
}

fn holds(programme: &Programme, document: &Value) -> bool {
    let bytes = serde_json::to_vec(document).expect("JSON");
    parse(&bytes).is_ok_and(|file| verify(programme, &file, None).holds())
}

#[test]
fn every_changed_value_is_found() {
    for name in PROGRAMMES {
        let programme = programme(name);
        let document: Value = serde_json::from_slice(&planned(&Brief::new(&programme), None)).expect("JSON");
        assert!(holds(&programme, &document), "{name}");
        let mut paths = Vec::new();
        leaves(&document, String::new(), &mut paths);
        assert!(paths.len() > 60, "{name}");
        for path in paths.into_iter().filter(|p| !free(p)) {
            let mut changed = document.clone();
            let leaf = changed.pointer_mut(&path).expect("a value");
            *leaf = other(leaf);
            let now = leaf.clone();
            assert!(!holds(&programme, &changed), "{name}: {path} = {now} is not found");
        }
    }
}

#[test]
fn every_item_left_out_or_doubled_is_found() {
    for name in PROGRAMMES {
        let programme = programme(name);
        let document: Value = serde_json::from_slice(&planned(&Brief::new(&programme), None)).expect("JSON");
        let mut lists: Vec<String> = ["/sessions", "/missions", "/goals", "/unserved", "/broken_commitments"]
            .into_iter()
            .map(str::to_string)
            .collect();
        for i in 0..document["sessions"].as_array().map_or(0, Vec::len) {
            lists.extend(["requests", "team", "charges"].map(|list| format!("/sessions/{i}/{list}")));
        }
        for list in lists {
            let items = document.pointer(&list).and_then(Value::as_array).map_or(0, Vec::len);
            for i in 0..items {
                let mut less = document.clone();
                let mut twice = document.clone();
                if let Some(Value::Array(items)) = less.pointer_mut(&list) {
                    items.remove(i);
                }
                if let Some(Value::Array(items)) = twice.pointer_mut(&list) {
                    items.insert(i, items[i].clone());
                }
                assert!(!holds(&programme, &less), "{name}: {list} without its item {i} is not found");
                assert!(!holds(&programme, &twice), "{name}: {list} with its item {i} twice is not found");
            }
        }
    }
}
