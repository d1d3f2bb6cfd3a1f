//! Segments of the screening index: `index/NAME.seg`, files made of a list that can be made again,
//! mapped into memory. It does not know what is in them.
//!
//! A segment is written beside its place and renamed into it, so a kill leaves no half segment; it
//! is never changed after, only replaced by one of another name.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::{Store, StoreError};

/// Folder of the segments in the case folder.
const FOLDER: &str = "index";
/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 20;

/// Bytes of a file, mapped into memory.
pub type Mapped = Arc<dyn AsRef<[u8]> + Send + Sync>;

impl Store {
    /// The bytes of a segment; `None` if it is not there.
    ///
    /// # Errors
    /// [`StoreError::Segment`] if the file is there and cannot be mapped.
    pub fn map_segment(&self, name: &str) -> Result<Option<Mapped>, StoreError> {
        let path = self.segment_path(name);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(StoreError::Segment { path, source }),
        };
        match map(&file) {
            Ok(mapped) => Ok(Some(Arc::new(mapped))),
            Err(source) => Err(StoreError::Segment { path, source }),
        }
    }

    /// Writes a segment, replacing one of the same name.
    ///
    /// # Errors
    /// [`StoreError::Folder`] if the disk is full or the folder cannot be written; nothing is left,
    /// then.
    pub fn write_segment(
        &self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), StoreError> {
        let path = self.segment_path(name);
        // Two processes may make the same segment: each has its own unfinished file.
        let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
        let finish = || -> io::Result<()> {
            fs::create_dir_all(path.parent().unwrap_or(Path::new(FOLDER)))?;
            let mut out = BufWriter::with_capacity(BUFFER, File::create(&unfinished)?);
            write(&mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()?;
            fs::rename(&unfinished, &path)
        };
        finish().map_err(|source| {
            // The unfinished file is of no use; that removing it fails too changes nothing.
            let _ = fs::remove_file(&unfinished);
            StoreError::Folder { path: path.clone(), source }
        })
    }

    /// Removes all segments but these, those of former versions of lists above all.
    ///
    /// # Errors
    /// [`StoreError::Folder`] if one cannot be removed.
    pub fn keep_segments(&self, names: &BTreeSet<String>) -> Result<(), StoreError> {
        let folder = self.folder().join(FOLDER);
        let Ok(entries) = fs::read_dir(&folder) else { return Ok(()) };
        let kept: BTreeSet<PathBuf> = names.iter().map(|name| self.segment_path(name)).collect();
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if !kept.contains(&path) {
                fs::remove_file(&path)
                    .map_err(|source| StoreError::Folder { path: path.clone(), source })?;
            }
        }
        Ok(())
    }

    fn segment_path(&self, name: &str) -> PathBuf {
        self.folder().join(FOLDER).join(format!("{name}.seg"))
    }
}

#[expect(
    unsafe_code,
    reason = "a mapping is sound while nobody cuts the file short: segments are renamed into place \
              whole and never changed after; ARCHITECTURE.md lists this"
)]
fn map(file: &File) -> io::Result<memmap2::Mmap> {
    // SAFETY: see the reason above.
    unsafe { memmap2::Mmap::map(file) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("case")).unwrap();
        assert!(store.map_segment("one").unwrap().is_none());
        store.write_segment("one", |out| out.write_all(b"whole")).unwrap();
        let bytes = store.map_segment("one").unwrap().unwrap();
        assert_eq!((*bytes).as_ref(), b"whole");
        let failed = store.write_segment("two", |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("disk full"))
        });
        assert!(matches!(failed, Err(StoreError::Folder { .. })));
        assert!(store.map_segment("two").unwrap().is_none());
        store.keep_segments(&BTreeSet::new()).unwrap();
        assert!(store.map_segment("one").unwrap().is_none());
        let left = fs::read_dir(store.folder().join(FOLDER)).unwrap().count();
        assert_eq!(left, 0, "nothing unfinished is left");
    }
}
