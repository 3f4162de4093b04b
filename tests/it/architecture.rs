//! The walls of the house: which room may import which, and which library is named where. src/README.md is the map.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every room of `src/`, from the ground to the roof, and the rooms that it may import.
const ROOMS: [(&str, &[&str]); 20] = [
    ("words", &[]),
    ("cores", &[]),
    ("programme", &["words"]),
    ("plan", &["words", "programme"]),
    ("judge", &["words", "programme", "plan"]),
    ("rules", &["words", "programme", "plan"]),
    ("board", &["words", "programme", "plan", "rules"]),
    ("milp", &["words"]),
    ("search", &["words", "programme", "plan", "rules", "board"]),
    ("master", &["words", "programme", "plan", "rules", "milp"]),
    ("dating", &["words", "programme", "plan", "rules", "milp", "master"]),
    ("full", &["words", "programme", "plan", "rules", "milp"]),
    ("solve", &["words", "programme", "plan", "judge", "rules", "board", "milp", "search", "master", "dating", "full"]),
    ("read", &["words", "cores", "programme", "plan", "rules"]),
    ("verify", &["words", "programme", "plan", "judge", "read"]),
    ("export", &["words", "cores", "programme", "plan", "solve", "read"]),
    ("random", &["words", "programme"]),
    ("whatif", &["words", "programme", "plan", "judge", "rules", "solve", "read"]),
    ("explain", &["words", "programme", "plan", "judge", "rules", "solve", "whatif"]),
    ("cli", &ALL),
];

const ALL: [&str; 19] = [
    "words",
    "cores",
    "programme",
    "plan",
    "judge",
    "rules",
    "board",
    "milp",
    "search",
    "master",
    "dating",
    "full",
    "solve",
    "read",
    "verify",
    "export",
    "random",
    "whatif",
    "explain",
];

/// Libraries that only some files may name (paths under `src/`, a folder with everything in it).
const WALLS: [(&str, &[&str]); 12] = [
    ("good_lp", &["milp/highs.rs"]),
    ("highs", &["milp/highs.rs"]),
    ("highs_sys", &["milp/highs.rs"]),
    ("ics", &["export/ics"]),
    ("calcard", &["read"]),
    ("calamine", &["read"]),
    ("csv", &["read"]),
    ("toml", &["read"]),
    ("rust_xlsxwriter", &["export/xlsx.rs"]),
    ("comfy_table", &["cli/grid.rs"]),
    ("clap", &["cli"]),
    ("ctrlc", &["cli"]),
];

/// The mechanism that engines share: the judge writes its own.
const MECHANISM: [&str; 4] =
    ["crate::plan::price", "crate::plan::mission", "crate::plan::goals", "crate::programme::calendar"];

#[test]
fn no_room_imports_a_later_floor() {
    for (path, text) in sources() {
        let room = room_of(&path);
        if room == "lib" || room == "main" {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            panic!("{path}: the room `{room}` is not in the table")
        };
        for (line, used) in rooms_named(&text) {
            assert!(
                used == room || allowed.contains(&used.as_str()),
                "src/{path}:{line}: `{room}` may not import `{used}`"
            );
        }
    }
}

#[test]
fn the_judge_shares_no_mechanism_with_the_engines() {
    for (path, text) in sources().into_iter().filter(|(path, _)| room_of(path) == "judge") {
        for mechanism in MECHANISM {
            assert!(!text.contains(mechanism), "src/{path} names {mechanism}");
        }
    }
}

#[test]
fn libraries_stay_behind_their_walls() {
    for (path, text) in sources() {
        for (library, rooms) in WALLS {
            let at_home = rooms.iter().any(|r| path == *r || path.starts_with(&format!("{r}/")))
                || rooms.iter().any(|r| path == format!("{r}.rs"));
            if at_home {
                continue;
            }
            // A module of ours may have a library's name.
            let ours = lines(&text).any(|(_, l)| l.starts_with("use crate::") && has_word(l, library));
            for (number, line) in lines(&text).filter(|_| !ours) {
                assert!(!names(line, library), "src/{path}:{number}: only {rooms:?} may name {library}");
            }
        }
    }
}

#[test]
fn nothing_is_imported_by_a_star() {
    for (path, text) in sources() {
        for (number, line) in lines(&text) {
            let star = line.trim_start().starts_with("use ") && line.contains('*');
            // A file's own tests see all of it.
            assert!(!star || line.trim() == "use super::*;", "src/{path}:{number}: {line}");
        }
    }
}

#[test]
fn the_map_names_every_room() {
    let map = fs::read_to_string(root().join("README.md")).expect("src/README.md");
    let mut rooms: BTreeMap<String, ()> = sources().keys().map(|path| (room_of(path), ())).collect();
    rooms.remove("lib");
    rooms.remove("main");
    for room in rooms.keys() {
        let folder = root().join(room).is_dir();
        let name = if folder { format!("`{room}/`") } else { format!("`{room}.rs`") };
        assert!(map.contains(&name), "src/README.md does not name {name}");
    }
}

/// Every source file: its path under `src/`, its text.
fn sources() -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of src") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root()).expect("below src").to_string_lossy().into_owned();
                all.insert(name, fs::read_to_string(&path).expect("UTF-8"));
            }
        }
    }
    assert!(all.len() > 40, "the sources were found");
    all
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The room that a file belongs to: its first folder, or its own name.
fn room_of(path: &str) -> String {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs").to_string()
}

/// The lines that are code, counted from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The rooms that a file names after `crate::`, with the lines.
fn rooms_named(text: &str) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    for (number, line) in lines(text) {
        for (at, _) in line.match_indices("crate::") {
            if line[..at].ends_with('$') {
                continue;
            }
            let rest = &line[at + "crate::".len()..];
            if let Some(list) = rest.strip_prefix('{') {
                for part in list.split([',', '}']) {
                    named.push((number, word(part.trim())));
                }
            } else {
                named.push((number, word(rest)));
            }
        }
    }
    named.retain(|(_, w)| !w.is_empty());
    named
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == word)
}

/// True when a line uses a library by its path.
fn names(line: &str, library: &str) -> bool {
    line.match_indices(&format!("{library}::")).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}
