//! `POST /match/{dataset}`: a batch of described entities, each answered with those on the lists that it
//! may be.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use case::listed::{Filter, Restriction};
use case::{Catalog, CatalogHit, CatalogRequest};
use model::{Entity, Level, Part};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::algorithm::{self, Algorithm};
use super::query::ExampleAnswer;
use super::wire::{EntityAnswer, Total};
use super::{ApiError, Example, Params, Problems, SharedLists};
use crate::depth::{self, DEPTH_MAX};

/// Queries of one batch; yente's figure.
pub(crate) const BATCH_MAX: usize = 100;
/// Results given where the client does not say; yente's figure.
pub(crate) const RESULTS_DEFAULT: usize = 5;
/// Results given at most; yente's figure.
const RESULTS_MAX: usize = 500;
/// Ids that may be left out; yente's figure.
const NOT_IDS_MAX: usize = 50;
/// The score from which on a result counts as a match; yente's figure, and ours: at 0.7 the shipped model
/// finds what it finds at 0.5 with half the false hits (docs/design/measure.md).
pub(crate) const THRESHOLD: f64 = 0.7;
/// Candidates compared for each result asked for, at least so many and at most `RESULTS_MAX`: yente asks
/// for ten times as many of a full-text index; the index of names needs fewer.
const CANDIDATES_MIN: usize = 20;
/// Results that are looked at beyond those asked for, since some may be of a schema that does not fit.
const MARGIN: usize = 5;

/// The header that tells the size of a batch.
pub(crate) const BATCH_HEADER: &str = "x-batch-size";
/// The header that tells which algorithm gave the scores, whatever was asked for.
pub(crate) const ALGORITHM_HEADER: &str = "x-algorithm";

/// How queries are answered.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) restriction: Restriction,
    pub(crate) limit: usize,
    pub(crate) cutoff: f64,
    pub(crate) threshold: f64,
}

#[derive(Debug, Serialize)]
struct MatchesAnswer {
    status: u16,
    results: Vec<ScoredAnswer>,
    total: Total,
    query: ExampleAnswer,
}

/// A hit with its score.
#[derive(Debug, Serialize)]
pub(crate) struct ScoredAnswer {
    #[serde(flatten)]
    pub(crate) entity: EntityAnswer,
    pub(crate) score: f64,
    #[serde(rename = "match")]
    pub(crate) is_match: bool,
    explanations: BTreeMap<String, FeatureAnswer>,
}

/// One comparison: its weight in doublings of the odds, and what met.
#[derive(Debug, Serialize)]
struct FeatureAnswer {
    score: f64,
    detail: String,
    query: Option<String>,
    candidate: Option<String>,
}

pub(crate) async fn screen(
    State(lists): State<SharedLists>,
    Path(dataset): Path<String>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Result<Response, ApiError> {
    let mut params = Params::read(query.as_deref());
    let (mut settings, excluded) = settings_of(&mut params);
    let batch = Batch::read(&body, &mut params.problems)?;
    let asked = params.last("algorithm").unwrap_or(algorithm::BEST).to_owned();
    std::mem::take(&mut params.problems).done()?;
    let scope = lists.scope(&dataset)?;
    let algorithm = Algorithm::find(&asked)?;
    algorithm.check(&batch.config)?;
    let included = settings.restriction.datasets.take();
    settings.restriction.datasets = narrowed(scope, included, &excluded);
    let queries = batch.queries;
    if queries.is_empty() {
        return Err(ApiError::Bad("No queries provided.".to_owned()));
    }
    let mut examples = Vec::with_capacity(queries.len());
    for (key, example) in queries {
        let entity = example.to_entity()?;
        examples.push((key, example, entity));
    }
    let place = lists.enter()?;
    let catalog = lists.catalog();
    let size = examples.len();
    let settings = Arc::new(settings);
    let works = examples.into_iter().map(|(key, example, entity)| {
        let (catalog, settings) = (catalog.clone(), settings.clone());
        move || {
            let matches = answer(&catalog, &example, &entity, &settings)?;
            let json = serde_json::to_string(&matches);
            Ok::<_, ApiError>((key, json.unwrap_or_default()))
        }
    });
    let answers = place.run_all(works).await?;
    let mut text = String::from("{\"responses\":{");
    for (nth, answer) in answers.into_iter().enumerate() {
        let (key, json) = answer?;
        text.push_str(if nth > 0 { "," } else { "" });
        text.push_str(&Value::String(key).to_string());
        text.push(':');
        text.push_str(&json);
    }
    let used = json!({"used": algorithm::OWN, "requested": asked});
    text.push_str(&format!("}},\"limit\":{},\"algorithm\":{used}}}", settings.limit));
    let mut response = ([(CONTENT_TYPE, "application/json")], text).into_response();
    response.headers_mut().insert(BATCH_HEADER, HeaderValue::from(size));
    response.headers_mut().insert(ALGORITHM_HEADER, HeaderValue::from_static(algorithm::OWN));
    Ok(response)
}

/// Settings, and the data sets that are left out.
fn settings_of(params: &mut Params) -> (Settings, Vec<String>) {
    let limit = params.count("limit", RESULTS_DEFAULT, Some(RESULTS_MAX));
    let threshold = params.number("threshold", THRESHOLD);
    let cutoff = params.number("cutoff", THRESHOLD).min(threshold);
    let topics = params.all("topics");
    let filter = Filter { field: "topics".to_owned(), values: topics, all: false };
    let included = params.all("include_dataset");
    let restriction = Restriction {
        datasets: (!included.is_empty()).then_some(included),
        not_schemata: params.all("exclude_schema"),
        filters: if filter.values.is_empty() { Vec::new() } else { vec![filter] },
        changed_since: params.time("changed_since"),
        not_ids: params.some("exclude_entity_ids", NOT_IDS_MAX),
        ..Restriction::default()
    };
    (Settings { restriction, limit, cutoff, threshold }, params.all("exclude_dataset"))
}

/// The data sets of a scope, without those that were not wanted.
pub(crate) fn narrowed(
    mut scope: Vec<String>,
    included: Option<Vec<String>>,
    excluded: &[String],
) -> Option<Vec<String>> {
    scope.retain(|name| included.as_ref().is_none_or(|included| included.contains(name)));
    scope.retain(|name| !excluded.contains(name));
    Some(scope)
}

/// What a client sends.
struct Batch {
    queries: Vec<(String, Example)>,
    config: Map<String, Value>,
}

impl Batch {
    fn read(body: &[u8], problems: &mut Problems) -> Result<Self, ApiError> {
        let body = object_of(body, problems)?;
        let mut batch = Self { queries: Vec::new(), config: Map::new() };
        let Some(body) = body else { return Ok(batch) };
        for name in ["weights", "config"] {
            match body.get(name) {
                None => {}
                Some(Value::Object(map)) if map.values().all(is_plain) => {
                    if name == "config" {
                        batch.config.clone_from(map);
                    }
                }
                Some(other) => {
                    let msg = "Input should be a valid dictionary";
                    problems.add("dict_type", &["body", name], msg, other.clone(), Value::Null);
                }
            }
        }
        match body.get("queries") {
            Some(Value::Object(queries)) => {
                if queries.len() > BATCH_MAX {
                    let text = format!("Too many queries in one batch (limit: {BATCH_MAX})");
                    return Err(ApiError::Bad(text));
                }
                for (key, value) in queries {
                    let example = Example::read(value, key, problems);
                    batch.queries.extend(example.map(|example| (key.clone(), example)));
                }
            }
            Some(other) => {
                let msg = "Input should be a valid dictionary";
                problems.add("dict_type", &["body", "queries"], msg, other.clone(), Value::Null);
            }
            None => {
                let loc = ["body", "queries"];
                problems.add("missing", &loc, "Field required", Value::Object(body), Value::Null);
            }
        }
        Ok(batch)
    }
}

fn is_plain(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// The object of a body.
fn object_of(body: &[u8], problems: &mut Problems) -> Result<Option<Map<String, Value>>, ApiError> {
    if body.iter().all(u8::is_ascii_whitespace) {
        problems.add("missing", &["body"], "Field required", Value::Null, Value::Null);
        return Ok(None);
    }
    if !depth::is_within(body, DEPTH_MAX) {
        let text = format!("The body is nested deeper than {DEPTH_MAX} levels.");
        return Err(ApiError::Bad(text));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(Some(object)),
        Ok(other) => {
            let msg = "Input should be a valid dictionary or object to extract fields from";
            problems.add("model_attributes_type", &["body"], msg, other, Value::Null);
            Ok(None)
        }
        Err(error) => {
            let ctx = json!({"error": error.to_string()});
            problems.add("json_invalid", &["body"], "JSON decode error", json!({}), ctx);
            Ok(None)
        }
    }
}

/// Answers one query.
fn answer(
    catalog: &Catalog,
    example: &Example,
    entity: &Entity,
    settings: &Settings,
) -> Result<MatchesAnswer, ApiError> {
    let (total, results) = scored(catalog, entity, settings)?;
    let query = example.answer(entity);
    Ok(MatchesAnswer { status: 200, results, total: Total::of(total), query })
}

/// The hits of a query, and how many of the candidates are matches.
pub(crate) fn scored(
    catalog: &Catalog,
    entity: &Entity,
    settings: &Settings,
) -> Result<(usize, Vec<ScoredAnswer>), ApiError> {
    let Settings { limit, cutoff, threshold, .. } = *settings;
    let request = CatalogRequest {
        top: CANDIDATES_MIN.max(limit + MARGIN).min(RESULTS_MAX + MARGIN),
        explained: limit + MARGIN,
        cutoff,
        restriction: settings.restriction.clone(),
    };
    let hits = catalog.screen(entity, &request)?;
    let hits: Vec<CatalogHit> =
        hits.into_iter().filter(|hit| hit.hit.pair.score > cutoff).collect();
    let total = hits.iter().filter(|hit| hit.hit.pair.score >= threshold).count();
    let results = hits
        .into_iter()
        .filter_map(|CatalogHit { hit, entity }| {
            let score = hit.pair.score;
            let parts = hit.pair.explanation.parts;
            Some(ScoredAnswer {
                entity: entity?.into(),
                score,
                is_match: score >= threshold,
                explanations: features(parts),
            })
        })
        .take(limit)
        .collect();
    Ok((total, results))
}

fn features(parts: Vec<Part>) -> BTreeMap<String, FeatureAnswer> {
    let mut features = BTreeMap::new();
    for part in parts {
        let mut name = part.comparison.clone();
        let mut nth = 1;
        while features.contains_key(&name) {
            nth += 1;
            name = format!("{}_{nth}", part.comparison);
        }
        let level = match part.level {
            Level::Agree => "agree",
            Level::Near => "near",
            Level::Missing => "missing",
            Level::Conflict => "conflict",
        };
        let notes = part.notes.join("; ");
        let detail = if notes.is_empty() { level.to_owned() } else { format!("{level}: {notes}") };
        let feature =
            FeatureAnswer { score: part.weight, detail, query: part.left, candidate: part.right };
        features.insert(name, feature);
    }
    features
}
