//! The case folder as a bag (BagIt, RFC 8493), so that any tool of archives can check it.
//!
//! `data/` is the payload, `manifest-sha256.txt` its hashes. `tagmanifest-sha256.txt` has the hashes
//! of everything else that must not change unseen: the manifest, the notes of acquisition, and the
//! database while nobody works on it. Work takes the database out ([`Store::unseal`]) and puts it
//! back when it is done ([`Store::seal`]); sealing takes out what it is about to replace as well, so
//! that a kill in between leaves a case that is not sealed and never one that looks tampered with.
//! What can be made again (`index/`) and what the user edits
//! (`rules.toml`, `templates/`) are in no manifest.
//! Invariant: each file is replaced whole or not at all.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use crate::blobs::{self, hash};
use crate::{DATABASE, Store, StoreError};

pub(crate) const DECLARATION: (&str, &str) =
    ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
pub(crate) const INFO: &str = "bag-info.txt";
const MANIFEST: &str = "manifest-sha256.txt";
const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// Folder of the notes of acquisition.
pub(crate) const ACQUISITIONS: &str = "acquisitions";

/// Something in the case folder that is not as it was sealed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the case folder.
    pub file: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with a file of the case folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Its bytes are not those that were sealed.
    Changed,
    /// It is gone.
    Missing,
    /// No manifest knows of it.
    Unknown,
    /// It is not sealed: work on the case was interrupted, or goes on.
    Unsealed,
    /// It cannot be read.
    Unreadable,
    /// A table of the database does not hold together.
    Damaged,
}

impl Fault {
    /// The word for it, as `verify --json` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
            Self::Unsealed => "unsealed",
            Self::Unreadable => "unreadable",
            Self::Damaged => "damaged",
        }
    }
}

/// What was checked and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Files whose bytes were hashed.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// What is not as it was, in order of the files.
    pub findings: Vec<Finding>,
}

impl Store {
    /// Takes the database out of the manifest, before it is written to.
    pub fn unseal(&self) -> Result<(), StoreError> {
        unseal(&self.folder)
    }

    /// Writes the manifests anew: the payload as the ledger and the folder have it, and the hashes
    /// of all that must not change unseen. `info` are lines of `bag-info.txt`, `notes` the notes of
    /// acquisition by file name.
    pub fn seal(
        &self,
        info: &[(&str, String)],
        notes: &BTreeMap<String, String>,
    ) -> Result<(), StoreError> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        let payload = self.payload()?;
        let bytes: u64 = payload.values().sum();
        // What was sealed once stays, so that a file that is gone is missed.
        let sealed = fs::read_to_string(self.folder.join(MANIFEST)).unwrap_or_default();
        let mut manifest = parse(&sealed);
        for path in payload.keys() {
            let hash = path.rsplit('/').next().unwrap_or_default();
            manifest.insert(path.clone(), hash.to_owned());
        }
        let mut described = format!("Payload-Oxum: {bytes}.{}\n", payload.len());
        for (key, value) in info {
            described.extend([key, ": ", &one_line(value), "\n"]);
        }
        let mut tags: BTreeMap<String, String> = BTreeMap::from([
            (DECLARATION.0.to_owned(), DECLARATION.1.to_owned()),
            (INFO.to_owned(), described),
            (MANIFEST.to_owned(), self::format(&manifest)),
        ]);
        tags.extend(notes.iter().map(|(n, text)| (format!("{ACQUISITIONS}/{n}"), text.clone())));
        self.release(&tags)?;
        let mut hashes = BTreeMap::new();
        for (name, text) in &tags {
            replace(&self.folder.join(name), text)?;
            hashes.insert(name.clone(), self.hash_file(name)?.0);
        }
        hashes.insert(DATABASE.to_owned(), self.hash_file(DATABASE)?.0);
        replace(&self.folder.join(TAG_MANIFEST), &self::format(&hashes))
    }

    /// Takes a content that was erased out of the manifest, so that it is not missed.
    pub(crate) fn forget_payload(&self, id: &model::DocumentId) -> Result<(), StoreError> {
        let path = self.folder.join(MANIFEST);
        let mut lines = parse(&fs::read_to_string(&path).unwrap_or_default());
        lines.retain(|_, hash| hash != id.as_str());
        replace(&path, &format(&lines))
    }

    /// Whether the database is in the manifest.
    pub fn is_sealed(&self) -> bool {
        let text = fs::read_to_string(self.folder.join(TAG_MANIFEST)).unwrap_or_default();
        parse(&text).contains_key(DATABASE)
    }

    /// A line of the sealed notes.
    pub fn sealed_info(&self, key: &str) -> Option<String> {
        let text = fs::read_to_string(self.folder.join(INFO)).ok()?;
        let mut lines = text.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(name, _)| *name == key).map(|(_, value)| value.to_owned())
    }

    /// Takes what is about to be replaced by other bytes out of the manifest.
    fn release(&self, tags: &BTreeMap<String, String>) -> Result<(), StoreError> {
        let path = self.folder.join(TAG_MANIFEST);
        let mut lines = parse(&fs::read_to_string(&path).unwrap_or_default());
        let known = lines.len();
        lines.remove(DATABASE);
        lines.retain(|name, _| {
            let now = fs::read(self.folder.join(name)).ok();
            tags.get(name).is_none_or(|text| now.as_deref() == Some(text.as_bytes()))
        });
        if lines.len() < known { replace(&path, &format(&lines)) } else { Ok(()) }
    }

    /// Hashes everything that is in a manifest and compares. `done` hears of every file.
    pub fn verify(&self, done: &(dyn Fn() + Sync)) -> Result<Verification, StoreError> {
        let mut check = Check { store: self, done, out: Verification::default() };
        let tags = check.manifest(TAG_MANIFEST)?;
        for (name, expected) in &tags {
            check.file(name, expected);
        }
        if !tags.contains_key(DATABASE) {
            check.find(DATABASE, Fault::Unsealed);
        }
        // As long as its bytes are those that were sealed, it is not worth the time to look into it.
        if check.out.findings.iter().any(|finding| finding.file == DATABASE) {
            for table in self.damaged_tables() {
                check.find(&format!("{DATABASE}: {table}"), Fault::Damaged);
            }
        }
        let manifest = check.manifest(MANIFEST)?;
        for (name, expected) in &manifest {
            check.file(name, expected);
        }
        for name in self.payload()?.keys().filter(|name| !manifest.contains_key(*name)) {
            let unsealed = !tags.contains_key(DATABASE);
            check.find(name, if unsealed { Fault::Unsealed } else { Fault::Unknown });
        }
        check.out.findings.sort();
        Ok(check.out)
    }

    /// How many files `verify` will look at.
    pub fn payload_files(&self) -> Result<u64, StoreError> {
        Ok(self.payload()?.len() as u64)
    }

    /// Every file of the payload with its size.
    pub(crate) fn payload(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let root = self.folder.join(blobs::FOLDER);
        let failed = |source| StoreError::Folder { path: root.clone(), source };
        let mut files = BTreeMap::new();
        let mut open = vec![(blobs::FOLDER.to_owned(), root.clone())];
        while let Some((name, folder)) = open.pop() {
            for entry in fs::read_dir(&folder).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                if blobs::is_unfinished(&entry.path()) {
                    continue;
                }
                let name = format!("{name}/{}", entry.file_name().to_string_lossy());
                match entry.metadata() {
                    Ok(metadata) if metadata.is_dir() => open.push((name, entry.path())),
                    Ok(metadata) => drop(files.insert(name, metadata.len())),
                    // It was erased since the folder was read.
                    Err(gone) if gone.kind() == io::ErrorKind::NotFound => {}
                    Err(source) => return Err(failed(source)),
                }
            }
        }
        Ok(files)
    }

    fn hash_file(&self, name: &str) -> Result<(String, u64), StoreError> {
        let path = self.folder.join(name);
        let read = || {
            let mut file = File::open(&path)?;
            let bytes = file.metadata()?.len();
            Ok((hash(&mut file)?.to_string(), bytes))
        };
        read().map_err(|source| StoreError::Folder { path: path.clone(), source })
    }
}

/// The hash of the database of a folder, if there is one, and whether it is as it was sealed.
pub(crate) fn database_hash(folder: &Path) -> Result<Option<(String, bool)>, StoreError> {
    let path = folder.join(DATABASE);
    if !path.exists() {
        return Ok(None);
    }
    let failed = |source| StoreError::Folder { path: path.clone(), source };
    let tags = parse(&fs::read_to_string(folder.join(TAG_MANIFEST)).unwrap_or_default());
    let found = File::open(&path).and_then(|mut file| hash(&mut file)).map_err(failed)?;
    let is_sealed = tags.get(DATABASE).is_some_and(|sealed| *sealed == found.as_str());
    Ok(Some((found.to_string(), is_sealed)))
}

/// Takes the database of a folder out of its manifest.
pub(crate) fn unseal(folder: &Path) -> Result<(), StoreError> {
    let path = folder.join(TAG_MANIFEST);
    let Ok(text) = fs::read_to_string(&path) else { return Ok(()) };
    let mut lines = parse(&text);
    if lines.remove(DATABASE).is_some() {
        replace(&path, &format(&lines))?;
    }
    Ok(())
}

/// Writes the manifests of a folder that was never sealed, with nothing in them: that a manifest is
/// missing then always means that it was taken away.
pub(crate) fn begin(folder: &Path) -> Result<(), StoreError> {
    for name in [MANIFEST, TAG_MANIFEST] {
        let path = folder.join(name);
        if !path.exists() {
            replace(&path, "")?;
        }
    }
    Ok(())
}

struct Check<'s> {
    store: &'s Store,
    done: &'s (dyn Fn() + Sync),
    out: Verification,
}

impl Check<'_> {
    fn find(&mut self, file: &str, fault: Fault) {
        self.out.findings.push(Finding { file: file.to_owned(), fault });
    }

    fn manifest(&mut self, name: &str) -> Result<BTreeMap<String, String>, StoreError> {
        match fs::read(self.store.folder.join(name)) {
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes);
                let lines = parse(&text);
                // A line that is none, or a name that stands twice, is a change as well.
                if format(&lines) != text {
                    self.find(name, Fault::Changed);
                }
                Ok(lines)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.find(name, Fault::Missing);
                Ok(BTreeMap::new())
            }
            Err(source) => Err(StoreError::Folder { path: self.store.folder.join(name), source }),
        }
    }

    fn file(&mut self, name: &str, expected: &str) {
        let path = self.store.folder.join(name);
        // A manifest from elsewhere could name any path.
        let inside =
            Path::new(name).components().all(|c| matches!(c, std::path::Component::Normal(_)));
        if !inside {
            return self.find(name, Fault::Unknown);
        }
        match File::open(&path) {
            Ok(mut file) => {
                self.out.files += 1;
                self.out.bytes += file.metadata().map_or(0, |m| m.len());
                match hash(&mut file) {
                    Ok(found) if found.as_str() == expected => {}
                    Ok(_) => self.find(name, Fault::Changed),
                    Err(_) => self.find(name, Fault::Unreadable),
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.find(name, Fault::Missing);
            }
            Err(_) => self.find(name, Fault::Unreadable),
        }
        (self.done)();
    }
}

/// Lines `hash  name`, by name.
fn parse(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines.map(|(hash, name)| (decode(name), hash.to_owned())).collect()
}

fn format(lines: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    for (name, hash) in lines {
        text.extend([hash, "  ", &encode(name), "\n"]);
    }
    text
}

/// Names of manifests have line ends and percent signs escaped (RFC 8493, 2.1.3).
fn encode(name: &str) -> String {
    name.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

fn decode(name: &str) -> String {
    name.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
}

fn one_line(value: &str) -> String {
    value.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Replaces a file whole.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), StoreError> {
    let failed = |source| StoreError::Folder { path: path.to_owned(), source };
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = File::create(&unfinished).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.sync_data().map_err(failed)?;
    fs::rename(&unfinished, path).map_err(failed)?;
    path.parent().map_or(Ok(()), blobs::sync_folder).map_err(failed)
}
