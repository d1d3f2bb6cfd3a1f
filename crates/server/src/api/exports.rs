//! Files that leave the case. Sensitive fields are left out unless asked for, and a reason is needed.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use case::{ExportFormat, LeadFilter};
use serde::Deserialize;
use utoipa::ToSchema;

use super::extract::{Body, CasePath, Hidden, InCase, work};
use super::leads::{FilterShape, parse_order};
use super::problem::ApiError;
use crate::auth::{CurrentUser, Permission};

/// What is exported, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportAsk {
    format: ExportWord,
    #[serde(default)]
    filter: FilterShape,
    /// As for the queue.
    sort: Option<String>,
    /// Needed.
    reason: Option<String>,
    /// Whether fields about relatives, ways to reach people and papers are in.
    #[serde(default)]
    sensitive: bool,
}

/// The format of an export.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExportWord {
    /// A table, one lead a line; no cell is a formula.
    Csv,
    /// FtM entities, JSON lines.
    Ftm,
}

/// Leads as a file.
#[utoipa::path(post, operation_id = "exports_export", path = "/exports", tag = "exports", params(CasePath), request_body = ExportAsk, responses((status = 200, description = "The file", content((String = "text/csv"), (String = "application/x-ndjson")))))]
pub(crate) async fn export(
    InCase(case): InCase,
    user: CurrentUser,
    Hidden(hidden): Hidden,
    Body(ask): Body<ExportAsk>,
) -> Result<Response, ApiError> {
    if ask.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(case::NotDone::NoReason.into());
    }
    if ask.sensitive && !user.may(Permission::ExportSensitive) {
        return Err(ApiError::denied());
    }
    let filter = LeadFilter { without: hidden, ..ask.filter.try_into()? };
    let order = parse_order(ask.sort.as_deref())?;
    let (format, kind, name) = match ask.format {
        ExportWord::Csv => (ExportFormat::Csv, "text/csv; charset=utf-8", "leads.csv"),
        ExportWord::Ftm => (ExportFormat::Ftm, "application/x-ndjson", "leads.ftm.json"),
    };
    let bytes = work(move || {
        let view = case.room.view();
        let places = view.leads(&filter, &order, false)?.places;
        Ok(case.room.export(&view, &places, format, ask.sensitive)?)
    })
    .await?;
    let name = format!("attachment; filename=\"{name}\"");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response())
}
