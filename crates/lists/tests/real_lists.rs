//! Real public lists as their publishers made them, loaded whole; and altered ones, loaded as far
//! as they go. The files stand in `../shared/data/lists` beside the repository (or under `$SHARED`)
//! and are not part of it; without them these tests say so and pass.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests fail and say what they found as tests do"
)]

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use lists::{Counts, ListInfo, Options, Sink, SourceFile, load};
use model::{Problem, Statement};

/// What came out of a list.
#[derive(Default)]
struct Seen {
    problems: BTreeMap<String, u64>,
    schemata: BTreeMap<String, u64>,
    uncited: u64,
}

impl Sink for Seen {
    fn entity(&mut self, statements: Vec<Statement>) {
        *self.schemata.entry(statements[0].schema.to_string()).or_default() += 1;
        self.uncited += statements.iter().filter(|s| s.citation.is_none()).count() as u64;
    }

    fn problem(&mut self, problem: Problem) {
        *self.problems.entry(problem.kind).or_default() += 1;
    }
}

fn lists_folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("SHARED").map_or(beside, PathBuf::from);
    let folder = shared.join("data/lists");
    if !folder.exists() {
        println!("{} is absent: nothing to check", folder.display());
        return None;
    }
    Some(folder)
}

fn source(path: &Path) -> SourceFile {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let path = path.to_owned();
    SourceFile::new(name, move || Ok(Box::new(File::open(&path)?)))
}

/// Loads one file, or all files of a folder as one list.
fn load_path(path: &Path) -> Result<(ListInfo, Seen), lists::ListError> {
    let mut paths = if path.is_dir() {
        std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()).collect()
    } else {
        vec![path.to_owned()]
    };
    paths.sort();
    let files: Vec<SourceFile> = paths.iter().map(|p| source(p)).collect();
    let mut seen = Seen::default();
    let info = load(&files, &"real".into(), &Options::default(), &mut seen)?;
    println!("{}: {info:?}\n  {:?}\n  {:?}", path.display(), seen.schemata, seen.problems);
    assert_eq!(seen.uncited, 0, "no statement without its source");
    Ok((info, seen))
}

/// Loads a native list and checks its counts; a native list has no problems.
#[track_caller]
fn check(name: &str, format: &str, expected: Counts) {
    let Some(folder) = lists_folder() else { return };
    let (info, seen) = load_path(&folder.join("native").join(name)).unwrap();
    assert_eq!((info.format.as_str(), info.counts), (format, expected));
    assert_eq!(seen.problems, BTreeMap::new());
    assert_eq!(info.sha256.len(), 64);
}

fn counts(entities: u64, persons: u64, aliases: u64, weak_aliases: u64) -> Counts {
    Counts { entities, persons, aliases, weak_aliases, skipped: 0 }
}

#[test]
fn ofac_july_2021() {
    // 8,976 rows and 11,910 alias rows in the publisher's files; weak aliases stand in remarks.
    check("ofac-2021-07", "ofac_csv", counts(8_976, 4_620, 11_910, 2_441));
}

#[test]
fn ofac_not_sdn_december_2025() {
    check("ofac-cons-2025-12", "ofac_csv", counts(442, 79, 1_073, 72));
}

#[test]
fn ofac_sdn_alone_december_2022() {
    // 11,567 rows, SDN and non-SDN lists one behind the other; 58 entities are on both.
    check("ofac_sdn_2022-12_original_bytes.csv.gz", "ofac_csv", counts(11_509, 5_876, 0, 2_804));
}

#[test]
fn us_consolidated_screening_list_may_2022() {
    // 14,160 rows and 5,286 individuals.
    check("US_CSL_2022-05-16.csv.gz", "csl_csv", counts(14_160, 5_286, 19_927, 0));
}

/// Loads altered or damaged files; says how many entities and which problems came out.
#[track_caller]
fn check_quirky(names: &[&str], expected: &expect_test::Expect) {
    let Some(folder) = lists_folder() else { return };
    let files: Vec<SourceFile> =
        names.iter().map(|name| source(&folder.join("quirky").join(name))).collect();
    let mut seen = Seen::default();
    let info = load(&files, &"real".into(), &Options::default(), &mut seen).unwrap();
    expected.assert_eq(&format!("{} {:?} {:?}", info.format, info.counts, seen.problems));
}

#[test]
fn quirky_ofac_of_two_years_with_headers_added() {
    let names = ["ofac_sdn_2023-01.csv.gz", "ofac_alt_2024-09.csv.gz"];
    check_quirky(
        &names,
        &expect_test::expect![[
            r#"ofac_csv Counts { entities: 11443, persons: 5890, aliases: 14700, weak_aliases: 2772, skipped: 4239 } {"orphan_row": 1001}"#
        ]],
    );
}

#[test]
fn quirky_ofac_cut_short() {
    let names = ["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"];
    let names = names.map(|name| format!("malformed/{name}"));
    check_quirky(
        &names.each_ref().map(String::as_str),
        &expect_test::expect![[
            r#"ofac_csv Counts { entities: 305, persons: 134, aliases: 345, weak_aliases: 48, skipped: 599 } {"field_count": 2, "no_number": 1, "open_quote": 1, "orphan_row": 595}"#
        ]],
    );
}

#[test]
fn quirky_screening_list_with_broken_rows() {
    check_quirky(
        &["malformed/csl.csv"],
        &expect_test::expect![[
            r#"csl_csv Counts { entities: 2, persons: 0, aliases: 2, weak_aliases: 0, skipped: 4 } {"field_count": 4}"#
        ]],
    );
}

#[test]
fn quirky_eu_tables() {
    check_quirky(
        &["EU_journal_32002R0881_taqa.csv"],
        &expect_test::expect![[
            r#"own_csv Counts { entities: 350, persons: 262, aliases: 1436, weak_aliases: 291, skipped: 0 } {"column_unknown": 5}"#
        ]],
    );
}

#[test]
fn quirky_eu_export_of_2018_in_quotes() {
    check_quirky(
        &["EU_FSF_short_sample.csv.gz"],
        &expect_test::expect![
            "eu_csv Counts { entities: 93, persons: 61, aliases: 650, weak_aliases: 0, skipped: 0 } {}"
        ],
    );
}
