//! `GET /catalog`, also `/manifest`: which data sets there are.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use case::{Catalog, CatalogDataset};
use serde::Serialize;

use super::{SharedLists, keep_a_while};

#[derive(Debug, Serialize)]
struct CatalogAnswer<'a> {
    datasets: Vec<DatasetAnswer<'a>>,
    current: Vec<&'a str>,
    outdated: Vec<&'a str>,
    index_stale: bool,
}

#[derive(Debug, Serialize)]
struct DatasetAnswer<'a> {
    name: &'a str,
    title: &'a str,
    version: Option<&'a str>,
    load: bool,
    entities_url: Option<&'a str>,
    delta_url: Option<&'a str>,
    namespace: bool,
    entity_count: u64,
    last_export: Option<&'a str>,
    index_version: Option<&'a str>,
    index_current: bool,
    children: &'a [String],
}

impl<'a> From<&'a CatalogDataset> for DatasetAnswer<'a> {
    fn from(dataset: &'a CatalogDataset) -> Self {
        let version = Some(dataset.version.as_str()).filter(|version| !version.is_empty());
        Self {
            name: &dataset.name,
            title: &dataset.title,
            version,
            load: dataset.loaded,
            // Files of this machine are nobody else's business.
            entities_url: None,
            delta_url: None,
            namespace: false,
            entity_count: dataset.entities,
            last_export: dataset.date.as_deref(),
            index_version: version.filter(|_| dataset.loaded),
            index_current: dataset.loaded,
            children: &dataset.children,
        }
    }
}

pub(crate) async fn catalog(State(lists): State<SharedLists>, headers: HeaderMap) -> Response {
    let body = render(&lists.catalog());
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let mut response = if is_known(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, "application/json")], body).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    keep_a_while(&mut response);
    response
}

fn render(catalog: &Catalog) -> String {
    let loaded = catalog.datasets.iter().filter(|dataset| dataset.loaded);
    let answer = CatalogAnswer {
        datasets: catalog.datasets.iter().map(DatasetAnswer::from).collect(),
        current: loaded.map(|dataset| dataset.name.as_str()).collect(),
        outdated: Vec::new(),
        index_stale: false,
    };
    serde_json::to_string(&answer).unwrap_or_default()
}

/// Whether the client has this version already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|value| value.split(',')).any(|own| {
        let own = own.trim();
        own == "*" || own.strip_prefix("W/").unwrap_or(own) == tag
    })
}
