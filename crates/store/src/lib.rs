//! Nouns to SQLite and back, and the content-addressed blobs beside it.
//!
//! The only crate that speaks SQL. It knows nouns and no verbs: it never parses, compares or
//! ranks. Every write of a batch is one transaction; whatever was acknowledged survives a kill.
//!
//! Invariants: the journal and the audit log are only ever appended to; a blob is named by
//! the SHA-256 of its bytes.

mod accounts;
mod audit;
mod backup;
mod bag;
mod blobs;
mod check;
mod datasets;
mod erase;
mod error;
mod heads;
mod journal;
mod layout;
mod ledger;
mod list_versions;
mod list_writer;
mod repair;
mod results;
mod salvage;
mod saved;
mod segments;
mod statements;
mod text;
mod upgrade;

use std::path::{Path, PathBuf};

use model::DatasetKind;
use rusqlite::{Connection, OptionalExtension as _, params};

pub use accounts::{Account, Accounts, Credentials, KeptSession, KeptToken, Scope};
pub use audit::{
    AuditEntry, AuditError, AuditFault, AuditFinding, AuditHead, AuditLog, AuditNote,
    AuditVerification,
};
pub use backup::{BackupOptions, BackupReport};
pub use bag::{Fault, Finding, Verification};
pub use blobs::{Blobs, hash, hex};
pub use datasets::StoredDataset;
pub use erase::{ERASED, Erased, Erasure};
pub use error::StoreError;
pub use heads::{LeadHead, ValueRow, parse_lead};
pub use ledger::{Arrival, Metadata, Reading};
pub use list_versions::Between;
pub use list_writer::{Compare, ListWriter, NewVersion};
pub use repair::Repaired;
pub use results::{Changes, LeadRow, NewLead, RankRow};
pub use salvage::TableReport;
pub use saved::Saved;
pub use segments::Mapped;
pub use statements::DocumentStatements;
pub use upgrade::Upgraded;

/// Name of the database in the case folder.
const DATABASE: &str = "case.sqlite";

/// An open case store.
pub struct Store {
    connection: Connection,
    folder: PathBuf,
    upgraded: Option<Upgraded>,
}

impl Store {
    /// Makes a new store in a folder, which is created if it is not there.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if the folder holds a store already.
    pub fn create(folder: &Path) -> Result<Self, StoreError> {
        let database = folder.join(DATABASE);
        let exists = || StoreError::Exists { folder: folder.to_owned() };
        let is_there = database.exists();
        std::fs::create_dir_all(folder.join(blobs::FOLDER))
            .map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
        if !is_there {
            bag::begin(folder)?;
        }
        let mut connection = connect(&database).map_err(|e| if is_there { exists() } else { e })?;
        // One without tables was left by a program that was killed before it had made a case.
        if is_there && !layout::version(&connection).is_ok_and(|version| version == 0) {
            return Err(exists());
        }
        layout::bring_up(&mut connection)?;
        Ok(Self { connection, folder: folder.to_owned(), upgraded: None })
    }

    /// Opens the store of a case folder; one of an earlier version is brought up to this one.
    ///
    /// # Errors
    /// [`StoreError::NotACase`] if there is none, [`StoreError::Version`] if a later version of the
    /// program made it.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        repair::finish(folder)?;
        let database = folder.join(DATABASE);
        if !database.is_file() {
            return Err(StoreError::NotACase { folder: folder.to_owned() });
        }
        let connection = connect(&database)?;
        let mut store = Self { connection, folder: folder.to_owned(), upgraded: None };
        let found = layout::version(&store.connection)?;
        if found == 0 {
            return Err(StoreError::NotACase { folder: folder.to_owned() });
        }
        if found > layout::CURRENT {
            let expected = layout::CURRENT;
            return Err(StoreError::Version { found: found.to_string(), expected });
        }
        if found != layout::CURRENT {
            store.upgrade(found)?;
        }
        Ok(store)
    }

    /// Whether a folder holds a case.
    pub fn is_at(folder: &Path) -> bool {
        folder.join(DATABASE).is_file()
    }

    /// What opening it left, if the case had an earlier layout until then.
    pub fn upgraded(&self) -> Option<&Upgraded> {
        self.upgraded.as_ref()
    }

    /// The case folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The key under which a step last finished an item, if it did.
    pub fn step_key(&self, name: &str, item: &str) -> Result<Option<String>, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT key FROM step WHERE name = ?1 AND item = ?2")?
            .query_row(params![name, item], |r| r.get(0))
            .optional()?)
    }

    /// Records that a step finished an item whose results need no transaction of their own.
    pub fn set_step_key(&self, name: &str, item: &str, key: &str) -> Result<(), StoreError> {
        finish_step(&self.connection, name, item, key)
    }

    /// Texts that differ whenever the inputs of a run differ: what the caches state, what people said,
    /// the lists.
    pub fn fingerprints(&self) -> Result<(String, String, String), StoreError> {
        let sql = "SELECT count(*), coalesce(max(seq), 0) FROM statement WHERE dataset = ?1";
        let (mut caches, mut lists) = (String::new(), String::new());
        for StoredDataset { dataset, .. } in self.datasets()? {
            let (count, last): (i64, i64) = self
                .connection
                .prepare_cached(sql)?
                .query_row([dataset.name.as_str()], |r| Ok((r.get(0)?, r.get(1)?)))?;
            let date = dataset.date.as_deref().unwrap_or_default();
            let text = format!("{} {date} {} {count} {last} ", dataset.name, dataset.sha256);
            match dataset.kind {
                DatasetKind::Cache => caches.push_str(&text),
                DatasetKind::List => lists.push_str(&text),
            }
        }
        Ok((caches, self.words_fingerprint()?, lists))
    }

    /// A text that differs whenever people said something that results depend on.
    pub fn words_fingerprint(&self) -> Result<String, StoreError> {
        let sql = "SELECT count(*), coalesce(max(seq), 0) FROM journal
             WHERE act IN ('judgement', 'correction', 'life_claim', 'grading', 'undo')";
        let row =
            |r: &rusqlite::Row<'_>| -> rusqlite::Result<(i64, i64)> { Ok((r.get(0)?, r.get(1)?)) };
        let (count, last) = self.connection.prepare_cached(sql)?.query_row([], row)?;
        Ok(format!("{count} {last}"))
    }

    /// A fact of the case itself, such as its purpose.
    pub fn fact(&self, key: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM meta WHERE key = 'fact.' || ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([key], |r| r.get(0)).optional()?)
    }

    /// Sets a fact of the case itself.
    pub fn set_fact(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO meta VALUES ('fact.' || ?1, ?2)";
        self.connection.execute(sql, params![key, value])?;
        Ok(())
    }

    /// Forgets that any step of this name ran, so that the next run does it again.
    pub fn forget_steps(&self, name: &str) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM step WHERE name = ?1", [name])?;
        Ok(())
    }
}

/// Records that a step finished an item; within the transaction that wrote its results.
fn finish_step(
    connection: &Connection,
    name: &str,
    item: &str,
    key: &str,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO step VALUES (?1, ?2, ?3)")?
        .execute(params![name, item, key])?;
    Ok(())
}

fn connect(database: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(database)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    // WAL: readers (a running server) never block a run. FULL: an acknowledged write survives
    // power loss, at one fsync a batch.
    let mut mode = String::new();
    {
        // To the last step: the file is changed by that, after the row was given.
        let mut ask = connection.prepare("PRAGMA journal_mode = WAL")?;
        let mut rows = ask.query([])?;
        while let Some(row) = rows.next()? {
            mode = row.get(0)?;
        }
    }
    // SQLite says nothing if it cannot: the case would be sealed so, and changed by the next that can.
    if mode != "wal" {
        let source = std::io::Error::other("no write-ahead log can be kept here");
        return Err(StoreError::Folder { path: database.to_owned(), source });
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

#[cfg(test)]
mod tests;
