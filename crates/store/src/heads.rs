//! Reading for many: what a server keeps in memory of a case, read in one go and without what it
//! does not show, and how it learns that the case has changed.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

use model::{DatasetName, EntityId, Explanation, Lead, LeadId, ScoredPair};
use rusqlite::{OptionalExtension as _, params};

use crate::{Store, StoreError};

/// A value of a statement, borrowed from the row, without its citation.
#[derive(Clone, Copy, Debug)]
pub struct ValueRow<'a> {
    /// The entity it speaks of.
    pub entity: &'a str,
    /// Schema.
    pub schema: &'a str,
    /// Property.
    pub prop: &'a str,
    /// The normalised value.
    pub value: &'a str,
    /// The text as written, where it differs.
    pub written: Option<&'a str>,
    /// The document, by its hash.
    pub document: Option<&'a str>,
}

/// A lead by its place in the queue, and by what tells whether it says something else than before.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadHead {
    /// The lead.
    pub id: LeadId,
    /// Its place, from 1.
    pub rank: u32,
    /// Points behind it.
    pub points: f64,
    /// The rules that gave them, in words.
    pub line: Option<String>,
    /// Hash of what it says without its rank; of its matches, of which they are, and of what the best says.
    pub stamp: u64,
}

impl Store {
    /// A second connection to the same store. Readers wait for no writer.
    pub fn again(&self) -> Result<Store, StoreError> {
        let folder: &Path = self.folder();
        Store::open(folder)
    }

    /// A number that changes when another connection, of this or another process, has written.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self.connection.prepare_cached("PRAGMA data_version")?.query_row([], |r| r.get(0))?)
    }

    /// All leads by rank, without what they say: of 10,000 some tenths of a second.
    pub fn lead_heads(&self) -> Result<Vec<LeadHead>, StoreError> {
        let mut matches: BTreeMap<String, DefaultHasher> = BTreeMap::new();
        let mut query = self.connection.prepare_cached(
            "SELECT lead_id, dataset, entity_id, proposes, CASE place WHEN 0 THEN body ELSE '' END
             FROM lead_match ORDER BY lead_id, place",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let hasher = matches.entry(row.get(0)?).or_default();
            for column in 1..5 {
                row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?.hash(hasher);
            }
        }
        let mut query = self.connection.prepare_cached(
            "SELECT id, rank, points, line, body FROM lead_rank JOIN lead_body USING (id)
             ORDER BY rank, id",
        )?;
        let mut rows = query.query([])?;
        let mut heads = Vec::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            let mut hasher = matches.remove(&id).unwrap_or_default();
            row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?.hash(&mut hasher);
            heads.push(LeadHead {
                id: id.into(),
                rank: row.get(1)?,
                points: row.get(2)?,
                line: row.get(3)?,
                stamp: hasher.finish(),
            });
        }
        Ok(heads)
    }

    /// The same, where the hashes of most are known: those are taken as they are told.
    pub fn lead_heads_where(
        &self,
        mut known: impl FnMut(&LeadId) -> Option<u64>,
    ) -> Result<Vec<LeadHead>, StoreError> {
        let mut query = self
            .connection
            .prepare_cached("SELECT id, rank, points, line FROM lead_rank ORDER BY rank, id")?;
        let mut rows = query.query([])?;
        let mut heads = Vec::new();
        while let Some(row) = rows.next()? {
            let id = LeadId::from(row.get::<_, String>(0)?);
            let stamp = match known(&id) {
                Some(stamp) => stamp,
                None => self.lead_stamp(&id)?,
            };
            let (rank, points, line) = (row.get(1)?, row.get(2)?, row.get(3)?);
            heads.push(LeadHead { id, rank, points, line, stamp });
        }
        Ok(heads)
    }

    /// The hash that [`Store::lead_heads`] has of one lead; any number where there is none.
    fn lead_stamp(&self, id: &LeadId) -> Result<u64, StoreError> {
        let mut hasher = DefaultHasher::new();
        let mut query = self.connection.prepare_cached(
            "SELECT dataset, entity_id, proposes, CASE place WHEN 0 THEN body ELSE '' END
             FROM lead_match WHERE lead_id = ?1 ORDER BY place",
        )?;
        let mut rows = query.query([id.as_str()])?;
        while let Some(row) = rows.next()? {
            for column in 0..4 {
                row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?.hash(&mut hasher);
            }
        }
        let mut query =
            self.connection.prepare_cached("SELECT body FROM lead_body WHERE id = ?1")?;
        let mut rows = query.query([id.as_str()])?;
        while let Some(row) = rows.next()? {
            row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?.hash(&mut hasher);
        }
        Ok(hasher.finish())
    }

    /// Calls `take` with the id and the stored text of each lead, by rank. [`parse_lead`] reads one.
    pub fn each_lead_text(&self, mut take: impl FnMut(&str)) -> Result<(), StoreError> {
        let mut query =
            self.connection.prepare_cached("SELECT body FROM lead ORDER BY rank, id")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            take(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
        }
        Ok(())
    }

    /// One lead.
    pub fn lead(&self, id: &LeadId) -> Result<Option<Lead>, StoreError> {
        let body: Option<String> = self
            .connection
            .prepare_cached("SELECT body FROM lead WHERE id = ?1")?
            .query_row([id.as_str()], |r| r.get(0))
            .optional()?;
        body.map(|body| parse_lead(&body)).transpose()
    }

    /// The scored pair of two records, if one was kept.
    pub fn pair(
        &self,
        left: &EntityId,
        right: &EntityId,
    ) -> Result<Option<ScoredPair>, StoreError> {
        let (left, right) = if left <= right { (left, right) } else { (right, left) };
        let found: Option<(f64, f64, f64, String)> = self
            .connection
            .prepare_cached(
                "SELECT weight, probability, score, explanation FROM scored_pair
                 WHERE left_id = ?1 AND right_id = ?2",
            )?
            .query_row(params![left.as_str(), right.as_str()], |r| {
                Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))
            })
            .optional()?;
        let Some((weight, probability, score, text)) = found else { return Ok(None) };
        let explanation: Explanation =
            serde_json::from_str(&text).map_err(|e| StoreError::damaged("explanation", e))?;
        let (left, right) = (left.clone(), right.clone());
        Ok(Some(ScoredPair { left, right, weight, probability, score, explanation }))
    }

    /// Calls `take` with every value of a dataset, in the order they were written.
    pub fn each_value(
        &self,
        dataset: &DatasetName,
        mut take: impl FnMut(ValueRow<'_>),
    ) -> Result<(), StoreError> {
        let sql = "SELECT entity_id, schema, prop, value, original_value, document FROM statement
                   WHERE dataset = ?1 ORDER BY seq";
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query([dataset.as_str()])?;
        while let Some(row) = rows.next()? {
            let text = |i: usize| -> Result<&str, StoreError> {
                Ok(row.get_ref(i)?.as_str().map_err(rusqlite::Error::from)?)
            };
            let maybe = |i: usize| -> Result<Option<&str>, StoreError> {
                Ok(row.get_ref(i)?.as_str_or_null().map_err(rusqlite::Error::from)?)
            };
            take(ValueRow {
                entity: text(0)?,
                schema: text(1)?,
                prop: text(2)?,
                value: text(3)?,
                written: maybe(4)?,
                document: maybe(5)?,
            });
        }
        Ok(())
    }

    /// Whether any statement speaks of an entity.
    pub fn has_entity(&self, id: &EntityId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM statement WHERE entity_id = ?1";
        Ok(self.connection.prepare_cached(sql)?.exists([id.as_str()])?)
    }

    /// Rows of the ledger.
    pub fn documents_count(&self) -> Result<i64, StoreError> {
        let sql = "SELECT count(*) FROM document";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
    }

    /// The number of the last statement of all; 0 without any.
    pub fn statements_end(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(seq), 0) FROM statement";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
    }
}

/// A lead out of its stored text.
pub fn parse_lead(text: &str) -> Result<Lead, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::damaged("lead", e))
}
