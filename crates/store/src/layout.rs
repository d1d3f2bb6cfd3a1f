//! The layouts of the database, one after the other: a new case is made by all of them in order, an
//! older one by those that it lacks. So both end with the same tables by construction.
//!
//! Invariant: a step that was released is never edited. All run in one transaction with the mark of the
//! version: a kill leaves the case as it was.

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};

use crate::StoreError;

/// The version that this program writes.
pub(crate) const CURRENT: u32 = 3;

/// Each version with what makes it out of the one before. Version 1 had the tables of version 2.
const STEPS: [(u32, &str); 2] =
    [(2, include_str!("schema/2.sql")), (CURRENT, include_str!("schema/3.sql"))];

/// Brings a database to the current version; an empty one gets all its tables.
///
/// # Errors
/// [`StoreError::Version`] for one that a later program made.
pub(crate) fn bring_up(connection: &mut Connection) -> Result<(), StoreError> {
    bring_up_to(connection, CURRENT)
}

/// The same up to a version, in one transaction.
pub(crate) fn bring_up_to(connection: &mut Connection, last: u32) -> Result<(), StoreError> {
    // Two programs may open an old case at once: the second waits, and finds it done.
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&tx)?;
    if found > CURRENT {
        return Err(StoreError::Version { found: found.to_string(), expected: CURRENT });
    }
    // A case of version 1 has all tables of version 2 already.
    let first = found.max(if found == 1 { 2 } else { 0 });
    for (version, step) in STEPS.into_iter().filter(|(v, _)| *v > first && *v <= last) {
        tx.execute_batch(step)?;
        tx.execute(
            "INSERT OR REPLACE INTO meta VALUES ('layout_version', ?1)",
            [version.to_string()],
        )?;
    }
    Ok(tx.commit()?)
}

/// The version of a database; 0 for an empty one.
pub(crate) fn version(connection: &Connection) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'meta'";
    let is_made: i64 = connection.query_row(sql, [], |r| r.get(0))?;
    if is_made == 0 {
        return Ok(0);
    }
    let sql = "SELECT value FROM meta WHERE key = 'layout_version'";
    let text: Option<String> = connection.query_row(sql, [], |r| r.get(0)).optional()?;
    let text = text.unwrap_or_default();
    text.parse().map_err(|_| StoreError::damaged("layout version", text))
}
