//! Content-addressed bytes: `blobs/ab/abcdef…`, named by SHA-256, written once.
//!
//! A blob is written beside its place and renamed into it, so a kill leaves no half blob.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use model::DocumentId;

use crate::{Store, StoreError};

/// Folder of the blobs in the case folder.
pub(crate) const FOLDER: &str = "blobs";

/// The blobs of a case; may be used by several threads at once.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: PathBuf,
}

impl Store {
    /// The blobs of the case.
    pub fn blobs(&self) -> Blobs {
        Blobs { folder: self.folder.join(FOLDER) }
    }
}

impl Blobs {
    /// Stores bytes under their hash; nothing happens if they are there.
    pub fn write(&self, id: &DocumentId, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.path(id);
        if path.is_file() {
            return Ok(());
        }
        let folder = path.parent().expect("a blob lies in a folder").to_owned();
        // Two threads may write the same content: each has its own unfinished file.
        let unfinished =
            folder.join(format!("{}.{:?}.unfinished", id.as_str(), std::thread::current().id()));
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(&folder)?;
            let mut file = fs::File::create(&unfinished)?;
            file.write_all(bytes)?;
            file.sync_data()?;
            fs::rename(&unfinished, &path)
        };
        write().map_err(|source| {
            // The unfinished file is of no use; that removing it fails too changes nothing.
            let _ = fs::remove_file(&unfinished);
            StoreError::Folder { path: path.clone(), source }
        })
    }

    /// The bytes of a content.
    pub fn read(&self, id: &DocumentId) -> Result<Vec<u8>, StoreError> {
        fs::read(self.path(id))
            .map_err(|source| StoreError::Blob { sha256: id.to_string(), source })
    }

    /// True if the bytes of a content are stored.
    pub fn has(&self, id: &DocumentId) -> bool {
        self.path(id).is_file()
    }

    fn path(&self, id: &DocumentId) -> PathBuf {
        let name = id.as_str();
        let shelf = name.get(..2).unwrap_or("__");
        self.folder.join(shelf).join(name)
    }
}
