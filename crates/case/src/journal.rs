//! The journal of a case: who did what. The acts themselves are `model::journal`'s.
//!
//! Writing leaves the case unsealed, since hashing the database after each act would take longer
//! than the act; [`Case::close`] seals it.

use jiff::{Timestamp, Unit};
use model::{Act, By, DatasetKind, Entry};

use crate::{Case, CaseError};

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Name of the account, or of the analyst who works alone.
    pub user: String,
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
        let stored = self.store.datasets()?;
        let lists = stored.into_iter().filter(|s| s.dataset.kind == DatasetKind::List);
        let by = By {
            user: actor.user.clone(),
            time: now(),
            reason: reason.map(str::to_owned),
            batch: batch.map(str::to_owned),
            lists: lists.map(|s| (s.dataset.name, s.dataset.sha256)).collect(),
        };
        self.store.unseal()?;
        Ok(self.store.append(acts, &by)?)
    }

    /// All entries, oldest first.
    pub fn journal(&self) -> Result<Vec<Entry>, CaseError> {
        Ok(self.store.journal()?)
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
