//! TLS to the real program, by a client that trusts one certificate.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

mod support;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use support::client::{Reply, Server, reply};
use support::desk::PASSWORD;
use support::{crossroll, sandbox};

fn ask(address: &str, config: Arc<ClientConfig>, text: &str) -> Reply {
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(config, name).unwrap();
    let socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut stream = StreamOwned::new(connection, socket);
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A server may close without a farewell after it has answered.
    let _ = stream.read_to_end(&mut answer);
    reply(&answer)
}

#[test]
fn under_tls_cookies_are_kept_to_it_and_nothing_is_said_in_the_clear() {
    let folder = sandbox();
    let desk = folder.path().join("desk");
    fs::create_dir(&desk).unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    fs::write(&certificate, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let (certificate, key) = (certificate.to_str().unwrap(), key.to_str().unwrap());
    let desk = desk.to_str().unwrap();
    let arguments = ["--cases", desk, "--tls-cert", certificate, "--tls-key", key];
    let server = Server::start(&arguments);
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let config = Arc::new(config);
    let port = server.address.rsplit(':').next().unwrap();
    let host = format!("localhost:{port}");
    let get = format!("GET /login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let page = ask(&server.address, config.clone(), &get);
    assert_eq!(page.code, 200, "{}", page.head);
    let hsts = page.header("strict-transport-security").unwrap();
    assert_eq!(hsts, "max-age=31536000; includeSubDomains");
    let code = server.first.clone().unwrap().split("code=").nth(1).unwrap().to_owned();
    let post = |path: &str, body: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: https://{host}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let password = support::client::escape(PASSWORD);
    let body = format!("code={code}&password={password}&again={password}");
    assert_eq!(ask(&server.address, config.clone(), &post("/welcome", &body)).code, 303);
    let body = format!("name=admin&password={password}");
    let reply = ask(&server.address, config.clone(), &post("/login", &body));
    let cookie = reply.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-crossroll="), "{cookie}");
    assert!(cookie.contains("; Secure"), "{cookie}");
    // A page that came in the clear is another origin.
    let plain = post("/login", &body).replace("https://", "http://");
    assert_eq!(ask(&server.address, config, &plain).code, 403);
    // Plain HTTP gets no answer, and keeps nobody from one.
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(get.as_bytes()).unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{}", String::from_utf8_lossy(&answer));
}

#[test]
fn a_certificate_that_is_none_is_the_users_mistake() {
    let folder = sandbox();
    let desk = folder.path().join("desk");
    fs::create_dir(&desk).unwrap();
    let file = folder.path().join("x.pem");
    fs::write(&file, "no certificate").unwrap();
    let file = file.to_str().unwrap();
    let answer = crossroll(&[
        "serve",
        "--cases",
        desk.to_str().unwrap(),
        "--listen",
        "127.0.0.1:0",
        "--tls-cert",
        file,
        "--tls-key",
        file,
    ]);
    assert_eq!(answer.code, 1, "{}", answer.stderr);
    assert!(answer.stderr.contains("cannot be used for TLS"), "{}", answer.stderr);
}
