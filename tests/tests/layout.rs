//! The layout of the workspace holds: levels, edges, a core without input and output, tidy files.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Crates that touch no file, environment, process or clock.
const CORE: [&str; 7] = ["model", "names", "lists", "forms", "link", "resolve", "triage"];

/// What the core must not say outside its tests.
const OUTSIDE: [&str; 6] =
    ["std::fs", "std::env", "std::process", "std::net", "SystemTime", "Instant::now"];

/// Lines of a file, tests included; more needs a reason in `tidy.toml`.
const LINES_MAX: usize = 800;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Workspace crates and the workspace crates they depend on, dev-dependencies left out.
fn edges() -> BTreeMap<String, BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let name = |p: &serde_json::Value| p["name"].as_str().unwrap().to_owned();
    let ours: BTreeSet<String> = packages.iter().map(name).collect();
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap();
            let edges = dependencies
                .iter()
                .filter(|d| d["kind"].is_null())
                .map(name)
                .filter(|d| ours.contains(d))
                .collect();
            (name(package), edges)
        })
        .collect()
}

/// Crate, level and edges as the table in ARCHITECTURE.md has them.
fn table() -> BTreeMap<String, (u32, BTreeSet<String>)> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    text.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let level = cells.get(2)?.parse().ok()?;
            let edges = cells[3].split(',').map(str::trim).filter(|e| !e.is_empty());
            Some((cells[1].to_owned(), (level, edges.map(str::to_owned).collect())))
        })
        .collect()
}

#[test]
fn the_manifests_have_the_edges_of_the_table_and_no_others() {
    let mut edges = edges();
    for outside in ["tests", "xtask"] {
        edges.remove(outside);
    }
    let documented: BTreeMap<_, _> = table().into_iter().map(|(k, (_, e))| (k, e)).collect();
    assert_eq!(edges, documented, "left: the manifests, right: ARCHITECTURE.md");
}

#[test]
fn a_crate_depends_on_lower_levels_only() {
    let table = table();
    assert_eq!(table.len(), 12);
    for (name, (level, edges)) in &table {
        for edge in edges {
            assert!(table[edge].0 < *level, "{name} may not depend on {edge}");
        }
    }
}

/// Source files of a crate's library and binary.
fn sources(name: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("crates").join(name).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn is_test_file(path: &Path) -> bool {
    let name = path.file_stem().unwrap().to_string_lossy();
    name == "tests" || name.ends_with("_tests") || path.iter().any(|part| part == "tests")
}

#[test]
fn the_core_touches_nothing_outside() {
    for name in CORE {
        for file in sources(name).into_iter().filter(|f| !is_test_file(f)) {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for (number, line) in code.lines().enumerate() {
                let said = line.split("//").next().unwrap();
                for word in OUTSIDE {
                    assert!(!said.contains(word), "{}:{}: {word}", file.display(), number + 1);
                }
            }
        }
    }
}

#[test]
fn every_file_says_what_it_owns_and_stays_readable() {
    let exceptions = fs::read_to_string(root().join("tidy.toml")).unwrap_or_default();
    for name in table().keys() {
        for file in sources(name) {
            let text = fs::read_to_string(&file).unwrap();
            let path = file.strip_prefix(root()).unwrap().display().to_string();
            let says = text.starts_with("//!") || is_test_file(&file);
            assert!(says, "{path} does not begin with what it owns");
            let lines = text.lines().count();
            let excused = exceptions.contains(&format!("\"{path}\""));
            assert!(lines <= LINES_MAX || excused, "{path} has {lines} lines");
            for word in ["TODO", "FIXME", "XXX"] {
                assert!(!text.contains(word), "{path} holds a {word}");
            }
        }
    }
}

#[test]
fn no_test_is_switched_off() {
    for name in table().keys() {
        for file in sources(name) {
            let text = fs::read_to_string(&file).unwrap();
            assert!(!text.contains("#[ignore"), "{}", file.display());
        }
    }
}

/// Licences that fit Apache-2.0 and need no source to be handed on.
const LICENCES: [&str; 13] = [
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "MIT",
    "MIT-0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "bzip2-1.0.6",
    "ISC",
    "Zlib",
    "0BSD",
    "Unicode-3.0",
    "Unlicense",
    "CC0-1.0",
];

/// True if the SPDX expression can be met with the licences above.
fn is_permissive(expression: &str) -> bool {
    let plain = expression.replace(['(', ')'], "").replace('/', " OR ");
    // Every part that is joined by AND needs one alternative that is allowed.
    plain
        .split(" AND ")
        .all(|part| part.split(" OR ").any(|licence| LICENCES.contains(&licence.trim())))
}

#[test]
fn every_dependency_is_permissively_licensed() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50);
    for package in packages {
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(is_permissive(licence), "{}: {licence}", package["name"]);
    }
}

#[test]
fn every_dependency_is_used() {
    for name in table().keys() {
        let folder = root().join("crates").join(name);
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let dependencies = manifest.split("\n[dependencies]\n").nth(1).unwrap_or("");
        let code: String =
            sources(name).iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        for line in dependencies.lines().take_while(|l| !l.starts_with('[')) {
            let Some(end) = line.find(['.', ' ', '=']) else { continue };
            let dependency = line[..end].replace('-', "_");
            assert!(code.contains(&dependency), "{name} does not use {dependency}");
        }
    }
}
