//! Puts the example programmes of `data/` into the program, for `docent new --from NAME`.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders of `data/` that are one example, and those that hold several.
const SINGLE: [&str; 2] = ["starter", "demo"];
const SEVERAL: [&str; 2] = ["examples", "tiny"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo says where")).join("data");
    let mut found: Vec<(String, PathBuf)> = SINGLE.iter().map(|n| (n.to_string(), root.join(n))).collect();
    for group in SEVERAL.iter().filter(|g| root.join(g).is_dir()) {
        println!("cargo::rerun-if-changed={}", root.join(group).display());
        for folder in entries(&root.join(group)).into_iter().filter(|p| p.is_dir()) {
            let name = name_of(&folder);
            found.push((if *group == "examples" { name } else { format!("{group}/{name}") }, folder));
        }
    }
    let mut source = String::from("pub const EXAMPLES: &[Example] = &[\n");
    for (name, folder) in found.iter().filter(|(_, f)| f.join("programme.toml").is_file()) {
        writeln!(source, "    Example {{ name: {name:?}, files: &[").expect("a string takes all");
        for (path, file) in files(folder) {
            // Of data/demo its files only: a plan that is written there must not compile everything anew.
            println!("cargo::rerun-if-changed={}", file.display());
            writeln!(source, "        ({path:?}, include_bytes!({:?})),", file.display().to_string())
                .expect("a string takes all");
        }
        source.push_str("    ] },\n");
    }
    source.push_str("];\n");
    let target = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo says where")).join("examples.rs");
    fs::write(target, source).expect("cargo's own folder can be written");
}

/// The input files of a programme's folder and of its sub-folders (`busy/`), with their paths inside it. What the
/// program itself writes there (plans) is none.
fn files(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut all = Vec::new();
    for entry in entries(folder) {
        let name = name_of(&entry);
        if entry.is_dir() {
            all.extend(files(&entry).into_iter().map(|(path, file)| (format!("{name}/{path}"), file)));
        } else if !name.starts_with('.') && !name.ends_with(".json") {
            all.push((name, entry));
        }
    }
    all
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(list) = fs::read_dir(folder) else { return Vec::new() };
    let mut all: Vec<PathBuf> = list.filter_map(|e| e.ok().map(|e| e.path())).collect();
    all.sort();
    all
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}
