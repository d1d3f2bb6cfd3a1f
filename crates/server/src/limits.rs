//! What a client may cost: time for its head and body, bytes, connections, and turns at the
//! processor. Knows no route; every server of this crate listens through [`listen`].
//!
//! A body is read whole before a handler sees the request, so a handler never waits for a client.
//! Invariants: memory for bodies is bounded over all connections; a connection that keeps the server
//! waiting gives way to a new one when all places are taken, so that slow clients keep nobody out.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::{CONNECTION, CONTENT_LENGTH};
use axum::http::{Request, Response};
use axum::response::IntoResponse;
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use crate::refusal::Refusal;

/// Limits of a server. All of the defaults are chosen by hand, each with its reason.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// From one answer (or the connection) to the end of the next head. A person's browser keeps a
    /// connection longer than it needs it; it opens another.
    pub(crate) head: Duration,
    /// From the end of the head to the end of the body: four megabytes in ten seconds is a slow line.
    pub(crate) body: Duration,
    /// Bytes of a body. A hundred queries of yente's clients take a tenth of a megabyte.
    pub(crate) body_max: usize,
    /// Bytes of all bodies that are held at one time, in steps of [`MEMORY_STEP`].
    pub(crate) bodies_max: usize,
    /// Bytes of path and query; yente's figure.
    pub(crate) uri_max: usize,
    /// Connections open at one time. A browser opens six, a busy client some tens.
    pub(crate) connections_max: usize,
    /// Time that open answers get when the server ends.
    pub(crate) farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(10),
            body_max: 4 << 20,
            bodies_max: 64 << 20,
            uri_max: 60_000,
            connections_max: 512,
            farewell: Duration::from_secs(3),
        }
    }
}

/// Bytes in which memory for bodies is counted.
const MEMORY_STEP: usize = 1024;
/// Bytes of a head: the longest path and query that the parser takes (65,534), and as much for headers.
const HEAD_MAX: usize = 128 << 10;
/// What is read of a body that is too large, as a multiple of what is allowed. Chosen by hand.
const DISCARDED: usize = 8;
/// Headers of a request; the parser's own limit, named because it is one.
const HEADERS_MAX: usize = 100;

/// Answers requests until `stop`, then lets open answers end.
///
/// # Errors
/// None at present; what goes wrong on a connection ends that connection.
pub(crate) async fn listen(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    routes: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let server = Arc::new(Server {
        memory: Arc::new(Semaphore::new(limits.bodies_max / MEMORY_STEP)),
        connections: Mutex::default(),
        tls,
        routes,
        limits,
    });
    let (stopping, stopped) = watch::channel(false);
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                tokio::spawn(server.clone().take(stream, Peer(peer.ip()), stopped.clone()));
            }
            // Out of file descriptors, or a client that is gone already.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    drop(listener);
    stopping.send_replace(true);
    drop(stopped);
    // Every connection holds a receiver.
    let _ = tokio::time::timeout(server.limits.farewell, stopping.closed()).await;
    Ok(())
}

/// The address that a request came from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

struct Server {
    tls: Option<TlsAcceptor>,
    routes: Router,
    limits: Limits,
    memory: Arc<Semaphore>,
    connections: Mutex<Connections>,
}

/// The open connections by their number.
#[derive(Default)]
struct Connections {
    next: u64,
    open: BTreeMap<u64, Connection>,
}

struct Connection {
    /// Since when the server waits for this client; `None` while the client waits for the server.
    waits_since: Option<Instant>,
    close: Arc<Notify>,
}

impl Server {
    /// Serves a connection to its end.
    async fn take(
        self: Arc<Self>,
        mut stream: TcpStream,
        peer: Peer,
        stopped: watch::Receiver<bool>,
    ) {
        let Some((id, close)) = self.enter() else {
            if self.tls.is_some() {
                // Nothing that could be read without a handshake.
                return;
            }
            // All others are being answered. Written into the socket's own buffer, so never waited for.
            let told =
                b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\
                Content-Type: application/json\r\nContent-Length: 45\r\n\r\n\
                {\"detail\":\"Too many connections, try later.\"}";
            let _ = stream.write_all(told).await;
            return;
        };
        let _ = stream.set_nodelay(true);
        match &self.tls {
            None => self.talk(stream, id, peer, &close, stopped).await,
            Some(tls) => {
                // A handshake takes no longer than a head, and gives way like one.
                let handshake = tokio::time::timeout(self.limits.head, tls.accept(stream));
                let shaken = tokio::select! {
                    shaken = handshake => shaken,
                    () = close.notified() => return,
                };
                if let Ok(Ok(stream)) = shaken {
                    self.talk(stream, id, peer, &close, stopped).await;
                }
            }
        }
        self.connections().open.remove(&id);
    }

    /// Answers the requests of a connection.
    async fn talk(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin,
        id: u64,
        peer: Peer,
        close: &Notify,
        mut stopped: watch::Receiver<bool>,
    ) {
        let service = service_fn(move |request| async move {
            Ok::<_, Infallible>(self.answer(id, peer, request).await)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head)
            .max_buf_size(HEAD_MAX)
            .max_headers(HEADERS_MAX)
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = pin!(connection);
        loop {
            tokio::select! {
                // Whatever ended it, the client has been told or is gone.
                _ = connection.as_mut() => break,
                () = close.notified() => break,
                changed = stopped.changed() => {
                    connection.as_mut().graceful_shutdown();
                    if changed.is_err() {
                        break;
                    }
                }
            }
        }
    }

    fn connections(&self) -> std::sync::MutexGuard<'_, Connections> {
        // Nothing below panics while it holds the lock.
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a new connection. When all are taken the one that keeps the server waiting
    /// longest is closed; `None` if none does.
    fn enter(&self) -> Option<(u64, Arc<Notify>)> {
        let mut connections = self.connections();
        if connections.open.len() >= self.limits.connections_max {
            let waiting = connections.open.iter().filter_map(|(id, c)| Some((c.waits_since?, *id)));
            let (_, longest) = waiting.min()?;
            if let Some(connection) = connections.open.remove(&longest) {
                connection.close.notify_one();
            }
        }
        let id = connections.next;
        connections.next += 1;
        let close = Arc::new(Notify::new());
        let waits_since = Some(Instant::now());
        connections.open.insert(id, Connection { waits_since, close: close.clone() });
        Some((id, close))
    }

    fn waits(&self, id: u64, waits: bool) {
        if let Some(connection) = self.connections().open.get_mut(&id) {
            connection.waits_since = waits.then(Instant::now);
        }
    }

    async fn answer(&self, id: u64, peer: Peer, request: Request<Incoming>) -> Response<Body> {
        let length = request.uri().path_and_query().map_or(0, |whole| whole.as_str().len());
        if length > self.limits.uri_max {
            return last(Refusal::UriTooLong);
        }
        match self.whole(request).await {
            Err(refusal) => last(refusal),
            Ok((mut request, held)) => {
                request.extensions_mut().insert(peer);
                self.waits(id, false);
                let answer = self.routes.clone().oneshot(request).await;
                drop(held);
                self.waits(id, true);
                answer.unwrap_or_else(|never| match never {})
            }
        }
    }

    /// The request with its body in memory, and the memory that it takes up.
    async fn whole(
        &self,
        request: Request<Incoming>,
    ) -> Result<(Request<Body>, Option<OwnedSemaphorePermit>), Refusal> {
        let (parts, mut incoming) = request.into_parts();
        if incoming.is_end_stream() {
            return Ok((Request::from_parts(parts, Body::empty()), None));
        }
        let stated = parts.headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let stated = stated.and_then(|length| length.parse::<usize>().ok());
        let too_large = Refusal::BodyTooLarge { max: self.limits.body_max };
        if stated.is_some_and(|length| length > self.limits.body_max) {
            self.discard(incoming).await;
            return Err(too_large);
        }
        let deadline = tokio::time::Instant::now() + self.limits.body;
        let mut body = Vec::new();
        let mut held = None;
        loop {
            let frame = tokio::time::timeout_at(deadline, incoming.frame()).await;
            let frame = frame.map_err(|_| Refusal::BodyTooSlow)?;
            let Some(frame) = frame else { break };
            let Ok(data) = frame.map_err(|_| Refusal::BodyBroken)?.into_data() else { continue };
            if body.len() + data.len() > self.limits.body_max {
                drop(held);
                self.discard(incoming).await;
                return Err(too_large);
            }
            self.hold(&mut held, body.len(), body.len() + data.len())?;
            body.extend_from_slice(&data);
        }
        Ok((Request::from_parts(parts, Body::from(Bytes::from(body))), held))
    }

    /// Reads on for a while and keeps nothing: a client that is cut off while it sends does not see the
    /// answer.
    async fn discard(&self, mut incoming: Incoming) {
        let mut room = self.limits.body_max.saturating_mul(DISCARDED);
        let read = async {
            while let Some(Ok(frame)) = incoming.frame().await {
                let length = frame.data_ref().map_or(0, Bytes::len);
                let Some(left) = room.checked_sub(length) else { break };
                room = left;
            }
        };
        // Whether it ends or not, the client is told now.
        let _ = tokio::time::timeout(self.limits.farewell, read).await;
    }

    /// Takes up memory for a body that grows.
    fn hold(
        &self,
        held: &mut Option<OwnedSemaphorePermit>,
        from: usize,
        to: usize,
    ) -> Result<(), Refusal> {
        let steps = to.div_ceil(MEMORY_STEP) - from.div_ceil(MEMORY_STEP);
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        let more = self.memory.clone().try_acquire_many_owned(steps);
        let more = more.map_err(|_| Refusal::Busy)?;
        match held {
            Some(held) => held.merge(more),
            None => *held = Some(more),
        }
        Ok(())
    }
}

/// A refusal after which the connection is closed: the rest of the body is not waited for.
fn last(refusal: Refusal) -> Response<Body> {
    let mut response = refusal.into_response();
    let close = axum::http::HeaderValue::from_static("close");
    response.headers_mut().insert(CONNECTION, close);
    response
}

#[cfg(test)]
mod tests;
