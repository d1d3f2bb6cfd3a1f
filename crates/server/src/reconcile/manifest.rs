//! What the service offers, and where.

use axum::Json;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::{IntoResponse, Response};
use model::schema::Schema;
use serde::Serialize;
use serde_json::{Value, json};

use super::TypeAnswer;
use crate::yente::{ApiError, SharedLists};

/// Where the types and properties are described: they are FtM's.
const SCHEMA_SPACE: &str = "https://www.opensanctions.org/reference/#schema";
/// Queries that a client puts into one request; yente's figure.
const BATCH: usize = 3;
/// The size of a preview in pixels; yente's figures.
const PREVIEW: (u32, u32) = (430, 600);

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ManifestAnswer {
    versions: [&'static str; 1],
    name: String,
    identifier_space: &'static str,
    schema_space: &'static str,
    documentation: String,
    batch_size: usize,
    view: Value,
    preview: Value,
    suggest: Value,
    extend: Value,
    default_types: Vec<TypeAnswer>,
}

pub(super) fn manifest(
    lists: &SharedLists,
    dataset: &str,
    query: Option<&str>,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let catalog = lists.catalog();
    let scope = catalog.scope(dataset).ok_or(ApiError::NoDataset)?;
    let title = catalog.dataset(dataset).map_or("All data sets", |dataset| &dataset.title);
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let base = format!("http://{host}");
    let service = format!("{base}/reconcile/{dataset}");
    // Passed on, since clients put keys there.
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let place =
        |path: &str| json!({"service_url": service, "service_path": format!("{path}{query}")});
    let preview = format!("{service}/preview/{{{{id}}}}");
    let default_types = schemata(catalog.schemata(&scope));
    let answer = ManifestAnswer {
        versions: ["0.2"],
        name: format!("{title} (crossroll)"),
        identifier_space: SCHEMA_SPACE,
        schema_space: SCHEMA_SPACE,
        documentation: format!("{base}/openapi.json"),
        batch_size: BATCH,
        view: json!({"url": preview}),
        preview: json!({"url": preview, "width": PREVIEW.0, "height": PREVIEW.1}),
        suggest: json!({
            "entity": place("/suggest/entity"),
            "type": place("/suggest/type"),
            "property": place("/suggest/property"),
        }),
        extend: json!({
            "propose_properties": place("/extend/property"),
            "property_settings": settings(),
            "propose_settings": settings(),
        }),
        default_types: default_types.into_iter().map(TypeAnswer::of).collect(),
    };
    Ok(Json(answer).into_response())
}

/// How values of a property may be had. yente calls it `propose_settings`, the standard
/// `property_settings`.
fn settings() -> Value {
    json!([
        {
            "name": "limit", "label": "Limit", "type": "number", "default": 0,
            "help_text": "Maximum number of values to return per row (0 for no limit).",
            "choices": [],
        },
        {
            "name": "render", "label": "Value rendering", "type": "select", "default": "caption",
            "help_text": "Return readable value (e.g. 'Russia') instead of raw value ('ru').",
            "choices": [
                {"id": "caption", "value": "caption", "name": "User-readable value"},
                {"id": "raw", "value": "raw", "name": "Machine-readable value"},
            ],
        },
    ])
}

/// The schemata that can be matched of those that occur, and all that they inherit from, in order of
/// name.
pub(super) fn schemata<'a>(occurring: impl IntoIterator<Item = &'a str>) -> Vec<&'static Schema> {
    let matchable =
        occurring.into_iter().filter_map(Schema::find).filter(|schema| schema.matchable);
    let names: std::collections::BTreeSet<&str> =
        matchable.flat_map(|schema| schema.ancestors.iter().map(String::as_str)).collect();
    names.into_iter().filter_map(Schema::find).collect()
}
