//! What a server keeps in a case beside the evidence: the rules as text, views that people saved.

use std::fs;
use std::io;
use std::path::Path;

use store::Saved;
use triage::{Policy, Rules};

use crate::folder::{POLICY, RULES};
use crate::journal::now;
use crate::{Case, CaseError, Room};

impl Case {
    /// The rules of the case as they stand in its folder.
    ///
    /// # Errors
    /// If they cannot be read or do not hold.
    pub fn rules_text(&self) -> Result<String, CaseError> {
        Ok(self.rules()?.1)
    }

    /// The review policy of the case as it stands in its folder; the default one if it has none.
    ///
    /// # Errors
    /// If it cannot be read or does not hold.
    pub fn policy_text(&self) -> Result<String, CaseError> {
        self.policy()?;
        let path = self.folder().join(POLICY);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Policy::DEFAULT.to_owned()),
            Err(source) => Err(CaseError::Unreadable { path, source }),
        }
    }

    /// What a user has kept.
    ///
    /// # Errors
    /// Those of the store.
    pub fn saved(&self, user: &str) -> Result<Vec<Saved>, CaseError> {
        Ok(self.store.saved(user)?)
    }

    /// Keeps a view or search for a user; gives its number.
    ///
    /// # Errors
    /// Those of the store.
    pub fn save(
        &mut self,
        user: &str,
        kind: &str,
        name: &str,
        body: &str,
    ) -> Result<u64, CaseError> {
        let saved = Saved {
            id: 0,
            user: user.to_owned(),
            kind: kind.to_owned(),
            name: name.to_owned(),
            body: body.to_owned(),
            time: now(),
        };
        self.store.unseal()?;
        Ok(self.store.save(&saved)?)
    }

    /// Drops what a user has kept; false if there is none of this number.
    ///
    /// # Errors
    /// Those of the store.
    pub fn drop_saved(&mut self, user: &str, id: u64) -> Result<bool, CaseError> {
        self.store.unseal()?;
        Ok(self.store.drop_saved(user, id)?)
    }
}

impl Room {
    /// Replaces the rules of the case; the leads are out of date then.
    ///
    /// # Errors
    /// [`CaseError::Rules`] if they do not hold; nothing is changed then.
    pub fn put_rules(&self, text: &str) -> Result<(), CaseError> {
        let path = self.folder().join(RULES);
        Rules::parse(text).map_err(|source| CaseError::Rules { path: path.clone(), source })?;
        self.put_text(&path, text)
    }

    /// Replaces the review policy of the case, which holds at once.
    ///
    /// # Errors
    /// [`CaseError::Policy`] if it does not hold; nothing is changed then.
    pub fn put_policy(&self, text: &str) -> Result<(), CaseError> {
        let path = self.folder().join(POLICY);
        Policy::parse(text).map_err(|source| CaseError::Policy { path: path.clone(), source })?;
        self.put_text(&path, text)
    }

    fn put_text(&self, path: &Path, text: &str) -> Result<(), CaseError> {
        let unwritable = |source| CaseError::Unwritable { path: path.to_owned(), source };
        // Written beside it first, so that the file is whole or the one before.
        let unfinished = path.with_extension("toml.unfinished");
        fs::write(&unfinished, text).map_err(unwritable)?;
        fs::rename(&unfinished, path).map_err(unwritable)?;
        self.look_again()
    }
}
