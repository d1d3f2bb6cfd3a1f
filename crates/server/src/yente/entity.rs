//! `GET /entities/{id}` and what is adjacent to it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use case::Catalog;
use case::listed::{ListedEntity, Sort};
use model::schema::Schema;
use serde::Serialize;

use super::nested;
use super::search::{OFFSET_MAX, PAGE_DEFAULT, PAGE_MAX, sorts_of};
use super::wire::{EntityAnswer, Total};
use super::{ApiError, Params, SharedLists};

#[derive(Debug, Serialize)]
pub(crate) struct AdjacentAnswer {
    entity: EntityAnswer,
    adjacent: BTreeMap<String, ResultsAnswer>,
}

#[derive(Debug, Serialize)]
pub(crate) struct ResultsAnswer {
    results: Vec<EntityAnswer>,
    total: Total,
    limit: usize,
    offset: usize,
}

/// Which page of what is adjacent.
struct Page {
    limit: usize,
    offset: usize,
    sorts: Vec<Sort>,
}

impl Page {
    fn read(query: Option<&str>) -> Result<Self, ApiError> {
        let mut params = Params::read(query);
        let page = Self {
            limit: params.count("limit", PAGE_DEFAULT, Some(PAGE_MAX)),
            offset: params.count("offset", 0, Some(OFFSET_MAX)),
            sorts: sorts_of(&params.all("sort")),
        };
        params.problems.done()?;
        Ok(page)
    }

    fn of(
        &self,
        catalog: &Catalog,
        (position, entity): (u32, &ListedEntity),
        name: &str,
    ) -> Option<ResultsAnswer> {
        let schema = Schema::find(&entity.schema)?;
        let way = nested::way(schema, name)?;
        let Page { limit, offset, sorts } = self;
        let window = (*limit, *offset);
        let (results, total) =
            nested::page(catalog, (position, entity), (name, way), window, sorts);
        Some(ResultsAnswer { results, total: Total::of(total), limit: *limit, offset: *offset })
    }
}

/// The entity of an id, or where it went.
fn find(catalog: &Catalog, id: &str) -> Result<(u32, ListedEntity), ApiError> {
    let listed = catalog.listed();
    listed.find(id).ok_or_else(|| match listed.find_merged(id) {
        Some(entity) => ApiError::Merged { into: entity.id },
        None => ApiError::NoEntity,
    })
}

pub(crate) async fn fetch(
    State(lists): State<SharedLists>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<EntityAnswer>, ApiError> {
    let mut params = Params::read(query.as_deref());
    let is_nested = params.flag("nested").unwrap_or(true);
    params.problems.done()?;
    let answer = lists.run(move |catalog| {
        let (position, entity) = find(catalog, &id)?;
        if is_nested {
            return Ok(nested::nest_all(catalog, position, entity));
        }
        Ok::<_, ApiError>(EntityAnswer::from(entity))
    });
    answer.await?.map(Json)
}

pub(crate) async fn adjacent(
    State(lists): State<SharedLists>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<AdjacentAnswer>, ApiError> {
    let page = Page::read(query.as_deref())?;
    let answer = lists.run(move |catalog| {
        let (position, entity) = find(catalog, &id)?;
        let schema = Schema::find(&entity.schema);
        let names = schema.map(nested::ways).unwrap_or_default();
        let adjacent = names
            .into_iter()
            .filter_map(|name| {
                Some((name.to_owned(), page.of(catalog, (position, &entity), name)?))
            })
            .filter(|(_, results)| !results.total.is_zero());
        let adjacent = adjacent.collect();
        Ok::<_, ApiError>(AdjacentAnswer { entity: entity.into(), adjacent })
    });
    answer.await?.map(Json)
}

pub(crate) async fn adjacent_by_property(
    State(lists): State<SharedLists>,
    Path((id, property)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<ResultsAnswer>, ApiError> {
    let page = Page::read(query.as_deref())?;
    let answer = lists.run(move |catalog| {
        let (position, entity) = find(catalog, &id)?;
        page.of(catalog, (position, &entity), &property).ok_or(ApiError::NoProperty)
    });
    answer.await?.map(Json)
}
