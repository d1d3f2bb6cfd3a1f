//! What a client is told when something is not done: a problem (RFC 9457) with a word for programs,
//! a sentence for people and, where there is one, the next step. Causes stay here.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use case::{CaseError, NotDone};
use serde::Serialize;
use utoipa::ToSchema;

/// Why something was not done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// HTTP status.
    status: u16,
    /// Stable word, for example `changed` or `reason_missing`.
    code: String,
    /// What is the matter, for people.
    title: String,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// `changed`: number of the last entry of the journal about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<u64>,
    /// `count_changed`: how many leads are meant now.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<usize>,
    /// `name_alone`: the leads that nothing but names speaks for, some of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    leads: Option<Vec<String>>,
}

/// Leads that a problem names; of more it names these.
const LEADS_MAX: usize = 50;

/// A failure on its way to a client.
#[derive(Debug)]
pub(crate) struct ApiError(Box<Problem>);

impl ApiError {
    /// A failure with its word.
    pub(crate) fn new(status: StatusCode, code: &str, title: impl Into<String>) -> Self {
        Self(Box::new(Problem {
            status: status.as_u16(),
            code: code.to_owned(),
            title: title.into(),
            hint: None,
            now: None,
            found: None,
            leads: None,
        }))
    }

    /// There is no such thing.
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("there is no such {what}"))
    }

    /// A value makes no sense.
    pub(crate) fn invalid(what: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", what)
    }

    /// It is not this user's to do.
    pub(crate) fn denied() -> Self {
        Self::new(StatusCode::FORBIDDEN, "denied", "the role does not allow it")
    }

    /// The program failed.
    pub(crate) fn failed() -> Self {
        let title = "the case could not be read or written";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", title)
    }

    /// More was asked than one person may in so little time.
    pub(crate) fn too_fast() -> Self {
        let title = "too many requests in too little time";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_fast", title)
            .hint("wait as `retry-after` says")
    }

    /// The same with the next step.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.0)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

impl From<NotDone> for ApiError {
    fn from(refusal: NotDone) -> Self {
        use StatusCode as S;
        let title = refusal.to_string();
        let (status, code, hint) = match &refusal {
            NotDone::NotFound { .. } => (S::NOT_FOUND, "not_found", None),
            NotDone::Changed { .. } => {
                (S::CONFLICT, "changed", Some("look at it again and name the entry seen"))
            }
            NotDone::CountChanged { .. } => {
                (S::CONFLICT, "count_changed", Some("ask for the preview again"))
            }
            NotDone::NameAlone { .. } => (
                S::UNPROCESSABLE_ENTITY,
                "name_alone",
                Some("decide on these one by one, or leave them out"),
            ),
            NotDone::Disagreed { .. } => {
                (S::FORBIDDEN, "disagreed", Some("whoever leads the case decides on these"))
            }
            NotDone::NotReviewer { .. } => (
                S::FORBIDDEN,
                "not_reviewer",
                Some("a reviewer, or whoever leads the case, decides"),
            ),
            NotDone::NoReason => (S::UNPROCESSABLE_ENTITY, "reason_missing", None),
            NotDone::TooMany { .. } => (S::UNPROCESSABLE_ENTITY, "too_many", None),
            _ => (S::UNPROCESSABLE_ENTITY, "invalid", None),
        };
        let mut error = Self::new(status, code, title);
        error.0.hint = hint.map(str::to_owned);
        match refusal {
            NotDone::Changed { now } => error.0.now = Some(now),
            NotDone::CountChanged { found, .. } => error.0.found = Some(found),
            NotDone::NameAlone { leads }
            | NotDone::Disagreed { leads }
            | NotDone::NotReviewer { leads } => {
                error.0.found = Some(leads.len());
                let some = leads.iter().take(LEADS_MAX);
                error.0.leads = Some(some.map(ToString::to_string).collect());
            }
            _ => {}
        }
        error
    }
}

impl From<CaseError> for ApiError {
    fn from(error: CaseError) -> Self {
        if error.is_busy() {
            let title = "other work on the case goes on";
            return Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", title).hint("try again");
        }
        match error {
            CaseError::Refused(refusal) => refusal.into(),
            CaseError::Audit(_) => {
                let title = "the audit log cannot be written";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "no_log", title)
                    .hint("free disk space, or see `crossroll audit verify CASE`")
            }
            error @ CaseError::NoSuchVersion { .. } => {
                Self::new(StatusCode::NOT_FOUND, "not_found", error.to_string())
            }
            error if error.is_users_mistake() => {
                let hint = error.hint();
                let mut answer = Self::invalid(error.to_string());
                answer.0.hint = hint.map(str::to_owned);
                answer
            }
            error => {
                crate::fault::tell(&error);
                Self::failed()
            }
        }
    }
}

/// Answers what no route knows.
pub(crate) async fn no_route() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, "no_route", "there is no such path")
        .hint("the API is described at /api/v1/openapi.json")
}

/// Answers a method that the path does not know.
pub(crate) fn no_method() -> ApiError {
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "no_method", "the path knows no such method")
}
