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
