//! Scenarios change tables, and go through the same checks.

use super::{Scratch, data, shown};
use docent::programme::Programme;
use docent::programme::money::Micro;
use docent::read::{self, overlay, scenario};
use docent::words::Finding;
use std::path::PathBuf;

/// What came of data/demo with one scenario.
fn changed(text: &str) -> (Option<Programme>, Vec<Finding>) {
    let tables = read::load(&data("demo"), &[]).tables;
    let (scenario, mut findings) = scenario::parse("try.toml", text);
    let (tables, more) = overlay::overlay(&tables, &scenario);
    findings.extend(more);
    let built = read::build(&tables);
    findings.extend(built.findings);
    (built.programme, findings)
}

fn sound(text: &str) -> Programme {
    let (programme, findings) = changed(text);
    assert_eq!(findings, []);
    programme.expect("no error")
}

fn told(text: &str) -> Vec<String> {
    changed(text).1.iter().map(|f| shown(f, &PathBuf::new())).collect()
}

#[test]
fn set_and_scale() {
    let base = read::load(&data("demo"), &[]).programme.expect("no error");
    let programme =
        sound("[[change]]\ntable = \"funds\"\nid = \"F1\"\nset = { amount = 7000, valid_to = 2027-06-30 }\n");
    let fund = programme.funds.values().next().expect("a fund");
    assert_eq!((fund.amount.0, fund.valid_to.map(|d| d.to_string()).as_deref()), (700_000, Some("2027-06-30")));
    // 330000.00 x 0.987654321 = 325925.92593
    let programme = sound("[[change]]\ntable = \"funds\"\nid = \"*\"\nscale = { amount = 0.987654321 }\n");
    assert_eq!(programme.funds.values().next().map(|f| f.amount.0), Some(32_592_593));
    let programme = sound(
        "[[change]]\ntable = \"programme\"\nset = { \"rules.rest_days\" = 1 }\nscale = { \"rules.after_gap_days\" = 0.5 }\n",
    );
    assert_eq!((programme.rules.rest_days, programme.rules.after_gap_days), (1, 7));
    assert_eq!(base.rules.rest_days, 2);
    // A whole number rounds half up: 15 x 0.9 = 13.5.
    let programme = sound("[[change]]\ntable = \"courses\"\nid = \"ULF\"\nscale = { min_participants = 0.9 }\n");
    assert_eq!(programme.courses.values().find(|c| c.id == "ULF").map(|c| c.min_participants), Some(14));
    // A blank priority is 1.
    let programme = sound("[[change]]\ntable = \"requests\"\nid = \"R094\"\nscale = { priority = 2.5 }\n");
    let (before, after) = (base.requests.values().last(), programme.requests.values().last());
    assert_eq!(before.map(|r| r.priority.0 * 5 / 2), after.map(|r| r.priority.0));
}

#[test]
fn conditions_compare_values_and_blanks_have_their_defaults() {
    let base = read::load(&data("demo"), &[]).programme.expect("no error");
    let received = base.funds.values().filter(|f| !f.pledged).count();
    assert!(received > 0 && received < base.funds.len());
    let text = "[[change]]\ntable = \"funds\"\nwhere = { status = \"received\" }\nset = { amount = 0, spent = 0, spend_at_least = \"\" }\n";
    assert_eq!(sound(text).funds.values().filter(|f| f.amount.0 == 0).count(), received);
    let dollars = base.funds.values().filter(|f| f.currency == "USD").count();
    let text = "[[change]]\ntable = \"funds\"\nwhere = { currency = \"USD\", overhead = \"0.130\" }\nset = { donor = \"X\" }\n";
    let changed = sound(text).funds.values().filter(|f| f.donor == "X").count();
    assert!(changed > 0 && changed <= dollars);
    assert_eq!(
        told("[[change]]\ntable = \"funds\"\nwhere = { donor = \"nobody\" }\nset = { amount = 0 }\n"),
        ["try.toml:1:1: no-match"]
    );
}

#[test]
fn a_blank_condition_stands_for_the_default_of_each_row() {
    let base = read::load(&data("demo"), &[]).programme.expect("no error");
    let changed = |condition: &str| {
        let text = format!("[[change]]\ntable = \"requests\"\nwhere = {{ {condition} }}\nset = {{ priority = 7 }}\n");
        sound(&text).requests.values().filter(|r| r.priority == Micro(7_000_000)).count()
    };
    let at_home = base.requests.values().filter(|r| r.hosts == [r.place]).count();
    assert!(at_home > 0 && at_home < base.requests.len());
    assert_eq!(changed("hosts = \"\""), at_home);
    let open = base.requests.values().filter(|r| r.earliest.is_none_or(|d| d == base.start)).count();
    assert_eq!(changed(&format!("earliest = {}", base.start)), open);
    assert_eq!(changed("earliest = \"\""), open);
    // The days of a weekend have no order.
    let days = |text: &str| {
        told(&format!("[[change]]\ntable = \"places\"\nwhere = {{ weekend = {text} }}\nset = {{ name = \"X\" }}\n"))
    };
    assert_eq!(days("[\"sun\", \"sat\"]"), Vec::<String>::new());
    assert_eq!(days("[\"mon\", \"sat\"]"), ["try.toml:1:1: no-match"]);
}

#[test]
fn rows_come_and_go() {
    let base = read::load(&data("demo"), &[]).programme.expect("no error");
    let text = "[[change]]\ntable = \"trainers\"\nadd = { id = \"T99\", name = \"New\", home = \"SEN\", languages = [\"fr\", \"en\"], courses = [\"MLA:lead\"] }\n";
    let programme = sound(text);
    assert_eq!(programme.trainers.len(), base.trainers.len() + 1);
    assert_eq!(programme.trainers.values().last().map(|t| (t.id.as_str(), t.teaches.len())), Some(("T99", 2)));
    // T12 has absences, or pins, or a calendar: all go with them.
    let gone = base.trainers.ids().find(|t| {
        let history = base.pins.iter().any(|p| p.trainers.contains(t) && base.is_done(p.request));
        let promised = base.pins.iter().any(|p| p.trainers.contains(t));
        !history && !promised && !base.trainers[*t].absences.is_empty()
    });
    let gone = &base.trainers[gone.expect("somebody without a past")].id;
    let programme = sound(&format!("[[change]]\ntable = \"trainers\"\nid = \"{gone}\"\nremove = true\n"));
    assert!(programme.trainers.values().all(|t| t.id != *gone));
    // A request that others wait for.
    let after = base.requests.values().find(|r| !r.after.is_empty()).expect("a sequence");
    let first = &base.requests[after.after[0]].id;
    let programme = sound(&format!("[[change]]\ntable = \"requests\"\nid = \"{first}\"\nremove = true\n"));
    assert_eq!(programme.requests.len(), base.requests.len() - 1);
    assert!(programme.requests.values().find(|r| r.id == after.id).is_some_and(|r| r.after.is_empty()));
    // A calendar goes with its trainer.
    let text = "[[change]]\ntable = \"trainers\"\nid = \"T20\"\nremove = true\n";
    let tables = read::load(&data("demo"), &[]).tables;
    let (tables, found) = overlay::overlay(&tables, &scenario::parse("t.toml", text).0);
    assert_eq!(found, []);
    assert_eq!(tables.calendars.iter().map(|c| c.stem.as_str()).collect::<Vec<_>>(), ["T11"]);
}

#[test]
fn findings_name_the_scenario() {
    assert_eq!(
        told("[[change]]\ntable = \"funds\"\nid = \"F1\"\nset = { amount = \"much\" }\n"),
        ["try.toml:4:18: bad-number"]
    );
    assert_eq!(
        told("[[change]]\ntable = \"requests\"\nid = \"R001\"\nset = { place = \"XYZ\" }\n"),
        ["try.toml:4:17: unknown-place"]
    );
    assert_eq!(
        told("[[change]]\ntable = \"fund\"\nid = \"F1\"\nset = { amount = 1 }\n"),
        ["try.toml:2:9: bad-scenario"]
    );
    assert_eq!(
        told("[[change]]\ntable = \"funds\"\nid = \"F1\"\nset = { amout = 1 }\n"),
        ["try.toml:4:17: bad-scenario"]
    );
    assert_eq!(
        told("[[change]]\ntable = \"funds\"\nid = \"F1\"\nscale = { donor = 2 }\n"),
        ["try.toml:4:19: bad-scenario"]
    );
    assert_eq!(told("[[change]]\ntable = \"funds\"\nid = \"F1\"\n"), ["try.toml:1:1: bad-scenario"]);
    assert_eq!(
        told("[[change]]\ntable = \"programme\"\nset = { \"rules.rest\" = 1 }\n"),
        ["try.toml:3:24: bad-scenario"]
    );
    assert_eq!(told("[[chage]]\ntable = \"funds\"\n"), ["try.toml:1:3: bad-scenario"]);
    assert!(told("[[change]\n").iter().any(|s| s.contains("bad-toml")));
}

#[test]
fn scenarios_extend_one_another() {
    let scratch = Scratch::of("demo");
    scratch
        .write("base.toml", "name = \"Base\"\n[[change]]\ntable = \"funds\"\nid = \"F1\"\nset = { amount = 20000 }\n");
    scratch.write(
        "more/a.toml",
        "extends = \"../base.toml\"\n[[change]]\ntable = \"funds\"\nid = \"F1\"\nscale = { amount = 0.5 }\n",
    );
    scratch.write(
        "more/b.toml",
        "extends = \"../base.toml\"\n[[change]]\ntable = \"funds\"\nid = \"F2\"\nset = { amount = 70000 }\n",
    );
    let files = [scratch.path().join("more/a.toml"), scratch.path().join("more/b.toml")];
    let loaded = read::load(scratch.path(), &files);
    let names: Vec<&str> = loaded.inputs.scenarios.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Base", "a", "b"], "{:?}", loaded.findings);
    // Once 20000, though two extend the base; then half of it.
    assert_eq!(loaded.findings, []);
    let amount = |p: &Programme| p.funds.values().next().map(|f| f.amount.0);
    assert_eq!(loaded.programme.as_ref().and_then(amount), Some(1_000_000));
    // As a plan remembers them they are the same.
    let again = read::load_again(scratch.path(), &loaded.inputs.scenarios);
    assert_eq!(again.inputs, loaded.inputs);
    assert_eq!(again.programme, loaded.programme);
    assert_eq!(read::load(scratch.path(), &[]).inputs.digest, loaded.inputs.digest);
}

#[test]
fn every_scenario_of_the_demo_is_sound() {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(data("demo/scenarios")).expect("scenarios").flatten().map(|e| e.path()).collect();
    files.sort();
    assert!(files.len() >= 5);
    for file in files {
        let loaded = read::load(&data("demo"), std::slice::from_ref(&file));
        assert_eq!(loaded.findings, [], "{}", file.display());
    }
}
