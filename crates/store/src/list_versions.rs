//! The versions of lists, the changes between any two of them, and entities as they were.
//!
//! Nothing is stored twice: the state of an entity at a version is the `before` of its first change
//! after that version, or what the table of statements has now.

use std::io::{Read as _, Write as _};
use std::ops::ControlFlow;

use model::{ChangeKind, DatasetName, EntityId, ListChange, ListVersion, Statement};
use rusqlite::{OptionalExtension as _, Row, params};

use crate::{Store, StoreError};

/// Columns as [`read_change`] reads them.
pub(crate) const CHANGE_COLUMNS: &str =
    "entity_id, subject, kind, schema, caption, delisted, reported_dead, properties";

/// Bytes of one entity's former statements when unpacked, at most: more is a damaged row and not a
/// list. The largest entity of the public lists has 1.5 MB (a company with 3,000 names).
const BEFORE_BYTES_MAX: u64 = 256 << 20;

/// An entity at two versions.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    /// What the earlier one says.
    pub before: Vec<Statement>,
    /// What the later one says.
    pub after: Vec<Statement>,
    /// The list's word that it was taken off, told when it last went.
    pub delisted: Option<String>,
}

impl Store {
    /// The versions of a list, or of all lists, in the order they were loaded.
    pub fn list_versions(
        &self,
        list: Option<&DatasetName>,
    ) -> Result<Vec<ListVersion>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT dataset, version, date, sha256, added, entities, info, files, changes
             FROM list_version WHERE ?1 IS NULL OR dataset = ?1 ORDER BY dataset, version",
        )?;
        let mut rows = query.query([list.map(DatasetName::as_str)])?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next()? {
            versions.push(read_version(row)?);
        }
        Ok(versions)
    }

    /// Calls `take` with each change that a version made, in order of the entities and of those
    /// after `after` only, until it breaks.
    pub fn each_change(
        &self,
        list: &DatasetName,
        version: u64,
        after: Option<&EntityId>,
        take: &mut dyn FnMut(ListChange) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {CHANGE_COLUMNS} FROM list_change
             WHERE dataset = ?1 AND version = ?2 AND entity_id > ?3 ORDER BY entity_id"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let after = after.map_or("", EntityId::as_str);
        let mut rows = query.query(params![list.as_str(), number(version), after])?;
        while let Some(row) = rows.next()? {
            if take(read_change(row)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Calls `take` with each entity that changed after `low` and not after `high`, as it was then
    /// and then, in order of the entities and of those after `after` only, until it breaks. It may be
    /// the same at both.
    pub fn each_between(
        &self,
        list: &DatasetName,
        (low, high): (u64, u64),
        after: Option<&EntityId>,
        take: &mut dyn FnMut(Between) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT entity_id, max(version) FROM list_change
             WHERE dataset = ?1 AND entity_id > ?4 AND version > ?2 AND version <= ?3
             GROUP BY entity_id ORDER BY entity_id",
        )?;
        let after = after.map_or("", EntityId::as_str);
        let mut rows = query.query(params![list.as_str(), number(low), number(high), after])?;
        while let Some(row) = rows.next()? {
            let entity = EntityId::from(row.get::<_, String>(0)?);
            let last: i64 = row.get(1)?;
            let delisted = self
                .connection
                .prepare_cached(
                    "SELECT delisted FROM list_change
                     WHERE dataset = ?1 AND entity_id = ?2 AND version = ?3",
                )?
                .query_row(params![list.as_str(), entity.as_str(), last], |r| r.get(0))?;
            let between = Between {
                before: self.list_entity_at(list, low, &entity)?,
                after: self.list_entity_at(list, high, &entity)?,
                delisted,
            };
            if take(between).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The statements of an entity of a list as a version had them; none if it was not there.
    pub fn list_entity_at(
        &self,
        list: &DatasetName,
        version: u64,
        entity: &EntityId,
    ) -> Result<Vec<Statement>, StoreError> {
        let before: Option<Option<Vec<u8>>> = self
            .connection
            .prepare_cached(
                "SELECT before FROM list_change
                 WHERE dataset = ?1 AND entity_id = ?2 AND version > ?3
                 ORDER BY version LIMIT 1",
            )?
            .query_row(params![list.as_str(), entity.as_str(), number(version)], |r| r.get(0))
            .optional()?;
        if let Some(before) = before {
            return unpack(before);
        }
        let mut statements = self.entity_statements(entity)?;
        statements.retain(|statement| statement.dataset == *list);
        Ok(statements)
    }
}

fn number(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}

fn read_version(row: &Row<'_>) -> Result<ListVersion, StoreError> {
    let damaged = |e: serde_json::Error| StoreError::damaged("list version", e);
    let text = |i: usize| -> rusqlite::Result<String> { row.get(i) };
    let changes: Option<String> = row.get(8)?;
    Ok(ListVersion {
        list: DatasetName::from(text(0)?),
        version: u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default(),
        date: row.get(2)?,
        sha256: text(3)?,
        added: row.get(4)?,
        entities: u64::try_from(row.get::<_, i64>(5)?).unwrap_or_default(),
        info: serde_json::from_str(&text(6)?).map_err(damaged)?,
        files: serde_json::from_str(&text(7)?).map_err(damaged)?,
        changes: changes.map(|c| serde_json::from_str(&c)).transpose().map_err(damaged)?,
    })
}

/// A change of a row of [`CHANGE_COLUMNS`].
pub(crate) fn read_change(row: &Row<'_>) -> Result<ListChange, StoreError> {
    let text = |i: usize| -> rusqlite::Result<String> { row.get(i) };
    let kind = match text(2)?.as_str() {
        "added" => ChangeKind::Added,
        "removed" => ChangeKind::Removed,
        _ => ChangeKind::Changed,
    };
    Ok(ListChange {
        entity_id: EntityId::from(text(0)?),
        subject: EntityId::from(text(1)?),
        kind,
        schema: text(3)?,
        caption: text(4)?,
        delisted: row.get(5)?,
        reported_dead: row.get(6)?,
        properties: serde_json::from_str(&text(7)?)
            .map_err(|e| StoreError::damaged("list change", e))?,
    })
}

/// Statements to be kept; none if there are none.
pub(crate) fn pack(statements: &[Statement]) -> Result<Option<Vec<u8>>, StoreError> {
    if statements.is_empty() {
        return Ok(None);
    }
    let json = serde_json::to_vec(statements).map_err(|e| StoreError::damaged("list change", e))?;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder
        .write_all(&json)
        .and_then(|()| encoder.finish())
        .map(Some)
        .map_err(|e| StoreError::damaged("list change", e))
}

pub(crate) fn unpack(bytes: Option<Vec<u8>>) -> Result<Vec<Statement>, StoreError> {
    let Some(bytes) = bytes else { return Ok(Vec::new()) };
    let mut json = Vec::new();
    flate2::read::ZlibDecoder::new(bytes.as_slice())
        .take(BEFORE_BYTES_MAX)
        .read_to_end(&mut json)
        .map_err(|e| StoreError::damaged("list change", e))?;
    serde_json::from_slice(&json).map_err(|e| StoreError::damaged("list change", e))
}
