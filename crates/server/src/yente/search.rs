//! `GET /search/{dataset}`: a text, filters and facets.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use case::listed::{Facet, FacetCount, Filter, Found, Restriction, SearchRequest, Sort};
use model::label;
use model::schema::Schema;
use model::value::Country;
use serde::Serialize;

use super::screening::narrowed;
use super::wire::{EntityAnswer, Total};
use super::{ApiError, Params, SharedLists};

/// Results given where the client does not say; yente's figure.
pub(crate) const PAGE_DEFAULT: usize = 10;
/// Results given at most; yente's figure.
pub(crate) const PAGE_MAX: usize = 500;
/// Results left out at most; yente's figure.
pub(crate) const OFFSET_MAX: usize = 9_499;
/// The base schema.
const SCHEMA_DEFAULT: &str = "Thing";

/// Facets by their names on the wire.
const FACETS: [(&str, Facet); 6] = [
    ("datasets", Facet::Datasets),
    ("schema", Facet::Schema),
    ("countries", Facet::Countries),
    ("identifiers", Facet::Identifiers),
    ("topics", Facet::Topics),
    ("genders", Facet::Genders),
];
/// Facets where the client does not say.
const FACETS_DEFAULT: [Facet; 3] = [Facet::Countries, Facet::Topics, Facet::Datasets];

#[derive(Debug, Serialize)]
pub(crate) struct SearchAnswer {
    limit: usize,
    offset: usize,
    total: Total,
    results: Vec<EntityAnswer>,
    facets: BTreeMap<&'static str, FacetAnswer>,
}

#[derive(Debug, Serialize)]
struct FacetAnswer {
    label: &'static str,
    values: Vec<FacetValue>,
}

#[derive(Debug, Serialize)]
struct FacetValue {
    name: String,
    label: String,
    count: usize,
}

pub(crate) async fn search(
    State(lists): State<SharedLists>,
    Path(dataset): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<SearchAnswer>, ApiError> {
    let mut params = Params::read(query.as_deref());
    let mut request = SearchRequest {
        text: params.last("q").unwrap_or_default().to_owned(),
        simple: params.flag("simple").unwrap_or(false),
        fuzzy: params.flag("fuzzy").unwrap_or(false),
        begun: false,
        limit: params.count("limit", PAGE_DEFAULT, Some(PAGE_MAX)),
        offset: params.count("offset", 0, Some(OFFSET_MAX)),
        sorts: sorts_of(&params.all("sort")),
        facets: params.words("facets", &FACETS),
        restriction: Restriction {
            not_schemata: params.all("exclude_schema"),
            changed_since: params.time("changed_since"),
            target: params.flag("target"),
            ..Restriction::default()
        },
    };
    if request.facets.is_empty() {
        request.facets = FACETS_DEFAULT.to_vec();
    }
    let all = params.words("filter_op", &[("AND", true), ("OR", false)]);
    let all = all.last().copied().unwrap_or(false);
    let included = params.all("include_dataset");
    let included = (!included.is_empty()).then_some(included);
    let excluded = params.all("exclude_dataset");
    let schema = params.last("schema").unwrap_or(SCHEMA_DEFAULT).to_owned();
    std::mem::take(&mut params.problems).done()?;
    let scope = lists.scope(&dataset)?;
    let schema = Schema::find(&schema).filter(|schema| !schema.extension);
    let schema = schema.ok_or_else(|| ApiError::Bad("Invalid schema".to_owned()))?;
    request.restriction.datasets = narrowed(scope, included, &excluded);
    request.restriction.schemata = Some(schemata_of(schema));
    request.restriction.filters = filters_of(&params, all)?;
    let answer = lists.run(move |catalog| {
        let (limit, offset) = (request.limit, request.offset);
        let found = catalog.listed().search(&request)?;
        let title = |name: &str| catalog.dataset(name).map(|dataset| dataset.title.clone());
        Ok::<_, ApiError>(answer_of(found, limit, offset, title))
    });
    answer.await?.map(Json)
}

/// Of a schema that can be matched, those that may be the same; of another, all below it.
fn schemata_of(schema: &Schema) -> Vec<String> {
    let fits = |other: &&Schema| {
        (schema.matchable && schema.may_match(other))
            || (!schema.matchable && (other.is_a(&schema.name) || schema.may_match(other)))
    };
    Schema::all().filter(fits).map(|other| other.name.clone()).collect()
}

/// `field:order`, ascending where no order is named.
pub(crate) fn sorts_of(texts: &[String]) -> Vec<Sort> {
    let sort = |text: &String| {
        let (field, order) = text.rsplit_once(':').unwrap_or((text, "asc"));
        Sort { field: field.to_owned(), descending: order == "desc" }
    };
    texts.iter().map(sort).collect()
}

fn filters_of(params: &Params, all: bool) -> Result<Vec<Filter>, ApiError> {
    let mut filters: Vec<Filter> = Vec::new();
    let mut add = |field: &str, value: String| match filters
        .iter_mut()
        .find(|filter| filter.field == field)
    {
        Some(filter) => filter.values.push(value),
        None => filters.push(Filter { field: field.to_owned(), values: vec![value], all }),
    };
    for field in ["countries", "topics", "datasets"] {
        for value in params.all(field) {
            add(field, value);
        }
    }
    for text in params.all("filter") {
        let parts = text.split_once(':');
        let (field, value) =
            parts.ok_or_else(|| ApiError::Bad(format!("Invalid filter: '{text}'")))?;
        add(field, value.to_owned());
    }
    Ok(filters)
}

fn answer_of(
    found: Found,
    limit: usize,
    offset: usize,
    title: impl Fn(&str) -> Option<String>,
) -> SearchAnswer {
    let facets = found.facets.into_iter().filter_map(|(facet, counts)| {
        let name = FACETS.iter().find(|(_, own)| *own == facet)?.0;
        let value = |FacetCount { name, count }| FacetValue {
            label: match facet {
                Facet::Datasets => title(&name),
                Facet::Schema => label::schema_plural(&name).map(str::to_owned),
                Facet::Countries => Country::from_code(&name).map(|c| c.name().to_owned()),
                Facet::Topics => label::topic(&name).map(str::to_owned),
                Facet::Identifiers | Facet::Genders => None,
            }
            .unwrap_or_else(|| name.clone()),
            name,
            count,
        };
        let label = match facet {
            Facet::Datasets => "Data sources",
            Facet::Schema => "Entity types",
            Facet::Countries => "Countries",
            Facet::Identifiers => "Identifiers",
            Facet::Topics => "Topics",
            Facet::Genders => "Genders",
        };
        Some((name, FacetAnswer { label, values: counts.into_iter().map(value).collect() }))
    });
    SearchAnswer {
        limit,
        offset,
        total: Total::of(found.total),
        facets: facets.collect(),
        results: found.entities.into_iter().map(EntityAnswer::from).collect(),
    }
}
