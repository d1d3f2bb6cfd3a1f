//! Saved views and searches of the people who work on a case. Not evidence, so they may be changed
//! and deleted, and stand in no journal.

use rusqlite::{OptionalExtension as _, params};

use crate::{Store, StoreError};

/// A view or search that was kept under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its number.
    pub id: u64,
    /// Who kept it.
    pub user: String,
    /// What it is: `view` of the queue, `search`.
    pub kind: String,
    /// The name.
    pub name: String,
    /// What was asked, as the screen wrote it (JSON).
    pub body: String,
    /// When, ISO 8601.
    pub time: String,
}

impl Store {
    /// Keeps a view; one of the same user, kind and name is replaced. Gives its number.
    pub fn save(&mut self, saved: &Saved) -> Result<u64, StoreError> {
        let id: i64 = self
            .connection
            .prepare_cached(
                "INSERT INTO saved (user, kind, name, body, time) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (user, kind, name) DO UPDATE SET body = ?4, time = ?5 RETURNING id",
            )?
            .query_row(
                params![saved.user, saved.kind, saved.name, saved.body, saved.time],
                |row| row.get(0),
            )?;
        Ok(u64::try_from(id).unwrap_or_default())
    }

    /// All that a user has kept, in order of kind and name.
    pub fn saved(&self, user: &str) -> Result<Vec<Saved>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT id, user, kind, name, body, time FROM saved WHERE user = ?1
             ORDER BY kind, name, id",
        )?;
        let rows = query.query_map([user], |row| {
            Ok(Saved {
                id: u64::try_from(row.get::<_, i64>(0)?).unwrap_or_default(),
                user: row.get(1)?,
                kind: row.get(2)?,
                name: row.get(3)?,
                body: row.get(4)?,
                time: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Drops one that a user has kept; false if there is none.
    pub fn drop_saved(&mut self, user: &str, id: u64) -> Result<bool, StoreError> {
        let id = i64::try_from(id).unwrap_or(i64::MAX);
        let gone: Option<i64> = self
            .connection
            .prepare_cached("DELETE FROM saved WHERE user = ?1 AND id = ?2 RETURNING id")?
            .query_row(params![user, id], |row| row.get(0))
            .optional()?;
        Ok(gone.is_some())
    }
}
