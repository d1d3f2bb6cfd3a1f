//! The rules of a case and its taught layouts.

use axum::Json;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Body, CasePath, InCase, work};
use super::problem::ApiError;

/// The rules of a case: when a status is proposed, what ranks a lead.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RulesShape {
    /// TOML, as `rules.toml` of the case has it.
    text: String,
}

/// The rules of the case.
#[utoipa::path(get, operation_id = "settings_rules", path = "/rules", tag = "settings", params(CasePath), responses((status = 200, body = RulesShape)))]
pub(crate) async fn rules(InCase(case): InCase) -> Result<Json<RulesShape>, ApiError> {
    work(move || {
        let text = case.room.read(case::Case::rules_text)?;
        Ok(Json(RulesShape { text }))
    })
    .await
}

/// Replaces the rules; the next run goes by them. Rules that do not hold are refused.
#[utoipa::path(put, operation_id = "settings_put_rules", path = "/rules", tag = "settings", params(CasePath), request_body = RulesShape, responses((status = 200, body = RulesShape)))]
pub(crate) async fn put_rules(
    InCase(case): InCase,
    Body(rules): Body<RulesShape>,
) -> Result<Json<RulesShape>, ApiError> {
    work(move || {
        case.room.put_rules(&rules.text)?;
        Ok(Json(rules))
    })
    .await
}

/// A taught layout.
#[derive(Serialize, ToSchema)]
pub(crate) struct TemplateShape {
    name: String,
    /// What it was learnt from.
    origin: String,
}

/// The taught layouts of the case.
#[utoipa::path(get, operation_id = "settings_templates", path = "/templates", tag = "settings", params(CasePath), responses((status = 200, body = Vec<TemplateShape>)))]
pub(crate) async fn templates(InCase(case): InCase) -> Result<Json<Vec<TemplateShape>>, ApiError> {
    work(move || {
        let templates = case.room.read(case::Case::templates)?;
        let shapes = templates.iter().map(|template| TemplateShape {
            name: template.file().name.clone(),
            origin: template.file().origin.clone(),
        });
        Ok(Json(shapes.collect()))
    })
    .await
}
