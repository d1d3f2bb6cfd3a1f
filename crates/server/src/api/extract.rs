//! What handlers take out of a request: the case of the path, values, bodies. What does not fit is
//! answered with a problem before a handler runs.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, RawPathParams, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use model::Act;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use super::problem::ApiError;
use crate::auth::{CurrentUser, Permission};
use crate::room::{Cases, OpenCase};

/// The case that the path names.
pub(crate) struct InCase(pub(crate) Arc<OpenCase>);

/// Ids of what is hidden from whoever asks.
pub(crate) struct Hidden(pub(crate) Arc<BTreeSet<String>>);

/// Values of the path.
pub(crate) struct At<T>(pub(crate) T);

/// Values of the query.
pub(crate) struct Ask<T>(pub(crate) T);

/// The body, JSON.
pub(crate) struct Body<T>(pub(crate) T);

/// A case.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct CasePath {
    /// Name of the case.
    #[expect(dead_code, reason = "read by `InCase`; stands here to be described")]
    case: String,
}

/// Something in a case.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ItemPath {
    /// Name of the case.
    #[expect(dead_code, reason = "read by `InCase`; stands here to be described")]
    case: String,
    /// Its id.
    pub(crate) id: String,
}

/// A page of a long list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageAsk {
    /// How many to leave out.
    #[serde(default)]
    pub(crate) offset: usize,
    /// How many to give, 1000 at most.
    #[serde(default = "usual_limit")]
    #[param(maximum = 1000, minimum = 1)]
    pub(crate) limit: usize,
}

/// Rows of one page, at most.
pub(crate) const LIMIT_MAX: usize = 1000;

pub(crate) fn usual_limit() -> usize {
    100
}

/// One page of a list: what is left out and what is given.
pub(crate) fn checked_page(offset: usize, limit: usize) -> Result<(usize, usize), ApiError> {
    if (1..=LIMIT_MAX).contains(&limit) {
        Ok((offset, limit))
    } else {
        Err(ApiError::invalid(format!("a page has 1 to {LIMIT_MAX} rows")))
    }
}

impl FromRequestParts<Arc<Cases>> for InCase {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut Parts,
        cases: &Arc<Cases>,
    ) -> Result<Self, Self::Rejection> {
        let params = RawPathParams::from_request_parts(parts, cases).await;
        let params = params.map_err(|_| ApiError::not_found("case"))?;
        let name = params.iter().find(|(key, _)| *key == "case").map(|(_, name)| name);
        let found = name.and_then(|name| cases.find(name));
        let case = found.ok_or_else(|| ApiError::not_found("case"))?;
        let id = params.iter().find(|(key, _)| *key == "id").map(|(_, id)| id);
        // What is restricted is not there for whoever may not see it.
        if let Some(id) = id
            && hidden_in(&case, parts)?.contains(id)
        {
            return Err(ApiError::not_found("thing"));
        }
        Ok(InCase(case))
    }
}

impl FromRequestParts<Arc<Cases>> for Hidden {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut Parts,
        cases: &Arc<Cases>,
    ) -> Result<Self, Self::Rejection> {
        let InCase(case) = InCase::from_request_parts(parts, cases).await?;
        hidden_in(&case, parts).map(Hidden)
    }
}

impl Hidden {
    /// Whether any of these is hidden.
    pub(crate) fn has(&self, ids: &[&str]) -> bool {
        ids.iter().any(|id| self.0.contains(*id))
    }

    /// Whether an act names what is hidden, wherever in it.
    pub(crate) fn hides(&self, act: &Act) -> bool {
        let names = |text: String| self.0.iter().any(|id| text.contains(id.as_str()));
        // What cannot be looked into is not shown.
        !self.0.is_empty() && serde_json::to_string(act).map_or(true, names)
    }
}

/// What of a case is hidden from whoever asks.
fn hidden_in(case: &OpenCase, parts: &Parts) -> Result<Arc<BTreeSet<String>>, ApiError> {
    let user = parts.extensions.get::<CurrentUser>();
    if user.is_some_and(|user| user.may(Permission::SeeRestricted)) {
        return Ok(Arc::default());
    }
    Ok(case.hidden()?)
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let found = Path::<T>::from_request_parts(parts, state).await;
        found.map(|Path(value)| At(value)).map_err(|error: PathRejection| {
            ApiError::new(StatusCode::BAD_REQUEST, "bad_path", error.body_text())
        })
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Ask<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let found = Query::<T>::from_request_parts(parts, state).await;
        found.map(|Query(value)| Ask(value)).map_err(|error: QueryRejection| {
            ApiError::new(StatusCode::BAD_REQUEST, "bad_query", error.body_text())
        })
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let found = Json::<T>::from_request(request, state).await;
        found.map(|Json(value)| Body(value)).map_err(|error: JsonRejection| {
            let code = match &error {
                JsonRejection::JsonDataError(_) => "bad_value",
                JsonRejection::MissingJsonContentType(_) => "not_json",
                _ => "bad_body",
            };
            ApiError::new(error.status(), code, error.body_text())
        })
    }
}

/// Runs work that reads files or the database off the threads that talk to clients.
pub(crate) async fn work<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(ApiError::failed()))
}
