//! Bringing a case of an earlier layout up to this one.
//!
//! The database as it was is kept beside (`case.sqlite.layout-2`), byte for byte what was sealed, until
//! somebody deletes it: with it and an earlier release the case can be opened as before. The new one
//! comes about in one transaction. A kill at any point leaves the old case, or the new one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::blobs::{self, sync_folder};
use crate::{DATABASE, Store, StoreError, bag, layout};

/// The folder of contents in layout 1.
const FOLDER_1: &str = "blobs";

/// What an upgrade left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgraded {
    /// The database as it was.
    pub kept: PathBuf,
    /// Whether the case was as it had been sealed.
    pub was_sealed: bool,
}

impl Store {
    /// Brings the case up from an earlier layout.
    pub(crate) fn upgrade(&mut self, found: u32) -> Result<(), StoreError> {
        // A case that was not as it was sealed must not look sealed afterwards. Layout 1 knew no seals.
        let was_sealed =
            found == 1 || bag::database_hash(&self.folder)?.is_some_and(|(_, sealed)| sealed);
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        let kept = self.folder.join(format!("{DATABASE}.layout-{found}"));
        copy_whole(&self.folder.join(DATABASE), &kept)?;
        self.unseal()?;
        if found == 1 {
            bag::begin(&self.folder)?;
            self.rename_contents()?;
        }
        layout::bring_up(&mut self.connection)?;
        self.upgraded = Some(Upgraded { kept, was_sealed });
        Ok(())
    }

    /// Contents were in `blobs/` before they were the payload of a bag.
    fn rename_contents(&self) -> Result<(), StoreError> {
        let old = self.folder.join(FOLDER_1);
        let new = self.folder.join(blobs::FOLDER);
        if !old.is_dir() {
            // Renamed by an upgrade that was killed after that.
            return Ok(());
        }
        let failed = |source| StoreError::Folder { path: new.clone(), source };
        if new.is_dir() {
            // Something made an empty folder; one that is not empty is not removed.
            fs::remove_dir(&new).map_err(failed)?;
        }
        fs::rename(&old, &new).map_err(failed)?;
        sync_folder(&self.folder).map_err(failed)
    }
}

/// Copies a file under another name, whole or not at all; one of that name is replaced.
pub(crate) fn copy_whole(from: &Path, to: &Path) -> Result<(), StoreError> {
    let mut unfinished = to.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let copy = || {
        fs::copy(from, &unfinished)?;
        File::open(&unfinished)?.sync_all()?;
        fs::rename(&unfinished, to)?;
        to.parent().map_or(Ok(()), sync_folder)
    };
    copy().map_err(|source| {
        // Half a copy is of no use; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&unfinished);
        StoreError::Folder { path: to.to_owned(), source }
    })
}
