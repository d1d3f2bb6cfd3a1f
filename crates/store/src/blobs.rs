//! Content-addressed bytes: `data/ab/abcdef…`, named by SHA-256, written once.
//!
//! A blob is written beside its place and renamed into it, so a kill leaves no half blob; what a
//! kill leaves unfinished is removed when the next program writes.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use model::DocumentId;
use sha2::{Digest as _, Sha256};

use crate::{Store, StoreError};

/// Folder of the blobs in the case folder; the name is BagIt's.
pub(crate) const FOLDER: &str = "data";

/// Ending of the names of files that are being written.
const UNFINISHED: &str = "unfinished";

/// Bytes copied at once. Chosen by hand.
const COPY_BYTES: usize = 1 << 18;

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
        if self.has(id) {
            return Ok(());
        }
        let write = || {
            let mut incoming = Incoming::new(self)?;
            incoming.file.write_all(bytes)?;
            incoming.place(self, id)
        };
        write().map_err(|source| StoreError::Folder { path: self.path(id), source })
    }

    /// Copies all that a source has to give, and tells its hash.
    ///
    /// # Errors
    /// The outer error is the store's, the inner one the source's.
    pub fn copy(&self, source: &mut dyn Read) -> Result<io::Result<DocumentId>, StoreError> {
        let mut copy = || -> io::Result<io::Result<DocumentId>> {
            let mut incoming = Incoming::new(self)?;
            let file = &mut incoming.file;
            let id = match hash_of(source, &mut |bytes| file.write_all(bytes)) {
                Ok(id) => id,
                Err(Failed::Source(error)) => return Ok(Err(error)),
                Err(Failed::Target(error)) => return Err(error),
            };
            if !self.has(&id) {
                incoming.place(self, &id)?;
            }
            Ok(Ok(id))
        };
        copy().map_err(|source| StoreError::Folder { path: self.folder.clone(), source })
    }

    /// Removes what killed programs left unfinished. Not while another program adds.
    pub fn tidy(&self) -> Result<(), StoreError> {
        let failed = |source| StoreError::Folder { path: self.folder.clone(), source };
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if is_unfinished(&path) {
                fs::remove_file(&path).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Removes a content that was erased; nothing happens if it is gone.
    pub(crate) fn remove(&self, id: &DocumentId) -> Result<(), StoreError> {
        let path = self.path(id);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(StoreError::Folder { path, source })
            }
            _ => Ok(()),
        }
    }

    /// The bytes of a content.
    pub fn read(&self, id: &DocumentId) -> Result<Vec<u8>, StoreError> {
        fs::read(self.path(id))
            .map_err(|source| StoreError::Blob { sha256: id.to_string(), source })
    }

    /// The file of a content, to be read.
    pub fn open(&self, id: &DocumentId) -> Result<File, StoreError> {
        File::open(self.path(id))
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

/// Whether a file was left by a killed program.
pub(crate) fn is_unfinished(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == UNFINISHED)
}

/// The SHA-256 of all that a source has to give.
pub fn hash(source: &mut dyn Read) -> io::Result<DocumentId> {
    hash_of(source, &mut |_| Ok(())).map_err(|failed| match failed {
        Failed::Source(error) | Failed::Target(error) => error,
    })
}

enum Failed {
    Source(io::Error),
    Target(io::Error),
}

fn hash_of(
    source: &mut dyn Read,
    also: &mut dyn FnMut(&[u8]) -> io::Result<()>,
) -> Result<DocumentId, Failed> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; COPY_BYTES];
    loop {
        let count = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Failed::Source(error)),
        };
        hasher.update(&buffer[..count]);
        also(&buffer[..count]).map_err(Failed::Target)?;
    }
    Ok(DocumentId::from(hex(&hasher.finalize())))
}

/// Bytes in hexadecimal, lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// A blob that is being written; removed if it does not come to its place.
struct Incoming {
    file: File,
    path: PathBuf,
}

impl Incoming {
    fn new(blobs: &Blobs) -> io::Result<Self> {
        // Threads of several programs may write the same content: each has a file of its own.
        let thread = format!("{}-{:?}", std::process::id(), std::thread::current().id());
        let path = blobs.folder.join(format!("{thread}.{UNFINISHED}"));
        fs::create_dir_all(&blobs.folder)?;
        Ok(Self { file: File::create(&path)?, path })
    }

    fn place(&mut self, blobs: &Blobs, id: &DocumentId) -> io::Result<()> {
        self.file.sync_data()?;
        let path = blobs.path(id);
        if let Some(shelf) = path.parent() {
            fs::create_dir_all(shelf)?;
        }
        fs::rename(&self.path, &path)?;
        // What the ledger says was kept must be there after a loss of power: the name as well.
        path.parent().map_or(Ok(()), sync_folder)
    }
}

/// Makes the names in a folder last.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows has no such thing, and needs none.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // Gone already if it came to its place; else it is of no use, and if it cannot be removed
        // nothing is lost.
        let _ = fs::remove_file(&self.path);
    }
}
