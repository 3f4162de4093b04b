//! `new`: folders to start from.

use super::run::{docent, folder, names};
use std::path::Path;

#[test]
fn a_starter_is_written_once() {
    let target = folder("starter").join("mine");
    let path = target.display().to_string();
    let said = docent(&["new", &path]);
    assert_eq!((said.exit, said.err.as_str()), (0, ""));
    assert_eq!(said.out, format!("7 files in {path}\nnext: docent -C {path} check\n"));
    assert!(names(&target).contains(&"programme.toml".to_string()));

    std::fs::write(target.join("funds.csv"), "mine").expect("a file");
    let again = docent(&["new", &path]);
    assert_eq!(again.exit, 6);
    assert!(again.err.contains("holds files already"), "{}", again.err);
    assert_eq!(std::fs::read(target.join("funds.csv")).expect("still there"), b"mine");

    assert_eq!(docent(&["new", &path, "--force"]).exit, 0);
    assert_ne!(std::fs::read(target.join("funds.csv")).expect("still there"), b"mine");
}

#[test]
fn an_unknown_example_is_a_slip_of_the_tongue() {
    let target = folder("unknown-example").join("mine");
    let said = docent(&["new", &target.display().to_string(), "--from", "startr"]);
    assert_eq!(said.exit, 2);
    assert_eq!(said.err, "docent: there is no example `startr`\n  help: did you mean `starter`?\n");
    assert!(!target.exists());
}

/// The examples are put into the program when it is built: a file that was added since must not be missing.
#[test]
fn every_example_is_the_one_on_disk() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let target = folder("examples");
    for name in ["starter", "demo"] {
        if !data.join(name).is_dir() {
            continue;
        }
        let copy = target.join(name);
        assert_eq!(docent(&["new", &copy.display().to_string(), "--from", name]).exit, 0, "{name}");
        let mut ours = names(&data.join(name));
        ours.retain(|n| !n.ends_with(".json"));
        assert_eq!(names(&copy), ours, "{name}: touch build.rs when a file joins an example");
    }
}
