//! Datasets: the sticks and lists of a case.

use std::collections::BTreeMap;

use model::{Dataset, DatasetKind, DatasetName};
use rusqlite::{Connection, Row, params};

use crate::{Store, StoreError};

/// A dataset with what was counted in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDataset {
    /// The dataset.
    pub dataset: Dataset,
    /// Counts and facts by name, for example `aliases` or `format`.
    pub info: BTreeMap<String, String>,
}

impl Store {
    /// Adds a dataset or replaces the one of the same name.
    pub fn put_dataset(&mut self, stored: &StoredDataset) -> Result<(), StoreError> {
        insert_dataset(&self.connection, stored)
    }

    /// All datasets, in the order they were added.
    pub fn datasets(&self) -> Result<Vec<StoredDataset>, StoreError> {
        let mut query = self.connection.prepare(
            "SELECT name, kind, title, date, sha256, entities, info FROM dataset ORDER BY seq",
        )?;
        let rows = query.query_map([], |row| Ok((read_dataset(row)?, row.get::<_, String>(6)?)))?;
        rows.map(|row| {
            let (dataset, info) = row?;
            let info =
                serde_json::from_str(&info).map_err(|e| StoreError::damaged("dataset info", e))?;
            Ok(StoredDataset { dataset, info })
        })
        .collect()
    }
}

/// Adds or replaces a dataset, within the caller's transaction if there is one.
pub(crate) fn insert_dataset(
    connection: &Connection,
    stored: &StoredDataset,
) -> Result<(), StoreError> {
    let StoredDataset { dataset, info } = stored;
    let info = serde_json::to_string(info).map_err(|e| StoreError::damaged("dataset info", e))?;
    connection.execute(
        "INSERT INTO dataset (name, kind, title, date, sha256, entities, info)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (name) DO UPDATE SET kind = ?2, title = ?3, date = ?4, sha256 = ?5,
             entities = ?6, info = ?7",
        params![
            dataset.name.as_str(),
            kind_word(dataset.kind),
            dataset.title,
            dataset.date,
            dataset.sha256,
            i64::try_from(dataset.entities).unwrap_or(i64::MAX),
            info,
        ],
    )?;
    Ok(())
}

fn read_dataset(row: &Row<'_>) -> rusqlite::Result<Dataset> {
    let kind: String = row.get(1)?;
    Ok(Dataset {
        name: DatasetName::from(row.get::<_, String>(0)?),
        kind: if kind == "list" { DatasetKind::List } else { DatasetKind::Cache },
        title: row.get(2)?,
        date: row.get(3)?,
        sha256: row.get(4)?,
        entities: u64::try_from(row.get::<_, i64>(5)?).unwrap_or_default(),
    })
}

fn kind_word(kind: DatasetKind) -> &'static str {
    match kind {
        DatasetKind::Cache => "cache",
        DatasetKind::List => "list",
    }
}
