//! `crossroll eval` end to end: its figures on the built-in set, on labels of one's own, and what it
//! says of bad input.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use std::fs;
use std::path::Path;

use expect_test::{expect, expect_file};
use serde_json::Value;
use support::{crossroll, sandbox};

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_built_in_set_has_these_figures() {
    let answer = crossroll(&["eval"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    // Whoever makes the comparison better or worse sees here by how much.
    expect_file!["eval.txt"].assert_eq(&answer.stdout);
    assert_eq!(crossroll(&["eval"]).stdout, answer.stdout);
}

#[test]
fn figures_for_machines_say_the_same() {
    let folder = sandbox();
    let out = folder.path().join("figures.json");
    let answer = crossroll(&["eval", "--json", "--out", out.to_str().unwrap()]);
    assert_eq!((answer.code, answer.stdout.as_str()), (0, ""), "{}", answer.stderr);
    let figures: Value = serde_json::from_str(&fs::read_to_string(out).unwrap()).unwrap();
    assert_eq!(figures["version"], 1);
    assert_eq!(figures["built_in"], true);
    assert_eq!(figures["pairs"]["count"], 306);
    assert_eq!(figures["queries"]["entities"], 206);
    assert!(figures["model"]["version"].is_string() && figures["model"]["origin"].is_string());
    assert!(figures["links"].is_null());
    // What the floor is: a change that falls below it is no small one.
    assert!(figures["pairs"]["roc_area"].as_f64().unwrap() > 0.9);
    assert!(figures["queries"]["first"].as_f64().unwrap() > 0.9);
}

/// A labelled pair of one name, which is the same or not.
fn pair(id: &str, same: &str, more: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"same\":{same},\
         \"left\":{{\"properties\":{{\"name\":[\"Maro Testan\"],\"birthDate\":[\"1980-02-03\"]}}}},\
         \"right\":{{\"properties\":{{\"name\":[\"Maro Testan\"],\"birthDate\":[\"1980-02-03\"]}}}}\
         {more}}}\n"
    )
}

#[test]
fn reviewers_origins_and_errors_are_counted() {
    let folder = sandbox();
    let pairs = pair("a", "true", ",\"reviewers\":[\"same\",\"same\"]")
        + &pair("b", "true", ",\"reviewers\":[\"same\",\"unsure\"]")
        + &pair("c", "false", ",\"reviewers\":[\"different\",\"different\"],\"origin\":\"north\"");
    let pairs = write(folder.path(), "pairs.jsonl", &pairs);
    let answer = crossroll(&["eval", "--pairs", &pairs, "--json"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let figures: Value = serde_json::from_str(&answer.stdout).unwrap();
    let pairs = &figures["pairs"];
    // Agreed on 2 of 3; by chance (2/3 · 1/3) + (1/3 · 1/3) = 1/3; kappa (2/3 − 1/3) / (2/3).
    assert_eq!(pairs["agreement"]["observed"]["count"], 2);
    assert_eq!(pairs["agreement"]["kappa"], 0.5);
    assert_eq!(pairs["falsely_same"], serde_json::json!(["c"]));
    let origins: Vec<(&str, bool)> = pairs["by_origin"]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| (o["name"].as_str().unwrap(), o["labelled"].as_bool().unwrap()))
        .collect();
    assert_eq!(origins, [("latin", false), ("north", true)]);
    assert_eq!(pairs["by_origin"][1]["false_hits"]["share"], 1.0);
    assert!(figures["queries"].is_null());
}

#[test]
fn queries_are_asked_of_the_lists_that_are_named() {
    let folder = sandbox();
    let list = write(folder.path(), "own.csv", "id,name,dob\nX-1,Samir Qandil,1985-03-14\n");
    let queries = write(
        folder.path(),
        "queries.jsonl",
        "{\"id\":\"q1\",\"match\":[\"X-1\"],\"properties\":{\"name\":[\"سمير قنديل\"],\
         \"birthDate\":[\"1985-03-14\"]}}\n\
         {\"id\":\"q2\",\"match\":[],\"properties\":{\"name\":[\"Agnes Pellworthing\"]}}\n",
    );
    let answer = crossroll(&["eval", "--list", &list, "--queries", &queries]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains("QUERIES: 2 against 1 entities; 1 are listed, 1 are not"));
    assert!(answer.stdout.contains("right entity first 1.000"), "{}", answer.stdout);
    assert!(answer.stdout.contains("arabic (told)"), "{}", answer.stdout);
    assert!(!answer.stdout.contains("PAIRS"), "{}", answer.stdout);
}

#[test]
fn clusters_are_measured_against_the_truth() {
    let folder = sandbox();
    let made =
        write(folder.path(), "made.csv", "unique_id,cluster_id\n1,1\n2,1\n3,1\n4,4\n5,4\n6,6\n");
    let truth = write(folder.path(), "truth.csv", "id,person_id\n1,x\n2,x\n3,y\n4,z\n5,z\n9,w\n");
    let answer = crossroll(&["eval", "--links", &made, "--truth", &truth]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    let from = answer.stdout.find("CLUSTERS").unwrap();
    expect![[r"
        CLUSTERS: 5 records; 2 clusters made, 3 true, 1 made exactly as they are
          pairs: precision 0.500, recall 1.000, F1 0.667
          B-cubed: precision 0.733, recall 1.000, F1 0.846
          not measured: 1 records without a truth, 1 without a cluster
    "]]
    .assert_eq(&answer.stdout[from..]);
}

#[test]
fn wrong_labels_name_their_line() {
    let folder = sandbox();
    let good = pair("a", "true", "");
    let cases = [
        (String::new(), "holds no labels"),
        ("\n\n".to_owned(), "holds no labels"),
        (good.clone() + &pair("b", "\"maybe\"", ""), "line 2: unknown label `same`: \"maybe\""),
        (good.replace("\"same\":true,", ""), "line 1: no label `same`"),
        (good.replace("\"right\"", "\"rite\""), "line 1: no entity `right`"),
        (good.replace("\"id\":\"a\",", ""), "line 1: no `id`"),
        (format!("{good}{{oops\n"), "line 2: no JSON object"),
        (pair("a", "true", ",\"reviewers\":[\"same\"]"), "two verdicts"),
        (pair("a", "true", ",\"reviewers\":[\"same\",\"perhaps\"]"), "unknown verdict `perhaps`"),
        (pair("a", "true", ",\"origin\":7"), "`origin` is no text: 7"),
    ];
    for (text, said) in cases {
        let pairs = write(folder.path(), "pairs.jsonl", &text);
        let answer = crossroll(&["eval", "--pairs", &pairs]);
        assert_eq!(answer.code, 1, "{said}: {}", answer.stdout);
        assert!(answer.stderr.contains(said), "{said}: {}", answer.stderr);
        assert!(answer.stderr.contains("hint:"), "{}", answer.stderr);
    }
    let list = write(folder.path(), "own.csv", "id,name\nX-1,Samir Qandil\n");
    for (text, said) in [
        ("{\"id\":\"q\",\"properties\":{\"name\":[\"A\"]}}\n", "line 1: no label `match`"),
        ("{\"id\":\"q\",\"match\":\"X\",\"properties\":{}}\n", "unknown label `match`"),
        ("{\"id\":\"q\",\"match\":[]}\n", "no `properties`"),
    ] {
        let queries = write(folder.path(), "queries.jsonl", text);
        let answer = crossroll(&["eval", "--list", &list, "--queries", &queries]);
        assert_eq!(answer.code, 1, "{said}: {}", answer.stdout);
        assert!(answer.stderr.contains(said), "{said}: {}", answer.stderr);
    }
}

#[test]
fn what_belongs_together_is_asked_for_together() {
    let folder = sandbox();
    let wrong = write(folder.path(), "wrong.csv", "record,group\n1,1\n");
    let good = write(folder.path(), "good.csv", "unique_id,cluster_id\n1,1\n");
    let other = write(folder.path(), "other.csv", "unique_id,cluster_id\n2,2\n");
    for (arguments, said) in [
        (vec!["eval", "--queries", "q.jsonl"], "--list"),
        (vec!["eval", "--links", "c.csv"], "--truth"),
        (vec!["eval", "--pairs", "/no/such/file"], "cannot read /no/such/file"),
        (vec!["eval", "--links", &good, "--truth", &wrong], "needs the columns"),
        (vec!["eval", "--links", &good, "--truth", &other], "no record in common"),
        (vec!["eval", "--threshold", "7"], "a number from 0 to 1"),
    ] {
        let answer = crossroll(&arguments);
        assert_eq!(answer.code, 1, "{arguments:?}: {}", answer.stdout);
        assert!(answer.stderr.contains(said), "{arguments:?}: {}", answer.stderr);
    }
}
