//! The journal: entries go in at its end and come out as they went in.
//!
//! Only erasing a record (`erase`) takes the words out of entries; none is ever dropped or changed.

use std::path::Path;

use model::{Act, By, Entry, Subject};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use crate::{AuditHead, AuditLog, Store, StoreError};

/// An entry without its number.
#[derive(Serialize, Deserialize)]
struct Body<A, B> {
    #[serde(flatten)]
    act: A,
    #[serde(flatten)]
    by: B,
}

impl Store {
    /// Appends acts, all or none, and gives their entries.
    pub fn append(&mut self, acts: &[Act], by: &By) -> Result<Vec<Entry>, StoreError> {
        let tx = self.connection.transaction()?;
        let mut entries = Vec::with_capacity(acts.len());
        for act in acts {
            let seq = insert(&tx, act, by)?;
            entries.push(Entry { seq, act: act.clone(), by: by.clone() });
        }
        anchor(&tx, &self.folder)?;
        tx.commit()?;
        Ok(entries)
    }

    /// How far the audit log had come when the last entry was written.
    pub fn audit_anchor(&self) -> Result<Option<AuditHead>, StoreError> {
        let sql = "SELECT value FROM meta WHERE key = 'audit_head'";
        let line: Option<String> =
            self.connection.prepare_cached(sql)?.query_row([], |r| r.get(0)).optional()?;
        let Some(line) = line else { return Ok(None) };
        let head = line.split_once(' ').and_then(|(count, hash)| {
            Some(AuditHead { count: count.parse().ok()?, hash: hash.to_owned() })
        });
        head.map(Some).ok_or_else(|| StoreError::damaged("end of the audit log", line))
    }

    /// The whole journal, oldest first.
    pub fn journal(&self) -> Result<Vec<Entry>, StoreError> {
        self.journal_after(0)
    }

    /// The entries after the one of this number, oldest first.
    pub fn journal_after(&self, seq: u64) -> Result<Vec<Entry>, StoreError> {
        read_after(&self.connection, seq)
    }

    /// The number of the last entry; 0 without any.
    pub fn journal_end(&self) -> Result<u64, StoreError> {
        let sql = "SELECT coalesce(max(seq), 0) FROM journal";
        let seq: i64 = self.connection.prepare_cached(sql)?.query_row([], |r| r.get(0))?;
        Ok(u64::try_from(seq).unwrap_or_default())
    }
}

/// Remembers how far the audit log had come: what was logged of an act is anchored with it.
pub(crate) fn anchor(connection: &Connection, folder: &Path) -> Result<(), StoreError> {
    if let Ok(Some(head)) = AuditLog::of(folder).head() {
        let line = format!("{} {}", head.count, head.hash);
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('audit_head', ?1)", [line])?;
    }
    Ok(())
}

/// All entries.
pub(crate) fn read_all(connection: &Connection) -> Result<Vec<Entry>, StoreError> {
    read_after(connection, 0)
}

fn read_after(connection: &Connection, seq: u64) -> Result<Vec<Entry>, StoreError> {
    let sql = "SELECT seq, body FROM journal WHERE seq > ?1 ORDER BY seq";
    let mut query = connection.prepare_cached(sql)?;
    let after = i64::try_from(seq).unwrap_or(i64::MAX);
    let rows =
        query.query_map([after], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (seq, body) = row?;
        let damaged = |e: serde_json::Error| StoreError::damaged("journal entry", e);
        let Body { act, by } = serde_json::from_str(&body).map_err(damaged)?;
        Ok(Entry { seq: u64::try_from(seq).unwrap_or_default(), act, by })
    })
    .collect()
}

/// Writes an entry anew; for erasing the words of one, and nothing else.
pub(crate) fn write_body(
    connection: &Connection,
    seq: u64,
    act: &Act,
    by: &By,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(&Body { act, by })
        .map_err(|e| StoreError::damaged("journal entry", e))?;
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    connection.execute("UPDATE journal SET body = ?2 WHERE seq = ?1", params![seq, body])?;
    Ok(())
}

/// True if an entry can be read as it is kept.
pub(crate) fn is_readable(body: &str) -> bool {
    serde_json::from_str::<Body<Act, By>>(body).is_ok()
}

pub(crate) fn insert(connection: &Connection, act: &Act, by: &By) -> Result<u64, StoreError> {
    let body = serde_json::to_string(&Body { act, by })
        .map_err(|e| StoreError::damaged("journal entry", e))?;
    let sql = "INSERT INTO journal (act, subject, user, time, batch, body)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    connection.prepare_cached(sql)?.execute(params![
        act.kind(),
        subject(act),
        by.user,
        by.time,
        by.batch,
        body,
    ])?;
    Ok(u64::try_from(connection.last_insert_rowid()).unwrap_or_default())
}

/// What an act is looked up by.
fn subject(act: &Act) -> String {
    match act {
        Act::Judgement(judgement) => judgement.left.to_string(),
        Act::Decision(decision) => decision.lead_id.to_string(),
        Act::Correction(correction) => correction.record.to_string(),
        Act::LifeClaim(claim) => claim.entity.to_string(),
        Act::Assignment(assignment) => assignment.lead_id.to_string(),
        Act::Reopening(reopening) => reopening.lead_id.to_string(),
        Act::Grading(model::journal::Grading { subject, .. })
        | Act::Note(model::journal::Note { subject, .. })
        | Act::Mark(model::journal::Mark { subject, .. }) => match subject {
            Subject::Lead(id) => id.to_string(),
            Subject::Entity(id) => id.to_string(),
            Subject::Document(id) => id.to_string(),
            Subject::Dataset(name) => name.to_string(),
        },
        Act::Undo(_) => String::new(),
    }
}
