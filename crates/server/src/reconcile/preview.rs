//! A small page about one entity, to be shown inside `OpenRefine` and to people who follow a link.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse, Response};
use case::listed::ListedEntity;
use model::label;
use model::schema::{PropertyType, Schema};

use super::extend::caption;
use crate::page::render;
use crate::yente::{ApiError, SharedLists};

/// Values shown of one property. Chosen by hand.
const VALUES_MAX: usize = 10;

/// May be shown inside pages of programs on this machine, and loads nothing.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; \
    frame-ancestors http://localhost:* http://127.0.0.1:* http://[::1]:*";

#[derive(Template)]
#[template(path = "preview.html")]
struct PreviewPage<'a> {
    style: &'static str,
    entity: &'a ListedEntity,
    kind: &'a str,
    rows: Vec<(&'a str, String)>,
}

pub(super) async fn preview(
    State(lists): State<SharedLists>,
    Path((dataset, id)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    lists.scope(&dataset)?;
    let found = lists.run(move |catalog| catalog.listed().find(&id)).await?;
    let (_, entity) = found.ok_or(ApiError::NoEntity)?;
    let schema = Schema::find(&entity.schema);
    let mut rows = Vec::new();
    for (name, values) in &entity.properties {
        let property = schema.and_then(|schema| schema.property(name));
        let Some(property) = property.filter(|p| p.kind != PropertyType::Entity) else { continue };
        let label = label::property(&property.qualified()).unwrap_or(name);
        let shown: Vec<String> =
            values.iter().take(VALUES_MAX).map(|value| caption(property, value)).collect();
        rows.push((label, shown.join("; ")));
    }
    let kind = schema.and_then(|s| label::schema(&s.name)).unwrap_or(&entity.schema);
    let page = PreviewPage { style: "", entity: &entity, kind, rows };
    let mut response = Html(render(&page)).into_response();
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(response)
}
