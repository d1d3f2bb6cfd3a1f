//! `backup`: a copy of the case while others work on it. To restore it is to open its folder.

use std::path::Path;

use store::{BackupOptions, BackupReport};

use crate::{Case, CaseError, Progress};

impl Case {
    /// Copies the case to a folder and seals it there. Whatever was acknowledged before this began is
    /// in it.
    ///
    /// # Errors
    /// Those of the store; then the target is the backup that was there before, or none.
    pub fn backup(
        &self,
        target: &Path,
        options: BackupOptions,
        progress: &dyn Progress,
    ) -> Result<BackupReport, CaseError> {
        progress.begin("copying", Some(self.store.payload_files()?));
        let report = self.store.backup(target, options, &|| progress.advance(1))?;
        progress.end();
        Case::open(target)?.close()?;
        Ok(report)
    }
}
