//! The random programmes: always sound, every table and column in use, the same bytes for the same wish.

use docent::plan::brief::Brief;
use docent::programme::build::columns::TableId;
use docent::programme::build::settings::KEYS;
use docent::programme::money::Micro;
use docent::random::{Wish, programme};
use docent::read::{Loaded, load};
use docent::search::Search;
use docent::words::Level;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Writes a random programme under the test's own folder and says where.
pub fn folder(wish: &Wish, test: &str) -> PathBuf {
    // Tests run side by side: each wish has a folder of its own.
    static WISHES: AtomicUsize = AtomicUsize::new(0);
    let name = format!("{test}-{}", WISHES.fetch_add(1, Ordering::Relaxed));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random").join(name);
    // A folder of an earlier run may hold busy calendars that this one does not have.
    let _ = fs::remove_dir_all(&folder);
    for (path, bytes) in programme(wish) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder for the test");
        fs::write(path, bytes).expect("a file for the test");
    }
    folder
}

fn loaded(wish: &Wish, test: &str) -> Loaded {
    let loaded = load(&folder(wish, test), &[]);
    let errors: Vec<String> = loaded
        .findings
        .iter()
        .filter(|f| f.level == Level::Error || f.code.starts_with("unknown-"))
        .map(|f| format!("{}:{}:{}: {}: {}", f.at.file, f.at.line, f.at.column, f.code, f.text))
        .collect();
    assert!(errors.is_empty(), "{wish:?}:\n{}", errors.join("\n"));
    loaded
}

#[test]
fn thirty_seeds_of_all_sizes_have_no_errors() {
    for seed in 0..30 {
        let wish = Wish { requests: 10 + (seed as u32 * 7) % 51, seed, ..Wish::default() };
        let loaded = loaded(&wish, "sound");
        let programme = loaded.programme.expect("a programme without errors");
        assert_eq!(programme.requests.len(), wish.requests as usize);
        assert_eq!(programme.pins.len(), 3);
    }
}

#[test]
fn very_small_and_very_tight_ones_are_sound_too() {
    for seed in 0..10 {
        let tight = Micro(100_000 * seed as i64);
        let requests = 1 + seed as u32;
        loaded(
            &Wish { requests, trainers: Some(4), places: Some(4), weeks: Some(12), seed, tight, chain: false },
            "small",
        );
    }
}

#[test]
fn every_table_and_column_is_used() {
    for seed in [1, 2, 3] {
        let wish = Wish { requests: 10 + 20 * seed as u32, seed, ..Wish::default() };
        let tables = loaded(&wish, "columns").tables;
        for table in TableId::ALL {
            for (i, column) in table.columns().iter().enumerate() {
                let used = tables.table(table).rows.iter().any(|row| !row.text(i).is_empty());
                assert!(used, "seed {seed}: no row of {} fills {}", table.word(), column.name);
            }
        }
        assert!(!tables.calendars.is_empty(), "seed {seed}: no busy calendar");
        let sections: Vec<&str> = KEYS.iter().filter_map(|k| k.name.split('.').next()).collect();
        for section in sections.into_iter().chain(["rates", "columns"]) {
            let named = tables.settings.iter().any(|s| s.key.starts_with(section));
            assert!(named || section == "columns", "seed {seed}: programme.toml has no [{section}]");
        }
    }
}

#[test]
fn the_same_wish_gives_the_same_bytes() {
    let wish = Wish { seed: 7, ..Wish::default() };
    assert_eq!(programme(&wish), programme(&wish));
    assert_ne!(programme(&wish), programme(&Wish { seed: 8, ..wish }));
}

#[test]
fn what_is_pinned_can_be_kept() {
    for seed in 0..6 {
        let wish = Wish { requests: 12, seed, tight: Micro(3_000_000), ..Wish::default() };
        let programme = loaded(&wish, "pins").programme.expect("a programme without errors");
        let brief = Brief::new(&programme);
        let mut search = Search::new(&brief, 1);
        search.run(2_000, &AtomicBool::new(false));
        let served = search.best().expect("a plan").session_of(&programme);
        for pin in &programme.pins {
            assert!(served[pin.request].is_some(), "seed {seed}: {}", programme.requests[pin.request].id);
        }
    }
}
