//! Making and opening a case folder; its rules file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use intake::Readers;
use model::{DatasetName, Document, Problem};
use store::{Store, StoredDataset};
use triage::{Policy, Rules};

use crate::CaseError;

/// Name of the editable rules in the case folder.
pub(crate) const RULES: &str = "rules.toml";

/// Name of the editable review policy in the case folder.
pub(crate) const POLICY: &str = "policy.toml";

/// An open case.
pub struct Case {
    pub(crate) store: Store,
    pub(crate) readers: Arc<Readers>,
}

impl Case {
    /// Makes a case in a folder, which is created if it is not there.
    pub fn create(folder: &Path) -> Result<Self, CaseError> {
        let case = Self { store: Store::create(folder)?, readers: Arc::new(Readers::here()) };
        let path = folder.join(RULES);
        fs::write(&path, Rules::DEFAULT)
            .map_err(|source| CaseError::Unwritable { path, source })?;
        case.seal()?;
        Ok(case)
    }

    /// Opens the case of a folder. One of an earlier layout is brought up to this one and sealed.
    pub fn open(folder: &Path) -> Result<Self, CaseError> {
        let case = Self { store: Store::open(folder)?, readers: Arc::new(Readers::here()) };
        if case.store.upgraded().is_some_and(|upgraded| upgraded.was_sealed) {
            case.seal()?;
        }
        Ok(case)
    }

    /// Where the database as it was is kept, if opening the case brought it up from an earlier
    /// layout.
    pub fn upgraded_from(&self) -> Option<&Path> {
        self.store.upgraded().map(|upgraded| upgraded.kept.as_path())
    }

    /// The case with foreign bytes read by these readers; without them they are read in the
    /// calling process.
    #[must_use]
    pub fn with_readers(mut self, readers: Readers) -> Self {
        self.readers = Arc::new(readers);
        self
    }

    /// Who reads foreign bytes.
    pub fn readers(&self) -> &Readers {
        &self.readers
    }

    /// The case folder.
    pub fn folder(&self) -> &Path {
        self.store.folder()
    }

    /// The ledger with the dataset of each row, in order of dataset and path.
    pub fn documents(&self) -> Result<Vec<(DatasetName, Document)>, CaseError> {
        Ok(self.store.documents()?)
    }

    /// The datasets in the order they were added.
    pub fn datasets(&self) -> Result<Vec<StoredDataset>, CaseError> {
        Ok(self.store.datasets()?)
    }

    /// All problems met so far.
    pub fn problems(&self) -> Result<Vec<Problem>, CaseError> {
        Ok(self.store.problems()?)
    }

    /// The bytes of a stored content.
    pub fn content(&self, id: &model::DocumentId) -> Result<Vec<u8>, CaseError> {
        Ok(self.store.blobs().read(id)?)
    }

    /// Who has to look at a lead; the default policy where the case has none of its own.
    ///
    /// # Errors
    /// [`CaseError::Policy`] if the file does not hold.
    pub fn policy(&self) -> Result<Policy, CaseError> {
        let path: PathBuf = self.folder().join(POLICY);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Policy::default()),
            Err(source) => return Err(CaseError::Unreadable { path, source }),
        };
        Policy::parse(&text).map_err(|source| CaseError::Policy { path, source })
    }

    /// The rules of the case and their text; the default rules if the file was deleted.
    pub(crate) fn rules(&self) -> Result<(Rules, String), CaseError> {
        let path: PathBuf = self.folder().join(RULES);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Rules::DEFAULT.to_owned(),
            Err(source) => return Err(CaseError::Unreadable { path, source }),
        };
        let rules = Rules::parse(&text).map_err(|source| CaseError::Rules { path, source })?;
        Ok((rules, text))
    }
}
