//! What can go wrong with serving, and what a client is told.

use std::io;
use std::net::SocketAddr;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// The server could not be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The cause.
        source: io::Error,
    },
    /// Other machines could reach it, and there is no login yet.
    #[error("{address} can be reached from other machines, and this version has no login")]
    NotLoopback {
        /// The address.
        address: SocketAddr,
    },
    /// The server failed while running.
    #[error("the server failed")]
    Failed(#[from] io::Error),
    /// The case failed.
    #[error(transparent)]
    Case(#[from] case::CaseError),
}

/// What a client is told; the cause stays here.
#[derive(Debug)]
pub(crate) enum PageError {
    /// There is no such lead, document or page.
    NotFound,
    /// The case failed.
    Case,
    /// The request names another host (a foreign site that resolves to this machine).
    ForeignHost,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            PageError::NotFound => (StatusCode::NOT_FOUND, "There is no such page in this case."),
            PageError::Case => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The case could not be read. The program's terminal says more.",
            ),
            PageError::ForeignHost => {
                (StatusCode::MISDIRECTED_REQUEST, "This server answers only for this machine.")
            }
        };
        (status, text).into_response()
    }
}

impl From<case::CaseError> for PageError {
    fn from(_: case::CaseError) -> Self {
        PageError::Case
    }
}
