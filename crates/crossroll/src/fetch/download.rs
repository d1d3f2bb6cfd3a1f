//! One file from one address to one path.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use case::Progress;
use ureq::http::{Response, StatusCode, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy};

use crate::exit::Mistake;
use crate::fetch::address::Address;
use crate::fetch::config::Limits;
use crate::fetch::part::Part;

/// Redirects followed, at most. Chosen by hand: publishers use one or two.
const REDIRECTS_MAX: usize = 5;

/// Times that a connection which breaks off is made again. Chosen by hand.
const TRIES: usize = 3;

/// Bytes read at once.
const BUFFER: usize = 1 << 16;

/// Over this time the rate must hold.
const RATE_TIME: Duration = Duration::from_mins(1);

/// What to download, and how.
pub(crate) struct Download<'a> {
    /// From where.
    pub(crate) url: &'a str,
    /// To where.
    pub(crate) target: &'a Path,
    /// A proxy; else the one that the environment names.
    pub(crate) proxy: Option<&'a str>,
    /// The SHA-256 that it must have.
    pub(crate) sha256: Option<&'a str>,
    /// What it may cost.
    pub(crate) limits: Limits,
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fetched {
    /// Where it was, after redirects.
    pub(crate) url: String,
    /// Its bytes.
    pub(crate) bytes: u64,
    /// Those that were there from an earlier try.
    pub(crate) resumed_at: u64,
    /// Its SHA-256.
    pub(crate) sha256: String,
    /// The server's time of its last change, as the server writes it.
    pub(crate) last_modified: Option<String>,
}

/// How one try ended that did not bring the whole file.
enum Broken {
    /// It can be gone on with.
    Off(String),
    /// It cannot.
    Failed(anyhow::Error),
}

impl From<std::io::Error> for Broken {
    fn from(error: std::io::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// Downloads a file. It is at its path whole, or not at all; what came of it is kept beside for the
/// next time.
pub(crate) fn download(asked: &Download<'_>, progress: &dyn Progress) -> anyhow::Result<Fetched> {
    let first = address(Address::parse(asked.url))?;
    let agent = agent(asked)?;
    let (mut part, mut tag) = Part::open(asked.target, asked.url)?;
    let resumed_at = part.bytes;
    progress.begin("downloading", None);
    let mut tries = 1;
    let (response_url, last_modified) = loop {
        match try_once(&agent, &first, asked, &mut part, tag.as_deref(), progress) {
            Ok(done) => break done,
            Err(Broken::Failed(error)) => {
                if part.bytes == 0 {
                    part.drop_it();
                }
                return Err(error);
            }
            Err(Broken::Off(reason)) if tries >= TRIES => {
                let message =
                    format!("{} broke off after {} bytes: {reason}", asked.url, part.bytes);
                let hint = "give the command again; it goes on where it was, if the server can";
                return Err(Mistake::new(message, hint).into());
            }
            Err(Broken::Off(_)) => tries += 1,
        }
        drop(part);
        (part, tag) = Part::open(asked.target, asked.url)?;
    };
    progress.end();
    let (bytes, sha256) = (part.bytes, part.sha256());
    if let Some(expected) = asked.sha256
        && !expected.trim().eq_ignore_ascii_case(&sha256)
    {
        part.drop_it();
        let message = format!("what came has SHA-256 {sha256}, not {}", expected.trim());
        return Err(Mistake::new(message, "nothing was kept; ask the publisher").into());
    }
    part.finish(asked.target)?;
    Ok(Fetched { url: response_url, bytes, resumed_at, sha256, last_modified })
}

fn address(parsed: Result<Address, String>) -> anyhow::Result<Address> {
    parsed.map_err(|reason| Mistake::new(reason, "mend the address in `lists.toml`").into())
}

/// A client that follows nothing by itself, and trusts what this machine trusts.
fn agent(asked: &Download<'_>) -> anyhow::Result<Agent> {
    let proxy = match asked.proxy {
        Some(text) => Some(Proxy::new(text).map_err(|_| {
            Mistake::new("the proxy is no address", "write it as http://HOST:PORT")
        })?),
        None => Proxy::try_from_env(),
    };
    let native = rustls_native_certs::load_native_certs();
    let roots: Vec<Certificate<'static>> =
        native.certs.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(roots)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    let Limits { connect, stall, .. } = asked.limits;
    let config = Agent::config_builder()
        .tls_config(tls)
        .proxy(proxy)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_resolve(Some(connect))
        .timeout_connect(Some(connect))
        .timeout_recv_response(Some(stall))
        .timeout_per_read(Some(stall))
        .user_agent(concat!("crossroll/", env!("CARGO_PKG_VERSION")))
        .build();
    Ok(config.into())
}

/// Asks for the file, or for the rest of it, and takes up what comes. Gives where it was found and
/// when it was changed last.
fn try_once(
    agent: &Agent,
    first: &Address,
    asked: &Download<'_>,
    part: &mut Part,
    tag: Option<&str>,
    progress: &dyn Progress,
) -> Result<(String, Option<String>), Broken> {
    let (found, response) = ask(agent, first, part.bytes, tag)?;
    let text = |name: header::HeaderName| {
        response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
    };
    let last_modified = text(header::LAST_MODIFIED);
    let total = match response.status() {
        StatusCode::PARTIAL_CONTENT => {
            let range = text(header::CONTENT_RANGE).unwrap_or_default();
            let Some((from, total)) = parse_range(&range).filter(|(from, _)| *from == part.bytes)
            else {
                return fail(asked, "the server sent another part than was asked for");
            };
            debug_assert!(from == part.bytes);
            total
        }
        StatusCode::OK => {
            // The whole file: there was nothing to go on with, or it has changed since.
            part.restart(text(header::ETAG).as_deref(), asked.url)?;
            text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok())
        }
        StatusCode::RANGE_NOT_SATISFIABLE => {
            part.restart(None, asked.url)?;
            return Err(Broken::Off("the server has no such part".to_owned()));
        }
        status => return fail(asked, &format!("the server answered {status}")),
    };
    let bytes_max = asked.limits.bytes_max;
    if total.is_some_and(|total| total > bytes_max) {
        return fail(asked, &format!("the file is larger than the limit of {bytes_max} bytes"));
    }
    progress.found(total.unwrap_or_default().saturating_sub(part.bytes));
    take_up(response.into_body(), asked, part, progress)?;
    if total.is_some_and(|total| part.bytes < total) {
        return Err(Broken::Off("the connection ended early".to_owned()));
    }
    Ok((found.text, last_modified))
}

fn fail<T>(asked: &Download<'_>, reason: &str) -> Result<T, Broken> {
    let hint = "look at the address in `lists.toml`, or at `limits` there";
    Err(Broken::Failed(Mistake::new(format!("{}: {reason}", asked.url), hint).into()))
}

/// Asks along redirects.
fn ask(
    agent: &Agent,
    first: &Address,
    from: u64,
    tag: Option<&str>,
) -> Result<(Address, Response<Body>), Broken> {
    let mut at = first.clone();
    for _ in 0..=REDIRECTS_MAX {
        let mut request = agent.get(&at.text).header(header::ACCEPT_ENCODING, "identity");
        if let Some(tag) = tag {
            request = request.header(header::RANGE, format!("bytes={from}-"));
            request = request.header(header::IF_RANGE, tag);
        }
        let response = request.call().map_err(|error| refused(&at, error))?;
        if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok((at, response));
        }
        let location = response.headers().get(header::LOCATION).and_then(|v| v.to_str().ok());
        let wrong = |reason: String| {
            Broken::Failed(Mistake::new(reason, "look at the address in `lists.toml`").into())
        };
        let location =
            location.ok_or_else(|| wrong(format!("{} leads nowhere", at.text)))?.to_owned();
        at = at.follow(&location).map_err(wrong)?;
    }
    let message = format!("{}: more than {REDIRECTS_MAX} redirects", first.text);
    Err(Broken::Failed(Mistake::new(message, "look at the address in `lists.toml`").into()))
}

/// What an error of the client means: a silent server may speak next time, a bad certificate will
/// not get better.
fn refused(at: &Address, error: ureq::Error) -> Broken {
    use ureq::Error::{ConnectionFailed, Io, Timeout};
    match error {
        Timeout(_) | ConnectionFailed => Broken::Off(error.to_string()),
        Io(cause) if cause.kind() != std::io::ErrorKind::InvalidData => {
            Broken::Off(cause.to_string())
        }
        other => {
            let message = format!("{} cannot be called: {other}", at.text);
            let hint = "look at the address in `lists.toml`, the proxy, and the certificates that \
                        this machine trusts";
            Broken::Failed(Mistake::new(message, hint).into())
        }
    }
}

/// Takes up a body, within the limits.
fn take_up(
    body: Body,
    asked: &Download<'_>,
    part: &mut Part,
    progress: &dyn Progress,
) -> Result<(), Broken> {
    let limits = asked.limits;
    let mut reader = body.into_reader();
    let mut buffer = vec![0; BUFFER];
    let (mut since, mut came) = (Instant::now(), 0_u64);
    loop {
        let count = match reader.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) => return Err(Broken::Off(error.to_string())),
        };
        if part.bytes + count as u64 > limits.bytes_max {
            part.restart(None, asked.url)?;
            let reason = format!("more came than the limit of {} bytes", limits.bytes_max);
            return fail(asked, &reason);
        }
        part.write(&buffer[..count])?;
        progress.advance(count as u64);
        came += count as u64;
        if since.elapsed() >= RATE_TIME {
            if came / RATE_TIME.as_secs() < limits.rate_min {
                return Err(Broken::Off("the server sends too slowly".to_owned()));
            }
            (since, came) = (Instant::now(), 0);
        }
    }
}

/// First byte and whole length of `bytes FIRST-LAST/LENGTH`.
fn parse_range(text: &str) -> Option<(u64, Option<u64>)> {
    let (range, total) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (from, to) = range.split_once('-')?;
    let (from, to): (u64, u64) = (from.parse().ok()?, to.parse().ok()?);
    let total = if total == "*" { None } else { Some(total.parse().ok()?) };
    (from <= to).then_some((from, total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_understood_or_refused() {
        assert_eq!(parse_range("bytes 5-9/10"), Some((5, Some(10))));
        assert_eq!(parse_range("bytes 5-9/*"), Some((5, None)));
        for wrong in ["", "bytes */10", "bytes 9-5/10", "bytes a-b/c", "lines 1-2/3"] {
            assert_eq!(parse_range(wrong), None, "{wrong}");
        }
    }
}
