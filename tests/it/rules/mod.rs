//! Each rule of the judge on the smallest plans that keep and that break it: `data/rules`, one folder for a rule.

use docent::judge::judge;
use docent::plan::brief::Brief;
use docent::read::{load, plan_file};
use docent::words::{Level, RuleId};
use std::fs;
use std::path::{Path, PathBuf};

/// What the judge says of one plan, a line for each violation.
fn said(rule: &Path, plan: &Path) -> Vec<(RuleId, String)> {
    let changes: Vec<PathBuf> =
        [rule, plan].iter().map(|folder| folder.join("change.toml")).filter(|file| file.exists()).collect();
    let loaded = load(&data().join("base"), &changes);
    let errors: Vec<String> = loaded
        .findings
        .iter()
        .filter(|f| f.level == Level::Error)
        .map(|f| format!("{}:{}:{}: {}", f.at.file, f.at.line, f.code, f.text))
        .collect();
    let Some(programme) = loaded.programme else { panic!("{}:\n{}", plan.display(), errors.join("\n")) };
    let bytes = fs::read(plan.join("plan.json")).expect("a plan");
    let file = match plan_file::parse(&bytes) {
        Ok(file) => file,
        Err(findings) => panic!("{}: {findings:?}", plan.display()),
    };
    let (resolved, mut violations) = plan_file::resolve(&programme, &file);
    violations.extend(judge(&Brief::new(&programme), &resolved).violations);
    violations.into_iter().map(|v| (v.rule, format!("{} [{}] {}", v.rule, v.subjects.join(" "), v.text))).collect()
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/rules")
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(of).expect("a folder").map(|e| e.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders
}

fn name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

#[test]
fn every_plan_is_judged_as_it_stands_beside_it() {
    let mut wrong = Vec::new();
    for rule in folders(&data()).into_iter().filter(|f| name(f) != "base") {
        let id = RuleId::named(&name(&rule)).unwrap_or_else(|| panic!("{} is no rule", rule.display()));
        for plan in folders(&rule) {
            let mut tell = |what: &str| wrong.push(format!("{}: {what}", plan.display()));
            let said = said(&rule, &plan);
            let lines: String = said.iter().map(|(_, line)| format!("{line}\n")).collect();
            let file = plan.join("violations.txt");
            if std::env::var_os("DOCENT_BLESS").is_some() && !lines.is_empty() {
                fs::write(&file, &lines).expect("the new violations");
            }
            let expected = fs::read_to_string(&file).unwrap_or_default();
            if lines != expected {
                tell(&format!("expected\n{expected}said\n{lines}"));
            }
            if name(&plan).starts_with("broken") == expected.is_empty() {
                tell("violations.txt stands where the plan breaks the rule, and only there");
            }
            if said.iter().any(|(rule, _)| *rule != id) {
                tell(&format!("breaks another rule\n{lines}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_plan_that_keeps_it_and_one_that_breaks_it() {
    for rule in RuleId::ALL {
        for plan in ["kept", "broken"] {
            assert!(data().join(rule.word()).join(plan).join("plan.json").exists(), "{rule}: {plan}");
        }
    }
}
