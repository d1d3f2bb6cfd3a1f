//! Listening: on this machine, or on others' with accounts and TLS; until Ctrl-C.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use case::{AuditLog, Case, Desk, Secret};
use tokio::net::TcpListener;

use crate::auth::{Alone, DeskDoor, Door, Gate};
use crate::limits::{Limits, listen};
use crate::room::{Cases, OpenCase};
use crate::yente::ServedLists;
use crate::{ServeError, app, tls};

/// What is served.
pub enum Subject {
    /// A case, to one analyst.
    Case {
        /// The case.
        case: Box<Case>,
        /// Name of the analyst in the journal.
        user: String,
    },
    /// A folder of cases, to those who have accounts.
    Desk {
        /// The accounts.
        desk: Box<Desk>,
        /// The cases.
        cases: Vec<Case>,
    },
    /// Lists without a case.
    Lists(Box<ServedLists>),
}

/// Where and how to listen.
#[derive(Clone, Debug)]
pub struct Listening {
    /// The address.
    pub address: SocketAddr,
    /// Certificate chain and private key, PEM.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// Whether other machines may reach it without TLS.
    pub is_plain_allowed: bool,
    /// Whether everybody has to set up codes of an app before anything else.
    pub needs_codes: bool,
    /// Names besides those of this machine that the server goes by.
    pub hosts: Vec<String>,
}

/// What is told once requests are answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready {
    /// The address; the port may have been given as 0.
    pub address: SocketAddr,
    /// `http` or `https`.
    pub scheme: &'static str,
    /// The token of the analyst who works alone.
    pub token: Option<String>,
    /// On the first run of a desk: the name of the admin's account, and path and query that set its
    /// password.
    pub first: Option<(String, String)>,
}

/// Serves until Ctrl-C, and seals the cases then.
///
/// # Errors
/// [`ServeError::NotLoopback`] and [`ServeError::NoTls`] for an address that other machines could reach
/// without accounts or without TLS.
pub fn serve(
    subject: Subject,
    listening: &Listening,
    ready: impl FnOnce(Ready),
) -> Result<(), ServeError> {
    let address = listening.address;
    if !address.ip().is_loopback() {
        if !matches!(subject, Subject::Desk { .. }) {
            return Err(ServeError::NotLoopback { address });
        }
        if listening.tls.is_none() && !listening.is_plain_allowed {
            return Err(ServeError::NoTls { address });
        }
    }
    let acceptor = match &listening.tls {
        Some((certificate, key)) => Some(tls::acceptor(certificate, key)?),
        None => None,
    };
    let runtime = tokio::runtime::Runtime::new()?;
    let cases = runtime.block_on(async {
        let listener = TcpListener::bind(address)
            .await
            .map_err(|source| ServeError::Listen { address, source })?;
        let bound = listener.local_addr()?;
        let Routes { router, cases, token, first } = routes(subject, listening, bound)?;
        for case in &cases {
            case.watch();
        }
        let scheme = if listening.tls.is_some() { "https" } else { "http" };
        ready(Ready { address: bound, scheme, token, first });
        listen(listener, acceptor, router, Limits::default(), interrupted()).await?;
        Ok::<_, ServeError>(cases)
    })?;
    // Acts leave a case unsealed.
    for case in cases {
        case.room.seal()?;
    }
    Ok(())
}

struct Routes {
    router: Router,
    cases: Vec<Arc<OpenCase>>,
    token: Option<String>,
    first: Option<(String, String)>,
}

fn routes(
    subject: Subject,
    listening: &Listening,
    bound: SocketAddr,
) -> Result<Routes, ServeError> {
    let gate = |door, logs| gate(door, logs, listening, bound);
    match subject {
        Subject::Lists(lists) => {
            let router = app::of_lists(*lists, gate(Door::Open, BTreeMap::new()));
            Ok(Routes { router, cases: Vec::new(), token: None, first: None })
        }
        Subject::Case { case, user } => {
            let log = case.audit_log();
            let case = OpenCase::open(*case)?;
            let (alone, token) = Alone::new(&user, &case.name())?;
            let logs = BTreeMap::from([(case.name(), log)]);
            let gate = gate(Door::Alone(Arc::new(alone)), logs);
            let router = app::of_cases(Cases::of([case.clone()]), gate, false);
            let token = Some(token.as_str().to_owned());
            Ok(Routes { router, cases: vec![case], token, first: None })
        }
        Subject::Desk { mut desk, cases } => {
            let first = desk.first_link()?.map(|(account, secret)| {
                (account.name, format!("/welcome?code={}", Secret::as_str(&secret)))
            });
            // The desk's own log stands beside those of the cases, under a name that no folder has.
            let mut logs = BTreeMap::from([(String::new(), desk.log.clone())]);
            let mut open = Vec::new();
            for case in cases {
                let log = case.audit_log();
                let case = OpenCase::open(case)?;
                logs.insert(case.name(), log);
                open.push(case);
            }
            let gate = gate(Door::Desk(Arc::new(DeskDoor::new(*desk))), logs);
            let router = app::of_cases(Cases::of(open.iter().cloned()), gate, true);
            Ok(Routes { router, cases: open, token: None, first })
        }
    }
}

fn gate(
    door: Door,
    logs: BTreeMap<String, AuditLog>,
    listening: &Listening,
    bound: SocketAddr,
) -> Gate {
    let mut hosts: Vec<String> = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).into();
    let ip = bound.ip();
    if !ip.is_unspecified() {
        hosts.push(if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() });
    }
    hosts.extend(listening.hosts.iter().cloned());
    let is_tls = listening.tls.is_some();
    // Cookies are shared among the ports of a host: two servers on one machine need two names. Under
    // TLS the prefix keeps neighbours in the domain from setting it.
    let cookie =
        if is_tls { "__Host-crossroll".to_owned() } else { format!("crossroll-{}", bound.port()) };
    let (needs_codes, told) = (listening.needs_codes, std::sync::Mutex::default());
    Gate { door, logs, hosts, cookie, is_tls, needs_codes, told }
}

async fn interrupted() {
    // Without a signal handler the default one ends the process, which is right too.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
