//! Whether the server is ready, loading the lists again, and the description of the API.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::{ApiError, Params, SharedLists};

/// The description of the API, written by hand.
const OPENAPI: &str = include_str!("openapi.json");
/// A small sign.
const ICON: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\">\
    <path d=\"M2 2l12 12M14 2L2 14\" stroke=\"#345\" stroke-width=\"3\"/></svg>";

#[derive(Debug, Serialize)]
pub(crate) struct StatusAnswer {
    status: &'static str,
}

const OK: StatusAnswer = StatusAnswer { status: "ok" };

/// The server listens only after the lists are loaded, so it is ready whenever it answers.
pub(crate) async fn readyz() -> Json<StatusAnswer> {
    Json(OK)
}

/// Loads the lists again; the old ones are asked until the new ones are ready.
pub(crate) async fn updatez(
    State(lists): State<SharedLists>,
    RawQuery(query): RawQuery,
) -> Result<Json<StatusAnswer>, ApiError> {
    let mut params = Params::read(query.as_deref());
    let token = params.last("token").unwrap_or_default().trim().to_owned();
    let waits = params.flag("sync").unwrap_or(false);
    params.problems.done()?;
    match &lists.update_token {
        Some(own) if is_same(own, &token) => {}
        _ => return Err(ApiError::Forbidden),
    }
    let update = async move {
        let _one_at_a_time = lists.updating.lock().await;
        let shared = lists.clone();
        let loaded = tokio::task::spawn_blocking(move || (shared.reload)()).await;
        match loaded {
            Ok(Ok(catalog)) => {
                lists.replace(catalog);
                Ok(())
            }
            Ok(Err(_)) | Err(_) => Err(ApiError::Update),
        }
    };
    if waits {
        update.await?;
    } else {
        tokio::spawn(update);
    }
    Ok(Json(OK))
}

/// Compares all bytes whatever the first different one is.
fn is_same(own: &str, told: &str) -> bool {
    own.len() == told.len()
        && own.bytes().zip(told.bytes()).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

pub(crate) async fn openapi() -> Response {
    ([(CONTENT_TYPE, "application/json")], OPENAPI).into_response()
}

pub(crate) async fn favicon() -> Response {
    (StatusCode::OK, [(CONTENT_TYPE, "image/svg+xml")], ICON).into_response()
}
