//! Routes and handlers over a case.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use case::Case;
use model::DocumentId;

use crate::api;
use crate::error::PageError;
use crate::page;
use crate::room::{Cases, OpenCase};
use crate::web;
use crate::yente::{self, Lists, ServedLists};

/// Width of a page image in pixels: an A4 page is then readable without zoom. Chosen by hand.
const PAGE_WIDTH_PX: u32 = 1000;

/// The case that the pages show.
pub(crate) type SharedCase = Arc<OpenCase>;

/// Routes over a case.
pub(crate) fn of_case(case: &SharedCase) -> Router {
    let root =
        if web::is_built() { web::routes() } else { Router::new().route("/", get(overview)) };
    let routes = Router::new()
        .fallback(|| async { PageError::NotFound })
        .merge(root)
        .route("/plain/", get(overview))
        .route("/plain/leads/{id}", get(lead))
        .route("/plain/documents/{id}", get(document))
        .route("/plain/documents/{id}/pages/{page}", get(page_image))
        .route("/api/accounting", get(api::accounting))
        .with_state(Arc::clone(case));
    let api = api::routes(Arc::new(Cases::of_one(Arc::clone(case))));
    guarded(routes.merge(api))
}

/// Routes over lists alone.
pub(crate) fn of_lists(lists: ServedLists) -> Router {
    guarded(yente::routes(Arc::new(Lists::new(lists))))
}

/// Headers and checks of every answer.
fn guarded(routes: Router) -> Router {
    routes
        .route("/healthz", get(|| async { axum::Json(Health { status: "ok" }) }))
        .layer(middleware::from_fn(guard))
}

#[derive(serde::Serialize)]
struct Health {
    status: &'static str,
}

/// Answers only for names of this machine (against DNS rebinding) and lets pages load nothing
/// from elsewhere.
async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if !["localhost", "127.0.0.1", "[::1]"].contains(&name) {
        return PageError::ForeignHost.into_response();
    }
    let mut response = next.run(request).await;
    for (header, value) in [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; \
             frame-ancestors 'none'; base-uri 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        // A page that says more about itself has reasons.
        let header = HeaderName::from_static(header);
        response.headers_mut().entry(header).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Runs blocking work on the case off the async threads.
pub(crate) async fn with_case<T: Send + 'static>(
    case: SharedCase,
    work: impl FnOnce(&Case) -> Result<T, PageError> + Send + 'static,
) -> Result<T, PageError> {
    tokio::task::spawn_blocking(move || case.room.read(work)).await.unwrap_or(Err(PageError::Case))
}

async fn overview(State(case): State<SharedCase>) -> Result<Html<String>, PageError> {
    with_case(case, |case| Ok(Html(page::render_overview(&case.report()?)))).await
}

async fn lead(
    State(case): State<SharedCase>,
    Path(id): Path<String>,
) -> Result<Html<String>, PageError> {
    with_case(case, move |case| {
        let leads = case.leads()?;
        let view = leads.iter().find(|v| v.lead.id.as_str() == id).ok_or(PageError::NotFound)?;
        Ok(Html(page::render_lead(view)))
    })
    .await
}

async fn document(
    State(case): State<SharedCase>,
    Path(id): Path<String>,
) -> Result<Html<String>, PageError> {
    with_case(case, move |case| {
        let id = DocumentId::from(id);
        let document = case.document(&id)?.ok_or(PageError::NotFound)?;
        let pages = case.page_count(&document)?;
        let text = case.text(&id)?.unwrap_or_default();
        Ok(Html(page::render_document(&document.path, &id, pages, &text)))
    })
    .await
}

async fn page_image(
    State(case): State<SharedCase>,
    Path((id, page)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let page: u32 = page
        .strip_suffix(".png")
        .and_then(|number| number.parse().ok())
        .ok_or(PageError::NotFound)?;
    let png = with_case(case, move |case| {
        let document = case.document(&DocumentId::from(id))?.ok_or(PageError::NotFound)?;
        case.page_png(&document, page, PAGE_WIDTH_PX)?.ok_or(PageError::NotFound)
    })
    .await?;
    Ok(([(CONTENT_TYPE, "image/png")], png).into_response())
}
