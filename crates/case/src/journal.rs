//! The journal of a case: who did what. The acts themselves are `model::journal`'s.
//!
//! Writing leaves the case unsealed, since hashing the database after each act would take longer
//! than the act; [`Case::close`] seals it.

use std::collections::BTreeMap;

use jiff::{Timestamp, Unit};
use model::{Act, By, DatasetKind, DatasetName, Entry};

use crate::{Case, CaseError};

/// The user of entries that the program itself makes; no account may bear the name.
pub const PROGRAM: &str = "crossroll";

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Name of the account, or of the analyst who works alone.
    pub user: String,
    /// Whether they decide where two people differ, as whoever leads the case does.
    pub settles: bool,
    /// Whether they decide after another did, as a reviewer does.
    pub reviews: bool,
}

impl Actor {
    /// Somebody who leads the case, or works on it alone.
    pub fn lead(user: impl Into<String>) -> Self {
        Self { user: user.into(), settles: true, reviews: true }
    }
}

impl Case {
    /// Appends acts to the journal, all or none. `batch` names what is taken back at one go.
    ///
    /// # Errors
    /// Those of the store; then nothing was appended.
    pub fn record(
        &mut self,
        acts: &[Act],
        actor: &Actor,
        reason: Option<&str>,
        batch: Option<&str>,
    ) -> Result<Vec<Entry>, CaseError> {
        let by = By {
            user: actor.user.clone(),
            time: now(),
            reason: reason.map(str::to_owned),
            batch: batch.map(str::to_owned),
            lists: self.list_hashes()?,
        };
        self.store.unseal()?;
        Ok(self.store.append(acts, &by)?)
    }

    /// What the program says of its own accord, for this reason.
    pub(crate) fn by_program(&self, reason: String) -> Result<By, CaseError> {
        let (user, time, lists) = (PROGRAM.to_owned(), now(), self.list_hashes()?);
        Ok(By { user, time, reason: Some(reason), batch: None, lists })
    }

    /// The hash of each list that is loaded.
    pub(crate) fn list_hashes(&self) -> Result<BTreeMap<DatasetName, String>, CaseError> {
        let datasets = self.store.datasets()?.into_iter().map(|stored| stored.dataset);
        let lists = datasets.filter(|dataset| dataset.kind == DatasetKind::List);
        Ok(lists.map(|dataset| (dataset.name, dataset.sha256)).collect())
    }

    /// All entries, oldest first.
    pub fn journal(&self) -> Result<Vec<Entry>, CaseError> {
        Ok(self.store.journal()?)
    }

    /// Seals a case that was written to, if it was.
    pub fn seal_if_open(&self) -> Result<(), CaseError> {
        if self.store.is_sealed() { Ok(()) } else { self.seal() }
    }

    /// Seals a case that was written to.
    pub fn close(self) -> Result<(), CaseError> {
        self.seal()
    }
}

/// The time as the journal and the audit log write it.
pub(crate) fn now() -> String {
    let now = Timestamp::now();
    format!("{:.3}", now.round(Unit::Millisecond).unwrap_or(now))
}
