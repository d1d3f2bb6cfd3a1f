//! `cargo xtask load ADDRESS`: many clients at a server of `crossroll serve --list`, on this machine only.
//!
//! The queries are made of what the server lists: names with a birth date or country, some misspelt. Each
//! connection sends single queries, and every eighth time a batch. Bounded by a number of queries or by
//! time; prints queries a second, latencies, and the server's memory from time to time.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::{Map, Value, json};

/// Names that queries are made of.
const NAMES: usize = 2_000;
/// Queries of a batch.
const BATCH: usize = 10;
/// A batch is sent every so many requests.
const EVERY: usize = 8;

/// How long and how hard.
struct Plan {
    address: SocketAddr,
    connections: usize,
    /// Queries in all; as many as go in `seconds` if that is given.
    queries: usize,
    seconds: Option<u64>,
    /// The server's process, whose memory is told.
    pid: Option<u32>,
}

/// What was measured of one request.
struct Timing {
    micros: u128,
    queries: usize,
    code: u16,
}

#[expect(clippy::print_stdout, reason = "a chore tells its figures")]
pub(crate) fn run(options: &[&str]) -> anyhow::Result<()> {
    let plan = read(options)?;
    let queries = queries(&plan)?;
    println!("{} different queries over {} connections", queries.len(), plan.connections);
    let (next, sent) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let timings: Mutex<Vec<Timing>> = Mutex::default();
    let begun = Instant::now();
    let ends = |sent: usize| match plan.seconds {
        Some(seconds) => begun.elapsed() >= Duration::from_secs(seconds),
        None => sent >= plan.queries,
    };
    std::thread::scope(|scope| -> anyhow::Result<()> {
        let clients: Vec<_> = (0..plan.connections)
            .map(|_| {
                scope.spawn(|| -> anyhow::Result<()> {
                    let mut client = Client::connect(plan.address)?;
                    let mut own = Vec::new();
                    while !ends(sent.load(Ordering::Relaxed)) {
                        let nth = next.fetch_add(1, Ordering::Relaxed);
                        let size = if nth % EVERY == EVERY - 1 { BATCH } else { 1 };
                        sent.fetch_add(size, Ordering::Relaxed);
                        let batch: Map<String, Value> = (0..size)
                            .map(|n| {
                                (n.to_string(), queries[(nth * 7 + n) % queries.len()].clone())
                            })
                            .collect();
                        let body = json!({ "queries": batch }).to_string();
                        let start = Instant::now();
                        let (code, _) = client.ask("POST", "/match/default", &body)?;
                        let micros = start.elapsed().as_micros();
                        own.push(Timing { micros, queries: size, code });
                    }
                    timings.lock().expect("no client panics with it").append(&mut own);
                    Ok(())
                })
            })
            .collect();
        while clients.iter().any(|client| !client.is_finished()) {
            std::thread::sleep(Duration::from_secs(1));
            let seconds = begun.elapsed().as_secs();
            if seconds.is_multiple_of(30) {
                println!(
                    "{seconds} s: {} queries, {}",
                    sent.load(Ordering::Relaxed),
                    memory(plan.pid)
                );
            }
        }
        for client in clients {
            client.join().expect("no client panics")?;
        }
        Ok(())
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    let timings = timings.into_inner().expect("no client panics with it");
    let all: usize = timings.iter().map(|timing| timing.queries).sum();
    println!(
        "{all} queries in {seconds:.1} s: {:.0} a second, {}",
        all as f64 / seconds,
        memory(plan.pid)
    );
    tell("single queries", timings.iter().filter(|timing| timing.queries == 1));
    tell("batches of ten", timings.iter().filter(|timing| timing.queries > 1));
    tell("all requests", timings.iter());
    Ok(())
}

fn read(options: &[&str]) -> anyhow::Result<Plan> {
    const USAGE: &str = "usage: cargo xtask load 127.0.0.1:PORT [--connections N] [--queries N | --seconds S] [--pid PID]";
    let Some((address, options)) = options.split_first() else { bail!(USAGE) };
    let address: SocketAddr = address.parse().context(USAGE)?;
    if !address.ip().is_loopback() {
        bail!("only a server on this machine is put under load");
    }
    let mut plan = Plan { address, connections: 16, queries: 2_000, seconds: None, pid: None };
    for pair in options.chunks(2) {
        match pair {
            ["--connections", n] => plan.connections = n.parse()?,
            ["--queries", n] => plan.queries = n.parse()?,
            ["--seconds", n] => plan.seconds = Some(n.parse()?),
            ["--pid", n] => plan.pid = Some(n.parse()?),
            _ => bail!(USAGE),
        }
    }
    Ok(plan)
}

/// Queries made of what the server lists: the first name with what is known, every third misspelt.
fn queries(plan: &Plan) -> anyhow::Result<Vec<Value>> {
    let mut client = Client::connect(plan.address)?;
    let mut queries = Vec::new();
    for offset in (0..9_500).step_by(500) {
        let path = format!("/search/default?schema=LegalEntity&limit=500&offset={offset}");
        let (_, body) = client.ask("GET", &path, "")?;
        let answer: Value = serde_json::from_slice(&body)?;
        for entity in answer["results"].as_array().context("no results")? {
            let of =
                |prop: &str| entity["properties"][prop].as_array().cloned().unwrap_or_default();
            let names = of("name");
            let Some(name) = names.last().and_then(Value::as_str) else { continue };
            let mut name = name.to_owned();
            if queries.len() % 3 == 0 && name.chars().count() > 6 {
                let at = name.char_indices().nth(3).map_or(0, |(at, _)| at);
                name.remove(at);
            }
            let mut properties = Map::new();
            properties.insert("name".to_owned(), json!([name]));
            for prop in ["birthDate", "nationality", "country"] {
                let values = of(prop);
                if let Some(value) = values.first().filter(|_| queries.len() % 2 == 0) {
                    properties.insert(prop.to_owned(), json!([value]));
                }
            }
            queries.push(json!({"schema": entity["schema"], "properties": properties}));
            if queries.len() >= NAMES {
                return Ok(queries);
            }
        }
        if answer["results"].as_array().is_none_or(Vec::is_empty) {
            break;
        }
    }
    if queries.is_empty() {
        bail!("the server lists nobody");
    }
    Ok(queries)
}

#[expect(clippy::print_stdout, reason = "a chore tells its figures")]
fn tell<'a>(what: &str, timings: impl Iterator<Item = &'a Timing>) {
    let (mut micros, mut refused, mut failed) = (Vec::new(), 0, 0);
    for timing in timings {
        match timing.code {
            200 => micros.push(timing.micros),
            503 => refused += 1,
            _ => failed += 1,
        }
    }
    micros.sort_unstable();
    let at = |share: usize| {
        let index = (micros.len() * share / 1_000).min(micros.len().saturating_sub(1));
        micros.get(index).map_or(0.0, |micros| *micros as f64 / 1e3)
    };
    println!(
        "{what}: {} answered, {refused} refused, {failed} failed; p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms, \
         worst {:.1} ms",
        micros.len(),
        at(500),
        at(950),
        at(990),
        at(1_000)
    );
}

/// What the server holds in memory, if it is known which it is.
fn memory(pid: Option<u32>) -> String {
    let status = pid.and_then(|pid| std::fs::read_to_string(format!("/proc/{pid}/status")).ok());
    let line =
        status.as_deref().and_then(|text| text.lines().find(|line| line.starts_with("VmRSS")));
    line.map_or("memory not known".to_owned(), |line| {
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

/// A connection that is kept.
struct Client {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

impl Client {
    fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self { stream: BufReader::new(stream), address })
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> anyhow::Result<(u16, Vec<u8>)> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut code, mut length) = (0, 0);
        let mut line = String::new();
        loop {
            line.clear();
            if self.stream.read_line(&mut line)? == 0 {
                bail!("the server closed the connection");
            }
            let text = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = text.strip_prefix("http/1.1 ") {
                code = rest.get(..3).unwrap_or_default().parse()?;
            } else if let Some(rest) = text.strip_prefix("content-length: ") {
                length = rest.parse()?;
            } else if text.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok((code, body))
    }
}
