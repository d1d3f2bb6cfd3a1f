//! The pages over real HTTP on loopback.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

mod support;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use support::{command, crossroll, demo, sandbox};

/// A running server that is killed when it goes out of scope.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command()
            .arg("serve")
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.find(|l| l.as_ref().unwrap().contains("serving on")).unwrap().unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Self { child, address }
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        self.get_as(path, &self.address)
    }

    fn get_as(&self, path: &str, host: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        assert!(head.contains("content-security-policy") || !head.contains(" 200 "), "{head}");
        (head.split(' ').nth(1).unwrap().parse().unwrap(), answer[end + 4..].to_vec())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn case_of_demo(folder: &Path) -> String {
    demo(&folder.join("demo"));
    folder.join("demo/case").to_str().unwrap().to_owned()
}

#[test]
fn a_case_shows_its_leads_with_sources_and_page_images() {
    let folder = sandbox();
    let case = case_of_demo(folder.path());
    let server = Server::start(&[&case]);
    let (code, body) = server.get("/plain/");
    let overview = String::from_utf8(body).unwrap();
    assert_eq!(code, 200);
    assert!(overview.contains("already listed") && overview.contains("سمير كريم قنديل"));
    let link = overview.split("href=\"/plain/leads/").nth(1).unwrap().split('"').next().unwrap();
    let (code, body) = server.get(&format!("/plain/leads/{link}"));
    let lead = String::from_utf8(body).unwrap();
    assert_eq!(code, 200);
    assert!(lead.contains("as written") && lead.contains("row"), "{lead}");
    let ledger = crossroll(&["documents", &case, "--json"]).stdout;
    let pdf: serde_json::Value = ledger
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap())
        .find(|l| l["media_type"] == "application/pdf" && l["state"] == "read")
        .unwrap();
    let id = pdf["sha256"].as_str().unwrap();
    assert_eq!(server.get(&format!("/plain/documents/{id}")).0, 200);
    let (code, image) = server.get(&format!("/plain/documents/{id}/pages/0.png"));
    assert_eq!((code, &image[1..4]), (200, &b"PNG"[..]));
    for missing in [
        "/plain/leads/none",
        "/plain/documents/none",
        &format!("/plain/documents/{id}/pages/9.png"),
        "/../etc",
    ] {
        assert_eq!(server.get(missing).0, 404, "{missing}");
    }
    // With or without the screens something stands at the root.
    assert_eq!(server.get("/").0, 200);
    assert_eq!(server.get_as("/", "evil.example").0, 421);
    assert_eq!(server.get("/healthz").1, b"{\"status\":\"ok\"}");
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
    let (code, body) = server.get("/api/accounting");
    assert_eq!(code, 200);
    let answer: serde_json::Value = serde_json::from_slice(&body).unwrap();
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
    let (code, body) = server.get("/?name=%D8%B3%D9%85%D9%8A%D8%B1+%D9%82%D9%86%D8%AF%D9%8A%D9%84");
    let page = String::from_utf8(body).unwrap();
    assert_eq!(code, 200);
    assert!(page.contains("Samir Qandil") && page.contains("mine"), "{page}");
    let page = String::from_utf8(server.get("/?name=%3Cscript%3Ealert(1)%3C/script%3E").1).unwrap();
    assert!(!page.contains("<script>"), "{page}");
}
