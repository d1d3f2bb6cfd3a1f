//! Cases of every earlier layout open, with all that was in them.
//!
//! `upgrade/layout-N.zip` holds a case as the program of that time made it, out of a few files of the
//! demo, and what that program said of it (`documents.jsonl`, `leads.jsonl`). They were made at the
//! last commit of each layout with `new`, `add`, `lists add`, `run`, `documents --json`,
//! `leads --json`, and are never made again. Nobody in them exists.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{crossroll, sandbox};

/// Layouts before the current one.
const LAYOUTS: [u32; 2] = [1, 2];

fn unpack(layout: u32, folder: &Path) -> PathBuf {
    let fixture = format!("{}/tests/upgrade/layout-{layout}.zip", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::File::open(fixture).unwrap();
    zip::ZipArchive::new(file).unwrap().extract(folder).unwrap();
    folder.join("case")
}

/// Objects of JSON lines with these keys only.
fn lines(text: &str, keys: &[&str]) -> Vec<Value> {
    let one = |line: &str| {
        let value: Value = serde_json::from_str(line).unwrap();
        Value::from(keys.iter().map(|key| value[*key].clone()).collect::<Vec<_>>())
    };
    let mut all: Vec<Value> = text.lines().map(one).collect();
    all.sort_by_key(Value::to_string);
    all
}

#[test]
fn cases_of_every_earlier_layout_open_with_all_that_was_in_them() {
    for layout in LAYOUTS {
        let folder = sandbox();
        let case = unpack(layout, folder.path());
        let name = case.to_str().unwrap();
        let old = |file: &str| std::fs::read_to_string(folder.path().join(file)).unwrap();
        let database = std::fs::read(case.join("case.sqlite")).unwrap();
        let answer = crossroll(&["documents", name, "--json"]);
        assert_eq!(answer.code, 0, "layout {layout}: {}", answer.stderr);
        assert!(answer.stderr.contains("layout of this release"), "{}", answer.stderr);
        let keys = ["path", "sha256", "size", "state", "media_type", "dataset"];
        assert_eq!(lines(&answer.stdout, &keys), lines(&old("documents.jsonl"), &keys));
        let kept = std::fs::read(case.join(format!("case.sqlite.layout-{layout}"))).unwrap();
        assert!(kept == database, "layout {layout}: the database is kept as it was");
        let answer = crossroll(&["verify", name]);
        assert_eq!(answer.code, 0, "layout {layout}: {}{}", answer.stdout, answer.stderr);
        assert!(!answer.stderr.contains("layout of this release"), "told once");
        let leads = crossroll(&["leads", name, "--json"]).stdout;
        let keys = ["lead_id", "status", "names", "life"];
        assert_eq!(lines(&leads, &keys), lines(&old("leads.jsonl"), &keys), "layout {layout}");
        runs_on(name, folder.path(), layout);
    }
}

/// The case takes files, lists and runs as any other.
fn runs_on(name: &str, folder: &Path, layout: u32) {
    let versions = crossroll(&["lists", "versions", name]).stdout;
    assert!(versions.starts_with("watchlist\t1\t"), "layout {layout}: {versions}");
    assert!(versions.contains("by an earlier release"), "{versions}");
    let list = folder.join("watchlist.csv");
    std::fs::write(&list, "id,name\nNEW-1,Sample Newcomer\n").unwrap();
    let answer = crossroll(&["lists", "add", name, list.to_str().unwrap()]);
    assert!(matches!(answer.code, 0 | 3), "{}", answer.stderr);
    assert!(answer.stderr.contains("version 2 of watchlist: 1 added"), "{}", answer.stderr);
    let answer = crossroll(&["run", name, "--again"]);
    assert!(matches!(answer.code, 0 | 3), "layout {layout}: {}", answer.stderr);
    assert_eq!(crossroll(&["verify", name]).code, 0, "layout {layout}");
}

#[test]
fn a_case_that_was_changed_does_not_look_sealed_after_its_upgrade() {
    let folder = sandbox();
    let case = unpack(2, folder.path());
    let database = case.join("case.sqlite");
    let mut bytes = std::fs::read(&database).unwrap();
    // A count that nothing but the seal looks at: SQLite's number of changes.
    bytes[27] ^= 1;
    std::fs::write(&database, &bytes).unwrap();
    let answer = crossroll(&["verify", case.to_str().unwrap()]);
    assert_eq!(answer.code, 3, "{}{}", answer.stdout, answer.stderr);
}
