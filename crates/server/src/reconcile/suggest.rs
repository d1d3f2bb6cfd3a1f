//! Suggestions while a person types: entities, properties, types.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use case::listed::{Restriction, SearchRequest};
use model::label;
use model::schema::{PropertyType, Schema};
use serde::Serialize;

use super::TypeAnswer;
use super::manifest::schemata;
use crate::yente::search::{PAGE_DEFAULT, PAGE_MAX};
use crate::yente::{ApiError, Params, SharedLists};

/// Properties and types that are suggested; yente's figure.
const SUGGESTED: usize = 5;

#[derive(Debug, Serialize)]
pub(super) struct SuggestAnswer<T> {
    code: &'static str,
    status: &'static str,
    prefix: String,
    result: Vec<T>,
}

impl<T> SuggestAnswer<T> {
    fn of(prefix: String, result: Vec<T>) -> Json<Self> {
        Json(Self { code: "/api/status/ok", status: "200 OK", prefix, result })
    }
}

#[derive(Debug, Serialize)]
pub(super) struct EntityAnswer {
    id: String,
    name: String,
    description: &'static str,
    #[serde(rename = "type")]
    kind: Vec<TypeAnswer>,
}

#[derive(Debug, Serialize)]
pub(super) struct PropertyAnswer {
    id: String,
    name: &'static str,
    description: &'static str,
}

/// Entities with a name that begins so; the last word may be unfinished.
pub(super) async fn entity(
    State(lists): State<SharedLists>,
    Path(dataset): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<SuggestAnswer<EntityAnswer>>, ApiError> {
    let mut params = Params::read(query.as_deref());
    let prefix = params.last("prefix").unwrap_or_default().to_owned();
    let limit = params.count("limit", PAGE_DEFAULT, Some(PAGE_MAX));
    params.problems.done()?;
    let scope = lists.scope(&dataset)?;
    if prefix.trim().is_empty() {
        return Ok(SuggestAnswer::of(prefix, Vec::new()));
    }
    let request = SearchRequest {
        text: prefix.clone(),
        simple: true,
        begun: true,
        limit,
        restriction: Restriction { datasets: Some(scope), ..Restriction::default() },
        ..SearchRequest::default()
    };
    let found = lists.run(move |catalog| catalog.listed().search(&request)).await??;
    let answer = found.entities.into_iter().map(|entity| {
        let schema = Schema::find(&entity.schema);
        EntityAnswer {
            description: schema.and_then(|s| label::schema(&s.name)).unwrap_or_default(),
            kind: schema.map(TypeAnswer::of).into_iter().collect(),
            id: entity.id,
            name: entity.caption,
        }
    });
    Ok(SuggestAnswer::of(prefix, answer.collect()))
}

/// Properties whose name or label begins so, those of the most general types first.
pub(super) async fn property(
    State(lists): State<SharedLists>,
    Path(dataset): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<SuggestAnswer<PropertyAnswer>>, ApiError> {
    let (prefix, schemata) = begun(&lists, &dataset, query.as_deref())?;
    let mut found = Vec::new();
    for schema in schemata {
        for property in schema.properties().filter(|property| property.schema == schema.name) {
            let qualified = property.qualified();
            let name = label::property(&qualified).unwrap_or_default();
            let is_offered = !property.hidden && property.kind != PropertyType::Entity;
            if is_offered && begins(&prefix, &[&property.name, name]) {
                let general = schema.ancestors.len();
                found.push((general, PropertyAnswer { id: qualified, name, description: name }));
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let answer = found.into_iter().map(|(_, answer)| answer).take(SUGGESTED).collect();
    Ok(SuggestAnswer::of(prefix, answer))
}

/// Types whose name or label begins so.
pub(super) async fn kind(
    State(lists): State<SharedLists>,
    Path(dataset): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<SuggestAnswer<TypeAnswer>>, ApiError> {
    let (prefix, schemata) = begun(&lists, &dataset, query.as_deref())?;
    let fits = |schema: &&Schema| {
        begins(&prefix, &[&schema.name, label::schema(&schema.name).unwrap_or_default()])
    };
    let found = schemata.into_iter().filter(fits).take(SUGGESTED).map(TypeAnswer::of);
    let answer = found.collect();
    Ok(SuggestAnswer::of(prefix, answer))
}

/// The beginning that was typed, and the types of a data set.
fn begun(
    lists: &SharedLists,
    dataset: &str,
    query: Option<&str>,
) -> Result<(String, Vec<&'static Schema>), ApiError> {
    let params = Params::read(query);
    let prefix = params.last("prefix").unwrap_or_default().to_owned();
    let scope = lists.scope(dataset)?;
    let catalog = lists.catalog();
    Ok((prefix, schemata(catalog.schemata(&scope))))
}

fn begins(prefix: &str, labels: &[&str]) -> bool {
    let prefix = prefix.trim().to_lowercase();
    !prefix.is_empty() && labels.iter().any(|label| label.to_lowercase().starts_with(&prefix))
}
