//! The audit log of a case: what stands in it, what is found of it, and what happens without it.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

mod support;

use std::fs;
use std::path::Path;

use support::client::Server;
use support::desk::{Desk, PASSWORD};
use support::{crossroll, sandbox};

fn case_of_one(root: &Path) -> String {
    let case = root.join("case").to_str().unwrap().to_owned();
    let stick = root.join("stick");
    fs::create_dir(&stick).unwrap();
    fs::write(stick.join("r.csv"), "name,birth_date\nSamir Example,1985-03-14\n").unwrap();
    for arguments in
        [&["new", &case][..], &["add", &case, stick.to_str().unwrap()], &["run", &case]]
    {
        let answer = crossroll(arguments);
        assert!([0, 3].contains(&answer.code), "{}", answer.stderr);
    }
    case
}

#[test]
fn every_command_that_changes_a_case_is_told_with_its_user_and_no_value() {
    let folder = sandbox();
    let case = case_of_one(folder.path());
    crossroll(&["leads", &case, "--json"]);
    let lines = crossroll(&["audit", "show", &case, "--json"]).stdout;
    let entries: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<(&str, &str)> = entries
        .iter()
        .map(|e| (e["action"].as_str().unwrap(), e["subjects"][0].as_str().unwrap()))
        .collect();
    let expected = [("edit", "new"), ("edit", "add"), ("edit", "run"), ("export", "leads")];
    assert_eq!(told, expected);
    assert!(entries.iter().all(|e| !e["user"].as_str().unwrap().is_empty()));
    assert!(!lines.contains("Samir"), "{lines}");
    assert_eq!(crossroll(&["audit", "verify", &case]).code, 0);
    assert_eq!(crossroll(&["verify", &case]).code, 0, "a log that goes on breaks no seal");
}

#[test]
fn removed_moved_and_changed_lines_are_found_from_outside() {
    let folder = sandbox();
    let case = case_of_one(folder.path());
    for _ in 0..4 {
        crossroll(&["leads", &case]);
    }
    let noted = crossroll(&["audit", "verify", &case]).stderr;
    let head = noted.split("ends with ").nth(1).unwrap().lines().next().unwrap().to_owned();
    let path = Path::new(&case).join("audit.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    let lines: Vec<String> = whole.lines().map(str::to_owned).collect();
    let join = |lines: &[String]| lines.iter().map(|l| l.clone() + "\n").collect::<String>();
    let mut others = vec![String::new(), whole.replace("\"run\"", "\"fun\"")];
    for i in 0..lines.len() {
        let mut removed = lines.clone();
        removed.remove(i);
        others.push(join(&removed));
        others.push(join(&lines[..i]));
        let mut moved = lines.clone();
        moved.swap(i, (i + 1) % lines.len());
        others.push(join(&moved));
    }
    for other in others {
        fs::write(&path, &other).unwrap();
        let answer = crossroll(&["audit", "verify", &case]);
        assert_eq!(answer.code, 3, "{other}\n{}", answer.stdout);
        assert!(!answer.stdout.is_empty());
        assert_eq!(crossroll(&["verify", &case]).code, 3, "{other}");
    }
    // The last line goes with the file that says where the log ends: what was noted elsewhere tells.
    let head_path = Path::new(&case).join("audit.head");
    let head_text = fs::read(&head_path).unwrap();
    fs::remove_file(&head_path).unwrap();
    fs::remove_file(&path).unwrap();
    let answer = crossroll(&["audit", "verify", &case]);
    assert_eq!(answer.code, 3, "the sealed notes remember it: {}", answer.stdout);
    let answer = crossroll(&["audit", "verify", &case, "--head", &head]);
    assert!(answer.stdout.contains("cut_off"), "{}", answer.stdout);
    fs::write(&path, &whole).unwrap();
    fs::write(&head_path, head_text).unwrap();
    assert_eq!(crossroll(&["audit", "verify", &case, "--head", &head]).code, 0);
}

#[test]
fn the_log_is_read_from_its_end_page_by_page_and_by_user_and_action() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("lea", "lead", ""), ("ben", "reader", "")]);
    let (lea, ben) = (desk.login("lea"), desk.login("ben"));
    for user in [&lea, &ben, &lea, &ben, &lea] {
        assert_eq!(desk.ask(user, "GET", "/api/v1/cases/one/overview", "").code, 200);
    }
    let read = |query: &str| {
        let reply = desk.ask(&lea, "GET", &format!("/api/v1/cases/one/audit?{query}"), "").json();
        let entries = reply.as_array().unwrap().iter();
        entries
            .map(|e| (e["seq"].as_u64().unwrap(), e["user"].as_str().unwrap().to_owned()))
            .collect::<Vec<_>>()
    };
    let all: Vec<u64> = read("").into_iter().map(|(seq, _)| seq).collect();
    assert_eq!(all, (1..=all.len() as u64).collect::<Vec<_>>());
    let newest = read("newest=true&limit=3");
    let seqs: Vec<u64> = newest.iter().map(|(seq, _)| *seq).collect();
    // What was read just now stands in it as well.
    assert_eq!(seqs, [all.len() as u64 + 1, all.len() as u64, all.len() as u64 - 1]);
    let before = read(&format!("newest=true&limit=2&before={}", seqs[2]));
    assert_eq!(before.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), [seqs[2] - 1, seqs[2] - 2]);
    let of_ben = read("newest=true&user=ben&action=view");
    assert!(of_ben.len() == 2 && of_ben.iter().all(|(_, user)| user == "ben"), "{of_ben:?}");
    assert_eq!(read("newest=true&before=1"), []);
}

#[test]
fn without_a_log_nothing_is_shown_or_changed() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("lea", "lead", "")]);
    let lea = desk.login("lea");
    let log = desk.folder.join("one/audit.jsonl");
    let whole = fs::read(&log).unwrap();
    // The disk is full, or somebody took the file: here the log is a folder, which no one can write.
    fs::remove_file(&log).unwrap();
    fs::create_dir(&log).unwrap();
    let reply = desk.ask(&lea, "GET", "/cases/one/", "");
    assert_eq!(reply.code, 503);
    assert!(reply.text.contains("audit log cannot be written"), "{}", reply.text);
    let body = r#"{"purpose":"x"}"#;
    let path = "/api/v1/cases/one/protection";
    assert_eq!(desk.ask(&lea, "PUT", path, body).code, 503);
    assert_eq!(desk.server.send("GET", "/healthz", &[], "").code, 200);
    let answer = crossroll(&["run", &desk.path("one")]);
    assert_eq!(answer.code, 2, "{}", answer.stderr);
    assert!(answer.stderr.contains("hint:"), "{}", answer.stderr);
    // A log that was changed is written no more, so that the change stays to be seen.
    fs::remove_dir(&log).unwrap();
    fs::write(&log, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(desk.ask(&lea, "GET", "/cases/one/", "").code, 503);
    assert_eq!(fs::read(&log).unwrap().len(), whole.len() / 2);
    fs::write(&log, &whole).unwrap();
    assert_eq!(desk.ask(&lea, "GET", "/cases/one/", "").code, 200, "it goes on by itself");
    assert_eq!(desk.ask(&lea, "PUT", path, body).code, 204);
    let purpose = desk.ask(&lea, "GET", path, "").json();
    assert_eq!(purpose["purpose"], "x");
}

#[test]
fn a_server_that_is_killed_leaves_a_log_that_holds() {
    let folder = sandbox();
    let case = case_of_one(folder.path());
    for round in 0..5_u64 {
        let mut server = Server::start(&[&case]);
        std::thread::scope(|scope| {
            let asked = scope.spawn(|| {
                let mut seen = 0;
                while server.token.is_some() {
                    let token = server.token.as_deref().unwrap();
                    let text = format!(
                        "GET /plain/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
                         Authorization: Bearer {token}\r\n\r\n",
                        server.address
                    );
                    if !try_send(&server.address, &text) {
                        break;
                    }
                    seen += 1;
                    if seen > 20 + round * 7 {
                        break;
                    }
                }
            });
            asked.join().unwrap();
        });
        server.kill();
        // What a kill in the middle of a write leaves.
        if round % 2 == 0 {
            let path = Path::new(&case).join("audit.jsonl");
            let mut log = fs::OpenOptions::new().append(true).open(path).unwrap();
            std::io::Write::write_all(&mut log, b"{\"seq\":99,\"ti").unwrap();
        }
        crossroll(&["leads", &case]);
        let answer = crossroll(&["audit", "verify", &case]);
        assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
    }
    let log = crossroll(&["audit", "show", &case]).stdout;
    assert_eq!(log.lines().filter(|line| line.contains("\tmended\t")).count(), 3, "{log}");
}

fn try_send(address: &str, text: &str) -> bool {
    use std::io::{Read as _, Write as _};
    let Ok(mut stream) = std::net::TcpStream::connect(address) else { return false };
    let mut answer = Vec::new();
    stream.write_all(text.as_bytes()).is_ok() && stream.read_to_end(&mut answer).is_ok()
}

#[test]
fn logins_that_fail_are_told_without_what_was_typed() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("ana", "reader", "")]);
    for (name, password) in [("ana", "a secret typed wrong"), ("a secret typed wrong", PASSWORD)] {
        let fields = [("name", name), ("password", password)];
        assert_eq!(desk.server.form("/login", "", &fields).code, 401);
    }
    let log = crossroll(&["audit", "show", &desk.path("")]).stdout;
    assert!(
        log.contains("\tana\tdenied\tlogin") && log.contains("\tunknown\tdenied\tlogin"),
        "{log}"
    );
    assert!(!log.contains("secret"), "{log}");
}
