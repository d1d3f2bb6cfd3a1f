//! Nouns to SQLite and back, and the content-addressed blobs beside it.
//!
//! The only crate that speaks SQL. It knows nouns and no verbs: it never parses, compares or
//! ranks. Every write of a batch is one transaction; whatever was acknowledged survives a kill.
//!
//! Invariants: the journal is only ever appended to; a blob is named by
//! the SHA-256 of its bytes.

mod bag;
mod blobs;
mod datasets;
mod error;
mod heads;
mod journal;
mod layout;
mod ledger;
mod results;
mod saved;
mod segments;
mod statements;
mod text;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension as _, params};

pub use bag::{Fault, Finding, Verification};
pub use blobs::{Blobs, hash};
pub use datasets::StoredDataset;
pub use error::StoreError;
pub use heads::{ValueRow, parse_lead};
pub use ledger::{Arrival, Metadata};
pub use saved::Saved;
pub use segments::Mapped;
pub use statements::{DocumentStatements, ListWriter};

/// Name of the database in the case folder.
const DATABASE: &str = "case.sqlite";

/// An open case store.
pub struct Store {
    connection: Connection,
    folder: PathBuf,
}

impl Store {
    /// Makes a new store in a folder, which is created if it is not there.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if the folder holds a store already.
    pub fn create(folder: &Path) -> Result<Self, StoreError> {
        let database = folder.join(DATABASE);
        if database.exists() {
            return Err(StoreError::Exists { folder: folder.to_owned() });
        }
        std::fs::create_dir_all(folder.join(blobs::FOLDER))
            .map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
        let mut connection = connect(&database)?;
        layout::bring_up(&mut connection)?;
        Ok(Self { connection, folder: folder.to_owned() })
    }

    /// Opens the store of a case folder; one of an earlier version is brought up to this one.
    ///
    /// # Errors
    /// [`StoreError::NotACase`] if there is none, [`StoreError::Version`] if a later version of the
    /// program made it.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let database = folder.join(DATABASE);
        if !database.is_file() {
            return Err(StoreError::NotACase { folder: folder.to_owned() });
        }
        let mut store = Self { connection: connect(&database)?, folder: folder.to_owned() };
        let found = layout::version(&store.connection)?;
        if found != layout::CURRENT {
            store.unseal()?;
            layout::bring_up(&mut store.connection)?;
        }
        Ok(store)
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

    /// A text that differs whenever the inputs of a run differ: datasets, statements, the journal.
    pub fn fingerprint(&self) -> Result<String, StoreError> {
        let count = |sql: &str| -> rusqlite::Result<(i64, i64)> {
            self.connection.query_row(sql, [], |r| Ok((r.get(0)?, r.get(1)?)))
        };
        let statements = count("SELECT count(*), coalesce(max(seq), 0) FROM statement")?;
        let journal = count(
            "SELECT count(*), coalesce(max(seq), 0) FROM journal
             WHERE act IN ('judgement', 'correction', 'life_claim', 'undo')",
        )?;
        let mut text = format!("statements {statements:?} journal {journal:?}");
        for stored in self.datasets()? {
            text.extend([" ", stored.dataset.name.as_str(), " ", &stored.dataset.sha256]);
        }
        Ok(text)
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
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

#[cfg(test)]
mod tests;
