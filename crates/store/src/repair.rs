//! Putting a new database in the place of a damaged one.
//!
//! The new one is made beside (`salvage`); when it is whole it gets the name `case.sqlite.repaired-N`,
//! the damaged one and its log move to `damaged-N/`, and the new one takes its place. Opening the case
//! finishes that if it was interrupted ([`finish`]), so at every moment there is one case to open.
//! Nothing of the damaged files is ever written or removed.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use model::DocumentId;

use crate::blobs::sync_folder;
use crate::salvage::salvage;
use crate::{DATABASE, Store, StoreError, TableReport};

/// What was done with a damaged database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// What was had of each table.
    pub tables: Vec<TableReport>,
    /// Where the damaged files are now.
    pub kept_in: PathBuf,
}

impl Repaired {
    /// Salvages the database of a case folder into a new one, and puts that in its place. Nobody else
    /// may have the case open.
    pub fn make(folder: &Path) -> Result<Self, StoreError> {
        finish(folder)?;
        let failed = |source| StoreError::Folder { path: folder.to_owned(), source };
        if !folder.is_dir() {
            return Err(StoreError::NotACase { folder: folder.to_owned() });
        }
        // An empty one was left by a repair that was killed before it moved anything.
        let is_free = |number: &u32| {
            let kept = folder.join(damaged(*number));
            fs::read_dir(&kept).map_or(!kept.exists(), |mut files| files.next().is_none())
        };
        let number = (1..u32::MAX).find(is_free).unwrap_or(u32::MAX);
        let unfinished = folder.join(format!("{DATABASE}.salvaged.unfinished"));
        for old in [unfinished.clone(), with_ending(&unfinished, "-journal")] {
            remove(&old).map_err(failed)?;
        }
        let log = folder.join(format!("{DATABASE}-wal"));
        let tables = salvage(&folder.join(DATABASE), &log, &unfinished)?;
        fs::create_dir_all(folder.join(damaged(number))).map_err(failed)?;
        let repaired = || {
            File::open(&unfinished)?.sync_all()?;
            fs::rename(&unfinished, folder.join(repaired(number)))?;
            sync_folder(folder)
        };
        repaired().map_err(failed)?;
        finish(folder)?;
        Ok(Self { tables, kept_in: folder.join(damaged(number)) })
    }
}

impl Store {
    /// Forgets what steps made out of the contents, after a repair: all of it is made again.
    pub fn forget_made(&mut self) -> Result<(), StoreError> {
        let tx = self.connection.transaction()?;
        tx.execute_batch(
            "DELETE FROM statement
                 WHERE dataset NOT IN (SELECT name FROM dataset WHERE kind = 'list');
             DELETE FROM problem WHERE stage IN ('forms', 'resolve');
             DELETE FROM scored_pair;
             DELETE FROM lead_rank;
             DELETE FROM lead_body;
             DELETE FROM lead_member;
             DELETE FROM lead_match;
             DELETE FROM step;",
        )?;
        Ok(tx.commit()?)
    }

    /// The contents that are there and not among these.
    pub fn contents_without(
        &self,
        named: &BTreeSet<DocumentId>,
    ) -> Result<Vec<DocumentId>, StoreError> {
        let payload = self.payload()?;
        let ids =
            payload.keys().filter_map(|name| Some(DocumentId::from(name.rsplit('/').next()?)));
        Ok(ids.filter(|id| !named.contains(id)).collect())
    }
}

/// Finishes to put a repaired database in its place, if there is one that waits for it.
pub(crate) fn finish(folder: &Path) -> Result<(), StoreError> {
    let Some(number) = waiting(folder) else { return Ok(()) };
    let failed = |source| StoreError::Folder { path: folder.to_owned(), source };
    let place = || -> io::Result<()> {
        let kept = folder.join(damaged(number));
        fs::create_dir_all(&kept)?;
        // The log first: with it gone the database beside it is only older, and both are kept.
        for ending in ["-wal", "-shm", ""] {
            let name = format!("{DATABASE}{ending}");
            let from = folder.join(&name);
            if from.exists() {
                fs::rename(&from, kept.join(&name))?;
            }
        }
        sync_folder(&kept)?;
        fs::rename(folder.join(repaired(number)), folder.join(DATABASE))?;
        sync_folder(folder)
    };
    place().map_err(failed)
}

/// The number of a repaired database that is not in its place yet.
fn waiting(folder: &Path) -> Option<u32> {
    let begin = format!("{DATABASE}.repaired-");
    let entries = fs::read_dir(folder).ok()?;
    entries
        .filter_map(|entry| {
            let name = entry.ok()?.file_name();
            name.to_str()?.strip_prefix(&begin)?.parse().ok()
        })
        .min()
}

fn damaged(number: u32) -> String {
    format!("damaged-{number}")
}

fn repaired(number: u32) -> String {
    format!("{DATABASE}.repaired-{number}")
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Removes a file that may not be there.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
