//! Values of properties for entities that were reconciled, and which properties there are.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use case::Catalog;
use model::label;
use model::schema::{Property, PropertyType, Schema};
use model::value::Country;
use serde::{Deserialize, Serialize};

use crate::depth::{self, DEPTH_MAX};
use crate::yente::screening::{BATCH_HEADER, BATCH_MAX};
use crate::yente::{ApiError, Params, SharedLists};

/// Properties of one request. FtM's richest schema has 91.
const PROPERTIES_MAX: usize = 100;

#[derive(Debug, Deserialize)]
struct Query {
    ids: Vec<String>,
    properties: Vec<AskedProperty>,
}

#[derive(Debug, Deserialize)]
struct AskedProperty {
    id: String,
    #[serde(default)]
    settings: Settings,
}

#[derive(Debug, Deserialize)]
#[serde(default)]
struct Settings {
    /// Numbers come as texts from `OpenRefine`.
    limit: serde_json::Value,
    render: Render,
}

impl Default for Settings {
    fn default() -> Self {
        Self { limit: serde_json::Value::Null, render: Render::Caption }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Render {
    Raw,
    Caption,
}

#[derive(Debug, Serialize)]
struct ExtendAnswer {
    meta: Vec<NamedAnswer>,
    rows: BTreeMap<String, BTreeMap<String, Vec<ValueAnswer>>>,
}

#[derive(Debug, Serialize)]
struct NamedAnswer {
    id: String,
    name: &'static str,
}

#[derive(Debug, Serialize)]
struct ValueAnswer {
    str: String,
}

pub(super) async fn extend(lists: SharedLists, text: &str) -> Result<Response, ApiError> {
    let undecodable = || ApiError::Bad("Cannot decode extension request".to_owned());
    if !depth::is_within(text.as_bytes(), DEPTH_MAX) {
        return Err(undecodable());
    }
    let query: Query = serde_json::from_str(text).map_err(|_| undecodable())?;
    if query.ids.len() > BATCH_MAX || query.properties.len() > PROPERTIES_MAX {
        let text = format!("Too many queries in one batch (limit: {BATCH_MAX})");
        return Err(ApiError::Bad(text));
    }
    let answer = lists.run(move |catalog| answer(catalog, query)).await??;
    let size = answer.rows.len();
    let mut response = Json(answer).into_response();
    response.headers_mut().insert(BATCH_HEADER, HeaderValue::from(size));
    Ok(response)
}

fn answer(catalog: &Catalog, query: Query) -> Result<ExtendAnswer, ApiError> {
    let mut answer = ExtendAnswer { meta: Vec::new(), rows: BTreeMap::new() };
    for id in query.ids {
        let mut row = BTreeMap::new();
        match catalog.listed().find(&id) {
            None if catalog.listed().find_merged(&id).is_some() => {
                let text = "Please specify the canonical entity ID, not a referent";
                return Err(ApiError::Bad(text.to_owned()));
            }
            None => {}
            Some((_, entity)) => {
                let schema = Schema::find(&entity.schema);
                for asked in &query.properties {
                    let property = schema.and_then(|schema| schema.property(&asked.id));
                    let Some(property) = property else { continue };
                    if !answer.meta.iter().any(|known| known.id == asked.id) {
                        answer.meta.push(named(property));
                    }
                    let values = entity.values(&property.name).iter();
                    let shown = values.take(asked.settings.most()).map(|value| ValueAnswer {
                        str: match asked.settings.render {
                            Render::Raw => value.clone(),
                            Render::Caption => caption(property, value),
                        },
                    });
                    row.insert(asked.id.clone(), shown.collect());
                }
            }
        }
        answer.rows.insert(id, row);
    }
    Ok(answer)
}

impl Settings {
    /// Values given at most; zero and less stand for all.
    fn most(&self) -> usize {
        let text = self.limit.as_str().and_then(|text| text.trim().parse().ok());
        let limit = self.limit.as_i64().or(text).unwrap_or(0);
        usize::try_from(limit).ok().filter(|limit| *limit > 0).unwrap_or(usize::MAX)
    }
}

fn named(property: &Property) -> NamedAnswer {
    let name = label::property(&property.qualified()).unwrap_or_default();
    NamedAnswer { id: property.name.clone(), name }
}

/// A value for people.
pub(super) fn caption(property: &Property, value: &str) -> String {
    let known = match property.kind {
        PropertyType::Country => Country::from_code(value).map(|country| country.name()),
        PropertyType::Topic => label::topic(value),
        _ => None,
    };
    known.unwrap_or(value).to_owned()
}

#[derive(Debug, Serialize)]
pub(super) struct PropertiesAnswer {
    limit: usize,
    #[serde(rename = "type")]
    kind: &'static str,
    properties: Vec<NamedAnswer>,
}

/// Which properties of a type can be had: the featured ones come first, also where only some are
/// wanted.
pub(super) async fn properties(
    State(_): State<SharedLists>,
    Path(_): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<PropertiesAnswer>, ApiError> {
    let mut params = Params::read(query.as_deref());
    let kind = params.last("type").unwrap_or("Thing").to_owned();
    let limit = params.count("limit", 0, None);
    params.problems.done()?;
    let schema = Schema::find(&kind).filter(|schema| !schema.extension);
    let schema = schema.ok_or_else(|| ApiError::Bad(format!("Invalid type: {kind}")))?;
    let featured = schema.featured.iter().filter_map(|name| schema.property(name));
    let others = schema.properties().filter(|property| {
        !property.hidden
            && property.kind != PropertyType::Entity
            && !schema.featured.contains(&property.name)
    });
    let most = if limit > 0 { limit } else { usize::MAX };
    let mut properties: Vec<NamedAnswer> = featured.chain(others).take(most).map(named).collect();
    properties.sort_by(|a, b| a.name.cmp(b.name).then_with(|| a.id.cmp(&b.id)));
    Ok(Json(PropertiesAnswer { limit, kind: &schema.name, properties }))
}
