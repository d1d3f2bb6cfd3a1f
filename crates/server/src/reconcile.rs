//! The reconciliation service that `OpenRefine` speaks (API 0.2): manifest, queries, extension by
//! properties, suggestions and previews, over the same lists and the same scores as `/match`.

mod extend;
mod manifest;
mod preview;
mod queries;
mod suggest;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use model::label;
use model::schema::Schema;
use serde::Serialize;

use crate::yente::{ApiError, Params, SharedLists};

/// A type of entities.
#[derive(Debug, Serialize)]
struct TypeAnswer {
    id: &'static str,
    name: &'static str,
    description: &'static str,
}

impl TypeAnswer {
    fn of(schema: &'static Schema) -> Self {
        let label = label::schema(&schema.name).unwrap_or(&schema.name);
        let plural = label::schema_plural(&schema.name).unwrap_or(&schema.name);
        Self { id: &schema.name, name: plural, description: label }
    }
}

/// The routes of the service.
pub(crate) fn routes() -> Router<SharedLists> {
    Router::new()
        .route("/reconcile/{dataset}", get(ask).post(post))
        .route("/reconcile/{dataset}/suggest/entity", get(suggest::entity))
        .route("/reconcile/{dataset}/suggest/property", get(suggest::property))
        .route("/reconcile/{dataset}/suggest/type", get(suggest::kind))
        .route("/reconcile/{dataset}/extend/property", get(extend::properties))
        .route("/reconcile/{dataset}/preview/{id}", get(preview::preview))
}

/// The manifest; answers, if the address has queries in it.
async fn ask(
    State(lists): State<SharedLists>,
    Path(dataset): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let params = Params::read(query.as_deref());
    if is_given(&params, "queries") || is_given(&params, "extend") {
        return answer(lists, dataset, &params, Params::read(query.as_deref())).await;
    }
    manifest::manifest(&lists, &dataset, query.as_deref(), &headers)
}

async fn post(
    State(lists): State<SharedLists>,
    Path(dataset): Path<String>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Result<Response, ApiError> {
    answer(lists, dataset, &Params::of_form(&body), Params::read(query.as_deref())).await
}

fn is_given(form: &Params, name: &str) -> bool {
    form.last(name).is_some_and(|text| !text.trim().is_empty())
}

async fn answer(
    lists: SharedLists,
    dataset: String,
    form: &Params,
    params: Params,
) -> Result<Response, ApiError> {
    if let Some(text) = form.last("extend").filter(|text| !text.trim().is_empty()) {
        return extend::extend(lists, text).await;
    }
    let text = form.last("queries").unwrap_or_default();
    queries::queries(lists, &dataset, text, params).await
}
