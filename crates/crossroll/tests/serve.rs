//! The pages over real HTTP on loopback.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

mod support;

use std::path::Path;

use support::client::Server;
use support::{crossroll, demo, sandbox};

fn case_of_demo(folder: &Path) -> String {
    demo(&folder.join("demo"));
    folder.join("demo/case").to_str().unwrap().to_owned()
}

#[test]
fn a_case_shows_its_leads_with_sources_and_page_images() {
    let folder = sandbox();
    let case = case_of_demo(folder.path());
    let server = Server::start(&[&case]);
    let page = server.get("/plain/");
    let overview = page.text;
    assert_eq!(page.code, 200);
    assert!(page.head.contains("content-security-policy: default-src 'none'"), "{}", page.head);
    assert!(!page.head.contains("unsafe-inline") && !overview.contains("<style"), "{overview}");
    assert_eq!(server.send("GET", "/style.css", &[], "").code, 200);
    assert!(overview.contains("already listed") && overview.contains("سمير كريم قنديل"));
    let link = overview.split("href=\"/plain/leads/").nth(1).unwrap().split('"').next().unwrap();
    let page = server.get(&format!("/plain/leads/{link}"));
    let lead = page.text;
    assert_eq!(page.code, 200);
    assert!(lead.contains("as written") && lead.contains("row"), "{lead}");
    let ledger = crossroll(&["documents", &case, "--json"]).stdout;
    let pdf: serde_json::Value = ledger
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap())
        .find(|l| l["media_type"] == "application/pdf" && l["state"] == "read")
        .unwrap();
    let id = pdf["sha256"].as_str().unwrap();
    assert_eq!(server.get(&format!("/plain/documents/{id}")).code, 200);
    let image = server.get(&format!("/plain/documents/{id}/pages/0.png"));
    assert_eq!((image.code, &image.body[1..4]), (200, &b"PNG"[..]));
    for missing in [
        "/plain/leads/none",
        "/plain/documents/none",
        &format!("/plain/documents/{id}/pages/9.png"),
        "/../etc",
    ] {
        assert_eq!(server.get(missing).code, 404, "{missing}");
    }
    assert_eq!(server.send("GET", "/", &[("Host", "evil.example")], "").code, 421);
    assert_eq!(server.send("GET", "/healthz", &[], "").text, "{\"status\":\"ok\"}");
}

/// What a client is told of a failure names no file and no cause; the terminal has both.
#[test]
fn what_fails_is_told_with_its_cause_on_the_terminal_and_to_no_client() {
    let folder = sandbox();
    let case = case_of_demo(folder.path());
    let server = Server::start(&[&case]);
    let page = server.get("/plain/").text;
    let lead = page.split("href=\"/plain/leads/").nth(1).unwrap().split('"').next().unwrap();
    // Damage behind the back of the server: all but the first page of the database.
    for entry in std::fs::read_dir(&case).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if name.ends_with("-wal") {
            std::fs::write(entry.path(), "").unwrap();
        } else if name.ends_with(".sqlite") && name.starts_with("case") {
            let mut bytes = std::fs::read(entry.path()).unwrap();
            bytes[4096..].fill(0xAA);
            std::fs::write(entry.path(), bytes).unwrap();
        }
    }
    let answer = server.get(&format!("/api/v1/cases/case/leads/{lead}"));
    assert_eq!((answer.code, &answer.json()["code"]), (500, &"failed".into()), "{}", answer.text);
    assert!(!answer.text.contains("database"), "{}", answer.text);
    let line = server.hear("a request failed: ").expect("the terminal is told");
    // What SQLite makes of it depends on what it had read already.
    let (time, cause) = line.split_once(" a request failed: the case database failed: ").unwrap();
    assert!(time.starts_with("20") && cause.len() > 10, "{line}");
}

/// One equation in three places: what `documents` prints, what `add` counts, what the server answers.
#[test]
fn the_accounting_over_http_is_that_of_the_program() {
    let folder = sandbox();
    let case = folder.path().join("case").to_str().unwrap().to_owned();
    crossroll(&["new", &case]);
    for (stick, files) in [("one", &["a", "b", ""][..]), ("two", &["a", "\0\u{1}\0"])] {
        let stick = folder.path().join(stick);
        std::fs::create_dir(&stick).unwrap();
        for (n, text) in files.iter().enumerate() {
            std::fs::write(stick.join(format!("{n}.txt")), text).unwrap();
        }
        crossroll(&["add", &case, stick.to_str().unwrap()]);
    }
    let told = crossroll(&["documents", &case]).stderr;
    let server = Server::start(&[&case]);
    let answer = server.get("/api/accounting");
    assert_eq!(answer.code, 200);
    let answer = answer.json();
    let equation = answer["equation"].as_str().unwrap();
    assert!(equation.starts_with("files found 5 = read 2"), "{equation}");
    assert!(told.lines().any(|line| line.ends_with(equation)), "{told}");
    for name in ["one", "two"] {
        let own = answer["datasets"][name]["equation"].as_str().unwrap();
        assert!(told.lines().any(|line| line.ends_with(&format!("{name}: {own}"))), "{told}");
    }
    let states = answer["states"].as_object().unwrap();
    let sum: u64 = states.values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!((answer["files"].as_u64(), sum, states.len()), (Some(5), 5, 8));
    assert_eq!(states["duplicate"], 1);
    assert_eq!(states["empty"], 1);
}

#[test]
fn lists_alone_answer_a_name_and_write_it_safely() {
    let folder = sandbox();
    let list = folder.path().join("own.csv");
    std::fs::write(&list, "id,name,dob\nX-1,Samir Qandil,1985-03-14\n").unwrap();
    let server = Server::start(&["--list", &format!("mine={}", list.display())]);
    let answer = server.get("/?name=%D8%B3%D9%85%D9%8A%D8%B1+%D9%82%D9%86%D8%AF%D9%8A%D9%84");
    let page = answer.text;
    assert_eq!(answer.code, 200);
    assert!(page.contains("Samir Qandil") && page.contains("mine"), "{page}");
    let page = server.get("/?name=%3Cscript%3Ealert(1)%3C/script%3E").text;
    assert!(!page.contains("<script>"), "{page}");
}
