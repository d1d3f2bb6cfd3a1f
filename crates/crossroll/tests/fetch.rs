//! `lists fetch` against a server on this machine that does all that servers do.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use support::{Answer, command, crossroll, sandbox};

const LIST: &str = "id,name,birth_date\nS-1,Sample Person,1980-01-01\nS-2,Exemplar Two,1970\n";
/// What `sha256sum` says of [`LIST`].
const HASH: &str = "07e8eddc04a508357a937c9df0cd8fc93f4773182de3df8051583a7549d55e45";

/// A request: its first line, then its headers in lower case.
type Request = Vec<String>;

/// A server that ends with the test.
struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    over: Arc<AtomicBool>,
}

impl Server {
    /// Answers each request by its number, from 0.
    fn start(answer: impl Fn(usize, &Request, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests: Arc<Mutex<Vec<Request>>> = Arc::default();
        let over = Arc::new(AtomicBool::new(false));
        let (seen, ended, answer) = (requests.clone(), over.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let (mut stream, seen, answer) = (stream.unwrap(), seen.clone(), answer.clone());
                std::thread::spawn(move || {
                    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
                    let request = read_request(&stream);
                    let number = {
                        let mut seen = seen.lock().unwrap();
                        seen.push(request.clone());
                        seen.len() - 1
                    };
                    answer(number, &request, &mut stream);
                });
            }
        });
        Self { address, requests, over }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

fn read_request(stream: &TcpStream) -> Request {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let lines = lines.take_while(|line| !line.is_empty());
    lines.enumerate().map(|(n, line)| if n == 0 { line } else { line.to_lowercase() }).collect()
}

/// The header of a request.
fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

fn send(stream: &mut TcpStream, head: &str, body: &[u8]) {
    // The other side may have gone, which some of these tests are about.
    let _ = stream.write_all(head.replace('\n', "\r\n").as_bytes());
    let _ = stream.write_all(b"Connection: close\r\n\r\n");
    let _ = stream.write_all(body);
}

/// The whole file under an entity tag, but cut after so many bytes.
fn send_list(stream: &mut TcpStream, tag: &str, cut: usize) {
    let head = format!("HTTP/1.1 200 OK\nContent-Length: {}\nETag: {tag}\n", LIST.len());
    send(stream, &head, &LIST.as_bytes()[..cut]);
}

/// What was asked for of the file.
fn send_rest(stream: &mut TcpStream, request: &Request, cut: usize) {
    let range = header(request, "range").unwrap();
    let from: usize = range.strip_prefix("bytes=").unwrap().trim_end_matches('-').parse().unwrap();
    let (last, all) = (LIST.len() - 1, LIST.len());
    let head = format!(
        "HTTP/1.1 206 Partial Content\nContent-Length: {}\nContent-Range: bytes {from}-{last}/{all}\n\
         ETag: \"one\"\n",
        all - from
    );
    send(stream, &head, &LIST.as_bytes()[from..cut.max(from)]);
}

/// Fetches the list `own`, which is at this address.
fn fetch(folder: &Path, url: &str, limits: &str, more: &[&str]) -> Answer {
    let config = folder.join("sources.toml");
    let text = format!("[lists.own]\nurl = \"{url}\"\nfile = \"own.csv\"\n[limits]\n{limits}\n");
    std::fs::write(&config, text).unwrap();
    let mut command = command();
    for variable in ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        command.env_remove(variable);
    }
    command.args(["lists", "fetch", "own", "--config", config.to_str().unwrap()]);
    if !more.contains(&"--case") {
        command.args(["--out", folder.join("out").to_str().unwrap()]);
    }
    let output = command.args(more).output().unwrap();
    Answer {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn fetched(folder: &Path) -> Option<String> {
    std::fs::read_to_string(folder.join("out/own.csv")).ok()
}

/// Nothing but the file is left.
fn is_clean(folder: &Path) -> bool {
    std::fs::read_dir(folder.join("out")).unwrap().count() == usize::from(fetched(folder).is_some())
}

#[test]
fn a_whole_file_is_fetched_and_its_hash_told() {
    let folder = sandbox();
    let server = Server::start(|_, _, stream| send_list(stream, "\"one\"", LIST.len()));
    let answer = fetch(folder.path(), &server.url("/own"), "", &["--json"]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(fetched(folder.path()).as_deref(), Some(LIST));
    let line: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!((&line["sha256"], &line["bytes"]), (&HASH.into(), &LIST.len().into()));
    assert!(is_clean(folder.path()));
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0][0].starts_with("GET /own HTTP/1.1"));
    assert_eq!(header(&requests[0], "cookie"), None);
}

#[test]
fn a_fetched_list_is_loaded_into_a_case() {
    let folder = sandbox();
    let server = Server::start(|_, _, stream| send_list(stream, "\"one\"", LIST.len()));
    let case = folder.path().join("case");
    let name = case.to_str().unwrap();
    crossroll(&["new", name]);
    let answer = fetch(folder.path(), &server.url("/own"), "", &["--case", name]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("own: 2 entities"), "{}", answer.stderr);
    let versions = crossroll(&["lists", "versions", name]).stdout;
    assert!(versions.starts_with("own\t1\t"), "{versions}");
    assert!(std::fs::read_dir(case.join("fetch")).unwrap().next().is_none(), "the case has it");
    assert_eq!(crossroll(&["verify", name]).code, 0);
    let answer = fetch(folder.path(), &server.url("/own"), "", &["--case", name]);
    assert!(answer.stderr.contains("loaded already"), "{}", answer.stderr);
}

#[test]
fn a_download_that_is_cut_goes_on_where_it_was() {
    let folder = sandbox();
    let server = Server::start(|number, request, stream| match number {
        0 => send_list(stream, "\"one\"", 20),
        1 => send_rest(stream, request, 40),
        _ => send_rest(stream, request, LIST.len()),
    });
    let answer = fetch(folder.path(), &server.url("/own"), "", &["--sha256", HASH]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(fetched(folder.path()).as_deref(), Some(LIST));
    let requests = server.requests();
    assert_eq!(header(&requests[1], "range"), Some("bytes=20-"));
    assert_eq!(header(&requests[1], "if-range"), Some("\"one\""));
    assert_eq!(header(&requests[2], "range"), Some("bytes=40-"));
    assert!(is_clean(folder.path()));
}

#[test]
fn a_later_command_goes_on_as_well() {
    let folder = sandbox();
    let server = Server::start(|number, request, stream| match number {
        0 => send_list(stream, "\"one\"", 20),
        1 | 2 => send_rest(stream, request, 0),
        _ => send_rest(stream, request, LIST.len()),
    });
    let answer = fetch(folder.path(), &server.url("/own"), "", &[]);
    assert_eq!(answer.code, 1, "{}", answer.stderr);
    assert!(answer.stderr.contains("broke off after 20 bytes"), "{}", answer.stderr);
    assert_eq!(fetched(folder.path()), None);
    let answer = fetch(folder.path(), &server.url("/own"), "", &[]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(answer.stderr.contains("after 20 bytes of an earlier try"), "{}", answer.stderr);
    assert_eq!(fetched(folder.path()).as_deref(), Some(LIST));
}

#[test]
fn a_file_that_changed_meanwhile_is_fetched_from_its_beginning() {
    let folder = sandbox();
    let server = Server::start(|number, _, stream| {
        if number == 0 {
            let head = "HTTP/1.1 200 OK\nContent-Length: 500\nETag: \"old\"\n";
            send(stream, head, b"id,name\nOLD-1,Former Sample\n");
        } else {
            send_list(stream, "\"new\"", LIST.len());
        }
    });
    let answer = fetch(folder.path(), &server.url("/own"), "", &[]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(header(&server.requests()[1], "if-range"), Some("\"old\""));
    assert_eq!(fetched(folder.path()).as_deref(), Some(LIST), "nothing of the old one is in it");
}

#[test]
fn another_part_than_was_asked_for_is_refused() {
    let folder = sandbox();
    let server = Server::start(|number, _, stream| {
        if number == 0 {
            send_list(stream, "\"one\"", 20);
        } else {
            let head = "HTTP/1.1 206 Partial Content\nContent-Length: 5\n\
                        Content-Range: bytes 30-34/80\n";
            send(stream, head, b"XXXXX");
        }
    });
    let answer = fetch(folder.path(), &server.url("/own"), "", &[]);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("another part"), "{}", answer.stderr);
    assert_eq!(fetched(folder.path()), None);
}

#[test]
fn a_file_that_is_too_large_is_refused_before_and_while_it_comes() {
    let folder = sandbox();
    let server = Server::start(|_, request, stream| {
        if request[0].contains("/said") {
            send_list(stream, "\"one\"", LIST.len());
        } else {
            // Without a length, and without an end but that of patience.
            send(stream, "HTTP/1.1 200 OK\n", b"");
            while stream.write_all(&[b'x'; 4096]).is_ok() {}
        }
    });
    for path in ["/said", "/endless"] {
        let answer = fetch(folder.path(), &server.url(path), "bytes_max = 60", &[]);
        assert_eq!(answer.code, 1, "{}", answer.stderr);
        assert!(answer.stderr.contains("limit of 60 bytes"), "{}", answer.stderr);
        assert!(is_clean(folder.path()) && fetched(folder.path()).is_none());
    }
}

#[test]
fn what_is_not_there_leaves_nothing() {
    let folder = sandbox();
    let server = Server::start(|_, _, stream| {
        send(stream, "HTTP/1.1 404 Not Found\nContent-Length: 4\n", b"none");
    });
    let answer = fetch(folder.path(), &server.url("/own"), "", &[]);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("404"), "{}", answer.stderr);
    assert!(is_clean(folder.path()) && fetched(folder.path()).is_none());
    assert_eq!(server.requests().len(), 1, "it is not asked for again");
}

#[test]
fn redirects_are_followed_so_far_and_never_to_what_is_not_secure() {
    let folder = sandbox();
    let server = Server::start(|_, request, stream| {
        let to = |stream: &mut TcpStream, location: &str| {
            send(stream, &format!("HTTP/1.1 302 Found\nLocation: {location}\n"), b"");
        };
        match request[0].split(' ').nth(1).unwrap() {
            "/loop" => to(stream, "/loop"),
            "/out" => to(stream, "http://lists.invalid/own"),
            "/scheme" => to(stream, "file:///etc/hostname"),
            "/near" => to(stream, "files/own"),
            "/files/own" => send_list(stream, "\"one\"", LIST.len()),
            other => panic!("{other}"),
        }
    });
    let answer = fetch(folder.path(), &server.url("/loop"), "", &[]);
    assert_eq!((answer.code, server.requests().len()), (1, 6), "{}", answer.stderr);
    assert!(answer.stderr.contains("more than 5 redirects"), "{}", answer.stderr);
    for (path, word) in [("/out", "not secure"), ("/scheme", "no address with https")] {
        let answer = fetch(folder.path(), &server.url(path), "", &[]);
        assert_eq!(answer.code, 1);
        assert!(answer.stderr.contains(word), "{}", answer.stderr);
    }
    assert_eq!(fetched(folder.path()), None);
    let answer = fetch(folder.path(), &server.url("/near"), "", &[]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert_eq!(fetched(folder.path()).as_deref(), Some(LIST));
}

#[test]
fn an_address_that_is_not_secure_is_not_called() {
    let folder = sandbox();
    let answer = fetch(folder.path(), "http://lists.invalid/own", "", &[]);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains("not secure"), "{}", answer.stderr);
}

#[test]
fn a_proxy_is_gone_through() {
    let folder = sandbox();
    let proxy = Server::start(|_, request, stream| {
        if request[0].starts_with("CONNECT") {
            // The tunnel: the proxy is the server as well.
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            read_request(stream);
        }
        send_list(stream, "\"one\"", LIST.len());
    });
    let through = proxy.url("");
    // Nobody listens at the address itself.
    let answer = fetch(folder.path(), "http://127.0.0.1:9/own", "", &["--proxy", &through]);
    assert_eq!(answer.code, 0, "{}", answer.stderr);
    assert!(proxy.requests()[0][0].contains("127.0.0.1:9"), "{:?}", proxy.requests());
    assert_eq!(fetched(folder.path()).as_deref(), Some(LIST));
}

#[test]
fn a_file_of_another_hash_is_not_kept() {
    let folder = sandbox();
    let server = Server::start(|_, _, stream| send_list(stream, "\"one\"", LIST.len()));
    let wrong = "0".repeat(64);
    let answer = fetch(folder.path(), &server.url("/own"), "", &["--sha256", &wrong]);
    assert_eq!(answer.code, 1);
    assert!(answer.stderr.contains(HASH), "{}", answer.stderr);
    assert!(is_clean(folder.path()) && fetched(folder.path()).is_none());
}

#[test]
fn a_server_that_falls_silent_is_given_up() {
    let folder = sandbox();
    let server = Server::start(|_, _, stream| {
        send_list(stream, "W/\"weak\"", 20);
        std::thread::sleep(Duration::from_secs(8));
    });
    let began = std::time::Instant::now();
    let answer = fetch(folder.path(), &server.url("/own"), "stall_seconds = 1", &[]);
    assert_eq!(answer.code, 1, "{}", answer.stderr);
    assert!(began.elapsed() < Duration::from_secs(20));
    assert_eq!(fetched(folder.path()), None);
    // A weak tag promises nothing, so each try began anew.
    assert!(server.requests().iter().all(|request| header(request, "range").is_none()));
}
