//! A running server, and a client that sends exactly what it is told.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::command;

/// A running server that is killed when it goes out of scope.
pub struct Server {
    child: Child,
    /// Host and port.
    pub address: String,
    /// The token of the analyst who works alone.
    pub token: Option<String>,
    /// Path and query that set the admin's first password.
    pub first: Option<String>,
    told: mpsc::Receiver<String>,
}

/// What a server answered.
#[derive(Debug)]
pub struct Reply {
    /// Status code.
    pub code: u16,
    /// The head in lower case.
    pub head: String,
    /// The body as text.
    pub text: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut values = lines.filter(|(known, _)| *known == name).map(|(_, value)| value.trim());
        values.next()
    }

    /// The cookie that it sets, as a client sends it back.
    pub fn cookie(&self) -> Option<String> {
        self.header("set-cookie")?.split(';').next().map(str::to_owned)
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

impl Server {
    /// Starts `serve` with these arguments on a free port of this machine.
    pub fn start(arguments: &[&str]) -> Self {
        let mut child = command()
            .arg("serve")
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.find(|l| l.as_ref().unwrap().contains("serving on")).unwrap().unwrap();
        let url = line.split("://").nth(1).unwrap().split(' ').next().unwrap();
        let (address, query) = url.split_once('/').unwrap();
        let token = query.strip_prefix("?token=").map(str::to_owned);
        // What is told further is read on a thread of its own, so that the server never waits.
        let (send, told) = mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        let first = (token.is_none() && arguments.contains(&"--cases"))
            .then(|| told.recv_timeout(Duration::from_secs(2)).ok())
            .flatten()
            .and_then(|line| Some(format!("/welcome{}", line.split("/welcome").nth(1)?)))
            .map(|link| link.split(' ').next().unwrap().to_owned());
        Self { child, address: address.to_owned(), token, first, told }
    }

    /// The next line on its terminal with a text in it; `None` where there is none for five seconds.
    pub fn hear(&self, text: &str) -> Option<String> {
        loop {
            let line = self.told.recv_timeout(Duration::from_secs(5)).ok()?;
            if line.contains(text) {
                return Some(line);
            }
        }
    }

    /// Kills it without a word.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Sends a request with these headers.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            text = text + "Host: " + &self.address + "\r\n";
        }
        for (name, value) in headers {
            text = text + name + ": " + value + "\r\n";
        }
        if !body.is_empty() || method != "GET" {
            text = text + "Content-Length: " + &body.len().to_string() + "\r\n";
        }
        self.raw(format!("{text}\r\n{body}").as_bytes())
    }

    /// Sends bytes as they are and reads to the end.
    pub fn raw(&self, bytes: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        reply(&answer)
    }

    /// A request of the analyst who works alone.
    pub fn get(&self, path: &str) -> Reply {
        let bearer = format!("Bearer {}", self.token.as_deref().unwrap_or("none"));
        self.send("GET", path, &[("Authorization", &bearer)], "")
    }

    /// A form that a page of this server sends.
    pub fn form(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Reply {
        let origin = format!("http://{}", self.address);
        let mut headers =
            vec![("Content-Type", "application/x-www-form-urlencoded"), ("Origin", &origin)];
        if !cookie.is_empty() {
            headers.push(("Cookie", cookie));
        }
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        self.send("POST", path, &headers, &pairs.join("&"))
    }
}

/// An answer taken apart.
pub fn reply(answer: &[u8]) -> Reply {
    let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(answer.len());
    let head = String::from_utf8_lossy(&answer[..end]).to_string();
    let code = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    let body = answer.get(end + 4..).unwrap_or_default().to_vec();
    // Names of headers in lower case; values as they are.
    let head = head
        .lines()
        .map(|line| match line.split_once(": ") {
            Some((name, value)) => format!("{}: {value}", name.to_lowercase()),
            None => line.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\n");
    Reply { code, head, text: String::from_utf8_lossy(&body).into_owned(), body }
}

/// A value in a form or a path.
pub fn escape(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    value
        .bytes()
        .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}
