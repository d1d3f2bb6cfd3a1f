//! What lets somebody in without a password: sessions, tokens, links. Hashes only.

use rusqlite::{OptionalExtension as _, Row, params};

use super::{Account, Accounts, COLUMNS, read_account};
use crate::StoreError;

/// Seconds between two marks of when a session was last used: each is a write to the disk.
const SEEN_EVERY: i64 = 60;

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// What changes nothing.
    Read,
    /// What the role in a case allows.
    Write,
    /// Managing accounts as well.
    Admin,
}

impl Scope {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Write => "write",
            Scope::Admin => "admin",
        }
    }

    /// The scope named by the word.
    pub fn parse(word: &str) -> Option<Scope> {
        [Scope::Read, Scope::Write, Scope::Admin].into_iter().find(|s| s.as_str() == word)
    }
}

/// A session as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSession {
    /// Hash of the cookie.
    pub hash: String,
    /// When it began.
    pub created: i64,
    /// When it was last used, to the minute.
    pub seen: i64,
    /// When it ends whatever happens.
    pub expires: i64,
}

/// A token as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptToken {
    /// Its number.
    pub id: i64,
    /// What it is for, in words.
    pub label: String,
    /// What it may be used for.
    pub scope: Scope,
    /// The only case it is good for, if it is kept to one.
    pub case: Option<String>,
    /// When it was made.
    pub created: i64,
    /// When it ends.
    pub expires: i64,
}

impl Accounts {
    /// Begins a session.
    pub fn begin_session(
        &self,
        account: i64,
        hash: &str,
        now: i64,
        expires: i64,
    ) -> Result<(), StoreError> {
        // Sessions that nobody ended go with the next login.
        self.connection.execute("DELETE FROM session WHERE expires <= ?1", [now])?;
        let sql = "INSERT INTO session VALUES (?1, ?2, ?3, ?3, ?4)";
        self.connection.execute(sql, params![hash, account, now, expires])?;
        Ok(())
    }

    /// Whose session this is, if it holds: begun, not ended, used within the last `idle` seconds.
    pub fn session(&self, hash: &str, now: i64, idle: i64) -> Result<Option<Account>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, seen FROM session JOIN account ON account.id = account
             WHERE hash = ?1 AND expires > ?2 AND seen > ?3 AND NOT disabled"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let found = query
            .query_row(params![hash, now, now - idle], |row| {
                Ok((read_account(row)?, row.get::<_, i64>(6)?))
            })
            .optional()?;
        let Some((account, seen)) = found else { return Ok(None) };
        if now - seen >= SEEN_EVERY {
            let sql = "UPDATE session SET seen = ?2 WHERE hash = ?1";
            self.connection.execute(sql, params![hash, now])?;
        }
        Ok(Some(account))
    }

    /// Ends a session.
    pub fn end_session(&self, hash: &str) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM session WHERE hash = ?1", [hash])?;
        Ok(())
    }

    /// Ends the sessions of an account but one.
    pub fn end_sessions(&self, account: i64, keep: Option<&str>) -> Result<(), StoreError> {
        let sql = "DELETE FROM session WHERE account = ?1 AND hash IS NOT ?2";
        self.connection.execute(sql, params![account, keep])?;
        Ok(())
    }

    /// The sessions of an account, newest first.
    pub fn sessions(&self, account: i64) -> Result<Vec<KeptSession>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT hash, created, seen, expires FROM session WHERE account = ?1
             ORDER BY created DESC, hash",
        )?;
        let rows = query.query_map([account], |row| {
            Ok(KeptSession {
                hash: row.get(0)?,
                created: row.get(1)?,
                seen: row.get(2)?,
                expires: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps a token and gives its number.
    pub fn add_token(
        &self,
        account: i64,
        hash: &str,
        token: &KeptToken,
    ) -> Result<i64, StoreError> {
        self.connection.execute(
            "INSERT INTO token (hash, account, label, scope, case_name, created, expires)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                hash,
                account,
                token.label,
                token.scope.as_str(),
                token.case,
                token.created,
                token.expires,
            ],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Whose token this is, if it holds.
    pub fn token(&self, hash: &str, now: i64) -> Result<Option<(Account, KeptToken)>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, {TOKEN} FROM token JOIN account ON account.id = account
             WHERE hash = ?1 AND expires > ?2 AND NOT disabled"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let found = query
            .query_row(params![hash, now], |row| Ok((read_account(row)?, read_token(row, 6)?)));
        Ok(found.optional()?)
    }

    /// The tokens of an account, oldest first.
    pub fn tokens(&self, account: i64) -> Result<Vec<KeptToken>, StoreError> {
        let sql = format!("SELECT {TOKEN} FROM token WHERE account = ?1 ORDER BY token.id");
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_map([account], |row| read_token(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Takes a token of an account back; false if it has none of this number.
    pub fn revoke_token(&self, account: i64, token: i64) -> Result<bool, StoreError> {
        let sql = "DELETE FROM token WHERE account = ?1 AND id = ?2";
        Ok(self.connection.execute(sql, params![account, token])? == 1)
    }

    /// Keeps a link that sets a password; earlier ones of the account are void.
    pub fn put_link(&mut self, account: i64, hash: &str, expires: i64) -> Result<(), StoreError> {
        let tx = self.connection.transaction()?;
        tx.execute("DELETE FROM link WHERE account = ?1", [account])?;
        tx.execute("INSERT INTO link VALUES (?1, ?2, ?3)", params![hash, account, expires])?;
        Ok(tx.commit()?)
    }

    /// Whose link this is, if it holds. It is used up when a password is set.
    pub fn link(&self, hash: &str, now: i64) -> Result<Option<Account>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM link JOIN account ON account.id = account
             WHERE hash = ?1 AND expires > ?2 AND NOT disabled"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        Ok(query.query_row(params![hash, now], read_account).optional()?)
    }

    /// Sets the password of the account that a link is for, and uses the link up, at one go; `None`
    /// if the link does not hold.
    pub fn use_link(
        &mut self,
        hash: &str,
        now: i64,
        password: &str,
    ) -> Result<Option<Account>, StoreError> {
        let Some(account) = self.link(hash, now)? else { return Ok(None) };
        let gone = self.connection.execute("DELETE FROM link WHERE hash = ?1", [hash])?;
        if gone == 0 {
            return Ok(None);
        }
        self.set_password(account.id, password, None)?;
        Ok(Some(account))
    }
}

const TOKEN: &str = "token.id, label, scope, case_name, token.created, token.expires";

fn read_token(row: &Row<'_>, from: usize) -> rusqlite::Result<KeptToken> {
    let scope: String = row.get(from + 2)?;
    Ok(KeptToken {
        id: row.get(from)?,
        label: row.get(from + 1)?,
        scope: Scope::parse(&scope).unwrap_or(Scope::Read),
        case: row.get(from + 3)?,
        created: row.get(from + 4)?,
        expires: row.get(from + 5)?,
    })
}
