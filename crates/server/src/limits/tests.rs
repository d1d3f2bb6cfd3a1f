//! Slow, greedy and many clients, over loopback.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream as Client};

use axum::routing::{get, post};

use super::*;

/// A server in a thread of its own, ended when this goes.
struct Running {
    address: SocketAddr,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Running {
    fn start(limits: Limits) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let routes = Router::new()
                .route("/", get(|| async { "hello" }))
                .route("/length", post(|body: Bytes| async move { body.len().to_string() }));
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                let stop = async { stopped.await.unwrap_or(()) };
                listen(listener, None, routes, limits, stop).await.unwrap();
            });
        });
        Self { address, stop: Some(stop), thread: Some(thread) }
    }

    fn connect(&self) -> Client {
        let client = Client::connect(self.address).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        client
    }

    /// Sends text and reads until the server closes.
    fn ask(&self, text: &str) -> String {
        let mut client = self.connect();
        client.write_all(text.as_bytes()).unwrap();
        read(&mut client)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn read(client: &mut Client) -> String {
    let mut answer = Vec::new();
    // A connection that was reset has ended as well.
    let _ = client.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn quick() -> Limits {
    Limits {
        head: Duration::from_millis(300),
        body: Duration::from_millis(300),
        body_max: 10_000,
        bodies_max: 12_288,
        farewell: Duration::from_millis(200),
        ..Limits::default()
    }
}

const GOOD: &str = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

#[test]
fn a_slow_head_ends_the_connection() {
    let server = Running::start(quick());
    let begun = Instant::now();
    assert_eq!(server.ask("GET / HTTP/1.1\r\nHo"), "");
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert!(server.ask(GOOD).ends_with("hello"));
}

#[test]
fn a_slow_body_is_answered_and_ends_the_connection() {
    let server = Running::start(quick());
    let answer = server.ask("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("{\"detail\":"), "{answer}");
}

#[test]
fn a_huge_body_is_refused_by_its_stated_length_and_by_its_bytes() {
    let server = Running::start(quick());
    let stated =
        server.ask("POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\nabc");
    assert!(stated.starts_with("HTTP/1.1 413 ") && stated.contains("10000 bytes"), "{stated}");
    let chunk = format!("fa0\r\n{}\r\n", "a".repeat(4000));
    let chunked = format!(
        "POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        chunk.repeat(3)
    );
    let answer = server.ask(&chunked);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[test]
fn a_body_within_the_limits_arrives_whole() {
    let server = Running::start(quick());
    let body = "a".repeat(10_000);
    let answer = server.ask(&format!(
        "POST /length HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10000\r\n\r\n{body}"
    ));
    assert!(answer.ends_with("\r\n\r\n10000"), "{answer}");
}

#[test]
fn memory_for_bodies_is_bounded_over_all_connections() {
    let server = Running::start(Limits { body: Duration::from_secs(10), ..quick() });
    let head =
        "POST /length HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10000\r\n\r\n";
    let mut first = server.connect();
    write!(first, "{head}{}", "a".repeat(9_000)).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let refused = server.ask(&format!("{head}{}", "a".repeat(9_000)));
    assert!(
        refused.starts_with("HTTP/1.1 503 ") && refused.contains("retry-after: 1"),
        "{refused}"
    );
    write!(first, "{}", "a".repeat(1_000)).unwrap();
    assert!(read(&mut first).ends_with("\r\n\r\n10000"));
}

#[test]
fn a_long_uri_is_told_so() {
    let server = Running::start(Limits::default());
    let answer = server.ask(&format!("GET /?q={} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(60_100)));
    assert!(answer.starts_with("HTTP/1.1 414 "), "{answer}");
    assert!(answer.ends_with(r#"{"detail":"Request URI too long"}"#), "{answer}");
}

#[test]
fn idle_connections_give_way_to_new_ones() {
    let limits = Limits { head: Duration::from_secs(30), connections_max: 8, ..quick() };
    let server = Running::start(limits);
    let mut idle: Vec<Client> = (0..8).map(|_| server.connect()).collect();
    for client in &mut idle {
        client.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    }
    std::thread::sleep(Duration::from_millis(200));
    for _ in 0..4 {
        assert!(server.ask(GOOD).ends_with("hello"));
    }
    // The one that kept the server waiting longest had to go.
    assert_eq!(read(&mut idle[0]), "");
}

#[test]
fn many_connections_at_once_are_all_answered_or_told_to_come_again() {
    let server = Running::start(Limits { connections_max: 4, ..quick() });
    let answers: Vec<String> = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..64).map(|_| scope.spawn(|| server.ask(GOOD))).collect();
        asked.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let good = answers.iter().filter(|answer| answer.ends_with("hello")).count();
    assert!(good >= 4, "{good} of 64");
    assert!(server.ask(GOOD).ends_with("hello"));
}
