//! A download that is under way: the bytes that came, and what they are bytes of.
//!
//! They lie beside the target (`NAME.part`, `NAME.part.json`) and are used again only for the same
//! address and while the server says by its entity tag that the file is still the same.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest as _, Sha256};

/// Bytes hashed at once.
const BUFFER: usize = 1 << 18;

/// The bytes that came so far.
pub(super) struct Part {
    path: PathBuf,
    note: PathBuf,
    file: File,
    /// How many.
    pub(super) bytes: u64,
    hasher: Sha256,
}

impl Part {
    /// Opens what is there of a target, and tells the entity tag under which it can be gone on with.
    pub(super) fn open(target: &Path, url: &str) -> io::Result<(Self, Option<String>)> {
        let path = with_ending(target, ".part");
        let note = with_ending(target, ".part.json");
        let tag = read_note(&note, url);
        let file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path)?;
        let mut part = Self { path, note, file, bytes: 0, hasher: Sha256::new() };
        if tag.is_some() {
            part.take_up()?;
        } else {
            part.restart(None, url)?;
        }
        let tag = tag.filter(|_| part.bytes > 0);
        Ok((part, tag))
    }

    /// Hashes what is there.
    fn take_up(&mut self) -> io::Result<()> {
        let mut buffer = vec![0; BUFFER];
        self.file.seek(SeekFrom::Start(0))?;
        loop {
            match self.file.read(&mut buffer)? {
                0 => return Ok(()),
                count => {
                    self.hasher.update(&buffer[..count]);
                    self.bytes += count as u64;
                }
            }
        }
    }

    /// Begins anew, with a file of this entity tag. Weak tags do not promise the same bytes.
    pub(super) fn restart(&mut self, tag: Option<&str>, url: &str) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        self.bytes = 0;
        self.hasher = Sha256::new();
        match tag.filter(|tag| tag.starts_with('"')) {
            Some(tag) => fs::write(&self.note, json!({"url": url, "etag": tag}).to_string()),
            None => remove(&self.note),
        }
    }

    /// Takes bytes up.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// The SHA-256 of all that came.
    pub(super) fn sha256(&self) -> String {
        use std::fmt::Write as _;
        let digest = self.hasher.clone().finalize();
        digest.iter().fold(String::new(), |mut hex, byte| {
            // A string takes all text.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// Gives the file its name.
    pub(super) fn finish(self, target: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, target)?;
        remove(&self.note)
    }

    /// Drops what came.
    pub(super) fn drop_it(self) {
        // Of no use; what cannot be removed is begun anew the next time, since its note is gone.
        let _ = remove(&self.note);
        let _ = remove(&self.path);
    }
}

/// The entity tag of what is there, if it came from this address.
fn read_note(note: &Path, url: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(&fs::read_to_string(note).ok()?).ok()?;
    let is_same = value["url"].as_str() == Some(url);
    is_same.then(|| value["etag"].as_str().map(str::to_owned)).flatten()
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
