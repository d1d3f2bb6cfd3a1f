//! Cases, and the overview of one: what came in, who is in it, counts with their denominators.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use case::{LeadFilter, LeadOrder};
use model::{Accounting, DatasetKind, DocumentState};
use serde::Serialize;
use utoipa::ToSchema;

use super::extract::{CasePath, InCase, work};
use super::leads::FacetShape;
use super::problem::ApiError;
use crate::auth::CurrentUser;
use crate::room::{Cases, OpenCase};

/// A case in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseShape {
    /// Its name, by which the paths of the API name it.
    name: String,
    /// Sticks and lists.
    datasets: Vec<DatasetShape>,
    /// Leads.
    people: usize,
    /// Number of the last entry of the journal.
    seq: u64,
    /// True if the leads are not those that a run would make now.
    needs_run: bool,
}

/// A stick or a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct DatasetShape {
    pub(crate) name: String,
    /// `cache` or `list`.
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    /// The publisher's date, ISO 8601.
    pub(crate) date: Option<String>,
    pub(crate) sha256: String,
    /// Files of a cache, entities of a list.
    pub(crate) entities: u64,
    /// Counts and facts by name: format, aliases, who acquired it …
    pub(crate) info: BTreeMap<String, String>,
}

impl From<&case::StoredDataset> for DatasetShape {
    fn from(stored: &case::StoredDataset) -> Self {
        let dataset = &stored.dataset;
        Self {
            name: dataset.name.to_string(),
            kind: match dataset.kind {
                DatasetKind::Cache => "cache",
                DatasetKind::List => "list",
            },
            title: dataset.title.clone(),
            date: dataset.date.clone(),
            sha256: dataset.sha256.clone(),
            entities: dataset.entities,
            info: stored.info.clone(),
        }
    }
}

impl From<&OpenCase> for CaseShape {
    fn from(case: &OpenCase) -> Self {
        let view = case.room.view();
        Self {
            name: view.name.to_string(),
            datasets: view.ledger.datasets.iter().map(Into::into).collect(),
            people: view.people.rows.len(),
            seq: view.journal.seq,
            needs_run: view.needs_run,
        }
    }
}

/// The cases that are served.
#[utoipa::path(get, operation_id = "cases_list", path = "/cases", tag = "cases", responses((status = 200, body = Vec<CaseShape>)))]
pub(crate) async fn list(
    State(cases): State<Arc<Cases>>,
    user: CurrentUser,
) -> Json<Vec<CaseShape>> {
    let own = cases.all().filter(|case| user.is_in(&case.name()));
    Json(own.map(|case| CaseShape::from(&**case)).collect())
}

/// One case.
#[utoipa::path(get, operation_id = "cases_one", path = "/", tag = "cases", params(CasePath), responses((status = 200, body = CaseShape)))]
pub(crate) async fn one(InCase(case): InCase) -> Json<CaseShape> {
    Json(CaseShape::from(&*case))
}

/// Files by final state.
#[derive(Serialize, ToSchema)]
pub(crate) struct AccountingShape {
    /// Files and members of containers: the sum of the states.
    files: u64,
    states: BTreeMap<&'static str, u64>,
    /// As the program prints it.
    equation: String,
}

impl From<&Accounting> for AccountingShape {
    fn from(accounting: &Accounting) -> Self {
        let states = DocumentState::ALL.into_iter();
        Self {
            files: accounting.total(),
            states: states.map(|state| (state.as_str(), accounting.count(state))).collect(),
            equation: accounting.to_string(),
        }
    }
}

/// What came in and who is in it. All counts are over people.
#[derive(Serialize, ToSchema)]
pub(crate) struct OverviewShape {
    /// The ledger in numbers.
    accounting: AccountingShape,
    /// The same by dataset.
    datasets: BTreeMap<String, AccountingShape>,
    /// People: the denominator of all counts.
    people: usize,
    /// Records behind them.
    records: usize,
    /// People that stand in two or more records.
    in_several_records: usize,
    /// People by facet: status, nationality, point of entry, month, age and more, each with how
    /// many have none.
    facets: Vec<FacetShape>,
    /// Number of the last entry of the journal.
    seq: u64,
    /// True if the leads are not those that a run would make now.
    needs_run: bool,
}

/// The overview of a case.
#[utoipa::path(get, operation_id = "cases_overview", path = "/overview", tag = "cases", params(CasePath), responses((status = 200, body = OverviewShape)))]
pub(crate) async fn overview(InCase(case): InCase) -> Result<Json<OverviewShape>, ApiError> {
    work(move || {
        let view = case.room.view();
        let found = view.leads(&LeadFilter::default(), &LeadOrder::Rank, true)?;
        let by_dataset = &view.ledger.accounting;
        let several = view.people.rows.iter().filter(|row| row.members.len() > 1);
        Ok(Json(OverviewShape {
            accounting: AccountingShape::from(&by_dataset.values().sum()),
            datasets: by_dataset.iter().map(|(n, sum)| (n.to_string(), sum.into())).collect(),
            people: view.people.rows.len(),
            records: view.people.rows.iter().map(|row| row.members.len()).sum(),
            in_several_records: several.count(),
            facets: found.facets.into_iter().map(Into::into).collect(),
            seq: view.journal.seq,
            needs_run: view.needs_run,
        }))
    })
    .await
}
