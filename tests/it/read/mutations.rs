//! A thousand slips of the pen in data/demo: each ends with findings or a programme, soon, and never with a panic.

use super::{Scratch, data};
use docent::read::{self, summary};
use docent::words::Level;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// A small generator of numbers that are the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % n.max(1) as u64) as usize
    }
}

const CELLS: [&str; 30] = [
    "",
    "0",
    "-1",
    "1.5",
    "99999999999999999999",
    "1e9",
    "NaN",
    "yes",
    "2027-02-30",
    "9999-12-31",
    "0001-01-01",
    "2027-03-01",
    "R001",
    "T01",
    "F1",
    "AUT",
    "western-africa",
    "*",
    "en",
    "a;b;c",
    ";;",
    "\"",
    "\u{feff}",
    "\0",
    "عربى",
    "mon;tue;wed;thu;fri;sat;sun",
    "none",
    "done",
    "MLA:lead",
    "cost",
];

fn mutated(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.to_vec();
    if bytes.is_empty() {
        return b"x".to_vec();
    }
    match dice.below(9) {
        0 => {
            let at = dice.below(bytes.len());
            bytes[at] = dice.below(256) as u8;
        }
        1 => {
            let at = dice.below(bytes.len());
            bytes.remove(at);
        }
        2 => bytes.truncate(dice.below(text.len())),
        3 => {
            let at = dice.below(bytes.len());
            let odd = b",;\"\n\t:=[]{}-.#'"[dice.below(15)];
            bytes.insert(at, odd);
        }
        4..=6 => {
            // Another value in one cell.
            let text = String::from_utf8_lossy(text).into_owned();
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let line = dice.below(lines.len());
            let mut cells: Vec<&str> = lines[line].split(',').collect();
            let cell = dice.below(cells.len());
            cells[cell] = CELLS[dice.below(CELLS.len())];
            lines[line] = cells.join(",");
            bytes = lines.join("\n").into_bytes();
        }
        7 => {
            // A line twice, or none.
            let text = String::from_utf8_lossy(text).into_owned();
            let mut lines: Vec<&str> = text.lines().collect();
            let line = dice.below(lines.len());
            if dice.below(2) == 0 {
                lines.insert(line, lines[line]);
            } else {
                lines.remove(line);
            }
            bytes = lines.join("\n").into_bytes();
        }
        _ => {
            // A number times something.
            let text = String::from_utf8_lossy(text).into_owned();
            let digits: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i).collect();
            if !digits.is_empty() {
                let at = digits[dice.below(digits.len())];
                bytes.splice(at..at + 1, "1234567890123456789".bytes().take(1 + dice.below(19)));
            }
        }
    }
    bytes
}

#[test]
fn a_thousand_slips_of_the_pen() {
    let scratch = Scratch::of("demo");
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["", "busy", "scenarios"] {
        let entries = fs::read_dir(scratch.path().join(folder)).expect("a folder").flatten();
        files.extend(entries.map(|e| e.path()).filter(|p| p.is_file() && p.extension().is_some_and(|e| e != "md")));
    }
    files.sort();
    let mut dice = Dice(0x2027_0304_0506_0708);
    let (mut sound, mut broken) = (0, 0);
    for round in 0..1000 {
        let file = &files[dice.below(files.len())];
        let before = fs::read(file).expect("a file");
        let mut after = mutated(&before, &mut dice);
        for _ in 0..dice.below(3) {
            after = mutated(&after, &mut dice);
        }
        fs::write(file, &after).expect("a file");
        let scenario = file.parent().is_some_and(|p| p.ends_with("scenarios")).then(|| file.clone());
        let scenarios: Vec<PathBuf> = scenario.into_iter().collect();
        let begun = Instant::now();
        let loaded = catch_unwind(AssertUnwindSafe(|| {
            let loaded = read::load(scratch.path(), &scenarios);
            if let Some(programme) = &loaded.programme {
                summary::summary(programme);
            }
            loaded
        }));
        let shown = || format!("round {round}, {}:\n{}", file.display(), String::from_utf8_lossy(&after));
        let loaded = loaded.unwrap_or_else(|_| panic!("{}", shown()));
        assert!(begun.elapsed() < Duration::from_secs(10), "slow: {}", shown());
        let errors = loaded.findings.iter().any(|f| f.level == Level::Error);
        assert_eq!(loaded.programme.is_none(), errors, "{}", shown());
        for finding in &loaded.findings {
            assert!(!finding.at.file.is_empty() && !finding.text.is_empty() && !finding.help.is_empty(), "{finding:?}");
        }
        if errors {
            broken += 1
        } else {
            sound += 1
        }
        fs::write(file, &before).expect("a file");
    }
    assert_eq!(read::load(scratch.path(), &[]).programme, read::load(&data("demo"), &[]).programme);
    assert!(sound > 100 && broken > 300, "{sound} sound, {broken} broken");
}
