//! The page of `serve --list`: one name in, the nearest list entries with their reasons out.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use case::{ListSummary, ScreenHit, ScreenRequest};
use model::{DatasetName, Entity, Statement};
use serde::Deserialize;

use crate::page::render;
use crate::refusal::Refusal;
use crate::yente::SharedLists;

/// Results shown.
const TOP: usize = 10;

/// What the form asks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct NameQuery {
    name: String,
    birth_date: String,
    nationality: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'a> {
    style: &'static str,
    query: &'a NameQuery,
    asked: bool,
    hits: Vec<ScreenHit>,
    lists: &'a [ListSummary],
}

/// Answers `GET /`.
pub(crate) async fn search(
    State(lists): State<SharedLists>,
    Query(query): Query<NameQuery>,
) -> Result<Html<String>, Refusal> {
    let page = lists.run(move |catalog| {
        let session = catalog.session();
        let asked = !query.name.trim().is_empty();
        let request = ScreenRequest { top: TOP, share: None, cutoff: 0.0, explain: true };
        let hits = if asked { session.screen(&to_entity(&query), &request) } else { Vec::new() };
        let lists = &session.lists;
        render(&SearchPage { style: "", query: &query, asked, hits, lists })
    });
    Ok(Html(page.await?))
}

fn to_entity(query: &NameQuery) -> Entity {
    let mut entity = Entity::new("query".into(), "Person");
    for (prop, value) in [
        ("name", &query.name),
        ("birthDate", &query.birth_date),
        ("nationality", &query.nationality),
    ] {
        let value = value.trim();
        if !value.is_empty() {
            let dataset = DatasetName::from("query");
            entity.add(Statement::new("query".into(), "Person", prop, value, dataset));
        }
    }
    entity
}
