//! Finds the files below a folder.
//!
//! Order is the byte order of the relative path, so that the same folder gives the same order on
//! every machine. Symbolic links are never followed; links, devices, pipes and what cannot be
//! listed stand in [`Walk::odd`], so that the ledger has them too. Nothing is opened here but
//! folders.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use model::{Document, DocumentId, DocumentState, Problem, Stage};

use crate::unpack::hash;

/// A regular file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Path relative to the root, `/` between parts; bytes that are not UTF-8 as `\xNN`.
    pub path: String,
    /// Where to open it.
    pub source: PathBuf,
    /// Bytes, as the folder says.
    pub size: u64,
}

/// All that stands below a root.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walk {
    /// Regular files in order of their path.
    pub files: Vec<Found>,
    /// What is no regular file, as final ledger entries in order of their path.
    pub odd: Vec<Document>,
    /// Folders and files that could not be looked at.
    pub problems: Vec<Problem>,
}

/// Walks a folder, or takes a single file under its own name.
pub fn walk(root: &Path) -> Walk {
    let mut walk = Walk::default();
    let mut found: Vec<(Vec<u8>, PathBuf)> = Vec::new();
    match fs::metadata(root) {
        Ok(metadata) if metadata.is_dir() => list(root, &mut found, &mut walk),
        Ok(_) => {
            let name = root.file_name().map(bytes_of).unwrap_or_default();
            found.push((name, root.to_path_buf()));
        }
        Err(error) => walk.problems.push(unreadable(&text_of(&bytes_of(root.as_os_str())), &error)),
    }
    found.sort();
    for (name, source) in found {
        file(&mut walk, text_of(&name), source);
    }
    walk
}

/// Lists a tree without recursion: folders may be nested deeper than a stack.
fn list(root: &Path, found: &mut Vec<(Vec<u8>, PathBuf)>, walk: &mut Walk) {
    let mut open: Vec<(Vec<u8>, PathBuf)> = vec![(Vec::new(), root.to_path_buf())];
    while let Some((prefix, folder)) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                walk.problems.push(unreadable(&text_of(&prefix), &error));
                continue;
            }
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    walk.problems.push(unreadable(&text_of(&prefix), &error));
                    continue;
                }
            };
            let mut name = prefix.clone();
            if !name.is_empty() {
                name.push(b'/');
            }
            name.extend_from_slice(&bytes_of(&entry.file_name()));
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder {
                open.push((name, entry.path()));
            } else {
                found.push((name, entry.path()));
            }
        }
    }
}

fn file(walk: &mut Walk, path: String, source: PathBuf) {
    match fs::symlink_metadata(&source) {
        Ok(metadata) if metadata.is_file() => {
            walk.files.push(Found { path, source, size: metadata.len() });
        }
        Ok(metadata) if metadata.is_symlink() => {
            let target = fs::read_link(&source).map(|t| bytes_of(t.as_os_str()));
            let target = target.unwrap_or_default();
            let reason = "a symbolic link, not followed";
            walk.odd.push(odd(path, hash(&target), reason, "inode/symlink"));
        }
        Ok(_) => {
            let id = hash(path.as_bytes());
            walk.odd.push(odd(path, id, "a device, pipe or socket, not opened", "inode/special"));
        }
        Err(error) => {
            walk.problems.push(unreadable(&path, &error));
            let id = hash(path.as_bytes());
            walk.odd.push(odd(path, id, "it could not be looked at", "application/octet-stream"));
        }
    }
}

fn odd(path: String, id: DocumentId, reason: &str, media: &str) -> Document {
    Document {
        path,
        id,
        size: 0,
        state: DocumentState::Unsupported,
        reason: Some(reason.to_owned()),
        media_type: media.to_owned(),
    }
}

fn unreadable(path: &str, error: &std::io::Error) -> Problem {
    Problem::new(Stage::Intake, path, "unreadable", not_read(error))
}

/// Why a file could not be read, in the system's words without its number.
pub fn not_read(error: &std::io::Error) -> String {
    let told = error.to_string();
    let words = told.split_once(" (os error").map_or(told.as_str(), |(words, _)| words);
    format!("cannot be read: {words}")
}

#[cfg(unix)]
fn bytes_of(name: &std::ffi::OsStr) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    name.as_bytes().to_vec()
}

#[cfg(not(unix))]
fn bytes_of(name: &std::ffi::OsStr) -> Vec<u8> {
    name.to_string_lossy().replace('\\', "/").into_bytes()
}

/// A name as text; bytes that are not UTF-8 as `\xNN`.
pub(crate) fn text_of(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    #[test]
    fn order_names_and_odd_entries_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/c")).unwrap();
        fs::write(root.join("b/c/form.txt"), "x").unwrap();
        fs::write(root.join("b.txt"), "xy").unwrap();
        fs::write(root.join(OsStr::from_bytes(b"bad\xff.txt")), "").unwrap();
        std::os::unix::fs::symlink("/nowhere", root.join("link")).unwrap();
        std::os::unix::fs::symlink(root, root.join("b/loop")).unwrap();
        let walk = walk(root);
        let files: Vec<(&str, u64)> = walk.files.iter().map(|f| (&*f.path, f.size)).collect();
        assert_eq!(files, [("b.txt", 2), ("b/c/form.txt", 1), ("bad\\xFF.txt", 0)]);
        let odd: Vec<&str> = walk.odd.iter().map(|d| &*d.path).collect();
        assert_eq!(odd, ["b/loop", "link"]);
        assert!(walk.problems.is_empty());
    }

    #[test]
    fn a_single_file_gives_itself_and_nothing_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("form.txt");
        fs::write(&file, "x").unwrap();
        assert_eq!(walk(&file).files[0].path, "form.txt");
        let missing = walk(&folder.path().join("missing"));
        assert_eq!((missing.files.len(), missing.problems.len()), (0, 1));
    }
}
