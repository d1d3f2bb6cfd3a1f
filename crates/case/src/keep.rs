//! What a server keeps in a case beside the evidence: the rules as text, views that people saved.

use std::fs;

use store::Saved;
use triage::Rules;

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
        let path = self.folder().join(crate::folder::RULES);
        Rules::parse(text).map_err(|source| CaseError::Rules { path: path.clone(), source })?;
        let unwritable = |source| CaseError::Unwritable { path: path.clone(), source };
        // Written beside it first, so that the file is whole or the one before.
        let unfinished = self.folder().join("rules.toml.unfinished");
        fs::write(&unfinished, text).map_err(unwritable)?;
        fs::rename(&unfinished, &path).map_err(unwritable)?;
        self.look_again()
    }
}
