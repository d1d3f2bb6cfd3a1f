//! The accounting as the first version of the server answered it, at `/api/accounting`.

use std::collections::BTreeMap;

use axum::Json;
use model::{Accounting, DocumentState};
use serde::Serialize;

use crate::app::{TheCase, with_case};
use crate::error::PageError;

/// `GET /api/accounting`: what became of every file of the case, as `add` and `documents` count it.
#[derive(Debug, Serialize)]
pub(crate) struct AccountingAnswer {
    version: u32,
    #[serde(flatten)]
    whole: Counts,
    /// By the name of the data set.
    datasets: BTreeMap<String, Counts>,
}

#[derive(Debug, Serialize)]
struct Counts {
    /// Files and members of containers; the sum of the states.
    files: u64,
    states: BTreeMap<&'static str, u64>,
    /// The line that the program prints.
    equation: String,
}

impl From<&Accounting> for Counts {
    fn from(accounting: &Accounting) -> Self {
        let states = DocumentState::ALL.into_iter();
        Self {
            files: accounting.total(),
            states: states.map(|state| (state.as_str(), accounting.count(state))).collect(),
            equation: accounting.to_string(),
        }
    }
}

pub(crate) async fn accounting(the: TheCase) -> Result<Json<AccountingAnswer>, PageError> {
    with_case(the.case, |case| {
        let by_dataset = case.accounting()?;
        let datasets = by_dataset.iter().map(|(name, sum)| (name.to_string(), sum.into()));
        Ok(Json(AccountingAnswer {
            version: 1,
            whole: Counts::from(&by_dataset.values().sum()),
            datasets: datasets.collect(),
        }))
    })
    .await
}
