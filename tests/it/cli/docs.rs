//! The documentation names what exists.

use docent::programme::build::columns::TableId;
use docent::programme::build::settings::KEYS;
use std::path::Path;

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

#[test]
fn every_column_is_explained() {
    let page = text("docs/folder.md");
    for table in TableId::ALL {
        let heading = page.find(&format!("{}.csv", table.word())).unwrap_or_else(|| panic!("{}.csv", table.word()));
        for column in table.columns() {
            assert!(page[heading..].contains(&format!("`{}`", column.name)), "{}.csv: {}", table.word(), column.name);
        }
    }
}

#[test]
fn every_key_of_programme_toml_is_explained() {
    let page = text("docs/folder.md");
    for key in KEYS {
        let name = key.name.rsplit('.').next().expect("a name");
        assert!(page.contains(&format!("`{name}`")), "{}", key.name);
    }
}

#[test]
fn every_key_of_a_plan_file_is_explained() {
    fn keys(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(map) => {
                for (key, inner) in map {
                    found.push(key.clone());
                    // Paths of files, not words of the format.
                    if key != "files" {
                        keys(inner, found);
                    }
                }
            }
            serde_json::Value::Array(list) => list.iter().for_each(|inner| keys(inner, found)),
            _ => {}
        }
    }
    let folder = super::run::planned("docs-plan-file");
    assert_eq!(super::run::docent_in(&folder, &["adopt"]).exit, 0);
    let file = std::fs::read(folder.join("adopted.json")).expect("a plan of record");
    let mut found = Vec::new();
    keys(&serde_json::from_slice(&file).expect("JSON"), &mut found);
    assert!(found.contains(&"calendar".to_string()));
    let page = text("docs/plan-file.md");
    for key in found {
        assert!(page.contains(&format!("`{key}`")), "{key}");
    }
}

#[test]
fn links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec!["README.md".to_string(), "src/README.md".to_string()];
    pages.extend(super::run::names(&root.join("docs")).into_iter().map(|n| format!("docs/{n}")));
    for page in pages.iter().filter(|p| p.ends_with(".md")) {
        let text = text(page);
        for (at, _) in text.match_indices("](") {
            let target: String = text[at + 2..].chars().take_while(|c| *c != ')' && *c != '#').collect();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            let path = root.join(page).parent().expect("a folder").join(&target);
            assert!(path.exists(), "{page} points to {target}");
        }
    }
}
