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

/// Runs `link` on files of a folder; words with a dot are names of files there.
fn link(folder: &Path, words: &[&str]) -> support::Answer {
    let path = |w: &&str| {
        if w.contains('.') && !w.starts_with('0') {
            folder.join(w).to_str().unwrap().to_owned()
        } else {
            (*w).to_owned()
        }
    };
    let mut all = vec!["link".to_owned()];
    all.extend(words.iter().map(path));
    crossroll(&all.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn an_earlier_result_with_nothing_new_comes_out_byte_for_byte() {
    let folder = sandbox();
    let folder = folder.path();
    fs::write(folder.join("people.csv"), table()).unwrap();
    for ending in ["csv", "parquet"] {
        let (first, again) = (format!("first.{ending}"), format!("again.{ending}"));
        let answer = link(folder, &["people.csv", "--clusters", &first]);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        let words = ["people.csv", "--against", &first, "--clusters", &again];
        let answer = link(folder, &words);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        assert!(answer.stderr.contains("0 new records, 100 of the earlier run"));
        assert_eq!(fs::read(folder.join(first)).unwrap(), fs::read(folder.join(again)).unwrap());
    }
}

#[test]
fn a_new_record_joins_an_earlier_cluster_and_takes_its_id() {
    let folder = sandbox();
    let folder = folder.path();
    let all = table();
    let (last, earlier): (Vec<&str>, Vec<&str>) = all.lines().partition(|l| l.starts_with("p040b"));
    assert_eq!(last.len(), 1);
    fs::write(folder.join("old.csv"), earlier.join("\n")).unwrap();
    fs::write(folder.join("all.csv"), &all).unwrap();
    let answer = link(folder, &["old.csv", "--clusters", "old-clusters.csv"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let renamed =
        fs::read_to_string(folder.join("old-clusters.csv")).unwrap().replace(",p040a", ",person-7");
    fs::write(folder.join("old-clusters.csv"), renamed).unwrap();
    let words = [
        "all.csv",
        "--against",
        "old-clusters.csv",
        "--clusters",
        "new.csv",
        "--pairs",
        "pairs.csv",
    ];
    let answer = link(folder, &words);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let clusters = fs::read_to_string(folder.join("new.csv")).unwrap();
    assert!(clusters.contains("p040a,person-7\n"), "{clusters}");
    assert!(clusters.contains("p040b,person-7\n"), "{clusters}");
    let pairs = fs::read_to_string(folder.join("pairs.csv")).unwrap();
    assert!(pairs.lines().skip(1).all(|line| line.contains("p040b")), "{pairs}");
}

#[test]
fn judgements_decide_and_the_refused_pair_says_so() {
    let folder = sandbox();
    let folder = folder.path();
    fs::write(folder.join("people.csv"), table()).unwrap();
    let judgements = "unique_id_l,unique_id_r,judgement\np000a,p000b,different\n\
                      p001a,p002a,same\np003a,p005a,unsure\nx1,p000a,same\n";
    fs::write(folder.join("judged.csv"), judgements).unwrap();
    let words = [
        "people.csv",
        "--judgements",
        "judged.csv",
        "--clusters",
        "clusters.csv",
        "--refusals",
        "refused.jsonl",
    ];
    let answer = link(folder, &words);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let said = "1 same, 1 different, 1 unsure, 1 on records that are not there";
    assert!(answer.stderr.contains(said), "{}", answer.stderr);
    let clusters = fs::read_to_string(folder.join("clusters.csv")).unwrap();
    for line in ["p000a,p000a", "p000b,p000b", "p001a,p001a", "p002a,p001a"] {
        assert!(clusters.lines().any(|l| l == line), "{line}: {clusters}");
    }
    let refused = fs::read_to_string(folder.join("refused.jsonl")).unwrap();
    let line = refused.lines().find(|l| l.contains("p000b")).unwrap();
    assert!(line.contains("\"reason\":\"judgement\""), "{line}");
}

#[test]
fn a_model_is_read_back_and_another_version_is_refused() {
    let folder = sandbox();
    let folder = folder.path();
    fs::write(folder.join("people.csv"), table()).unwrap();
    let answer = link(folder, &["people.csv", "--model", "model.json", "--clusters", "a.csv"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let words = [
        "people.csv",
        "--from-model",
        "model.json",
        "--model",
        "again.json",
        "--clusters",
        "b.csv",
    ];
    let answer = link(folder, &words);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(text("a.csv"), text("b.csv"));
    assert_eq!(text("model.json").lines().count(), text("again.json").lines().count());
    let other = text("model.json").replacen("\"version\": 2", "\"version\": 1", 1);
    fs::write(folder.join("other.json"), other).unwrap();
    let answer = link(folder, &["people.csv", "--from-model", "other.json"]);
    assert_eq!(answer.code, 1, "{}", answer.stderr);
    assert!(answer.stderr.contains("the model has version 1"), "{}", answer.stderr);
    assert!(answer.stderr.contains("hint:"), "{}", answer.stderr);
}

#[test]
fn wrong_files_beside_the_table_are_told_with_a_hint() {
    let folder = sandbox();
    let folder = folder.path();
    fs::write(folder.join("people.csv"), table()).unwrap();
    fs::write(folder.join("more.csv"), "id,surname\np000a,Qandil\nq1,Okunev\n").unwrap();
    fs::write(folder.join("fresh.csv"), "id,surname\nq1,Qandil\nq2,Okunev\n").unwrap();
    let head = "unique_id_l,unique_id_r,judgement\n";
    fs::write(folder.join("maybe.csv"), format!("{head}p000a,p000b,maybe\n")).unwrap();
    let both = format!("{head}p000a,p000b,same\np000b,p000a,different\n");
    fs::write(folder.join("both.csv"), both).unwrap();
    fs::write(folder.join("two.csv"), "unique_id,cluster_id\np000a,x\np000a,y\n").unwrap();
    fs::write(folder.join("no.json"), "{}").unwrap();
    for (words, said) in [
        (&["gone.csv"][..], "cannot read"),
        (&["people.csv", "more.csv"], "both tables hold the id p000a"),
        (&["people.csv", "fresh.csv", "--map", "sirname=lastName"], "no column sirname in"),
        (&["people.csv", "--map", "sirname=lastName"], "no column sirname in"),
        (&["people.csv", "--judgements", "maybe.csv"], "\"maybe\" is no judgement"),
        (&["people.csv", "--judgements", "both.csv"], "p000b and p000a are different"),
        (&["people.csv", "--judgements", "two.csv"], "has no column unique_id_l"),
        (&["people.csv", "--against", "two.csv"], "holds the record p000a in two clusters"),
        (&["people.csv", "--against", "gone.csv"], "cannot read"),
        (&["people.csv", "--from-model", "no.json"], "is no model"),
        (&["people.csv", "--threshold", "1"], "joins all records or none"),
    ] {
        let answer = link(folder, words);
        assert_eq!(answer.code, 1, "{words:?}: {}", answer.stderr);
        assert!(answer.stderr.contains(said), "{words:?}: {}", answer.stderr);
        assert!(answer.stderr.contains("hint:"), "{words:?}: {}", answer.stderr);
    }
    fs::write(folder.join("one.csv"), "id,surname\n1,Qandil\n").unwrap();
    let answer = link(folder, &["one.csv", "--clusters", "c.csv"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(fs::read_to_string(folder.join("c.csv")).unwrap(), "unique_id,cluster_id\n1,1\n");
}
