//! A server of the program and a client that speaks plain HTTP to it, over loopback.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::command;

/// A running server that is killed when it goes out of scope.
pub struct Served {
    child: Child,
    /// Host and port.
    pub address: String,
    /// The token of the analyst who works alone, as a header line; nothing for lists.
    pub bearer: String,
}

/// What it answered.
pub struct Response {
    /// The status code.
    pub code: u16,
    /// The head, in small letters.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let start = format!("{name}: ");
        self.head.lines().find_map(|line| line.strip_prefix(start.as_str()))
    }
}

impl Served {
    /// Starts `crossroll serve` with these arguments.
    pub fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut child = command()
            .arg("serve")
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .envs(environment.iter().copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.find(|l| l.as_ref().unwrap().contains("serving on")).unwrap().unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let token = line.split("?token=").nth(1).and_then(|rest| rest.split(' ').next());
        let bearer = token.map_or(String::new(), |t| format!("Authorization: Bearer {t}\r\n"));
        Self { child, address, bearer }
    }

    /// Sends a request as it stands and reads until the server closes.
    pub fn send(&self, request: &[u8]) -> Response {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        // A server that has refused may not read to the end.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap_or(answer.len());
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let code = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let body = answer.get(end + 4..).unwrap_or_default().to_vec();
        Response { code, head, body }
    }

    /// Asks with a method, further header lines and a body.
    pub fn ask(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Response {
        let path = path.replace(' ', "%20");
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}{headers}Content-Length: {}\r\n\r\n",
            self.address,
            self.bearer,
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        self.send(&request)
    }

    /// Asks with GET.
    pub fn get(&self, path: &str) -> Response {
        self.ask("GET", path, "", b"")
    }

    /// Sends JSON.
    pub fn post(&self, path: &str, body: &Value) -> Response {
        self.ask("POST", path, "Content-Type: application/json\r\n", body.to_string().as_bytes())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
