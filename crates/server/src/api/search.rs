//! Search: names in any script, phones and text in one question; many questions from a file, each
//! with its counts, those without a hit included.

use std::collections::BTreeSet;

use axum::Json;
use axum::body::Bytes;
use case::{CaseView, LeadFilter, LeadOrder, Searcher, name_query, safe_cell};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::documents::SpanShape;
use super::extract::{Ask, Body, CasePath, Hidden, InCase, work};
use super::leads::{FilterShape, LeadShape};
use super::problem::ApiError;
use crate::auth::{CurrentUser, Trail};

/// Bytes of a question.
const QUESTION_MAX: usize = 1000;
/// Results of one kind.
const TOP_MAX: usize = 100;
/// Questions of one file.
const LINES_MAX: usize = 10_000;
/// A name must score so much to be shown. Chosen by hand: below, a person sees no likeness.
const CUTOFF: f64 = 0.35;
/// A name must score so much to count as a hit of a file. Chosen by hand.
const BATCH_CUTOFF: f64 = 0.6;

/// A question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchAsk {
    /// A name in any script, a phone number, words of a text.
    #[schema(max_length = 1000)]
    q: String,
    /// Where to look; everywhere if nothing is named.
    #[serde(default, rename = "in")]
    places: Vec<SearchPlace>,
    /// Only leads that match.
    #[serde(default)]
    filter: Option<FilterShape>,
    /// Results of each kind, 100 at most.
    #[serde(default = "usual_top")]
    #[schema(minimum = 1, maximum = 100)]
    top: usize,
}

fn usual_top() -> usize {
    10
}

/// Where to look.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SearchPlace {
    /// Names and phones of the records.
    People,
    /// Names on the lists.
    Lists,
    /// The text of documents.
    Text,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct SearchShape {
    /// Leads with such a name or phone, best first.
    people: Vec<PersonHit>,
    /// List entries with such a name, best first.
    listed: Vec<ListedHit>,
    /// Documents that hold all the words, best first.
    documents: Vec<DocumentHit>,
    /// How many documents hold them.
    documents_total: u64,
}

/// A lead that was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonHit {
    lead: LeadShape,
    /// The record by which it was found.
    record: String,
    /// `name`, `beginning` or `phone`.
    by: &'static str,
    /// What was found: the name or the number.
    found: String,
    /// How well the name agrees.
    score: Option<f64>,
}

/// A list entry that was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct ListedHit {
    list: String,
    entity: String,
    caption: String,
    score: f64,
}

/// A document that was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentHit {
    id: String,
    path: String,
    dataset: Option<String>,
    /// Where the words stand, the first places.
    spans: Vec<SpanShape>,
}

/// Looks for a name, a phone or words.
#[utoipa::path(post, operation_id = "search_search", path = "/search", tag = "search", params(CasePath), request_body = SearchAsk, responses((status = 200, body = SearchShape)))]
pub(crate) async fn search(
    InCase(case): InCase,
    Hidden(hidden): Hidden,
    user: CurrentUser,
    trail: Trail,
    Body(ask): Body<SearchAsk>,
) -> Result<Json<SearchShape>, ApiError> {
    if ask.q.len() > QUESTION_MAX || !(1..=TOP_MAX).contains(&ask.top) {
        return Err(ApiError::invalid(
            "a question has 1000 bytes at most, an answer 1 to 100 rows",
        ));
    }
    let mut filter: Option<LeadFilter> = ask.filter.map(TryInto::try_into).transpose()?;
    if !hidden.is_empty() {
        filter.get_or_insert_default().without = hidden.clone();
    }
    work(move || {
        let view = case.room.view();
        let looks = |place| ask.places.is_empty() || ask.places.contains(&place);
        let mut answer = SearchShape {
            people: Vec::new(),
            listed: Vec::new(),
            documents: Vec::new(),
            documents_total: 0,
        };
        let q = ask.q.trim();
        if q.is_empty() {
            return Ok(Json(answer));
        }
        if looks(SearchPlace::People) || looks(SearchPlace::Lists) {
            let searcher = case.room.searcher()?;
            if looks(SearchPlace::People) {
                answer.people =
                    people((&view, &user.name), &searcher, q, filter.as_ref(), ask.top)?;
            }
            if looks(SearchPlace::Lists) {
                answer.listed = listed(&searcher, q, ask.top);
            }
        }
        if looks(SearchPlace::Text) {
            let (found, total) = case.room.find_text(q, ask.top)?;
            answer.documents_total = total;
            answer.documents = found
                .into_iter()
                .filter(|hit| !hidden.contains(hit.document.as_str()))
                .map(|hit| DocumentHit {
                    path: view.ledger.path(&hit.document),
                    dataset: view
                        .ledger
                        .document(hit.document.as_str())
                        .map(|(d, _)| d.to_string()),
                    spans: hit.spans.iter().map(Into::into).collect(),
                    id: hit.document.to_string(),
                })
                .collect();
        }
        // What was asked for stays out of the log; what was found is in it.
        for id in answer.people.iter().map(|hit| &hit.record) {
            trail.note(format!("records/{id}"));
        }
        for hit in &answer.documents {
            trail.note(format!("documents/{}", hit.id));
        }
        Ok(Json(answer))
    })
    .await
}

fn listed(searcher: &Searcher, q: &str, top: usize) -> Vec<ListedHit> {
    let hits = searcher.listed(&name_query(q), top, CUTOFF).into_iter();
    hits.map(|hit| ListedHit {
        list: hit.dataset.to_string(),
        entity: hit.entity_id.to_string(),
        caption: hit.caption,
        score: hit.pair.score,
    })
    .collect()
}

/// Leads by phone, by name, by the beginning of one; each lead once.
fn people(
    (view, viewer): (&CaseView, &str),
    searcher: &Searcher,
    q: &str,
    filter: Option<&LeadFilter>,
    top: usize,
) -> Result<Vec<PersonHit>, ApiError> {
    let only = match filter {
        Some(filter) => {
            let mut places = view.leads(filter, &LeadOrder::Rank, false)?.places;
            places.sort_unstable();
            Some(places)
        }
        None => None,
    };
    let mut met = std::collections::BTreeSet::new();
    let mut hits = Vec::new();
    let mut add = |record: &model::EntityId, by, found: &str, score| {
        let Some((place, _)) = view.find(record.as_str()) else { return };
        let in_filter = only.as_ref().is_none_or(|only| only.binary_search(&place).is_ok());
        if hits.len() < top && in_filter && met.insert(place) {
            let record = record.to_string();
            let found = found.to_owned();
            let lead = LeadShape::of(view, place, viewer);
            hits.extend(lead.map(|lead| PersonHit { lead, record, by, found, score }));
        }
    };
    for (record, phone) in searcher.phones(q) {
        add(record, "phone", phone, None);
    }
    // A filter may leave few of the best.
    let asked = if only.is_some() { TOP_MAX * 2 } else { top * 2 };
    for hit in searcher.records(&name_query(q), asked, CUTOFF) {
        add(&hit.entity_id, "name", &hit.caption, Some(hit.pair.score));
    }
    for record in searcher.begun(q) {
        let name = searcher.record(record).map(|entity| entity.caption().to_owned());
        add(record, "beginning", &name.unwrap_or_default(), None);
    }
    Ok(hits)
}

/// How the answers to a file of questions are given.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BatchAsk {
    /// A name must score so much to count, 0 to 1.
    #[param(minimum = 0, maximum = 1)]
    cutoff: Option<f64>,
    /// `json`, or `csv` for a table.
    format: Option<String>,
}

/// The answers to a file of questions.
#[derive(Serialize, ToSchema)]
pub(crate) struct BatchShape {
    /// Questions.
    lines: usize,
    /// Questions without any hit.
    without_hit: usize,
    results: Vec<BatchLine>,
}

/// The answer to one question.
#[derive(Serialize, ToSchema)]
pub(crate) struct BatchLine {
    /// The id that the file gives it, or its number.
    id: String,
    /// What was asked for.
    name: String,
    /// Leads that score high enough.
    people: usize,
    /// List entries that do.
    listed: usize,
    /// The best lead.
    best_lead: Option<String>,
    best_lead_score: Option<f64>,
    /// The best list entry.
    best_listed: Option<String>,
    best_listed_score: Option<f64>,
}

/// Looks for every line of a file (CSV with a header, or JSON lines in FtM terms).
#[utoipa::path(post, operation_id = "search_batch", path = "/search/batch", tag = "search", params(CasePath, BatchAsk), request_body(content = String, content_type = "text/csv"), responses((status = 200, content((BatchShape = "application/json"), (String = "text/csv")))))]
pub(crate) async fn batch(
    InCase(case): InCase,
    Hidden(hidden): Hidden,
    Ask(ask): Ask<BatchAsk>,
    body: Bytes,
) -> Result<axum::response::Response, ApiError> {
    use axum::response::IntoResponse as _;
    let cutoff = ask.cutoff.unwrap_or(BATCH_CUTOFF);
    let is_table = match ask.format.as_deref() {
        None | Some("json") => false,
        Some("csv") => true,
        Some(_) => return Err(ApiError::invalid("formats are json and csv")),
    };
    if !(0.0..=1.0).contains(&cutoff) {
        return Err(ApiError::invalid("a cutoff lies between 0 and 1"));
    }
    let answer = work(move || {
        let queries = case::query::read_queries(&body[..])?;
        if queries.len() > LINES_MAX {
            return Err(case::NotDone::TooMany { most: LINES_MAX }.into());
        }
        let searcher = case.room.searcher()?;
        let view = case.room.view();
        let results: Vec<BatchLine> =
            queries.iter().map(|q| line_of(&view, &searcher, q, cutoff, &hidden)).collect();
        let without_hit = results.iter().filter(|line| line.people + line.listed == 0).count();
        Ok(BatchShape { lines: results.len(), without_hit, results })
    })
    .await?;
    if is_table {
        let header = [(axum::http::header::CONTENT_TYPE, "text/csv; charset=utf-8")];
        return Ok((header, table(&answer.results)).into_response());
    }
    Ok(Json(answer).into_response())
}

/// Hits of one line that are counted.
const COUNTED: usize = 50;

fn line_of(
    view: &CaseView,
    searcher: &Searcher,
    query: &model::Entity,
    cutoff: f64,
    hidden: &BTreeSet<String>,
) -> BatchLine {
    let mut records = searcher.records(query, COUNTED, cutoff);
    records.retain(|hit| !hidden.contains(hit.entity_id.as_str()));
    let listed = searcher.listed(query, COUNTED, cutoff);
    let mut leads: Vec<(&str, f64)> = Vec::new();
    for hit in &records {
        let Some((_, row)) = view.find(hit.entity_id.as_str()) else { continue };
        if !leads.iter().any(|(id, _)| *id == row.id.as_str()) {
            leads.push((row.id.as_str(), hit.pair.score));
        }
    }
    let best = leads.first();
    BatchLine {
        id: query.id.to_string(),
        name: query.first("name").unwrap_or_default().to_owned(),
        people: leads.len(),
        listed: listed.len(),
        best_lead: best.map(|(id, _)| (*id).to_owned()),
        best_lead_score: best.map(|(_, score)| *score),
        best_listed: listed.first().map(|hit| hit.entity_id.to_string()),
        best_listed_score: listed.first().map(|hit| hit.pair.score),
    }
}

/// The answers as a table, one line a question, in the order of the file.
fn table(results: &[BatchLine]) -> String {
    let mut out = "id,name,people,listed,best_lead,best_lead_score,best_listed,\
                   best_listed_score\r\n"
        .to_owned();
    for line in results {
        let score = |score: Option<f64>| score.map(|s| format!("{s:.3}")).unwrap_or_default();
        let cells = [
            line.id.clone(),
            line.name.clone(),
            line.people.to_string(),
            line.listed.to_string(),
            line.best_lead.clone().unwrap_or_default(),
            score(line.best_lead_score),
            line.best_listed.clone().unwrap_or_default(),
            score(line.best_listed_score),
        ];
        let quoted = cells.map(|cell| format!("\"{}\"", safe_cell(&cell).replace('"', "\"\"")));
        out.push_str(&quoted.join(","));
        out.push_str("\r\n");
    }
    out
}
