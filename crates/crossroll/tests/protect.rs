//! The protection of people in a case: what is erased is nowhere, what is restricted is hidden.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

mod support;

use std::fs;
use std::path::Path;

use support::desk::Desk;
use support::{crossroll, sandbox};

/// A name that stands nowhere else, in letters that a compressed file would not show by chance.
const ERASED: &str = "Zubayrqan Exampleshadow";
const KEPT: &str = "Samir Exampleworth";

fn run(arguments: &[&str]) -> support::Answer {
    let answer = crossroll(arguments);
    assert!([0, 3].contains(&answer.code), "{arguments:?}: {}", answer.stderr);
    answer
}

/// Files below a folder that hold a text.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let is_in = bytes.windows(text.len()).any(|window| window == text.as_bytes());
            if is_in || path.to_str().unwrap().contains(text) {
                found.push(path.to_str().unwrap().to_owned());
            }
        }
    }
    found
}

fn leads(case: &str) -> Vec<serde_json::Value> {
    let text = run(&["leads", case, "--json"]).stdout;
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn id_of(case: &str, name: &str) -> Option<String> {
    let all = leads(case).into_iter();
    let mut found = all.filter(|lead| lead["names"].to_string().contains(name));
    found.next().map(|lead| lead["lead_id"].as_str().unwrap().to_owned())
}

#[test]
fn what_is_erased_is_nowhere_in_the_folder() {
    let folder = sandbox();
    let case = folder.path().join("case");
    let case = case.to_str().unwrap();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let form =
        |name: &str| format!("Name: {name}\nDate of birth: 1985-03-14\nNationality: Syrian\n");
    fs::write(stick.join(format!("{ERASED}.txt")), form(ERASED)).unwrap();
    let table = |name: &str| format!("name,birth_date,nationality\n{name},1985-03-14,Syrian\n");
    fs::write(stick.join("one.csv"), table(ERASED)).unwrap();
    fs::write(stick.join("two.csv"), table(KEPT)).unwrap();
    run(&["new", case]);
    run(&["add", case, stick.to_str().unwrap()]);
    run(&["run", case]);
    assert!(!files_with(Path::new(case), ERASED).is_empty());
    let id = id_of(case, ERASED).unwrap();
    let before = leads(case).len();
    // A reason that names whom it erases would keep them.
    let named = format!("{ERASED} asked for it");
    let answer = crossroll(&["protect", "erase", case, &id, "--lead", "--reason", &named]);
    assert_eq!(answer.code, 1, "{}", answer.stderr);
    let reason = "request of 3 May";
    let answer =
        run(&["protect", "erase", case, &id, "--lead", "--with-document", "--reason", reason]);
    assert!(!answer.stdout.is_empty());
    assert_eq!(id_of(case, ERASED), None);
    assert!(id_of(case, KEPT).is_some());
    assert!(leads(case).len() < before);
    let mut left = files_with(Path::new(case), ERASED);
    // A text that no form was made of is no record; its document is erased by its hash.
    if !left.is_empty() {
        let ledger = run(&["documents", case, "--json"]).stdout;
        let line = ledger.lines().find(|line| line.contains(ERASED));
        left.retain(|file| !file.contains("/data/"));
        assert!(line.is_some() || left.is_empty(), "{left:?}");
    }
    let shown = run(&["protect", "show", case, "--json"]).stdout;
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert!(!shown["erased"].as_object().unwrap().is_empty(), "a tombstone stays: {shown}");
    assert_eq!(crossroll(&["verify", case]).code, 0);
    assert_eq!(crossroll(&["audit", "verify", case]).code, 0);
    // It does not come back: not by reading again, not by a second run.
    run(&["run", case, "--again"]);
    assert_eq!(id_of(case, ERASED), None);
    let log = run(&["audit", "show", case]).stdout;
    assert!(log.contains("\terase\t"), "{log}");
}

#[test]
fn a_record_of_a_register_goes_and_the_others_stay_as_they_are() {
    let folder = sandbox();
    let case = folder.path().join("case");
    let case = case.to_str().unwrap();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let rows = format!("name,birth_date\n{ERASED},1985-03-14\n{KEPT},1985-03-14\n");
    fs::write(stick.join("register.csv"), rows).unwrap();
    run(&["new", case]);
    run(&["add", case, stick.to_str().unwrap()]);
    run(&["run", case]);
    let kept = id_of(case, KEPT).unwrap();
    let id = id_of(case, ERASED).unwrap();
    let answer = run(&["protect", "erase", case, &id, "--with-document", "--reason", "request"]);
    assert!(answer.stderr.contains("1 other records stand on it"), "{}", answer.stderr);
    let left = files_with(Path::new(case), ERASED);
    assert!(left.iter().all(|file| file.contains("/data/")), "only the register itself: {left:?}");
    assert_eq!(left.len(), 1);
    assert_eq!(id_of(case, KEPT), Some(kept));
    run(&["run", case, "--again"]);
    assert_eq!(id_of(case, ERASED), None);
    assert!(id_of(case, KEPT).is_some());
}

#[test]
fn what_is_restricted_is_hidden_from_all_but_the_lead() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("lea", "lead", ""), ("ana", "analyst", "")]);
    let (lea, ana) = (desk.login("lea"), desk.login("ana"));
    let home = desk.ask(&ana, "GET", "/cases/one/", "").text;
    let id = home.split("/cases/one/leads/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let lead = desk.ask(&ana, "GET", &format!("/cases/one/leads/{id}"), "").text;
    let document =
        lead.split("/cases/one/documents/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let body = serde_json::json!({
        "subject": {"kind": "entity", "id": id}, "on": true, "reason": "a witness",
    });
    let path = "/api/v1/cases/one/protection/restrict";
    assert_eq!(desk.ask(&ana, "POST", path, &body.to_string()).code, 403);
    let reply = desk.ask(&lea, "POST", path, &body.to_string());
    assert_eq!(reply.code, 204, "{}", reply.text);
    for page in [format!("/cases/one/leads/{id}"), format!("/cases/one/documents/{document}")] {
        assert_eq!(desk.ask(&ana, "GET", &page, "").code, 404, "{page}");
        assert_eq!(desk.ask(&lea, "GET", &page, "").code, 200, "{page}");
    }
    assert!(!desk.ask(&ana, "GET", "/cases/one/", "").text.contains(&id));
    let api = |who, method: &str, path: &str, body: &str| {
        desk.ask(who, method, &format!("/api/v1/cases/one/{path}"), body)
    };
    let found = r#"{"q":"Samir Example"}"#;
    for path in [format!("leads/{id}"), format!("entities/{id}"), format!("documents/{document}")] {
        assert_eq!(api(&ana, "GET", &path, "").code, 404, "{path}");
        assert_eq!(api(&lea, "GET", &path, "").code, 200, "{path}");
    }
    for (method, path, body) in [
        ("GET", "leads", ""),
        ("GET", "records", ""),
        ("POST", "leads/query", "{}"),
        ("POST", "search", found),
        ("POST", "exports", r#"{"format":"csv","reason":"a sample"}"#),
    ] {
        let reply = api(&ana, method, path, body);
        assert_eq!(reply.code, 200, "{path}: {}", reply.text);
        assert!(!reply.text.contains(&id), "{path}: {}", reply.text);
        assert!(api(&lea, method, path, body).text.contains(&id), "{path}");
    }
    let subject = serde_json::json!({"kind": "entity", "id": id});
    for (path, body) in [
        ("notes", serde_json::json!({"seen": 9, "subject": subject, "text": "seen"})),
        (
            "judgements",
            serde_json::json!({"seen": 9, "left": id, "right": "x", "verdict": "unsure"}),
        ),
        ("merge", serde_json::json!({"seen": 9, "left": id, "right": "x", "reason": "one"})),
        ("merge/preview", serde_json::json!({"left": "x", "right": id})),
    ] {
        assert_eq!(api(&ana, "POST", path, &body.to_string()).code, 404, "{path}");
    }
    let shown = desk.ask(&ana, "GET", "/api/v1/cases/one/protection", "");
    assert!(!shown.text.contains(&id), "{}", shown.text);
    let lifted = body.to_string().replace("true", "false");
    assert_eq!(desk.ask(&lea, "POST", path, &lifted).code, 204);
    assert_eq!(desk.ask(&ana, "GET", &format!("/cases/one/leads/{id}"), "").code, 200);
}

#[test]
fn minors_are_proposed_categories_are_said_and_a_day_past_is_told() {
    let folder = sandbox();
    let case = folder.path().join("case");
    let case = case.to_str().unwrap();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let rows = "name,birth_date,entry_date\nSamir Example,2000-01-02,2014-05-01\n\
                Ana Example,1980-01-02,2014-05-01\n";
    fs::write(stick.join("register.csv"), rows).unwrap();
    run(&["new", case]);
    run(&["add", case, stick.to_str().unwrap()]);
    run(&["run", case]);
    let show = || -> serde_json::Value {
        serde_json::from_str(&run(&["protect", "show", case, "--json"]).stdout).unwrap()
    };
    let minors = show()["minors"].as_array().unwrap().clone();
    assert_eq!(minors.len(), 1, "{minors:?}");
    let id = minors[0].as_str().unwrap().to_owned();
    assert_eq!(crossroll(&["protect", "category", case, &id, "child"]).code, 1);
    run(&["protect", "category", case, &id, "minor"]);
    let after = show();
    assert!(after["minors"].as_array().unwrap().is_empty(), "it was said: {after}");
    assert_eq!(after["categories"][0]["categories"][0], "minor");
    assert_eq!(crossroll(&["protect", "set", case, "--retain-until", "soon"]).code, 1);
    run(&["protect", "set", case, "--purpose", "a sample", "--retain-until", "2020-01-01"]);
    assert_eq!(show()["is_past"], true);
    let answer = run(&["run", case]);
    assert!(answer.stderr.contains("longer than it may be"), "{}", answer.stderr);
}

#[test]
fn what_leaves_the_case_says_nothing_of_religion_and_health_unless_asked() {
    let folder = sandbox();
    let case = folder.path().join("case");
    let case = case.to_str().unwrap();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let rows = "name,birth_date,blood_type\nSamir Example,1980-01-02,AB negative\n";
    fs::write(stick.join("register.csv"), rows).unwrap();
    run(&["new", case]);
    run(&["add", case, stick.to_str().unwrap()]);
    run(&["run", case]);
    let page = folder.path().join("leads.html");
    let page = page.to_str().unwrap();
    run(&["leads", case, "--html", page]);
    let without = fs::read_to_string(page).unwrap();
    assert!(without.contains("Samir Example") && !without.contains("AB"), "{without}");
    run(&["leads", case, "--html", page, "--sensitive"]);
    assert!(fs::read_to_string(page).unwrap().contains("blood type"));
    for format in ["--json", "--csv"] {
        assert!(!run(&["leads", case, format]).stdout.contains("AB negative"), "{format}");
    }
}
