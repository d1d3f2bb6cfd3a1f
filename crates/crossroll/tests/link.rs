//! `crossroll link` end to end on a small fictional table, and what it says of bad input.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use support::{crossroll, sandbox};

const GIVEN: [&str; 8] = ["Idris", "Samira", "Tavit", "Oleksa", "Marwen", "Yelda", "Bruno", "Kofi"];
const FAMILY: [&str; 10] = [
    "Qandil",
    "Zarquni",
    "Okunev",
    "Tavrosh",
    "Belmarun",
    "Ndassoka",
    "Grelund",
    "Vostrakin",
    "Haldubi",
    "Ormezan",
];

/// Eighty people, every fourth of them twice, the second time with a slip.
fn table() -> String {
    let mut out = "id,first_name,surname,dob,phone,city\n".to_owned();
    for i in 0..80_usize {
        let (given, family) = (GIVEN[i % 8], FAMILY[(i / 8) % 10]);
        let (year, month, day) = (1950 + i * 7 % 50, 1 + i * 5 % 12, 2 + i * 11 % 26);
        let phone = 700_000_000 + i * 7_654_321 % 99_999_989;
        let city = ["Altgrad", "Basmira", "Corvale", "Dunhelm"][i % 4];
        writeln!(out, "p{i:03}a,{given},{family},{year}-{month:02}-{day:02},{phone},{city}")
            .unwrap();
        if i % 4 == 0 {
            let slip = family.replacen('a', "aa", 1);
            writeln!(out, "p{i:03}b,{given},{slip},{year}-{month:02}-{day:02},{phone},").unwrap();
        }
    }
    out
}

fn run(folder: &Path, table: &str, ending: &str) -> Vec<String> {
    let (input, clusters) = (folder.join("people.csv"), folder.join(format!("clusters.{ending}")));
    let pairs = folder.join(format!("pairs.{ending}"));
    fs::write(&input, table).unwrap();
    let path = |p: &Path| p.to_str().unwrap().to_owned();
    let answer = crossroll(&[
        "link",
        &path(&input),
        "--pairs",
        &path(&pairs),
        "--clusters",
        &path(&clusters),
        "--json",
    ]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains("\"records\":100"), "{}", answer.stdout);
    if ending != "csv" {
        return Vec::new();
    }
    let head = fs::read_to_string(&pairs).unwrap();
    assert!(head.starts_with("unique_id_l,unique_id_r,match_weight,match_probability\n"));
    let mut lines: Vec<String> =
        fs::read_to_string(&clusters).unwrap().lines().skip(1).map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn records_of_one_person_share_a_cluster_and_others_do_not() {
    let folder = sandbox();
    let lines = run(folder.path(), &table(), "csv");
    assert_eq!(lines.len(), 100);
    for line in &lines {
        let (id, cluster) = line.split_once(',').unwrap();
        assert_eq!(cluster, format!("{}a", &id[..4]), "{line}");
    }
}

#[test]
fn the_order_of_the_rows_does_not_matter() {
    let folder = sandbox();
    let whole = table();
    let mut rows: Vec<&str> = whole.lines().collect();
    let straight = run(folder.path(), &whole, "csv");
    let pairs = fs::read_to_string(folder.path().join("pairs.csv")).unwrap();
    rows[1..].reverse();
    assert_eq!(run(folder.path(), &rows.join("\n"), "csv"), straight);
    assert_eq!(fs::read_to_string(folder.path().join("pairs.csv")).unwrap(), pairs);
}

#[test]
fn parquet_goes_out_and_in() {
    let folder = sandbox();
    run(folder.path(), &table(), "parquet");
    let clusters = folder.path().join("clusters.parquet");
    // The clusters are a table of their own: an id, and a column that is said to be a number.
    let answer = crossroll(&["link", clusters.to_str().unwrap(), "--map", "cluster_id=idNumber"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("100 records"), "{}", answer.stderr);
}

#[test]
fn two_tables_are_linked_with_each_other_only() {
    let folder = sandbox();
    let whole = table();
    let part = |end: &str| -> String {
        let rows = whole.lines().filter(|l| l.starts_with("id") || l[..5].ends_with(end));
        rows.collect::<Vec<_>>().join("\n")
    };
    let (a, b, pairs) =
        (folder.path().join("a.csv"), folder.path().join("b.csv"), folder.path().join("pairs.csv"));
    fs::write(&a, part("a")).unwrap();
    fs::write(&b, part("b")).unwrap();
    let path = |p: &Path| p.to_str().unwrap().to_owned();
    let answer =
        crossroll(&["link", &path(&a), &path(&b), "--pairs", &path(&pairs), "--one-to-one"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    for line in fs::read_to_string(&pairs).unwrap().lines().skip(1) {
        let ids: Vec<&str> = line.split(',').collect();
        assert!(ids[0].ends_with('a') && ids[1].ends_with('b'), "{line}");
    }
}

#[test]
fn bad_input_is_told_with_a_hint() {
    let folder = sandbox();
    for (name, content, said) in [
        ("empty.csv", "", "is empty"),
        ("header.csv", "id,surname\n", "holds no record"),
        ("noid.csv", "surname,dob\nQandil,1980\n", "has no column unique_id"),
        ("twice.csv", "id,surname\n1,Qandil\n1,Okunev\n", "holds the id 1 more than once"),
        ("nothing.csv", "id,remarks\n1,x\n", "no column of"),
        ("broken.parquet", "PAR1 and no more", "cannot read"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        let answer = crossroll(&["link", path.to_str().unwrap()]);
        assert_eq!(answer.code, 1, "{name}: {}", answer.stderr);
        assert!(answer.stderr.contains(said), "{name}: {}", answer.stderr);
        assert!(answer.stderr.contains("hint:"), "{name}: {}", answer.stderr);
    }
}

#[test]
fn one_column_is_enough_to_run() {
    let folder = sandbox();
    let path = folder.path().join("one.csv");
    fs::write(&path, "id,surname\n1,Qandil\n2,Qandil\n3,Okunev\n").unwrap();
    let answer = crossroll(&["link", path.to_str().unwrap()]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
}
