//! The API that clients of yente speak, over loaded lists: its routes, its state, and who may read it.
//!
//! Handlers are thin: they read parameters, ask the catalog on threads of its own, and write answers of
//! types that belong to this module. Nothing is kept between requests.

pub(crate) mod algorithm;
mod catalog;
mod entity;
mod error;
mod nested;
mod params;
mod query;
pub(crate) mod screening;
pub(crate) mod search;
mod system;
pub(crate) mod wire;

use std::sync::{Arc, PoisonError, RwLock, mpsc};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    CACHE_CONTROL, ORIGIN, VARY,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use case::{CaseError, Catalog};

use crate::refusal::Refusal;
use crate::work::{Place, Work};
use crate::{reconcile, search as page};

pub(crate) use error::ApiError;
pub(crate) use params::{Params, Problems};
pub(crate) use query::Example;

/// Loads the lists again.
pub type Reload = Box<dyn Fn() -> Result<Catalog, CaseError> + Send + Sync>;

/// Lists to be served, and how they may be loaded again.
pub struct ServedLists {
    /// The lists.
    pub catalog: Catalog,
    /// How they are loaded again.
    pub reload: Reload,
    /// What a client must know to have them loaded again; nobody may where `None`.
    pub update_token: Option<String>,
}

/// What the handlers share.
pub(crate) struct Lists {
    catalog: RwLock<Arc<Catalog>>,
    reload: Reload,
    update_token: Option<String>,
    /// One at a time.
    updating: tokio::sync::Mutex<()>,
    work: Work,
}

/// How long a server waits until its lists are prepared before it answers; larger ones go on being
/// prepared while queries are answered. Chosen by hand.
const WARM_FIRST: Duration = Duration::from_secs(3);

/// The lists to be shared, prepared by a thread of its own; where there is none, each entity is
/// prepared when it is first met.
fn warmed(catalog: Catalog) -> Arc<Catalog> {
    let catalog = Arc::new(catalog);
    let (warming, (done, wait)) = (catalog.clone(), mpsc::channel());
    let thread = std::thread::Builder::new().name("warming".to_owned()).spawn(move || {
        warming.warm();
        // Nobody waits any more if it took long.
        let _ = done.send(());
    });
    if thread.is_ok() {
        let _ = wait.recv_timeout(WARM_FIRST);
    }
    catalog
}

/// The state of the routes.
pub(crate) type SharedLists = Arc<Lists>;

impl Lists {
    pub(crate) fn new(served: ServedLists) -> Self {
        let ServedLists { catalog, reload, update_token } = served;
        Self {
            catalog: RwLock::new(warmed(catalog)),
            reload,
            update_token: update_token.filter(|token| !token.is_empty()),
            updating: tokio::sync::Mutex::default(),
            work: Work::default(),
        }
    }

    /// The lists as they are now; a request goes on with those it began with.
    pub(crate) fn catalog(&self) -> Arc<Catalog> {
        self.catalog.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, catalog: Catalog) {
        *self.catalog.write().unwrap_or_else(PoisonError::into_inner) = warmed(catalog);
    }

    /// A place among those that work.
    pub(crate) fn enter(&self) -> Result<Place, Refusal> {
        self.work.enter()
    }

    /// Runs one piece of work over the lists.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Catalog) -> T + Send + 'static,
    ) -> Result<T, Refusal> {
        let place = self.enter()?;
        let catalog = self.catalog();
        place.run(move || work(&catalog)).await
    }

    /// The names of a data set and all below it.
    pub(crate) fn scope(&self, dataset: &str) -> Result<Vec<String>, ApiError> {
        self.catalog().scope(dataset).ok_or(ApiError::NoDataset)
    }
}

/// The routes over lists.
pub(crate) fn routes(lists: SharedLists) -> Router {
    let not_allowed = || async { ApiError::NotAllowed };
    Router::new()
        .route("/", get(page::search))
        .route("/match/{dataset}", post(screening::screen))
        .route("/search/{dataset}", get(search::search))
        .route("/entities/{id}", get(entity::fetch))
        .route("/entities/{id}/adjacent", get(entity::adjacent))
        .route("/entities/{id}/adjacent/{property}", get(entity::adjacent_by_property))
        .route("/catalog", get(catalog::catalog))
        .route("/manifest", get(catalog::catalog))
        .route("/algorithms", get(algorithm::algorithms))
        .route("/readyz", get(system::readyz))
        .route("/updatez", post(system::updatez))
        .route("/openapi.json", get(system::openapi))
        .route("/favicon.ico", get(system::favicon))
        .merge(reconcile::routes())
        .method_not_allowed_fallback(not_allowed)
        .fallback(|| async { ApiError::NotFound })
        .with_state(lists.clone())
        .layer(middleware::from_fn_with_state(lists, share))
}

/// Lets pages of other programs on this machine read the answers: `OpenRefine` asks for suggestions from
/// its page. Sites from elsewhere are told nothing.
async fn share(State(_): State<SharedLists>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(ORIGIN).filter(|origin| is_of_this_machine(origin)).cloned();
    let asks_first = request.method() == Method::OPTIONS && origin.is_some();
    let mut response =
        if asks_first { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(VARY, HeaderValue::from_static("Origin"));
        let allowed = HeaderValue::from_static("GET, POST");
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, allowed);
        let allowed = HeaderValue::from_static("content-type, x-requested-with");
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    }
    response
}

fn is_of_this_machine(origin: &HeaderValue) -> bool {
    let text = origin.to_str().unwrap_or_default();
    let Some(host) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else {
        return false;
    };
    let port = |rest: &str| {
        rest.is_empty()
            || rest.strip_prefix(':').is_some_and(|port| port.bytes().all(|b| b.is_ascii_digit()))
    };
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| host.strip_prefix(own).is_some_and(port))
}

/// How long a client may keep the catalog; yente's figure.
fn keep_a_while(response: &mut Response) {
    let value = HeaderValue::from_static("public, max-age=300");
    response.headers_mut().insert(CACHE_CONTROL, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_machine_may_read() {
        for (origin, may) in [
            ("http://127.0.0.1:3333", true),
            ("http://localhost", true),
            ("https://[::1]:8000", true),
            ("http://localhost.sample.invalid", false),
            ("http://127.0.0.1.sample.invalid:80", false),
            ("https://sample.invalid", false),
            ("null", false),
        ] {
            assert_eq!(is_of_this_machine(&HeaderValue::from_static(origin)), may, "{origin}");
        }
    }
}
