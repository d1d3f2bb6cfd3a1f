//! Routes and handlers over a case.

use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequestParts, Path, RawPathParams, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use case::Case;
use model::DocumentId;
use serde::Deserialize;

use crate::api;
use crate::auth::{CurrentUser, Gate, Permission, account_routes, pass};
use crate::error::PageError;
use crate::page;
use crate::room::{Cases, OpenCase};
use crate::web;
use crate::yente::{self, Lists, ServedLists};

/// Width of a page image in pixels: an A4 page is then readable without zoom. Chosen by hand.
const PAGE_WIDTH_PX: u32 = 1000;

/// Seconds that a browser keeps to TLS for this host: a year, as ASVS 5.0 (3.4.1) asks.
const HSTS: &str = "max-age=31536000; includeSubDomains";

/// The case that the pages show.
pub(crate) type SharedCase = Arc<OpenCase>;

/// The case that a request is about: the one that its path names, or the only one.
pub(crate) struct TheCase {
    /// The case.
    pub(crate) case: SharedCase,
    /// What the paths of its pages begin with.
    pub(crate) home: String,
}

impl FromRequestParts<Arc<Cases>> for TheCase {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, cases: &Arc<Cases>) -> Result<Self, PageError> {
        let params = RawPathParams::from_request_parts(parts, cases).await;
        let params = params.map_err(|_| PageError::NotFound)?;
        let named = params.iter().find(|(name, _)| *name == "case").map(|(_, value)| value);
        let (case, home) = match named {
            Some(name) => (cases.find(name), format!("/cases/{}", page::path_segment(name))),
            None => (cases.only(), "/plain".to_owned()),
        };
        Ok(Self { case: case.ok_or(PageError::NotFound)?, home })
    }
}

/// Routes over cases: one, whose plain pages stand below `/plain`, or those of a desk.
pub(crate) fn of_cases(cases: Cases, gate: Gate, is_desk: bool) -> Router {
    let gate = Arc::new(gate);
    let cases = Arc::new(cases);
    let plain = Router::new()
        .route("/", get(overview))
        .route("/leads/{id}", get(lead))
        .route("/documents/{id}", get(document))
        .route("/documents/{id}/pages/{page}", get(page_image))
        .with_state(cases.clone());
    // The plain pages need a slash at the end of the first of them, which `nest` takes away.
    let routes = if is_desk {
        let first = get(overview).with_state(cases.clone());
        let root = if web::is_built() { web::routes() } else { home_at_root() };
        root.route("/cases/{case}/", first)
            .nest("/cases/{case}", plain)
            .merge(account_routes(gate.clone()))
    } else {
        let first = get(overview).with_state(cases.clone());
        let root =
            if web::is_built() { web::routes() } else { Router::new().route("/", first.clone()) };
        root.route("/plain/", first)
            .nest("/plain", plain)
            .route("/api/accounting", get(api::accounting).with_state(cases.clone()))
            // The screens send here whoever lost their cookie: the way in is the printed link.
            .route("/login", get(|| async { PageError::NoToken }))
    };
    let api = api::routes(cases, gate.clone());
    let routes = routes.merge(api);
    guarded(routes.fallback(|| async { PageError::NotFound }), gate)
}

/// Where the screens were not built the list of cases stands at the root as well.
fn home_at_root() -> Router {
    Router::new().route("/", get(|| async { Redirect::to("/cases/") }))
}

/// Routes over lists alone.
pub(crate) fn of_lists(lists: ServedLists, gate: Gate) -> Router {
    guarded(yente::routes(Arc::new(Lists::new(lists))), Arc::new(gate))
}

/// Headers and checks of every answer.
fn guarded(routes: Router, gate: Arc<Gate>) -> Router {
    routes
        .route("/healthz", get(|| async { axum::Json(Health { status: "ok" }) }))
        .route("/style.css", get(page::style))
        .layer(middleware::from_fn_with_state(gate.clone(), pass))
        .layer(middleware::from_fn_with_state(gate, headers))
}

#[derive(serde::Serialize)]
struct Health {
    status: &'static str,
}

/// Lets pages load nothing from elsewhere, be framed by nobody and be kept by no cache.
async fn headers(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let all = [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
             frame-ancestors 'none'; base-uri 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        // With none at all a browser sends the forms of signing in as if from no origin.
        ("referrer-policy", "same-origin"),
        ("cache-control", "no-store"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ];
    let hsts = gate.is_tls.then_some(("strict-transport-security", HSTS));
    for (header, value) in all.into_iter().chain(hsts) {
        let header = HeaderName::from_static(header);
        // What a route says for itself stands.
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

#[derive(Deserialize)]
struct Id {
    id: String,
}

#[derive(Deserialize)]
struct PageOf {
    id: String,
    page: String,
}

/// What is restricted, for somebody who may not see it.
fn hidden_from(user: &CurrentUser, case: &Case) -> Result<Option<case::Protection>, PageError> {
    let sees = user.may(Permission::SeeRestricted);
    if sees { Ok(None) } else { Ok(Some(case.restrictions()?)) }
}

async fn overview(the: TheCase, user: CurrentUser) -> Result<Html<String>, PageError> {
    let home = the.home;
    with_case(the.case, move |case| {
        let mut report = case.report()?;
        if let Some(hidden) = hidden_from(&user, case)? {
            report.leads.retain(|view| !hidden.hides_lead(&view.lead));
        }
        Ok(Html(page::render_overview(&report, &home)))
    })
    .await
}

async fn lead(
    the: TheCase,
    user: CurrentUser,
    Path(Id { id }): Path<Id>,
) -> Result<Html<String>, PageError> {
    let home = the.home;
    with_case(the.case, move |case| {
        let leads = case.leads()?;
        let view = leads.iter().find(|v| v.lead.id.as_str() == id).ok_or(PageError::NotFound)?;
        if hidden_from(&user, case)?.is_some_and(|hidden| hidden.hides_lead(&view.lead)) {
            return Err(PageError::NotFound);
        }
        Ok(Html(page::render_lead(view, &home)))
    })
    .await
}

/// The document of an id, unless it is restricted.
fn document_for(
    user: &CurrentUser,
    case: &Case,
    id: &DocumentId,
) -> Result<model::Document, PageError> {
    let document = case.document(id)?.ok_or(PageError::NotFound)?;
    match hidden_from(user, case)? {
        Some(hidden) if hidden.hides_document(id, &case.records_of(id)?) => {
            Err(PageError::NotFound)
        }
        _ => Ok(document),
    }
}

async fn document(
    the: TheCase,
    user: CurrentUser,
    Path(Id { id }): Path<Id>,
) -> Result<Html<String>, PageError> {
    let home = the.home;
    with_case(the.case, move |case| {
        let id = DocumentId::from(id);
        let document = document_for(&user, case, &id)?;
        let pages = case.page_count(&document)?;
        let text = case.text(&id)?.unwrap_or_default();
        Ok(Html(page::render_document(&document.path, &id, pages, &text, &home)))
    })
    .await
}

async fn page_image(
    the: TheCase,
    user: CurrentUser,
    Path(PageOf { id, page }): Path<PageOf>,
) -> Result<Response, PageError> {
    let page: u32 = page
        .strip_suffix(".png")
        .and_then(|number| number.parse().ok())
        .ok_or(PageError::NotFound)?;
    let png = with_case(the.case, move |case| {
        let document = document_for(&user, case, &DocumentId::from(id))?;
        case.page_png(&document, page, PAGE_WIDTH_PX)?.ok_or(PageError::NotFound)
    })
    .await?;
    Ok(([(CONTENT_TYPE, "image/png")], png).into_response())
}
