//! What goes wrong with a request of yente's API, in the shapes that its clients read.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use case::listed::SearchError;
use serde::Serialize;
use serde_json::Value;

use crate::refusal::{ErrorAnswer, Refusal};

/// A request that cannot be answered as it was asked.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// Nothing stands under this path.
    NotFound,
    /// The path is there, the method is not.
    NotAllowed,
    /// There is no such data set.
    NoDataset,
    /// There is no such entity.
    NoEntity,
    /// The entity has no such property that leads to others.
    NoProperty,
    /// The entity was merged into another.
    Merged {
        /// The id of that one.
        into: String,
    },
    /// Parameters or body are not of the form asked for.
    Invalid(Vec<Invalid>),
    /// The request is understood and cannot be done.
    Bad(String),
    /// The token is missing or wrong.
    Forbidden,
    /// The lists could not be loaded again.
    Update,
    /// The request was turned away.
    Refused(Refusal),
}

/// One thing that is not of the form asked for.
#[derive(Debug, Serialize)]
pub(crate) struct Invalid {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// Where: `["query", "limit"]`.
    pub(crate) loc: Vec<Value>,
    pub(crate) msg: String,
    pub(crate) input: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(crate) ctx: Value,
}

#[derive(Serialize)]
struct InvalidAnswer {
    detail: Vec<Invalid>,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, detail) = match self {
            ApiError::Invalid(detail) => {
                let answer = Json(InvalidAnswer { detail });
                return (StatusCode::UNPROCESSABLE_ENTITY, answer).into_response();
            }
            ApiError::Merged { into } => {
                let path = format!("/entities/{}", encoded(&into));
                return (StatusCode::PERMANENT_REDIRECT, [(LOCATION, path)]).into_response();
            }
            ApiError::Refused(refusal) => return refusal.into_response(),
            ApiError::Bad(detail) => (StatusCode::BAD_REQUEST, detail),
            ApiError::NotFound => (StatusCode::NOT_FOUND, "Not Found".to_owned()),
            ApiError::NotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed".to_owned())
            }
            ApiError::NoDataset => (StatusCode::NOT_FOUND, "No such dataset.".to_owned()),
            ApiError::NoEntity => (StatusCode::NOT_FOUND, "No such entity!".to_owned()),
            ApiError::NoProperty => (StatusCode::NOT_FOUND, "No such property!".to_owned()),
            ApiError::Forbidden => (StatusCode::FORBIDDEN, "Invalid token.".to_owned()),
            ApiError::Update => {
                let detail = "The lists could not be loaded again; the old ones stay.".to_owned();
                (StatusCode::INTERNAL_SERVER_ERROR, detail)
            }
        };
        (status, Json(ErrorAnswer { detail })).into_response()
    }
}

/// A text as one piece of a path.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            byte => {
                let hex = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
                out.extend([
                    '%',
                    hex(byte >> 4).to_ascii_uppercase(),
                    hex(byte & 15).to_ascii_uppercase(),
                ]);
            }
        }
        out
    })
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        ApiError::Refused(refusal)
    }
}

impl From<SearchError> for ApiError {
    fn from(error: SearchError) -> Self {
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
        ApiError::Bad(format!("{error}{}", cause.unwrap_or_default()))
    }
}
