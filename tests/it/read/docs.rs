//! The documentation says what the code does: docs/findings.md is written from the codes, docs/folder.md names every
//! column.

use docent::programme::build::codes;
use docent::programme::build::columns::TableId;
use docent::programme::build::keys::KEYS;
use docent::words::Level;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn findings() -> String {
    let mut text = String::from(
        "# What `docent check` finds\n\nEvery finding has a code that does not change. An *error* ends every command with exit code 3, and nothing is\nwritten; a *warning* is worth a look. This page is written from the code (`src/programme/build/codes.rs`); a test\nkeeps them equal.\n",
    );
    for code in codes::ALL {
        let level = if code.level == Level::Error { "error" } else { "warning" };
        let _ = write!(
            text,
            "\n## {}\n\n*{level}*: {}\n\n- Example: `{}`\n- Remedy: {}.\n",
            code.id,
            code.means,
            code.example.replace('`', ""),
            code.remedy
        );
    }
    text
}

#[test]
fn every_code_is_documented() {
    let path = file("docs/findings.md");
    let wanted = findings();
    if fs::read_to_string(&path).unwrap_or_default() != wanted {
        if std::env::var_os("DOCENT_WRITE_DOCS").is_some() {
            fs::write(&path, wanted).expect("docs/findings.md");
            return;
        }
        panic!("docs/findings.md is behind: DOCENT_WRITE_DOCS=1 cargo test --release --test it docs");
    }
}

#[test]
fn codes_are_kebab_case_and_differ() {
    let ids: BTreeSet<&str> = codes::ALL.iter().map(|c| c.id).collect();
    assert_eq!(ids.len(), codes::ALL.len());
    for code in codes::ALL {
        assert!(code.id.split('-').all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase())), "{}", code.id);
        assert!(!code.means.is_empty() && !code.example.is_empty() && !code.remedy.is_empty(), "{}", code.id);
        assert!(code.means.ends_with('.') && !code.remedy.ends_with('.'), "{}", code.id);
    }
}

#[test]
fn every_code_is_used_and_every_use_is_documented() {
    let mut sources = Vec::new();
    let mut folders = vec![file("src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                sources.push((path.clone(), fs::read_to_string(path).expect("a source")));
            }
        }
    }
    for code in codes::ALL {
        let name = format!("codes::{}", code.id.to_uppercase().replace('-', "_"));
        let uses = |text: &str| {
            let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_uppercase() || c == '_');
            text.match_indices(&name).any(|(i, _)| ends(&text[i + name.len()..]))
        };
        assert!(sources.iter().any(|(_, text)| uses(text)), "nothing finds {}", code.id);
    }
    // A code that is written out somewhere would not be among the documented ones.
    for (path, text) in &sources {
        assert!(!text.contains("code: \"") && !text.contains("finding(\""), "{}", path.display());
    }
}

/// The part of docs/folder.md that is about one table: its own heading, or its bold paragraph.
fn about<'t>(text: &'t str, table: &str) -> &'t str {
    let name = format!("{table}.csv");
    let heading = text.find(&format!("\n## {name}:")).map(|i| i + 1);
    let from = heading.or_else(|| text.find(&format!("**{name}**"))).unwrap_or_else(|| panic!("{name} is missing"));
    let rest = &text[from..];
    let after = if heading.is_some() { "\n**" } else { ".csv**" };
    let own = name.len() + 4;
    let end = rest[own..].find(after).map_or(rest.len(), |i| i + own);
    let next = rest[own..].find("\n## ").map_or(rest.len(), |i| i + own);
    &rest[..end.min(next)]
}

#[test]
fn every_column_is_documented() {
    let text = fs::read_to_string(file("docs/folder.md")).expect("docs/folder.md");
    for table in TableId::ALL {
        let part = about(&text, table.word());
        for column in table.columns() {
            assert!(part.contains(&format!("`{}`", column.name)), "{}.{}:\n{part}", table.word(), column.name);
        }
        // Every name in the first cell of a row of the table is a column.
        for line in part.lines().filter(|l| l.starts_with("| `")) {
            let cells: Vec<&str> = line.split(" | ").collect();
            let names: Vec<&str> = cells[0].split('`').skip(1).step_by(2).collect();
            for name in &names {
                let number = table.column(name).unwrap_or_else(|| panic!("{} has no column {name}", table.word()));
                let column = &table.columns()[number];
                assert_eq!(column.required, cells[1] == "required", "{}.{name}", table.word());
                if names.len() == 1 && !column.default.is_empty() {
                    assert_eq!(cells[1].trim_matches('`'), column.default, "{}.{name}", table.word());
                }
            }
        }
    }
}

#[test]
fn every_key_is_documented() {
    let text = fs::read_to_string(file("docs/folder.md")).expect("docs/folder.md");
    let from = text.find("\n## programme.toml").expect("a heading");
    let part = &text[from..from + text[from + 2..].find("\n## ").expect("another heading")];
    for key in KEYS {
        let mut names = key.name.split('.');
        let (section, name) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        assert!(part.contains(&format!("`[{section}]`")) && part.contains(&format!("`{name}`")), "{}", key.name);
    }
}
