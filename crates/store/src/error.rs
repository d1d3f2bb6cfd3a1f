//! What can go wrong with a store: operations, never content.

use std::io;
use std::path::PathBuf;

/// An operation on the store failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The folder holds a case already.
    #[error("{} holds a case already", folder.display())]
    Exists {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder holds no case.
    #[error("{} is not a case folder", folder.display())]
    NotACase {
        /// The folder.
        folder: PathBuf,
    },
    /// A later version of the program made the case.
    #[error("the case has layout version {found}, this program reads up to {expected}")]
    Version {
        /// What the case says.
        found: String,
        /// What this program reads.
        expected: u32,
    },
    /// The case folder cannot be made or written.
    #[error("cannot write {}", path.display())]
    Folder {
        /// The path.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// A blob cannot be read.
    #[error("cannot read the stored bytes of {sha256}")]
    Blob {
        /// The content.
        sha256: String,
        /// The cause.
        source: io::Error,
    },
    /// A segment of the index cannot be read.
    #[error("cannot read {}", path.display())]
    Segment {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// A backup cannot go where it was told to.
    #[error("{} cannot take a backup of this case: {reason}", target.display())]
    Target {
        /// The folder.
        target: PathBuf,
        /// Why.
        reason: &'static str,
    },
    /// The database refused.
    #[error("the case database failed")]
    Database(#[from] rusqlite::Error),
    /// A stored value is not what this program wrote.
    #[error("the case holds a damaged {what}")]
    Damaged {
        /// The noun.
        what: &'static str,
        /// The cause.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl StoreError {
    /// True if another writes just now and this one would have had to wait too long.
    pub fn is_busy(&self) -> bool {
        let StoreError::Database(error) = self else { return false };
        let code = error.sqlite_error_code();
        matches!(
            code,
            Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
        )
    }

    /// True if there is no database in the folder.
    pub fn is_not_a_case(&self) -> bool {
        matches!(self, StoreError::NotACase { .. })
    }

    /// True if the database file itself is damaged.
    pub fn is_corrupt(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match self {
            StoreError::Database(error) => {
                matches!(error.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
            }
            StoreError::Damaged { .. } => true,
            _ => false,
        }
    }

    /// A stored value that does not parse.
    pub fn damaged(
        what: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        StoreError::Damaged { what, source: source.into() }
    }
}
