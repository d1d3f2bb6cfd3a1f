//! The main job from end to end on the fictional cache.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use support::{crossroll, demo, sandbox};

fn leads(case: &Path) -> Vec<serde_json::Value> {
    let answer = crossroll(&["leads", case.to_str().unwrap(), "--json"]);
    answer.stdout.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// Status by a name that stands on a lead; two leads of one name are told apart by their records.
fn status_of(leads: &[serde_json::Value], name: &str) -> Vec<String> {
    let mut found: Vec<String> = leads
        .iter()
        .filter(|l| l["names"].as_array().unwrap().iter().any(|n| n == name))
        .map(|l| l["status"].as_str().unwrap().to_owned())
        .collect();
    found.sort();
    found
}

#[test]
fn a_box_of_forms_becomes_leads() {
    let folder = sandbox();
    let made = folder.path().join("demo");
    let answer = demo(&made);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("files found "), "{}", answer.stderr);
    let leads = leads(&made.join("case"));
    for (name, statuses) in [
        ("سمير كريم قنديل", vec!["listed"]),
        ("رائد هيثم زنبق", vec!["listed_reported_dead"]),
        ("نادر وليد صنوبر", vec!["reported_dead"]),
        ("هاني منير غدير", vec!["possible"]),
        ("طلال نزار رمال", vec!["not_found"]),
        ("عماد فارس سحاب", vec!["not_found"]),
    ] {
        assert_eq!(status_of(&leads, name), statuses, "{name}");
    }
    // The two scripts of one man met; the two namesakes did not.
    let qandil = leads.iter().find(|l| l["status"] == "listed").unwrap();
    assert_eq!(qandil["records"].as_array().unwrap().len(), 2, "{qandil}");
    assert!(std::fs::read_to_string(made.join("leads.html")).unwrap().contains("not found in"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = sandbox();
    let all: Vec<String> = ["one", "two"]
        .iter()
        .map(|name| {
            let made = folder.path().join(name);
            demo(&made);
            let case = made.join("case");
            let case = case.to_str().unwrap();
            let leads = crossroll(&["leads", case, "--json"]).stdout;
            let documents = crossroll(&["documents", case, "--json"]).stdout;
            assert!(leads.lines().count() > 5);
            leads + &documents
        })
        .collect();
    assert_eq!(all[0], all[1]);
}

#[test]
fn a_rerun_skips_and_the_same_stick_adds_nothing() {
    let folder = sandbox();
    let made = folder.path().join("demo");
    demo(&made);
    let case = made.join("case");
    let case = case.to_str().unwrap();
    let before = crossroll(&["documents", case, "--json"]).stdout;
    let added = crossroll(&["add", case, made.join("cache").to_str().unwrap()]);
    assert!(added.stderr.contains(" 0 of them new to the case"), "{}", added.stderr);
    assert_eq!(crossroll(&["documents", case, "--json"]).stdout, before);
    let run = crossroll(&["run", case]);
    assert!(run.stderr.contains("nothing has changed"), "{}", run.stderr);
}

#[test]
fn the_equation_is_the_sum_of_the_ledger() {
    let folder = sandbox();
    let made = folder.path().join("demo");
    demo(&made);
    let ledger = crossroll(&["documents", made.join("case").to_str().unwrap(), "--json"]);
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    for line in ledger.stdout.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        *states.entry(line["state"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let total: usize = states.values().sum();
    assert!(ledger.stderr.contains(&format!("files found {total} = ")), "{}", ledger.stderr);
    for state in ["duplicate", "empty", "corrupt"] {
        assert_eq!(states.get(state), Some(&1), "{state}: {states:?}");
    }
}

#[test]
fn a_changed_rule_changes_the_queue_and_nothing_else() {
    let folder = sandbox();
    let made = folder.path().join("demo");
    demo(&made);
    let case = made.join("case");
    let before = leads(&case);
    let rules = case.join("rules.toml");
    let text = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, text.replace("points = 40", "points = -40")).unwrap();
    assert_eq!(crossroll(&["run", case.to_str().unwrap()]).code, 0);
    let after = leads(&case);
    let statuses = |leads: &[serde_json::Value]| -> BTreeMap<String, String> {
        leads.iter().map(|l| (l["lead_id"].to_string(), l["status"].to_string())).collect()
    };
    assert_eq!(statuses(&before), statuses(&after));
    let order = |leads: &[serde_json::Value]| -> Vec<String> {
        leads.iter().map(|l| l["lead_id"].to_string()).collect()
    };
    assert_ne!(order(&before), order(&after));
    std::fs::write(&rules, "[status]\nnonsense = 1\n").unwrap();
    let broken = crossroll(&["run", case.to_str().unwrap()]);
    assert_eq!(broken.code, 1);
    assert!(broken.stderr.contains("rules.toml"), "{}", broken.stderr);
}
