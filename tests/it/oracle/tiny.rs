//! Every programme of `data/tiny`: brute force finds what its README says, and the solver finds what brute force finds.

use super::{Best, best};
use docent::explain::conflict::conflicts;
use docent::explain::obstacles::{Asked, Obstacles};
use docent::plan::Plan;
use docent::plan::brief::{Baseline, Brief};
use docent::programme::Programme;
use docent::read::load;
use docent::solve::{Options, Start, plan};
use docent::verify::figure;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

fn tiny() -> Vec<(PathBuf, Programme)> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(data).expect("data/tiny").map(|e| e.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders
        .into_iter()
        .map(|folder| {
            let loaded = load(&folder, &[]);
            let findings = loaded.findings;
            let programme = loaded.programme.unwrap_or_else(|| panic!("{}: {findings:?}", folder.display()));
            (folder, programme)
        })
        .collect()
}

/// The figures of `Goals: commitments 0, coverage 35, …`, in this order.
fn told(readme: &str) -> Vec<(String, String)> {
    let text = readme.split("Goals:").nth(1).unwrap_or_default().replace(['\n', ','], " ");
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .windows(2)
        .filter(|pair| ["commitments", "coverage", "cost", "preferences"].contains(&pair[0]))
        .map(|pair| (pair[0].to_string(), pair[1].trim_end_matches('.').to_string()))
        .collect()
}

#[test]
fn brute_force_finds_what_the_readme_says() {
    let mut wrong = Vec::new();
    for (folder, programme) in tiny() {
        let brief = Brief::new(&programme);
        let Best { best, limits, .. } = best(&brief);
        let told = told(&fs::read_to_string(folder.join("README.md")).expect("a README"));
        assert!(told.len() >= 4, "{}: the README does not tell four goals", folder.display());
        for ((goal, value), limit) in best.iter().zip(limits) {
            let (_, written) = told.iter().find(|(name, _)| name == goal.word()).expect("a figure for each goal");
            let written = if written.contains('.') { written.clone() } else { format!("{written}.00") };
            let possible = [figure(*goal, *value).to_string(), figure(*goal, limit).to_string()];
            if !possible.contains(&written) {
                wrong.push(format!("{}: {goal} is {possible:?}, not {written}", folder.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_solver_finds_and_proves_what_brute_force_finds() {
    let mut wrong = Vec::new();
    for (folder, programme) in tiny() {
        solved(&folder, &Brief::new(&programme), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_insisted_on_is_served_wherever_a_plan_can() {
    let (mut wrong, mut never) = (Vec::new(), 0);
    for (folder, programme) in tiny() {
        let obstacles = Obstacles::new(&programme);
        let base = solved(&folder, &Brief::new(&programme), &mut wrong);
        for (request, row) in programme.requests.iter().filter(|(r, _)| !programme.is_done(*r)) {
            // Of plans that are worth the same the one that changes least.
            let told = Some(Baseline::told(&programme, &base));
            let brief = Brief { insist: vec![request], baseline: told, afterwards: true, ..Brief::new(&programme) };
            let plan = solved(&folder, &brief, &mut wrong);
            let served = plan.session_of(&programme)[request].is_some();
            let hindered = !conflicts(&obstacles.of(&Asked::any(request))).is_empty();
            never += usize::from(!served);
            if served && hindered {
                wrong.push(format!("{}: {} is served, and is said to have no way", folder.display(), row.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(never > 0, "some cannot be served");
}

/// Plans, and tells where brute force knows better.
fn solved(folder: &Path, brief: &Brief, wrong: &mut Vec<String>) -> Plan {
    let Best { best, limits, .. } = best(brief);
    let options = Options { effort: 20, seconds: None, ..Options::default() };
    let outcome = plan(brief, &options, &Start::default(), &|_| {}, &AtomicBool::new(false));
    for ((report, (goal, value)), limit) in outcome.goals.iter().zip(best).zip(limits) {
        let mut tell = |what: &str| {
            let (found, bound) = (figure(goal, report.value), figure(goal, report.bound));
            let best = figure(goal, value);
            let name = folder.display();
            wrong.push(format!("{name}: {goal} {what}: {found}, bound {bound}; the best is {best}"));
        };
        let worse = |a: i128, b: i128| if goal.maximised() { a < b } else { a > b };
        if worse(report.value, limit) {
            tell("is not the best");
        }
        if worse(report.bound, value) {
            tell("has a bound that is not one");
        }
        if report.proof == docent::solve::report::Proof::Feasible {
            tell("is not proven");
        }
    }
    assert_eq!(outcome.refused, None, "{}", folder.display());
    outcome.plan
}
