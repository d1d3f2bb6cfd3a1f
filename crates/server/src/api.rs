//! The API of a case: `/api/v1`, described by `openapi.json`, which is made of these handlers.
//!
//! Handlers stand in files by resource; each asks the [`case::Room`] and answers in shapes of this
//! module, never in the types of the core. What a client is told of a failure is a [`problem`].
//! Invariant: every route is registered with its description, so none is undocumented.

mod accounting;
pub(crate) mod acts;
mod bulk;
mod cases;
mod clusters;
mod describe;
mod documents;
mod entities;
mod events;
mod exports;
pub(crate) mod extract;
mod jobs;
mod lead;
mod leads;
mod lists;
mod network;
mod problem;
mod saved;
mod search;
mod settings;
mod shapes;
pub(crate) mod words;

use std::sync::Arc;

use axum::Router;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use accounting::accounting;
pub(crate) use problem::{ApiError, no_method};

use crate::auth::{self, Gate};
use crate::protect;
use crate::room::Cases;

/// The routes with their description.
fn described() -> OpenApiRouter<Arc<Cases>> {
    let in_case = OpenApiRouter::new()
        .routes(routes!(cases::one))
        .routes(routes!(cases::overview))
        .routes(routes!(documents::list))
        .routes(routes!(documents::one))
        .routes(routes!(documents::layout))
        .routes(routes!(documents::page))
        .routes(routes!(documents::original))
        .routes(routes!(entities::records))
        .routes(routes!(entities::entity))
        .routes(routes!(entities::pair))
        .routes(routes!(leads::list))
        .routes(routes!(leads::query))
        .routes(routes!(lead::one))
        .routes(routes!(lead::history))
        .routes(routes!(acts::decide))
        .routes(routes!(acts::assign))
        .routes(routes!(acts::judgements, acts::judge))
        .routes(routes!(acts::note))
        .routes(routes!(acts::mark))
        .routes(routes!(acts::claim_life))
        .routes(routes!(acts::grade))
        .routes(routes!(acts::correct))
        .routes(routes!(acts::undo))
        .routes(routes!(acts::journal))
        .routes(routes!(bulk::preview))
        .routes(routes!(bulk::act))
        .routes(routes!(clusters::one))
        .routes(routes!(clusters::preview_split))
        .routes(routes!(clusters::split))
        .routes(routes!(clusters::preview_merge))
        .routes(routes!(clusters::merge))
        .routes(routes!(network::around))
        .routes(routes!(network::path))
        .routes(routes!(search::search))
        .routes(routes!(search::batch))
        .routes(routes!(saved::list, saved::save))
        .routes(routes!(saved::forget))
        .routes(routes!(lists::list))
        .routes(routes!(lists::versions))
        .routes(routes!(lists::diff))
        .routes(routes!(lists::entity))
        .routes(routes!(exports::export))
        .routes(routes!(settings::rules, settings::put_rules))
        .routes(routes!(settings::policy, settings::put_policy))
        .routes(routes!(settings::templates, settings::teach))
        .routes(routes!(settings::unknown))
        .routes(routes!(jobs::list, jobs::begin))
        .routes(routes!(jobs::one, jobs::cancel))
        .routes(routes!(events::events))
        .routes(routes!(protect::show, protect::set))
        .routes(routes!(protect::restrict))
        .routes(routes!(protect::categorise))
        .routes(routes!(protect::erase));
    OpenApiRouter::new()
        .routes(routes!(cases::list))
        .routes(routes!(describe::description))
        .nest("/cases/{case}", in_case)
}

/// The routes, with those of access, which ask the gate and no case.
pub(crate) fn routes(cases: Arc<Cases>, gate: Arc<Gate>) -> Router {
    let (routes, _) = described().split_for_parts();
    let (access, _) = auth::described().split_for_parts();
    let routes = routes.with_state(cases).merge(access.with_state(gate));
    let routes =
        routes.fallback(problem::no_route).method_not_allowed_fallback(|| async { no_method() });
    Router::new().nest("/api/v1", routes)
}

/// The description as the handlers give it.
fn plain_description() -> OpenApi {
    let mut api = OpenApiRouter::new().nest("/api/v1", described()).into_openapi();
    api.merge(OpenApiRouter::new().nest("/api/v1", auth::described()).into_openapi());
    api
}
