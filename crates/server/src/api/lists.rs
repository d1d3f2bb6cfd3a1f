//! The lists of a case with their dates, hashes and counts.

use axum::Json;

use super::cases::DatasetShape;
use super::extract::{CasePath, InCase};

/// The loaded lists.
#[utoipa::path(get, operation_id = "lists_list", path = "/lists", tag = "lists", params(CasePath), responses((status = 200, body = Vec<DatasetShape>)))]
pub(crate) async fn list(InCase(case): InCase) -> Json<Vec<DatasetShape>> {
    let view = case.room.view();
    Json(view.ledger.lists().map(Into::into).collect())
}
