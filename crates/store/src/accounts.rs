//! Accounts of a desk in `accounts.sqlite`: people, memberships, sessions, tokens, links.
//!
//! It keeps what it is given and knows no clock: times are seconds since 1970 and come from the caller,
//! as do the hashes of secrets. Passwords are hashed above, in the server.

mod keys;

use std::path::Path;

use model::Role;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::StoreError;

pub use keys::{KeptSession, KeptToken, Scope};

/// Name of the database in the folder of a desk.
const DATABASE: &str = "accounts.sqlite";

/// The accounts of a desk.
pub struct Accounts {
    connection: Connection,
}

/// Somebody who may sign in.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// The name to sign in with, which the journal carries.
    pub name: String,
    /// Whether it manages accounts.
    pub is_admin: bool,
    /// Whether it is shut.
    pub is_disabled: bool,
    /// Whether a password was set.
    pub has_password: bool,
    /// Whether a code is asked besides the password.
    pub has_totp: bool,
}

/// What a login is checked against.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// Hash of the password, in the server's form.
    pub password: Option<String>,
    /// Secret of the one-time codes.
    pub totp: Option<Vec<u8>>,
}

const COLUMNS: &str = "account.id, name, admin, disabled, password IS NOT NULL, totp IS NOT NULL";

impl Accounts {
    /// Opens the accounts of a desk, which are made if they are not there.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(DATABASE);
        make_private(&path).map_err(|source| StoreError::Folder { path: path.clone(), source })?;
        let connection = Connection::open(&path)?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What was a secret is overwritten.
        connection.pragma_update(None, "secure_delete", true)?;
        let version: u32 = connection.query_row("PRAGMA user_version", [], |r| r.get(0))?;
        match version {
            0 => connection.execute_batch(concat!(
                "BEGIN IMMEDIATE;",
                include_str!("schema/accounts.sql"),
                "COMMIT;"
            ))?,
            1 => {}
            found => {
                return Err(StoreError::Version { found: found.to_string(), expected: 1 });
            }
        }
        Ok(Self { connection })
    }

    /// Adds an account without a password; `None` if the name is taken.
    pub fn add(&self, name: &str, is_admin: bool, now: i64) -> Result<Option<Account>, StoreError> {
        let added = self.connection.execute(
            "INSERT OR IGNORE INTO account (name, admin, disabled, totp_step, created)
             VALUES (?1, ?2, 0, 0, ?3)",
            params![name, is_admin, now],
        )?;
        if added == 0 { Ok(None) } else { self.account(name) }
    }

    /// All accounts by name.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM account ORDER BY name");
        let mut query = self.connection.prepare(&sql)?;
        let rows = query.query_map([], read_account)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The account of a name, in any case of letters.
    pub fn account(&self, name: &str) -> Result<Option<Account>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM account WHERE name = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([name], read_account).optional()?)
    }

    /// What a login of this name is checked against.
    pub fn credentials(&self, name: &str) -> Result<Option<Credentials>, StoreError> {
        let sql = format!("SELECT {COLUMNS}, password, totp FROM account WHERE name = ?1");
        let mut query = self.connection.prepare_cached(&sql)?;
        let found = query.query_row([name], |row| {
            Ok(Credentials {
                account: read_account(row)?,
                password: row.get(6)?,
                totp: row.get(7)?,
            })
        });
        Ok(found.optional()?)
    }

    /// Sets a password. All sessions but `keep` end, and links are void.
    pub fn set_password(
        &mut self,
        account: i64,
        password: &str,
        keep: Option<&str>,
    ) -> Result<(), StoreError> {
        let tx = self.connection.transaction()?;
        tx.execute("UPDATE account SET password = ?2 WHERE id = ?1", params![account, password])?;
        tx.execute(
            "DELETE FROM session WHERE account = ?1 AND hash IS NOT ?2",
            params![account, keep],
        )?;
        tx.execute("DELETE FROM link WHERE account = ?1", [account])?;
        Ok(tx.commit()?)
    }

    /// Asks for codes of this secret from now on, or no more.
    pub fn set_totp(&self, account: i64, secret: Option<&[u8]>) -> Result<(), StoreError> {
        let sql = "UPDATE account SET totp = ?2, totp_step = 0 WHERE id = ?1";
        self.connection.execute(sql, params![account, secret])?;
        Ok(())
    }

    /// Takes the code of a time step; false if it or a later one was taken already.
    pub fn take_totp_step(&self, account: i64, step: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE account SET totp_step = ?2 WHERE id = ?1 AND totp_step < ?2";
        Ok(self.connection.execute(sql, params![account, step])? == 1)
    }

    /// Takes password, codes, sessions, tokens and links from an account.
    pub fn reset(&mut self, account: i64) -> Result<(), StoreError> {
        let tx = self.connection.transaction()?;
        tx.execute("UPDATE account SET password = NULL, totp = NULL WHERE id = ?1", [account])?;
        for table in ["session", "token", "link"] {
            tx.execute(&format!("DELETE FROM {table} WHERE account = ?1"), [account])?;
        }
        Ok(tx.commit()?)
    }

    /// Shuts an account, or opens it again. Its sessions end and its links are void.
    pub fn set_disabled(&mut self, account: i64, is_disabled: bool) -> Result<(), StoreError> {
        let tx = self.connection.transaction()?;
        let sql = "UPDATE account SET disabled = ?2 WHERE id = ?1";
        tx.execute(sql, params![account, is_disabled])?;
        for table in ["session", "link"] {
            tx.execute(&format!("DELETE FROM {table} WHERE account = ?1"), [account])?;
        }
        Ok(tx.commit()?)
    }

    /// Puts an account into a case with a role, or out of it.
    pub fn set_member(
        &self,
        account: i64,
        case: &str,
        role: Option<Role>,
    ) -> Result<(), StoreError> {
        match role {
            Some(role) => self.connection.execute(
                "INSERT OR REPLACE INTO member VALUES (?1, ?2, ?3)",
                params![account, case, role.as_str()],
            )?,
            None => self.connection.execute(
                "DELETE FROM member WHERE account = ?1 AND case_name = ?2",
                params![account, case],
            )?,
        };
        Ok(())
    }

    /// The role of an account in a case; `None` if it is no member.
    pub fn role(&self, account: i64, case: &str) -> Result<Option<Role>, StoreError> {
        let sql = "SELECT role FROM member WHERE account = ?1 AND case_name = ?2";
        let mut query = self.connection.prepare_cached(sql)?;
        let role: Option<String> =
            query.query_row(params![account, case], |r| r.get(0)).optional()?;
        Ok(role.and_then(|role| Role::parse(&role)))
    }

    /// Who is in a case, by name.
    pub fn members(&self, case: &str) -> Result<Vec<(String, Role)>, StoreError> {
        self.roles(
            "SELECT name, role FROM member JOIN account ON account.id = account
             WHERE case_name = ?1 ORDER BY name",
            params![case],
        )
    }

    /// The cases that an account is in.
    pub fn cases_of(&self, account: i64) -> Result<Vec<(String, Role)>, StoreError> {
        self.roles(
            "SELECT case_name, role FROM member WHERE account = ?1 ORDER BY case_name",
            params![account],
        )
    }

    fn roles(
        &self,
        sql: &str,
        key: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<(String, Role)>, StoreError> {
        let mut query = self.connection.prepare_cached(sql)?;
        let rows =
            query.query_map(key, |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut roles = Vec::new();
        for row in rows {
            let (name, role) = row?;
            // A role of a later version is none.
            roles.extend(Role::parse(&role).map(|role| (name, role)));
        }
        Ok(roles)
    }
}

fn read_account(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: row.get(0)?,
        name: row.get(1)?,
        is_admin: row.get(2)?,
        is_disabled: row.get(3)?,
        has_password: row.get(4)?,
        has_totp: row.get(5)?,
    })
}

/// Makes the file so that nobody else on the machine reads it.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
