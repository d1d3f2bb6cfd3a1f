//! A copy of a case while others work on it.
//!
//! First the database as it is at one moment, then every content that it may speak of: contents are
//! written before the ledger names them and never changed, so those found after the moment are enough.
//! Each is hashed while it is copied. The database gets its name in the target last: until then the
//! target is the backup that was there before, or none. The caller seals the target.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OptionalExtension as _};

use crate::bag::{ACQUISITIONS, DECLARATION, INFO};
use crate::blobs::{self, FOLDER, sync_folder};
use crate::upgrade::copy_whole;
use crate::{DATABASE, Store, StoreError};

/// Names the case that a folder is the backup of, and the hashes that its database may have: as it was
/// copied, and while it is replaced as it was before.
const MARK: &str = "backup-of.txt";

/// Times that a busy database is asked again, a tenth of a second apart. Chosen by hand: others hold
/// it for a moment only, when they bring their log into it.
const TRIES: u32 = 100;

/// How to make a backup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BackupOptions {
    /// Whether the target may hold an earlier backup of this case, to which only what is new is
    /// added.
    pub incremental: bool,
    /// Whether contents are linked rather than copied where the file system can.
    pub link: bool,
}

/// What a backup did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackupReport {
    /// Contents that were copied or linked.
    pub copied: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Contents that the target had.
    pub present: u64,
    /// Contents whose bytes are not those of their name: they are not in the backup.
    pub damaged: Vec<String>,
    /// Contents of the target that the case has no more.
    pub gone: Vec<String>,
}

impl Store {
    /// What tells this case from all others.
    pub fn case_id(&self) -> Result<String, StoreError> {
        let sql = "SELECT value FROM meta WHERE key = 'case_id'";
        let id: Option<String> = self.connection.query_row(sql, [], |r| r.get(0)).optional()?;
        Ok(id.unwrap_or_default())
    }

    /// Copies the case to a folder. `done` hears of each content.
    pub fn backup(
        &self,
        target: &Path,
        options: BackupOptions,
        done: &dyn Fn(),
    ) -> Result<BackupReport, StoreError> {
        let before = self.accept(target, options)?;
        let failed = |source| StoreError::Folder { path: target.to_owned(), source };
        let snapshot = target.join(format!("{DATABASE}.unfinished"));
        self.snapshot(&snapshot)?;
        // From here on the target is not as it was sealed; what it may be stands in the mark.
        self.mark(target, &[&before])?;
        crate::bag::unseal(target)?;
        fs::create_dir_all(target.join(FOLDER)).map_err(failed)?;
        let mut report = BackupReport::default();
        let mut names = BTreeSet::new();
        for (name, _) in self.payload()? {
            self.copy_content(&name, target, options, &mut report)?;
            names.insert(name);
            done();
        }
        let of_target = Blobs { folder: target };
        report.gone = of_target.names().map_err(failed)?.difference(&names).cloned().collect();
        self.copy_the_rest(target)?;
        let hash = hash_of(&mut File::open(&snapshot).map_err(failed)?, None).map_err(failed)?.0;
        self.mark(target, &[&hash, &before])?;
        let place = || {
            for ending in ["-wal", "-shm"] {
                let path = target.join(format!("{DATABASE}{ending}"));
                if path.exists() {
                    fs::remove_file(path)?;
                }
            }
            fs::rename(&snapshot, target.join(DATABASE))?;
            sync_folder(target)
        };
        place().map_err(failed)?;
        Ok(report)
    }

    /// Writes what the target is, and the hashes that its database may have.
    fn mark(&self, target: &Path, hashes: &[&str]) -> Result<(), StoreError> {
        let mark = format!("{}\n{}\n", self.case_id()?, hashes.join("\n"));
        crate::bag::replace(&target.join(MARK), &mark)
    }

    /// Sees to it that the target is empty, or a backup of this case that nobody worked on. Gives the
    /// hash of its database, empty if it has none.
    fn accept(&self, target: &Path, options: BackupOptions) -> Result<String, StoreError> {
        let failed = |source| StoreError::Folder { path: target.to_owned(), source };
        let refuse = |reason| StoreError::Target { target: target.to_owned(), reason };
        fs::create_dir_all(target).map_err(failed)?;
        let here = self.folder.canonicalize().map_err(failed)?;
        let there = target.canonicalize().map_err(failed)?;
        if there.starts_with(&here) || here.starts_with(&there) {
            return Err(refuse("it is in the case, or the case in it"));
        }
        let id = self.case_id()?;
        let mark = target.join(MARK);
        let mut known = String::new();
        match fs::read_to_string(&mark) {
            Ok(text) if text.lines().next() != Some(&*id) => {
                return Err(refuse("it is the backup of another case"));
            }
            Ok(_) if target.join(DATABASE).exists() && !options.incremental => {
                return Err(refuse("it holds a backup already, and `--incremental` was not given"));
            }
            Ok(text) => known = text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if fs::read_dir(target).map_err(failed)?.next().is_some() {
                    return Err(refuse("it is not empty and no backup"));
                }
                crate::bag::replace(&mark, &format!("{id}\n"))?;
            }
            Err(error) => return Err(failed(error)),
        }
        match crate::bag::database_hash(target)? {
            None => Ok(String::new()),
            Some((hash, sealed)) if sealed || known.lines().any(|line| line == hash) => Ok(hash),
            Some(_) => Err(refuse("somebody worked on the case in it since it was made")),
        }
    }

    /// Copies the database as it is at one moment.
    fn snapshot(&self, to: &Path) -> Result<(), StoreError> {
        let failed = |source| StoreError::Folder { path: to.to_owned(), source };
        if to.exists() {
            fs::remove_file(to).map_err(failed)?;
        }
        let mut copy = Connection::open(to)?;
        {
            // All pages in one step: writers write on, into the log, and nothing begins anew.
            let backup = Backup::new(&self.connection, &mut copy)?;
            let mut tries = 0;
            while !matches!(backup.step(-1)?, StepResult::Done) {
                tries += 1;
                if tries > TRIES {
                    return Err(failed(io::ErrorKind::ResourceBusy.into()));
                }
                std::thread::sleep(std::time::Duration::from_millis(100));
            }
        }
        copy.close().map_err(|(_, error)| error)?;
        File::open(to).and_then(|file| file.sync_all()).map_err(failed)
    }

    fn copy_content(
        &self,
        name: &str,
        target: &Path,
        options: BackupOptions,
        report: &mut BackupReport,
    ) -> Result<(), StoreError> {
        let (from, to) = (self.folder.join(name), target.join(name));
        let failed = |source| StoreError::Folder { path: to.clone(), source };
        if to.is_file() {
            report.present += 1;
            return Ok(());
        }
        let shelf = to.parent().unwrap_or(target);
        fs::create_dir_all(shelf).map_err(failed)?;
        let unfinished = shelf.join("backup.unfinished");
        let copy = || -> io::Result<Option<u64>> {
            let bytes = if options.link && link(&from, &unfinished)? {
                hash_of(&mut File::open(&unfinished)?, None)?
            } else {
                hash_of(&mut File::open(&from)?, Some(&mut File::create(&unfinished)?))?
            };
            let (hash, bytes) = bytes;
            if Some(hash.as_str()) != name.rsplit('/').next() {
                fs::remove_file(&unfinished)?;
                return Ok(None);
            }
            fs::rename(&unfinished, &to)?;
            sync_folder(shelf)?;
            Ok(Some(bytes))
        };
        match copy().map_err(failed)? {
            Some(bytes) => {
                report.copied += 1;
                report.bytes += bytes;
            }
            None => report.damaged.push(name.to_owned()),
        }
        Ok(())
    }

    /// Copies everything else that is the user's: rules, templates, notes. Not what is made again
    /// (`index/`), what sealing writes out of the database, and what a repair or an upgrade left.
    fn copy_the_rest(&self, target: &Path) -> Result<(), StoreError> {
        let mut open = vec![PathBuf::new()];
        while let Some(local) = open.pop() {
            let folder = self.folder.join(&local);
            let failed = |source| StoreError::Folder { path: folder.clone(), source };
            for entry in fs::read_dir(&folder).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let name = entry.file_name();
                if local.as_os_str().is_empty() && is_left_out(&name.to_string_lossy()) {
                    continue;
                }
                let local = local.join(&name);
                let kind = entry.file_type().map_err(failed)?;
                if kind.is_dir() {
                    fs::create_dir_all(target.join(&local)).map_err(failed)?;
                    open.push(local);
                } else if kind.is_file() && !blobs::is_unfinished(&entry.path()) {
                    copy_whole(&entry.path(), &target.join(&local))?;
                }
            }
        }
        Ok(())
    }
}

/// Whether something in the case folder is not copied with the rest.
fn is_left_out(name: &str) -> bool {
    name.starts_with(DATABASE)
        || name.starts_with("damaged-")
        || name.ends_with("-sha256.txt")
        || [FOLDER, "index", "fetch", MARK, INFO, ACQUISITIONS, DECLARATION.0].contains(&name)
}

/// Links a file; false if the file system cannot.
fn link(from: &Path, to: &Path) -> io::Result<bool> {
    match fs::remove_file(to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    Ok(fs::hard_link(from, to).is_ok())
}

/// Hashes a file, writing it elsewhere meanwhile.
fn hash_of(source: &mut File, target: Option<&mut File>) -> io::Result<(String, u64)> {
    struct Tee<'f> {
        source: &'f mut File,
        target: Option<&'f mut File>,
        bytes: u64,
    }
    impl Read for Tee<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.source.read(buffer)?;
            if let Some(target) = &mut self.target {
                target.write_all(&buffer[..count])?;
            }
            self.bytes += count as u64;
            Ok(count)
        }
    }
    let mut tee = Tee { source, target, bytes: 0 };
    let hash = blobs::hash(&mut tee)?.to_string();
    if let Some(target) = tee.target {
        target.sync_data()?;
    }
    Ok((hash, tee.bytes))
}

/// The contents of a folder.
struct Blobs<'f> {
    folder: &'f Path,
}

impl Blobs<'_> {
    fn names(&self) -> io::Result<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        let root = self.folder.join(FOLDER);
        if !root.is_dir() {
            return Ok(names);
        }
        for shelf in fs::read_dir(root)? {
            let shelf = shelf?;
            if !shelf.file_type()?.is_dir() {
                continue;
            }
            for entry in fs::read_dir(shelf.path())? {
                let entry = entry?;
                if !blobs::is_unfinished(&entry.path()) {
                    let (shelf, name) = (shelf.file_name(), entry.file_name());
                    let (shelf, name) = (shelf.to_string_lossy(), name.to_string_lossy());
                    names.insert(format!("{FOLDER}/{shelf}/{name}"));
                }
            }
        }
        Ok(names)
    }
}
