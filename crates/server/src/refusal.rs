//! Why a request is turned away before a handler knows it, in the shape that yente's clients read:
//! `{"detail": "..."}`.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// A request that is turned away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Path and query are longer than allowed.
    UriTooLong,
    /// The body did not come in time.
    BodyTooSlow,
    /// The body is larger than allowed.
    BodyTooLarge {
        /// Bytes that are taken.
        max: usize,
    },
    /// The body broke off.
    BodyBroken,
    /// There is more to do than the machine can.
    Busy,
    /// The work failed by a mistake of this program.
    Failed,
}

/// What a client reads of it.
#[derive(Serialize)]
pub(crate) struct ErrorAnswer {
    pub(crate) detail: String,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, detail) = match self {
            Refusal::UriTooLong => (StatusCode::URI_TOO_LONG, "Request URI too long".to_owned()),
            Refusal::BodyTooSlow => {
                (StatusCode::REQUEST_TIMEOUT, "The body did not come in time.".to_owned())
            }
            Refusal::BodyTooLarge { max } => {
                (StatusCode::PAYLOAD_TOO_LARGE, format!("The body is larger than {max} bytes."))
            }
            Refusal::BodyBroken => (StatusCode::BAD_REQUEST, "The body broke off.".to_owned()),
            Refusal::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The server has too much to do, try later.".to_owned(),
            ),
            Refusal::Failed => {
                (StatusCode::INTERNAL_SERVER_ERROR, "The request could not be answered.".to_owned())
            }
        };
        let mut response = (status, Json(ErrorAnswer { detail })).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
