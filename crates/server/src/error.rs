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
    /// Other machines could reach it, and it has no accounts that would keep them out.
    #[error("{address} can be reached from other machines, and there are no accounts")]
    NotLoopback {
        /// The address.
        address: SocketAddr,
    },
    /// Other machines could reach it, and what they send could be read on the way.
    #[error("{address} can be reached from other machines, and there is no TLS")]
    NoTls {
        /// The address.
        address: SocketAddr,
    },
    /// Certificate or key cannot be used.
    #[error("{what} cannot be used for TLS: {}", path.display())]
    Tls {
        /// Certificate or key.
        what: &'static str,
        /// The file.
        path: std::path::PathBuf,
        /// The cause.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The server failed while running.
    #[error("the server failed")]
    Failed(#[from] io::Error),
    /// The case failed.
    #[error(transparent)]
    Case(#[from] case::CaseError),
}

/// What a client is told; the cause stays here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageError {
    /// There is no such lead, document or page.
    NotFound,
    /// The case failed.
    Case,
    /// Nobody is signed in.
    SignIn,
    /// The token that the program printed is missing.
    NoToken,
    /// Codes have to be set up first.
    CodesFirst,
    /// A page of another site made the browser ask.
    ForeignPage,
    /// What is asked cannot be understood.
    BadRequest,
    /// There is more to do than the machine can.
    Busy,
    /// The audit log cannot be written.
    NoLog,
    /// The role, the token or the rules of the server do not allow it.
    Denied,
    /// The request names another host (a foreign site that resolves to this machine).
    ForeignHost,
}

impl PageError {
    /// The word for programs.
    pub(crate) fn word(self) -> &'static str {
        match self {
            PageError::NotFound => "not_found",
            PageError::Case => "failed",
            PageError::ForeignHost => "foreign_host",
            PageError::SignIn | PageError::NoToken => "sign_in",
            PageError::Denied => "denied",
            PageError::CodesFirst => "codes_first",
            PageError::ForeignPage => "foreign_page",
            PageError::BadRequest => "bad_request",
            PageError::Busy => "busy",
            PageError::NoLog => "no_log",
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            PageError::NotFound => (StatusCode::NOT_FOUND, "There is no such page in this case."),
            PageError::Case => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The case could not be read. The program's terminal says more.",
            ),
            PageError::NoToken => (
                StatusCode::UNAUTHORIZED,
                "Open the link with the token that the program printed when it started, or send the \
                 token as `Authorization: Bearer`.",
            ),
            PageError::CodesFirst => (
                StatusCode::FORBIDDEN,
                "This desk asks everybody for codes of an app: set them up at /account first.",
            ),
            PageError::ForeignPage => (
                StatusCode::FORBIDDEN,
                "Only a page of this server may ask for this. Programs use a token.",
            ),
            PageError::BadRequest => {
                (StatusCode::BAD_REQUEST, "What is asked cannot be understood.")
            }
            PageError::Busy => {
                (StatusCode::SERVICE_UNAVAILABLE, "The server has too much to do, try later.")
            }
            PageError::NoLog => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The audit log cannot be written. Nothing is shown or changed that cannot be logged: \
                 free disk space, or see `crossroll audit verify CASE`.",
            ),
            PageError::SignIn => (StatusCode::UNAUTHORIZED, "Sign in first."),
            PageError::Denied => (StatusCode::FORBIDDEN, "This is not yours to do."),
            PageError::ForeignHost => {
                (StatusCode::MISDIRECTED_REQUEST, "This server answers only for this machine.")
            }
        };
        let mut answer = (status, text).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let scheme = axum::http::HeaderValue::from_static("Bearer");
            answer.headers_mut().insert("www-authenticate", scheme);
        }
        // The gate tells programs the same as a problem.
        answer.extensions_mut().insert((self, text));
        answer
    }
}

impl From<case::CaseError> for PageError {
    fn from(error: case::CaseError) -> Self {
        match error {
            case::CaseError::Audit(_) => PageError::NoLog,
            case::CaseError::Account { .. } | case::CaseError::Protection { .. } => {
                PageError::BadRequest
            }
            error => {
                crate::fault::tell(&error);
                PageError::Case
            }
        }
    }
}

impl From<case::StoreError> for PageError {
    fn from(error: case::StoreError) -> Self {
        crate::fault::tell(&error);
        PageError::Case
    }
}
