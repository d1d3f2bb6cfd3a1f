//! A flipped byte in any page of the database: the case opens or says what is damaged, and repair
//! loses no entry of the journal but the one that the byte stood in.
//!
//! One page after the other, a byte of each at a time; `CROSSROLL_FAULTS=all` tries more of each.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use std::path::{Path, PathBuf};

use case::progress::Silent;
use case::{Actor, Case, Readers};
use model::journal::Note;
use model::{Act, Entry, Subject};

use support::{crossroll, demo, sandbox};

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The demo with so many notes in its journal that they fill pages, some of them longer than one.
fn make(folder: &Path, notes: usize) -> PathBuf {
    demo(&folder.join("demo"));
    let folder = folder.join("demo/case");
    let mut case = Case::open(&folder).unwrap();
    for number in 0..notes {
        let length = if number % 20 == 7 { 9_000 } else { 20 + number % 90 };
        let text = format!("note {number} {}", "x".repeat(length));
        let note = Note { subject: Subject::Dataset("cache".into()), text };
        let actor = Actor::lead("sample");
        case.record(&[Act::Note(note)], &actor, None, None).unwrap();
    }
    case.close().unwrap();
    folder
}

fn rows(case: &Case) -> Vec<String> {
    case.documents().unwrap().into_iter().map(|row| format!("{row:?}")).collect()
}

/// Entries of `before` that are not in `after` as they were.
fn lost(before: &[Entry], after: &[Entry]) -> usize {
    before.iter().filter(|entry| !after.contains(entry)).count()
}

#[test]
fn any_flipped_byte_is_told_or_harmless_and_repair_loses_one_entry_at_most() {
    let folder = sandbox();
    let made = make(folder.path(), 150);
    let whole = std::fs::read(made.join("case.sqlite")).unwrap();
    let (journal, documents) = {
        let case = Case::open(&made).unwrap();
        (case.journal().unwrap(), rows(&case))
    };
    let pages = whole.len() / 4096;
    let each = if std::env::var_os("CROSSROLL_FAULTS").is_some() { 8 } else { 1 };
    let mut random = Random(11);
    let (mut told, mut tried, mut lost_entries) = (0, 0, 0);
    for page in 0..pages {
        for turn in 0..each {
            // The beginning of a page says what it is; the rest is what it holds.
            let at =
                page * 4096 + if turn % 4 == 3 { random.below(12) } else { random.below(4096) };
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << random.below(8);
            let case = folder.path().join("flipped");
            copy(&made, &case);
            std::fs::write(case.join("case.sqlite"), &bytes).unwrap();
            let context = format!("byte {} of page {}", at % 4096, page + 1);
            told += usize::from(is_told(&case, &context));
            // Making everything again takes seconds, so only some are repaired to the end.
            lost_entries += if tried % WHOLE_EACH == 0 {
                repair(&case, &journal, &documents, &context)
            } else {
                salvage(&case, &journal, &documents, &context)
            };
            std::fs::remove_dir_all(&case).unwrap();
            tried += 1;
        }
    }
    eprintln!(
        "{tried} flips in {pages} pages, {told} told before repair, {lost_entries} entries lost"
    );
    assert_eq!(told, tried, "every one is told");
    assert!(pages > 50, "{pages}");
}

/// One flip in so many is repaired to the end, leads included.
const WHOLE_EACH: usize = 16;

/// Puts a new database in the place of the damaged one, and gives the number of entries lost.
fn salvage(case: &Path, journal: &[Entry], documents: &[String], context: &str) -> usize {
    let repaired = store::Repaired::make(case).unwrap_or_else(|e| panic!("{context}: {e:?}"));
    let case = Case::open(case).unwrap();
    let lost = lost(journal, &case.journal().unwrap());
    assert!(lost <= 1, "{context}: {lost} entries lost, {:?}", repaired.tables);
    let now = rows(&case);
    let gone = documents.iter().filter(|row| !now.contains(row)).count();
    assert!(gone <= 1, "{context}: {gone} ledger rows lost, {:?}", repaired.tables);
    if case.journal().unwrap().len() < journal.len() || now.len() < documents.len() {
        assert!(repaired.tables.iter().any(|t| !t.is_whole()), "{context}: the loss is told");
    }
    lost
}

/// True if opening or verifying the case tells of the damage. Nothing panics.
fn is_told(case: &Path, context: &str) -> bool {
    match Case::open(case) {
        Err(error) => {
            assert!(!error.to_string().is_empty(), "{context}");
            true
        }
        Ok(case) => {
            let _ = case.leads();
            !case.verify(&Silent).unwrap().findings.is_empty()
        }
    }
}

/// Repairs, checks what is left, and gives the number of entries that are lost.
fn repair(case: &Path, journal: &[Entry], documents: &[String], context: &str) -> usize {
    let report = Case::repair(case, Readers::here(), &Silent)
        .unwrap_or_else(|error| panic!("{context}: {error:?}"));
    let repaired = Case::open(case).unwrap();
    assert!(repaired.verify(&Silent).unwrap().findings.is_empty(), "{context}");
    let entries = repaired.journal().unwrap();
    let lost = lost(journal, &entries);
    assert!(lost <= 1, "{context}: {lost} entries lost, {:?}", report.tables);
    if entries.len() < journal.len() {
        assert!(report.is_lossy(), "{context}: a lost entry is told");
    }
    let now = rows(&repaired);
    let gone = documents.iter().filter(|row| !now.contains(row)).count();
    // A byte of a path may have changed without a trace but the hash of the file; that row is there
    // twice then, as it is now and as the note of acquisition has it.
    assert_eq!(gone, 0, "{context}: ledger rows are lost");
    lost
}

#[test]
fn a_case_without_its_database_gets_its_ledger_and_leads_back() {
    let folder = sandbox();
    let made = make(folder.path(), 0);
    let name = made.to_str().unwrap();
    let before = crossroll(&["documents", name, "--json"]).stdout;
    std::fs::remove_file(made.join("case.sqlite")).unwrap();
    let answer = crossroll(&["repair", name]);
    assert!(matches!(answer.code, 0 | 3), "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stdout.contains("ledger rows taken from the notes"), "{}", answer.stdout);
    assert_eq!(crossroll(&["documents", name, "--json"]).stdout, before);
    assert_eq!(crossroll(&["verify", name]).code, 0);
}

#[test]
fn a_sound_case_is_left_as_it_is() {
    let folder = sandbox();
    let made = make(folder.path(), 3);
    let name = made.to_str().unwrap();
    let leads = crossroll(&["leads", name, "--json"]).stdout;
    let answer = crossroll(&["repair", name]);
    assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stderr.contains("the database is sound"), "{}", answer.stderr);
    assert!(!made.join("damaged-1").exists());
    assert_eq!(crossroll(&["leads", name, "--json"]).stdout, leads);
}

#[test]
fn what_steps_made_is_made_again() {
    let folder = sandbox();
    let made = make(folder.path(), 3);
    let name = made.to_str().unwrap();
    let leads = crossroll(&["leads", name, "--json"]).stdout;
    // The second half of the database is gone, and the index with it.
    let database = made.join("case.sqlite");
    let mut bytes = std::fs::read(&database).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0);
    std::fs::write(&database, &bytes).unwrap();
    std::fs::remove_dir_all(made.join("index")).unwrap();
    let answer = crossroll(&["leads", name, "--json"]);
    if answer.code != 0 {
        assert!(answer.stderr.contains("crossroll repair"), "{}", answer.stderr);
    }
    let answer = crossroll(&["repair", name]);
    assert!(matches!(answer.code, 0 | 3), "{}{}", answer.stdout, answer.stderr);
    assert_eq!(crossroll(&["leads", name, "--json"]).stdout, leads);
    let kept = std::fs::read(made.join("damaged-1/case.sqlite")).unwrap();
    assert!(kept == bytes, "the damaged database is kept as it was");
}
