//! README.md tells the truth: what stands after `$` in its `console` blocks is run, and says what stands below it.

use super::run::{docent_in, folder};
use std::fs;
use std::path::Path;

#[test]
fn the_readme_shows_what_docent_says() {
    let here = folder("readme");
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let commands = commands(&page);
    assert!(commands.len() >= 3, "the blocks were found");
    for (command, shown) in commands {
        let words: Vec<&str> = command.split_whitespace().collect();
        assert_eq!(words.first(), Some(&"docent"), "{command}");
        let said = docent_in(&here, &words[1..]);
        assert_eq!(said.out, shown, "$ {command}\n{}", said.err);
    }
}

/// The commands of all `console` blocks in their order, each with what it prints.
fn commands(page: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside {
            match (line.strip_prefix("$ "), commands.last_mut()) {
                (Some(command), _) => commands.push((command.to_string(), String::new())),
                (None, Some((_, shown))) => *shown += &format!("{line}\n"),
                (None, None) => panic!("a block begins with a command: {line}"),
            }
        }
    }
    commands
}
