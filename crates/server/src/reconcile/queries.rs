//! Reconciliation queries: a name or two and properties, to those on the lists that it may be.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use case::listed::Restriction;
use model::label;
use model::schema::Schema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::TypeAnswer;
use crate::depth::{self, DEPTH_MAX};
use crate::yente::algorithm::{self, Algorithm};
use crate::yente::screening::{
    ALGORITHM_HEADER, BATCH_HEADER, BATCH_MAX, RESULTS_DEFAULT, Settings, THRESHOLD, scored,
};
use crate::yente::{ApiError, Example, Params, SharedLists};

/// Results of one query. `OpenRefine` asks for three to ten.
const RESULTS_MAX: usize = 100;

#[derive(Debug, Deserialize)]
struct Query {
    #[serde(default)]
    query: Option<String>,
    #[serde(default, rename = "type")]
    kind: Option<Kinds>,
    #[serde(default)]
    limit: Option<i64>,
    #[serde(default)]
    properties: Vec<Property>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Kinds {
    One(String),
    Some(Vec<String>),
}

#[derive(Debug, Deserialize)]
struct Property {
    pid: String,
    v: Value,
}

#[derive(Debug, Serialize)]
struct ResultsAnswer {
    result: Vec<CandidateAnswer>,
}

#[derive(Debug, Serialize)]
struct CandidateAnswer {
    id: String,
    name: String,
    description: &'static str,
    #[serde(rename = "type")]
    kind: Vec<TypeAnswer>,
    score: f64,
    #[serde(rename = "match")]
    is_match: bool,
}

pub(super) async fn queries(
    lists: SharedLists,
    dataset: &str,
    text: &str,
    mut params: Params,
) -> Result<Response, ApiError> {
    let changed_since = params.time("changed_since");
    let asked = params.last("algorithm").unwrap_or(algorithm::BEST).to_owned();
    params.problems.done()?;
    let scope = lists.scope(dataset)?;
    Algorithm::find(&asked)?;
    let queries = read(text)?;
    let restriction =
        Restriction { datasets: Some(scope), changed_since, ..Restriction::default() };
    let mut asked = Vec::with_capacity(queries.len());
    for (key, query) in queries {
        let limit = query.limit.map_or(RESULTS_DEFAULT, |n| usize::try_from(n).unwrap_or(0));
        let example = query.to_example();
        let entity = example.to_entity()?;
        let settings = Settings {
            restriction: restriction.clone(),
            limit: limit.min(RESULTS_MAX),
            cutoff: 0.0,
            threshold: THRESHOLD,
        };
        asked.push((key, entity, settings));
    }
    let place = lists.enter()?;
    let catalog = lists.catalog();
    let size = asked.len();
    let works = asked.into_iter().map(|(key, entity, settings)| {
        let catalog = catalog.clone();
        move || {
            let (_, hits) = scored(&catalog, &entity, &settings)?;
            let result = hits.into_iter().map(|hit| {
                let schema = Schema::find(&hit.entity.schema);
                CandidateAnswer {
                    description: schema.and_then(|s| label::schema(&s.name)).unwrap_or_default(),
                    kind: schema.map(TypeAnswer::of).into_iter().collect(),
                    id: hit.entity.id,
                    name: hit.entity.caption,
                    score: hit.score,
                    is_match: hit.is_match,
                }
            });
            Ok::<_, ApiError>((key, ResultsAnswer { result: result.collect() }))
        }
    });
    let answers = place.run_all(works).await?;
    let answers: BTreeMap<String, ResultsAnswer> = answers.into_iter().collect::<Result<_, _>>()?;
    let mut response = Json(answers).into_response();
    response.headers_mut().insert(BATCH_HEADER, HeaderValue::from(size));
    response.headers_mut().insert(ALGORITHM_HEADER, HeaderValue::from_static(algorithm::OWN));
    Ok(response)
}

fn read(text: &str) -> Result<Vec<(String, Query)>, ApiError> {
    if !depth::is_within(text.as_bytes(), DEPTH_MAX) {
        return Err(ApiError::Bad(format!(
            "The queries are nested deeper than {DEPTH_MAX} levels."
        )));
    }
    let invalid = |error: serde_json::Error| ApiError::Bad(format!("Invalid queries: {error}"));
    let batch: Map<String, Value> = serde_json::from_str(text).map_err(invalid)?;
    if batch.len() > BATCH_MAX {
        let text = format!("Too many queries in one batch (limit: {BATCH_MAX})");
        return Err(ApiError::Bad(text));
    }
    let read = |(key, query)| Ok((key, serde_json::from_value(query).map_err(invalid)?));
    batch.into_iter().map(read).collect()
}

impl Query {
    /// As an entity is described elsewhere. Of several types the first counts; properties that FtM has
    /// not are left out.
    fn to_example(&self) -> Example {
        let kind = match &self.kind {
            None => None,
            Some(Kinds::One(kind)) => Some(kind.clone()),
            Some(Kinds::Some(kinds)) => kinds.first().cloned(),
        };
        let mut properties: Map<String, Value> = Map::new();
        let mut add = |name: &str, value: Value| {
            let values = properties.entry(name).or_insert_with(|| json!([]));
            if let Value::Array(values) = values {
                match value {
                    Value::Array(more) => values.extend(more),
                    value => values.push(value),
                }
            }
        };
        if let Some(query) = &self.query {
            add("name", json!(query));
        }
        for Property { pid, v } in &self.properties {
            let (schema, name) = pid.split_once(':').unwrap_or(("Person", pid));
            if Schema::find(schema).is_some_and(|schema| schema.property(name).is_some()) {
                add(name, v.clone());
            }
        }
        let schema = kind.unwrap_or_else(|| "Thing".to_owned());
        Example { id: None, schema, properties }
    }
}
