//! The audit log: who saw and did what, in `audit.jsonl` of a folder, one line an entry.
//!
//! Append-only and chained: each line holds the hash of the one before and its own, and `audit.head`
//! beside it says how many lines there are and the hash of the last, so a cut end is found as well. It
//! is a file and no table, so that a view can be logged while a long transaction holds the database,
//! and read without this program.
//!
//! Invariants: an entry is on the disk before [`AuditLog::append`] returns; what is not whole and
//! chained is never written after. Several processes may append: the file is locked for each.

mod line;
mod verify;

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use model::AuditAction;

pub use line::AuditEntry;
pub use verify::{AuditFault, AuditFinding, AuditVerification};

use line::GENESIS;

/// The log in a folder.
const LOG: &str = "audit.jsonl";
/// What is known of its end.
const HEAD: &str = "audit.head";
/// Bytes of the head: a number, an offset, a hash, blanks. It is written in place, within one sector.
const HEAD_BYTES: usize = 128;
/// Bytes after the head that are looked at; a kill leaves some lines at most.
const LEFT_MAX: u64 = 16 << 20;
/// Characters of a subject or a reason that are kept. Ids are shorter.
const TEXT_MAX: usize = 400;

/// What is to be told; the log adds number and hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditNote {
    /// When: ISO 8601, UTC, with milliseconds.
    pub time: String,
    /// Who: name of the account, or of the analyst who works alone.
    pub user: String,
    /// What.
    pub action: AuditAction,
    /// On what: ids and paths of requests, never a value of the case.
    pub subjects: Vec<String>,
    /// Why, if it was said; never a value of the case.
    pub why: Option<String>,
    /// The number of the entry that this one tells the end of.
    pub of: Option<u64>,
    /// How it ended, if not well or of an earlier entry.
    pub outcome: Option<String>,
}

impl AuditNote {
    /// A note of who did what on what.
    pub fn new(time: String, user: &str, action: AuditAction, subjects: Vec<String>) -> Self {
        let user = user.to_owned();
        Self { time, user, action, subjects, why: None, of: None, outcome: None }
    }
}

/// How far a log has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditHead {
    /// Entries.
    pub count: u64,
    /// Hash of the last one, 64 hexadecimal digits.
    pub hash: String,
}

/// The log could not be written, or is not what it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuditError {
    /// The disk is full, or the file may not be written.
    #[error("the audit log {} cannot be written", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// It was changed by something else than this program.
    #[error("the audit log {} is damaged: {what}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: &'static str,
    },
}

/// The audit log of a case folder, or of a desk.
#[derive(Clone, Debug)]
pub struct AuditLog {
    folder: PathBuf,
}

/// The end of the log as it is held while it is locked.
struct End {
    log: File,
    head: File,
    count: u64,
    hash: String,
    offset: u64,
    /// Bytes of a cut line that were taken off.
    mended: Option<u64>,
}

impl AuditLog {
    /// Name of its file.
    pub const NAME: &str = LOG;

    /// The log of a folder; nothing is opened or made yet.
    pub fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Its file.
    pub fn path(&self) -> PathBuf {
        self.folder.join(LOG)
    }

    /// Appends notes, all or none, and gives them as they stand in the log.
    ///
    /// # Errors
    /// [`AuditError`]; then nothing is to be done or shown that the notes tell of.
    pub fn append(&self, notes: &[AuditNote]) -> Result<Vec<AuditEntry>, AuditError> {
        let unwritable = |source| AuditError::Unwritable { path: self.path(), source };
        let mut end = self.lock_end()?;
        let mut entries = Vec::with_capacity(notes.len() + 1);
        if let Some(bytes) = end.mended {
            let time = notes.first().map(|note| note.time.clone()).unwrap_or_default();
            let mut note = AuditNote::new(time, "crossroll", AuditAction::Mended, Vec::new());
            note.outcome =
                Some(format!("{bytes} bytes of a line that was cut short were taken off"));
            entries.push(AuditEntry::after(end.count, &end.hash, &note));
        }
        for note in notes {
            let entry = match entries.last() {
                None => AuditEntry::after(end.count, &end.hash, note),
                Some(last) => AuditEntry::after(last.seq, &last.hash, note),
            };
            entries.push(entry);
        }
        let text: String = entries.iter().map(AuditEntry::line).collect();
        let written = end.log.write_all(text.as_bytes()).and_then(|()| end.log.sync_data());
        if let Err(source) = written {
            // Whatever came to the disk of it was not acknowledged. Should it stay, it is taken for
            // what a kill has left.
            let _ = end.log.set_len(end.offset);
            return Err(unwritable(source));
        }
        if let Some(last) = entries.last() {
            let offset = end.offset + text.len() as u64;
            write_head(&mut end.head, last.seq, offset, &last.hash).map_err(unwritable)?;
        }
        Ok(entries.split_off(usize::from(end.mended.is_some())))
    }

    /// Whether an entry could be written now. A full disk may still refuse it.
    pub fn check(&self) -> Result<(), AuditError> {
        self.lock_end().map(drop)
    }

    /// How far the log has come; `None` where none was begun.
    pub fn head(&self) -> Result<Option<AuditHead>, AuditError> {
        let path = self.folder.join(HEAD);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(AuditError::Unwritable { path, source }),
        };
        let (count, _, hash) = read_head(&mut file).ok_or_else(|| self.damaged(BAD_HEAD))?;
        Ok(Some(AuditHead { count, hash }))
    }

    /// Opens the log for one writer and comes to its end.
    fn lock_end(&self) -> Result<End, AuditError> {
        let path = self.path();
        let unwritable = |source| AuditError::Unwritable { path: path.clone(), source };
        let log = OpenOptions::new().read(true).append(true).create(true).open(&path);
        let log = log.map_err(unwritable)?;
        log.lock().map_err(unwritable)?;
        let bytes = log.metadata().map_err(unwritable)?.len();
        let head_path = self.folder.join(HEAD);
        let head = OpenOptions::new().read(true).write(true).open(&head_path);
        let mut head = match head {
            Ok(head) => head,
            Err(error) if error.kind() == io::ErrorKind::NotFound && bytes == 0 => {
                // The head comes first: lines without one are not ours.
                let mut options = OpenOptions::new();
                options.read(true).write(true).create_new(true);
                let mut head = options.open(&head_path).map_err(unwritable)?;
                write_head(&mut head, 0, 0, GENESIS).map_err(unwritable)?;
                head.sync_data().map_err(unwritable)?;
                head
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(self.damaged("the file that says where it ends is gone"));
            }
            Err(source) => return Err(unwritable(source)),
        };
        if bytes == 0 && head.metadata().map_err(unwritable)?.len() == 0 {
            // A kill came between making the head and writing it: no line was.
            write_head(&mut head, 0, 0, GENESIS).map_err(unwritable)?;
        }
        let (count, offset, hash) = read_head(&mut head).ok_or_else(|| self.damaged(BAD_HEAD))?;
        if bytes < offset {
            return Err(self.damaged("its end is gone"));
        }
        let mut end = End { log, head, count, hash, offset, mended: None };
        if bytes > offset {
            self.take_up(&mut end, bytes)?;
        }
        end.log.seek(SeekFrom::End(0)).map_err(unwritable)?;
        Ok(end)
    }

    /// Takes up what a killed program wrote after the head: whole lines stay, half a line goes.
    fn take_up(&self, end: &mut End, bytes: u64) -> Result<(), AuditError> {
        let unwritable = |source| AuditError::Unwritable { path: self.path(), source };
        if bytes - end.offset > LEFT_MAX {
            return Err(self.damaged("much more was written to it than it tells"));
        }
        let mut left = Vec::new();
        end.log.seek(SeekFrom::Start(end.offset)).map_err(unwritable)?;
        end.log.read_to_end(&mut left).map_err(unwritable)?;
        let mut rest = left.as_slice();
        while let Some(length) = rest.iter().position(|byte| *byte == b'\n') {
            let entry = AuditEntry::parse(&rest[..length]);
            let entry = entry.filter(|e| e.seq == end.count + 1 && e.prev == end.hash);
            let entry = entry.ok_or_else(|| self.damaged("something else was written after it"))?;
            end.count = entry.seq;
            end.hash = entry.hash;
            end.offset += length as u64 + 1;
            rest = &rest[length + 1..];
        }
        if !rest.is_empty() {
            end.log.set_len(end.offset).map_err(unwritable)?;
            end.mended = Some(rest.len() as u64);
        }
        write_head(&mut end.head, end.count, end.offset, &end.hash).map_err(unwritable)
    }

    fn damaged(&self, what: &'static str) -> AuditError {
        AuditError::Damaged { path: self.path(), what }
    }
}

const BAD_HEAD: &str = "the file that says where it ends cannot be understood";

/// The head is not waited for: one that is older than the log is brought up with the next entry.
fn write_head(file: &mut File, count: u64, offset: u64, hash: &str) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(head_text(count, offset, hash).as_bytes())
}

fn head_text(count: u64, offset: u64, hash: &str) -> String {
    format!("{:<width$}\n", format!("{count} {offset} {hash}"), width = HEAD_BYTES - 1)
}

fn read_head(file: &mut File) -> Option<(u64, u64, String)> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0)).ok()?;
    file.take(HEAD_BYTES as u64 + 1).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let mut words = text.split_whitespace();
    let count = words.next()?.parse().ok()?;
    let offset = words.next()?.parse().ok()?;
    let hash = words.next()?.to_owned();
    (head_text(count, offset, &hash) == text).then_some((count, offset, hash))
}

#[cfg(test)]
mod tests;
