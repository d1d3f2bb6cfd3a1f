//! A desk: a folder of cases that several people work on, with their accounts and a log of its own.
//!
//! Secrets are made here, shown once, and kept as hashes; passwords and codes are checked in the
//! server. Times are seconds since 1970.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use model::{AuditAction, Role};
use store::{Account, Accounts, AuditLog, KeptToken, Scope, Store, hex};

use crate::CaseError;
use crate::audit::audit_note;
use crate::journal::PROGRAM;

/// Seconds that a link to set a password is good. Chosen by hand: it is read off a terminal, or sent
/// to a colleague who is at work.
pub const LINK_SECONDS: i64 = 24 * 3600;
/// Days that a token is good at most. Chosen by hand.
const TOKEN_DAYS_MAX: i64 = 365;
/// Name of the account that the first run makes.
const FIRST: &str = "admin";

/// A folder of cases with accounts.
pub struct Desk {
    folder: PathBuf,
    /// The accounts.
    pub accounts: Accounts,
    /// Logins, refusals outside of cases, changes of accounts.
    pub log: AuditLog,
}

/// 32 random bytes that let somebody in, as text. It is shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// If the system has no randomness to give.
    pub fn new() -> Result<Self, CaseError> {
        Ok(Self(hex(&random::<32>()?)))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn hash(&self) -> String {
        secret_hash(&self.0)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// What is kept of a secret. Secrets are random and long, so a plain hash is enough.
pub fn secret_hash(secret: &str) -> String {
    intake::unpack::hash(secret.as_bytes()).to_string()
}

/// Random bytes of the system.
///
/// # Errors
/// If it has none to give.
pub fn random<const N: usize>() -> Result<[u8; N], CaseError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| CaseError::NoRandomness)?;
    Ok(bytes)
}

/// Seconds since 1970.
pub fn seconds_now() -> i64 {
    Timestamp::now().as_second()
}

impl Desk {
    /// Opens a folder of cases.
    ///
    /// # Errors
    /// If the folder is not there, or its accounts cannot be opened.
    pub fn open(folder: &Path) -> Result<Self, CaseError> {
        let unreadable = |source| CaseError::Unreadable { path: folder.to_owned(), source };
        if !folder.metadata().map_err(unreadable)?.is_dir() {
            return Err(unreadable(std::io::Error::other("it is no folder of cases")));
        }
        // A case folder is no folder of cases: its accounts would travel with it.
        if folder.join("case.sqlite").exists() {
            return Err(unreadable(std::io::Error::other(
                "it is a case; name the folder it is in",
            )));
        }
        Ok(Self {
            folder: folder.to_owned(),
            accounts: Accounts::open(folder)?,
            log: AuditLog::of(folder),
        })
    }

    /// The cases of the desk by name of their folder.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn cases(&self) -> Result<Vec<(String, PathBuf)>, CaseError> {
        let unreadable = |source| CaseError::Unreadable { path: self.folder.clone(), source };
        let mut cases = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            // A name that is no text cannot stand in an address.
            let name = path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
            if let Some(name) = name.filter(|_| Store::is_at(&path)) {
                cases.push((name, path));
            }
        }
        cases.sort();
        Ok(cases)
    }

    /// On the first run: an account for the admin, with the secret of the link that sets its password.
    /// Also where that link was never used. `None` once an admin can sign in, and where `users add` made
    /// another: their link is not made void.
    ///
    /// # Errors
    /// Those of the accounts and the log.
    pub fn first_link(&mut self) -> Result<Option<(Account, Secret)>, CaseError> {
        let accounts = self.accounts.accounts()?.into_iter();
        let admins: Vec<Account> = accounts.filter(|account| account.is_admin).collect();
        let has_first = admins.iter().any(|account| account.name == FIRST);
        if admins.iter().any(|a| a.has_password) || (!has_first && !admins.is_empty()) {
            return Ok(None);
        }
        let account = match admins.into_iter().find(|account| account.name == FIRST) {
            Some(account) => account,
            None => self.add_account(FIRST, true, PROGRAM)?,
        };
        let secret = self.link(&account)?;
        Ok(Some((account, secret)))
    }

    /// Adds an account; nobody can sign in with it until its link is used.
    ///
    /// # Errors
    /// [`CaseError::Account`] if the name is taken or is none.
    pub fn add_account(
        &mut self,
        name: &str,
        is_admin: bool,
        by: &str,
    ) -> Result<Account, CaseError> {
        let is_name = (1..=64).contains(&name.chars().count())
            && name.chars().all(|c| c.is_alphanumeric() || "-_.@ ".contains(c))
            && name.trim() == name
            && !name.eq_ignore_ascii_case(PROGRAM);
        if !is_name {
            let what = "a name has letters, digits, blanks and `-_.@`, 64 at most".to_owned();
            return Err(CaseError::Account { what });
        }
        self.tell(by, AuditAction::Account, format!("accounts/{name}"), "add")?;
        match self.accounts.add(name, is_admin, seconds_now())? {
            Some(account) => Ok(account),
            None => Err(CaseError::Account { what: format!("there is an account {name} already") }),
        }
    }

    /// The account of a name.
    ///
    /// # Errors
    /// [`CaseError::Account`] if there is none.
    pub fn account(&self, name: &str) -> Result<Account, CaseError> {
        let found = self.accounts.account(name)?;
        found.ok_or_else(|| CaseError::Account { what: format!("there is no account {name}") })
    }

    /// A link that sets the password of an account; earlier ones are void.
    ///
    /// # Errors
    /// Those of the accounts.
    pub fn link(&mut self, account: &Account) -> Result<Secret, CaseError> {
        let secret = Secret::new()?;
        self.accounts.put_link(account.id, &secret.hash(), seconds_now() + LINK_SECONDS)?;
        Ok(secret)
    }

    /// Takes password, codes, sessions and tokens from an account, and gives the link to begin anew.
    ///
    /// # Errors
    /// [`CaseError::Account`] if there is none of this name.
    pub fn reset(&mut self, name: &str, by: &str) -> Result<Secret, CaseError> {
        let account = self.account(name)?;
        self.tell(by, AuditAction::Account, format!("accounts/{}", account.name), "reset")?;
        self.accounts.reset(account.id)?;
        self.link(&account)
    }

    /// Shuts an account, or opens it again.
    ///
    /// # Errors
    /// [`CaseError::Account`] if there is none of this name.
    pub fn set_disabled(&mut self, name: &str, shut: bool, by: &str) -> Result<(), CaseError> {
        let account = self.account(name)?;
        let what = if shut { "disable" } else { "enable" };
        self.tell(by, AuditAction::Account, format!("accounts/{}", account.name), what)?;
        Ok(self.accounts.set_disabled(account.id, shut)?)
    }

    /// Puts an account into a case with a role, or out of it. The log of the case tells it as well.
    ///
    /// # Errors
    /// [`CaseError::Account`] if there is no such account or case.
    pub fn set_member(
        &mut self,
        case: &str,
        name: &str,
        role: Option<Role>,
        by: &str,
    ) -> Result<(), CaseError> {
        let account = self.account(name)?;
        let cases = self.cases()?;
        let Some((_, folder)) = cases.iter().find(|(known, _)| known == case) else {
            return Err(CaseError::Account { what: format!("there is no case {case}") });
        };
        if role == Some(Role::Admin) {
            let what = "an admin is one of the desk; in a case there are reader, analyst, \
                        reviewer and lead";
            return Err(CaseError::Account { what: what.to_owned() });
        }
        let what = role.map_or("none", Role::as_str);
        let mut note =
            audit_note(by, AuditAction::Account, vec![format!("members/{}", account.name)]);
        note.outcome = Some(what.to_owned());
        AuditLog::of(folder).append(&[note])?;
        Ok(self.accounts.set_member(account.id, case, role)?)
    }

    /// Makes a token for an account. The secret is shown once.
    ///
    /// # Errors
    /// [`CaseError::Account`] if it is to last too long.
    pub fn add_token(
        &mut self,
        account: &Account,
        label: &str,
        scope: Scope,
        case: Option<&str>,
        days: i64,
    ) -> Result<(i64, Secret), CaseError> {
        if !(1..=TOKEN_DAYS_MAX).contains(&days) {
            let what = format!("a token is good for 1 to {TOKEN_DAYS_MAX} days");
            return Err(CaseError::Account { what });
        }
        let secret = Secret::new()?;
        let now = seconds_now();
        let token = KeptToken {
            id: 0,
            label: label.chars().take(100).collect(),
            scope,
            case: case.map(str::to_owned),
            created: now,
            expires: now + days * 24 * 3600,
        };
        let subject = format!("accounts/{}/tokens", account.name);
        self.tell(&account.name, AuditAction::Account, subject, "add")?;
        Ok((self.accounts.add_token(account.id, &secret.hash(), &token)?, secret))
    }

    /// Tells the log of the desk.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn tell(
        &self,
        user: &str,
        action: AuditAction,
        subject: String,
        outcome: &str,
    ) -> Result<(), CaseError> {
        let mut note = audit_note(user, action, vec![subject]);
        note.outcome = Some(outcome.to_owned());
        self.log.append(&[note])?;
        Ok(())
    }
}
