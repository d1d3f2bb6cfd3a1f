//! What the index finds in pools of real names, and what the engine ships. The pools stand in
//! `../shared/data/names` beside the repository (or under `$SHARED`) and hold no name of the
//! repository; where they are absent their test says so.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use names::index::Index;
use names::{Engine, Kind, Name};

/// Candidates among which the right name must be, and the share of queries for which it is.
const FIRST: usize = 100;
const FOUND: f64 = 0.98;
/// Keys under which the index keeps a name of this pool, and under which it looks, in the mean.
const KEPT_MAX: f64 = 3.5;
const ASKED_MAX: f64 = 26.0;
/// Bytes that the model, its tables and readings may have together.
const SHIPPED_MAX: u64 = 8_000_000;

fn read(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).expect("a pool that stands there can be read");
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn the_right_name_of_fifty_thousand_is_among_the_first_hundred() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("SHARED").map_or(beside, PathBuf::from);
    let folder = shared.join("data/names/ret-arabic-50k");
    if !folder.exists() {
        eprintln!("not checked: {} is absent", folder.display());
        return;
    }
    let engine = Engine::bundled();
    let pool = read(&folder.join("pool.tsv"));
    let names: Vec<Name> = pool.iter().map(|row| engine.prepare(&row[1], Kind::Person)).collect();
    let ids: HashMap<&str, usize> = pool.iter().zip(0..).map(|(row, at)| (&*row[0], at)).collect();
    let mut right: HashMap<String, HashSet<usize>> = HashMap::new();
    for row in read(&folder.join("truth.tsv")) {
        right.entry(row[0].clone()).or_default().insert(ids[&*row[1]]);
    }
    let index = Index::new(engine, &names);
    let (mut found, mut asked, mut keys_asked) = (0, 0, 0);
    for row in read(&folder.join("queries.dev.tsv")) {
        let query = engine.prepare(&row[1], Kind::Person);
        let candidates = index.candidates(engine, &query, FIRST);
        let right = &right[&row[0]];
        asked += 1;
        keys_asked += engine.keys_asked(&query).len();
        found += usize::from(candidates.iter().any(|c| right.contains(&c.position)));
    }
    let kept: usize = names.iter().map(|name| engine.keys(name).len()).sum();
    let mean = |sum: usize, of: usize| sum as f64 / of as f64;
    let (kept, keys_asked) = (mean(kept, names.len()), mean(keys_asked, asked));
    assert!(mean(found, asked) >= FOUND, "found {found} of {asked}");
    assert!(kept <= KEPT_MAX && keys_asked <= ASKED_MAX, "{kept:.2} kept, {keys_asked:.2} asked");
}

#[test]
fn what_ships_is_small() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let files = fs::read_dir(folder).unwrap();
    let bytes: u64 = files.map(|file| file.unwrap().metadata().unwrap().len()).sum();
    assert!(bytes <= SHIPPED_MAX, "{bytes} bytes");
}
