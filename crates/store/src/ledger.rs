//! The ledger of files, what was read of them, and the problems met.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};

use model::{DatasetName, Document, DocumentId, DocumentState, Layout, Problem, Stage};
use rusqlite::{OptionalExtension, Row, params};

use crate::{Store, StoreError};

/// Facts that a file says of itself (author, software, times), by name.
pub type Metadata = BTreeMap<String, String>;

/// What was read of a content.
pub type Reading = (Layout, Metadata);

/// One file as it comes out of intake.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The ledger row.
    pub document: Document,
    /// Text and metadata of a content that was read for the first time.
    pub reading: Option<Reading>,
    /// What went wrong.
    pub problems: Vec<Problem>,
}

impl Store {
    /// Writes a batch of arrivals in one transaction and tells how many were new. Rows that are
    /// known stay as they are.
    pub fn add_arrivals(
        &mut self,
        dataset: &DatasetName,
        version: &str,
        arrivals: &[Arrival],
    ) -> Result<u64, StoreError> {
        let tx = self.connection.transaction()?;
        let mut new = 0;
        for Arrival { document, reading, problems } in arrivals {
            let added = tx
                .prepare_cached(
                    "INSERT OR IGNORE INTO document
                     (dataset, path, sha256, size, state, reason, media_type)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    dataset.as_str(),
                    document.path,
                    document.id.as_str(),
                    i64::try_from(document.size).unwrap_or(i64::MAX),
                    document.state.as_str(),
                    document.reason,
                    document.media_type,
                ])?;
            if let Some(reading) = reading {
                put_reading(&tx, version, &document.id, reading)?;
            }
            if added > 0 {
                new += 1;
                insert_problems(&tx, dataset, problems)?;
            }
        }
        tx.commit()?;
        Ok(new)
    }

    /// Replaces the readings of contents, or drops those of contents that hold nothing; tells how
    /// many there are now.
    pub fn put_readings(
        &mut self,
        version: &str,
        readings: &[(DocumentId, Option<Reading>)],
    ) -> Result<u64, StoreError> {
        let tx = self.connection.transaction()?;
        let mut count = 0;
        for (id, reading) in readings {
            tx.prepare_cached("DELETE FROM reading WHERE sha256 = ?1")?.execute([id.as_str()])?;
            if let Some(reading) = reading {
                put_reading(&tx, version, id, reading)?;
                count += 1;
            }
        }
        tx.commit()?;
        Ok(count)
    }

    /// Adds problems of a step that is not intake.
    pub fn add_problems(
        &mut self,
        dataset: &DatasetName,
        problems: &[Problem],
    ) -> Result<(), StoreError> {
        let tx = self.connection.transaction()?;
        insert_problems(&tx, dataset, problems)?;
        tx.commit()?;
        Ok(())
    }

    /// All problems, in the order they were met.
    pub fn problems(&self) -> Result<Vec<Problem>, StoreError> {
        self.select_problems(None)
    }

    /// The problems of a dataset, in the order they were met.
    pub fn dataset_problems(&self, dataset: &DatasetName) -> Result<Vec<Problem>, StoreError> {
        self.select_problems(Some(dataset))
    }

    fn select_problems(&self, dataset: Option<&DatasetName>) -> Result<Vec<Problem>, StoreError> {
        let mut query = self.connection.prepare(
            "SELECT path, stage, kind, message, place FROM problem
             WHERE ?1 IS NULL OR dataset = ?1 ORDER BY seq",
        )?;
        let rows = query.query_map([dataset.map(DatasetName::as_str)], |row| {
            Ok((
                Problem::new(
                    parse_stage(&row.get::<_, String>(1)?),
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(2)?,
                    row.get::<_, String>(3)?,
                ),
                row.get::<_, Option<String>>(4)?,
            ))
        })?;
        rows.map(|row| {
            let (mut problem, place) = row?;
            problem.place = place.and_then(|p| serde_json::from_str(&p).ok());
            Ok(problem)
        })
        .collect()
    }

    /// The ledger row of a file, if the same path with the same content was added to the dataset.
    pub fn known_document(
        &self,
        dataset: &DatasetName,
        path: &str,
        id: &DocumentId,
    ) -> Result<Option<Document>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT path, sha256, size, state, reason, media_type FROM document
                 WHERE dataset = ?1 AND path = ?2 AND sha256 = ?3",
            )?
            .query_row(params![dataset.as_str(), path, id.as_str()], read_document)
            .optional()?)
    }

    /// The row of a path with its members' rows below it, if a file of this name and content was
    /// added to the dataset. The row of a container is written after those of its members, so
    /// where it stands they are whole.
    pub fn known_tree(
        &self,
        dataset: &DatasetName,
        path: &str,
        id: &DocumentId,
    ) -> Result<Option<Vec<Document>>, StoreError> {
        let Some(document) = self.known_document(dataset, path, id)? else { return Ok(None) };
        // Members are `path!/…`, and `0` is the character after `/`.
        let mut query = self.connection.prepare_cached(
            "SELECT path, sha256, size, state, reason, media_type FROM document
             WHERE dataset = ?1 AND path > ?2 || '!/' AND path < ?2 || '!0' ORDER BY seq",
        )?;
        let rows = query.query_map(params![dataset.as_str(), path], read_document)?;
        let mut tree = rows.collect::<Result<Vec<_>, _>>()?;
        tree.push(document);
        Ok(Some(tree))
    }

    /// True if the dataset has a row of this path, whatever its content.
    pub fn has_path(&self, dataset: &DatasetName, path: &str) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT 1 FROM document WHERE dataset = ?1 AND path = ?2")?
            .exists(params![dataset.as_str(), path])?)
    }

    /// The ledger row a content was first found under.
    pub fn document(&self, id: &DocumentId) -> Result<Option<Document>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT path, sha256, size, state, reason, media_type FROM document
                 WHERE sha256 = ?1 ORDER BY seq LIMIT 1",
            )?
            .query_row([id.as_str()], read_document)
            .optional()?)
    }

    /// Every content seen in the case, each with the path it was first seen under.
    pub fn contents(&self) -> Result<BTreeMap<DocumentId, String>, StoreError> {
        let mut query =
            self.connection.prepare("SELECT sha256, path FROM document ORDER BY seq DESC")?;
        let rows = query.query_map([], |row| {
            Ok((DocumentId::from(row.get::<_, String>(0)?), row.get::<_, String>(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The whole ledger with the dataset of each row, in order of dataset and path.
    pub fn documents(&self) -> Result<Vec<(DatasetName, Document)>, StoreError> {
        let mut query = self.connection.prepare(
            "SELECT path, sha256, size, state, reason, media_type, dataset FROM document
             ORDER BY dataset, path, sha256",
        )?;
        let rows = query.query_map([], |row| {
            Ok((DatasetName::from(row.get::<_, String>(6)?), read_document(row)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The contents that have a reading, each with its first dataset and path, in order of path.
    pub fn read_documents(&self) -> Result<Vec<(DatasetName, Document)>, StoreError> {
        let read: BTreeSet<String> = {
            let mut query = self.connection.prepare("SELECT sha256 FROM reading")?;
            let rows = query.query_map([], |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        };
        let mut documents = self.documents()?;
        documents
            .retain(|(_, d)| d.state != DocumentState::Duplicate && read.contains(d.id.as_str()));
        Ok(documents)
    }

    /// Bytes that the layout of a content takes up as it is kept; 0 if it was not read.
    pub fn reading_bytes(&self, id: &DocumentId) -> Result<u64, StoreError> {
        let sql = "SELECT length(layout) FROM reading WHERE sha256 = ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        let bytes: Option<i64> = query.query_row([id.as_str()], |row| row.get(0)).optional()?;
        Ok(bytes.and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or_default())
    }

    /// The layout and metadata of a content, if it was read.
    pub fn reading(&self, id: &DocumentId) -> Result<Option<Reading>, StoreError> {
        let found: Option<(Vec<u8>, String)> = self
            .connection
            .prepare_cached("SELECT layout, metadata FROM reading WHERE sha256 = ?1")?
            .query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((layout, metadata)) = found else { return Ok(None) };
        let metadata =
            serde_json::from_str(&metadata).map_err(|e| StoreError::damaged("metadata", e))?;
        Ok(Some((unpack(&layout)?, metadata)))
    }
}

fn put_reading(
    tx: &rusqlite::Connection,
    version: &str,
    id: &DocumentId,
    (layout, metadata): &Reading,
) -> Result<(), StoreError> {
    let metadata =
        serde_json::to_string(metadata).map_err(|e| StoreError::damaged("metadata", e))?;
    tx.prepare_cached("INSERT OR REPLACE INTO reading VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id.as_str(), version, pack(layout)?, metadata])?;
    Ok(())
}

fn read_document(row: &Row<'_>) -> rusqlite::Result<Document> {
    let state: String = row.get(3)?;
    Ok(Document {
        path: row.get(0)?,
        id: DocumentId::from(row.get::<_, String>(1)?),
        size: u64::try_from(row.get::<_, i64>(2)?).unwrap_or_default(),
        state: DocumentState::parse(&state).unwrap_or(DocumentState::Corrupt),
        reason: row.get(4)?,
        media_type: row.get(5)?,
    })
}

/// Writes problems within the caller's transaction.
pub(crate) fn insert_problems(
    tx: &rusqlite::Connection,
    dataset: &DatasetName,
    problems: &[Problem],
) -> Result<(), StoreError> {
    for problem in problems {
        let place = match &problem.place {
            Some(place) => {
                Some(serde_json::to_string(place).map_err(|e| StoreError::damaged("place", e))?)
            }
            None => None,
        };
        tx.prepare_cached(
            "INSERT INTO problem (dataset, path, stage, kind, message, place)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            dataset.as_str(),
            problem.path,
            stage_word(problem.stage),
            problem.kind,
            problem.message,
            place,
        ])?;
    }
    Ok(())
}

fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Intake => "intake",
        Stage::Forms => "forms",
        Stage::Lists => "lists",
        Stage::Resolve => "resolve",
    }
}

fn parse_stage(word: &str) -> Stage {
    match word {
        "forms" => Stage::Forms,
        "lists" => Stage::Lists,
        "resolve" => Stage::Resolve,
        _ => Stage::Intake,
    }
}

pub(crate) fn pack(layout: &Layout) -> Result<Vec<u8>, StoreError> {
    let json = serde_json::to_vec(layout).map_err(|e| StoreError::damaged("layout", e))?;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder
        .write_all(&json)
        .and_then(|()| encoder.finish())
        .map_err(|e| StoreError::damaged("layout", e))
}

fn unpack(bytes: &[u8]) -> Result<Layout, StoreError> {
    let mut json = Vec::new();
    flate2::read::ZlibDecoder::new(bytes)
        .read_to_end(&mut json)
        .map_err(|e| StoreError::damaged("layout", e))?;
    serde_json::from_slice(&json).map_err(|e| StoreError::damaged("layout", e))
}
