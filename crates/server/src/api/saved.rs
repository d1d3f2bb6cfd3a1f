//! Views of the queue and searches that a user keeps.

use axum::Json;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{At, Body, CasePath, InCase, work};
use super::problem::ApiError;
use crate::auth::CurrentUser;

/// Bytes of what is kept under one name. A filter has some hundred. Chosen by hand.
const BODY_MAX: usize = 64 << 10;
/// Bytes of a name.
const NAME_MAX: usize = 200;

/// A view or search that was kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct SavedShape {
    id: u64,
    kind: SavedWord,
    name: String,
    /// What was asked, as it was given.
    body: serde_json::Value,
    time: String,
}

/// What is kept.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SavedWord {
    /// A filter and order of the queue.
    View,
    /// A search.
    Search,
}

/// A view or search to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedAsk {
    kind: SavedWord,
    /// One of the same kind and name is replaced.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// What is asked.
    body: serde_json::Value,
}

/// What the user has kept.
#[utoipa::path(get, operation_id = "saved_list", path = "/saved", tag = "search", params(CasePath), responses((status = 200, body = Vec<SavedShape>)))]
pub(crate) async fn list(
    InCase(case): InCase,
    user: CurrentUser,
) -> Result<Json<Vec<SavedShape>>, ApiError> {
    work(move || {
        let kept = case.room.read(|case| case.saved(&user.name))?;
        let shapes = kept.into_iter().map(|saved| SavedShape {
            id: saved.id,
            kind: if saved.kind == "search" { SavedWord::Search } else { SavedWord::View },
            name: saved.name,
            body: serde_json::from_str(&saved.body).unwrap_or_default(),
            time: saved.time,
        });
        Ok(Json(shapes.collect()))
    })
    .await
}

/// The number of what was kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct SavedId {
    id: u64,
}

/// Keeps a view or search.
#[utoipa::path(post, operation_id = "saved_save", path = "/saved", tag = "search", params(CasePath), request_body = SavedAsk, responses((status = 200, body = SavedId)))]
pub(crate) async fn save(
    InCase(case): InCase,
    user: CurrentUser,
    Body(ask): Body<SavedAsk>,
) -> Result<Json<SavedId>, ApiError> {
    let name = ask.name.trim().to_owned();
    let body = ask.body.to_string();
    if name.is_empty() || name.len() > NAME_MAX || body.len() > BODY_MAX {
        return Err(ApiError::invalid("a name of 1 to 200 bytes and 64 KiB of content at most"));
    }
    let kind = match ask.kind {
        SavedWord::View => "view",
        SavedWord::Search => "search",
    };
    work(move || {
        let id = case.room.write(|case| case.save(&user.name, kind, &name, &body))?;
        Ok(Json(SavedId { id }))
    })
    .await
}

/// Something that was kept.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SavedPath {
    /// Name of the case.
    #[expect(dead_code, reason = "read by `InCase`; stands here to be described")]
    case: String,
    /// Its number.
    id: u64,
}

/// Forgets what was kept.
#[utoipa::path(delete, operation_id = "saved_forget", path = "/saved/{id}", tag = "search", params(SavedPath), responses((status = 204, description = "It is gone")))]
pub(crate) async fn forget(
    InCase(case): InCase,
    user: CurrentUser,
    At(path): At<SavedPath>,
) -> Result<StatusCode, ApiError> {
    work(move || {
        let gone = case.room.write(|case| case.drop_saved(&user.name, path.id))?;
        if gone { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::not_found("saved view")) }
    })
    .await
}
