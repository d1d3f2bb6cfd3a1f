//! Records and list entries with their statements, and the explanation of any pair.

use axum::Json;
use model::EntityId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cases::DatasetShape;
use super::extract::{Ask, At, CasePath, Hidden, InCase, ItemPath, PageAsk, checked_page, work};
use super::problem::ApiError;
use super::shapes::{PairShape, StatementShape};

/// A page of the records of a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecordsShape {
    /// Records in the case.
    total: usize,
    records: Vec<RecordRow>,
}

/// A record in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecordRow {
    id: String,
    document: Option<String>,
    path: Option<String>,
    /// Kind of sheet.
    sheet: Option<String>,
    countries: Vec<String>,
    birth_date: Option<String>,
    entry_date: Option<String>,
    entry_point: Option<String>,
    /// The lead it is of.
    lead: Option<String>,
}

/// The records of a case, in order of id.
#[utoipa::path(get, operation_id = "entities_records", path = "/records", tag = "entities", params(CasePath, PageAsk), responses((status = 200, body = RecordsShape)))]
pub(crate) async fn records(
    InCase(case): InCase,
    Hidden(hidden): Hidden,
    Ask(ask): Ask<PageAsk>,
) -> Result<Json<RecordsShape>, ApiError> {
    let (offset, limit) = checked_page(ask.offset, ask.limit)?;
    let view = case.room.view();
    let shown = view.ledger.records.iter().filter(|(id, _)| !hidden.contains(id.as_str()));
    let total = shown.clone().count();
    let page = shown.skip(offset).take(limit);
    let records = page.map(|(id, facts)| RecordRow {
        id: id.to_string(),
        document: facts.document.as_ref().map(ToString::to_string),
        path: facts.document.as_ref().map(|document| view.ledger.path(document)),
        sheet: facts.sheet.clone(),
        countries: facts.countries.clone(),
        birth_date: facts.birth_date.clone(),
        entry_date: facts.entry_date.clone(),
        entry_point: facts.entry_point.clone(),
        lead: view.find(id.as_str()).map(|(_, row)| row.id.to_string()),
    });
    Ok(Json(RecordsShape { total, records: records.collect() }))
}

/// A record or list entry in full.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntityShape {
    id: String,
    /// True for a record of the case, false for a list entry.
    is_record: bool,
    /// The lead that a record is of.
    lead: Option<String>,
    /// The stick or list, with version and hash.
    dataset: Option<DatasetShape>,
    /// All that is said, its form and whom it mentions included.
    statements: Vec<StatementShape>,
}

/// A record or list entry with all its statements and where they stand.
#[utoipa::path(get, operation_id = "entities_entity", path = "/entities/{id}", tag = "entities", params(ItemPath), responses((status = 200, body = EntityShape)))]
pub(crate) async fn entity(
    InCase(case): InCase,
    At(path): At<ItemPath>,
) -> Result<Json<EntityShape>, ApiError> {
    work(move || {
        let view = case.room.view();
        let id = EntityId::from(path.id);
        let statements = case.room.entity(&id)?;
        let dataset = statements.first().and_then(|s| view.ledger.dataset(s.dataset.as_str()));
        Ok(Json(EntityShape {
            is_record: view.ledger.records.contains_key(&id),
            lead: view.find(id.as_str()).map(|(_, row)| row.id.to_string()),
            dataset: dataset.map(Into::into),
            statements: statements.iter().map(Into::into).collect(),
            id: id.to_string(),
        }))
    })
    .await
}

/// Which pair.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PairAsk {
    /// A record or lead.
    left: String,
    /// Another, or a list entry.
    right: String,
}

/// Any pair, explained: the same figures that every screen shows.
#[utoipa::path(get, operation_id = "entities_pair", path = "/pairs", tag = "entities", params(CasePath, PairAsk), responses((status = 200, body = PairShape)))]
pub(crate) async fn pair(
    InCase(case): InCase,
    hidden: Hidden,
    Ask(ask): Ask<PairAsk>,
) -> Result<Json<PairShape>, ApiError> {
    if hidden.has(&[&ask.left, &ask.right]) {
        return Err(ApiError::not_found("pair"));
    }
    work(move || {
        let (left, right) = (EntityId::from(ask.left), EntityId::from(ask.right));
        let pair = case.room.explain(&left, &right)?;
        Ok(Json(PairShape::of(&case.room.view(), &pair)))
    })
    .await
}
