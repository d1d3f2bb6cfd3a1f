//! A backup that is made while others write is a case of its own, with all that was acknowledged
//! before it began.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use case::progress::Silent;
use case::{Actor, Case};
use model::journal::Note;
use model::{Act, Subject};

use support::{crossroll, demo, sandbox};

fn note(case: &mut Case, text: &str) -> u64 {
    let note = Note { subject: Subject::Dataset("cache".into()), text: text.to_owned() };
    let actor = Actor::lead("sample");
    case.record(&[Act::Note(note)], &actor, None, None).unwrap()[0].seq
}

/// Files for a stick, each of its own content.
fn make_stick(folder: &Path, files: usize) {
    std::fs::create_dir_all(folder).unwrap();
    for number in 0..files {
        let text = format!("full name,kunya\nSample Person {number},Abu Sample\n");
        std::fs::write(folder.join(format!("{number}.csv")), text).unwrap();
    }
}

#[test]
fn a_backup_under_writing_has_all_that_was_acknowledged() {
    let folder = sandbox();
    demo(&folder.path().join("demo"));
    let path = folder.path().join("demo/case");
    let name = path.to_str().unwrap();
    let stick = folder.path().join("stick");
    make_stick(&stick, 120);
    let acknowledged = AtomicU64::new(0);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut case = Case::open(&path).unwrap();
            while !is_over.load(Ordering::SeqCst) {
                acknowledged.store(note(&mut case, "sample"), Ordering::SeqCst);
                // SQLite gives the lock to whoever asks in the right moment: one who writes without a
                // pause would keep the others out for longer than they wait.
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        // Also when a check below fails: else the writer would write on for ever.
        let _ender = Ender(&is_over);
        let adding = scope.spawn(|| crossroll(&["add", name, stick.to_str().unwrap()]));
        let target = folder.path().join("backup");
        let mut turns = 0;
        while turns < 3 || !adding.is_finished() && turns < 50 {
            for _ in 0..2_000 {
                if acknowledged.load(Ordering::SeqCst) >= 3 {
                    break;
                }
                std::thread::sleep(Duration::from_millis(5));
            }
            let before = acknowledged.load(Ordering::SeqCst);
            let mut arguments = vec!["backup", name, target.to_str().unwrap()];
            if turns > 0 {
                arguments.push("--incremental");
            }
            let answer = crossroll(&arguments);
            assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
            is_whole(&target, before);
            turns += 1;
        }
        assert!(matches!(adding.join().unwrap().code, 0 | 3));
    });
}

/// Tells the writer to end.
struct Ender<'a>(&'a AtomicBool);

impl Drop for Ender<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// The backup is sealed, has the entries up to this one, and every content that its ledger names.
fn is_whole(target: &Path, last: u64) {
    let case = Case::open(target).unwrap();
    let findings = case.verify(&Silent).unwrap().findings;
    assert!(findings.is_empty(), "{findings:?}");
    let journal = case.journal().unwrap();
    let numbers: Vec<u64> = journal.iter().map(|entry| entry.seq).collect();
    assert_eq!(numbers, (1..=numbers.len() as u64).collect::<Vec<_>>());
    assert!(numbers.len() as u64 >= last, "{} of {last}", numbers.len());
    for (_, document) in case.documents().unwrap() {
        assert_eq!(case.content(&document.id).unwrap().len() as u64, document.size);
    }
}

#[test]
fn a_backup_opens_as_the_case_it_was_and_grows_by_what_is_new() {
    let folder = sandbox();
    demo(&folder.path().join("demo"));
    let path = folder.path().join("demo/case");
    let target = folder.path().join("backup");
    let (name, copy) = (path.to_str().unwrap(), target.to_str().unwrap());
    let answer = crossroll(&["backup", name, copy]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    for command in ["documents", "leads"] {
        let of = |case: &str| crossroll(&[command, case, "--json"]).stdout;
        assert_eq!(of(copy), of(name));
    }
    assert_eq!(crossroll(&["verify", copy]).code, 0);
    let again = crossroll(&["backup", name, copy]);
    assert_eq!(again.code, 1, "a backup is not replaced unless that is said");
    let stick = folder.path().join("stick");
    make_stick(&stick, 3);
    crossroll(&["add", name, stick.to_str().unwrap()]);
    let answer = crossroll(&["backup", name, copy, "--incremental", "--json"]);
    let line: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!(line["copied"], 3, "{line}");
    assert_eq!(crossroll(&["documents", copy]).stdout, crossroll(&["documents", name]).stdout);
    // A case that somebody works on is nobody's backup any more.
    note(&mut Case::open(&target).unwrap(), "work on the copy");
    let answer = crossroll(&["backup", name, copy, "--incremental"]);
    assert_eq!(answer.code, 1, "{}", answer.stderr);
    assert!(answer.stderr.contains("somebody worked on"), "{}", answer.stderr);
}

#[test]
fn a_backup_goes_to_no_other_place() {
    let folder = sandbox();
    for name in ["one", "two"] {
        crossroll(&["new", folder.path().join(name).to_str().unwrap()]);
    }
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let refused = |target: &str, word: &str| {
        let answer = crossroll(&["backup", &at("one"), &at(target), "--incremental"]);
        assert_eq!(answer.code, 1, "{target}: {}", answer.stderr);
        assert!(answer.stderr.contains(word), "{target}: {}", answer.stderr);
    };
    refused("one", "in the case");
    refused("one/inside", "in the case");
    refused("two", "not empty");
    assert_eq!(crossroll(&["backup", &at("two"), &at("of-two")]).code, 0);
    refused("of-two", "another case");
}

#[test]
fn a_damaged_content_is_told_and_left_out() {
    let folder = sandbox();
    let stick = folder.path().join("stick");
    make_stick(&stick, 1);
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    crossroll(&["new", &at("case")]);
    crossroll(&["add", &at("case"), &at("stick")]);
    let case = Case::open(&folder.path().join("case")).unwrap();
    let id = case.documents().unwrap()[0].1.id.to_string();
    let content = folder.path().join("case/data").join(&id[..2]).join(&id);
    std::fs::write(&content, "other bytes").unwrap();
    for link in [false, true] {
        let target = at(&format!("backup-{link}"));
        let mut arguments = vec!["backup", "CASE", &target];
        let path = at("case");
        arguments[1] = &path;
        if link {
            arguments.push("--link");
        }
        let answer = crossroll(&arguments);
        assert_eq!(answer.code, 3, "{}", answer.stderr);
        assert!(answer.stderr.contains(&id), "{}", answer.stderr);
    }
    assert_eq!(std::fs::read_to_string(&content).unwrap(), "other bytes", "the case is untouched");
}
