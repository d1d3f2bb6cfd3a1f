//! Reading the audit log and looking for what was done to it.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _};

use super::line::GENESIS;
use super::{AuditEntry, AuditError, AuditHead, AuditLog, HEAD, read_head};

/// Findings that are told; a log that was rewritten has one for each line.
const FINDINGS_MAX: usize = 100;
/// Bytes of a line. The longest that is written has 200 subjects of 400 characters.
const LINE_MAX: u64 = 1 << 20;

/// What was found of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditVerification {
    /// Whole lines.
    pub entries: u64,
    /// Where it ends; to be noted elsewhere, since whoever can write the whole folder can write the
    /// whole log.
    pub head: Option<AuditHead>,
    /// Entries after the place that the head tells: a kill came between the two. No fault.
    pub after_head: u64,
    /// What is not as it was written.
    pub findings: Vec<AuditFinding>,
}

/// Something in the log that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFinding {
    /// The line, from 1; of what is missing at the end, the first that is.
    pub line: u64,
    /// What is wrong.
    pub fault: AuditFault,
}

/// What can be wrong with a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuditFault {
    /// The line is not as it was written.
    Edited,
    /// The line does not follow the one before it: lines are missing, added or in another order.
    NotInOrder,
    /// Lines at the end are missing.
    CutOff,
    /// The last line was cut short, as by a kill; the next entry mends it.
    Unfinished,
    /// What the head, the database or the manifest remembers of the log is not so.
    NotAsAnchored,
    /// The file that says where the log ends is missing or damaged.
    NoHead,
}

impl AuditFault {
    /// The word for it, as `audit verify --json` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Edited => "edited",
            Self::NotInOrder => "not_in_order",
            Self::CutOff => "cut_off",
            Self::Unfinished => "unfinished",
            Self::NotAsAnchored => "not_as_anchored",
            Self::NoHead => "no_head",
        }
    }

    /// What it means.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Edited => "was changed after it was written",
            Self::NotInOrder => {
                "does not follow the line before it: lines were removed, added or moved"
            }
            Self::CutOff => "and those after it are missing",
            Self::Unfinished => "was cut short, as by a kill; the next entry takes it off",
            Self::NotAsAnchored => "is not the one that was remembered elsewhere in the folder",
            Self::NoHead => "the file that says where the log ends is missing or damaged",
        }
    }
}

impl AuditLog {
    /// Reads all lines and compares. `anchors` are ends that were remembered elsewhere.
    ///
    /// # Errors
    /// If a file of the log cannot be read.
    pub fn verify(&self, anchors: &[AuditHead]) -> Result<AuditVerification, AuditError> {
        let unreadable = |source| AuditError::Unwritable { path: self.path(), source };
        let mut check = Check::default();
        check.anchors.extend(anchors.iter().cloned());
        let head = match File::open(self.folder.join(HEAD)) {
            Ok(mut file) => {
                let read = read_head(&mut file);
                if read.is_none() {
                    check.find(0, AuditFault::NoHead);
                }
                read.map(|(count, offset, hash)| {
                    check.offset = Some((count, offset));
                    AuditHead { count, hash }
                })
            }
            Err(_) => None,
        };
        check.anchors.extend(head.clone());
        match File::open(self.path()) {
            Ok(file) => check.lines(file).map_err(unreadable)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(unreadable(source)),
        }
        if head.is_none() && check.out.entries > 0 && check.out.findings.is_empty() {
            check.find(check.out.entries, AuditFault::NoHead);
        }
        check.missing();
        let known = head.map_or(0, |head| head.count);
        check.out.after_head = check.out.entries.saturating_sub(known);
        Ok(check.out)
    }

    /// The entries, oldest first, as far as they can be read.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn entries(&self) -> Result<Vec<AuditEntry>, AuditError> {
        let unreadable = |source| AuditError::Unwritable { path: self.path(), source };
        let file = match File::open(self.path()) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(unreadable(source)),
        };
        let mut entries = Vec::new();
        each_line(file, &mut |line, _| entries.extend(AuditEntry::parse(line)))
            .map_err(unreadable)?;
        Ok(entries)
    }
}

#[derive(Default)]
struct Check {
    anchors: Vec<AuditHead>,
    /// After how many entries the head says that so many bytes were written.
    offset: Option<(u64, u64)>,
    bytes: u64,
    lines: u64,
    out: AuditVerification,
}

impl Check {
    fn find(&mut self, line: u64, fault: AuditFault) {
        if self.out.findings.len() < FINDINGS_MAX {
            self.out.findings.push(AuditFinding { line, fault });
        }
    }

    fn lines(&mut self, file: File) -> io::Result<()> {
        each_line(file, &mut |line, is_whole| self.line(line, is_whole))
    }

    fn line(&mut self, line: &[u8], is_whole: bool) {
        self.lines += 1;
        let number = self.lines;
        if !is_whole {
            return self.find(number, AuditFault::Unfinished);
        }
        self.out.entries += 1;
        self.bytes += line.len() as u64 + 1;
        let Some(entry) = AuditEntry::parse(line) else {
            self.find(number, AuditFault::Edited);
            // The next line is compared with what this one says of itself, if it says anything.
            let said = serde_json::from_slice::<AuditEntry>(line).ok();
            self.out.head = said.map(|entry| AuditHead { count: entry.seq, hash: entry.hash });
            return;
        };
        let (count, hash) = match &self.out.head {
            Some(head) => (head.count, head.hash.as_str()),
            None if number == 1 => (0, GENESIS),
            // After a line that cannot be read nothing can be said of this one.
            None => (entry.seq.saturating_sub(1), entry.prev.as_str()),
        };
        if entry.seq != count + 1 || entry.prev != hash {
            self.find(number, AuditFault::NotInOrder);
        }
        let differs = self.anchors.iter().any(|a| a.count == entry.seq && a.hash != entry.hash);
        let is_elsewhere =
            self.offset.is_some_and(|(c, bytes)| c == entry.seq && bytes != self.bytes);
        if differs || is_elsewhere {
            self.find(number, AuditFault::NotAsAnchored);
        }
        self.out.head = Some(AuditHead { count: entry.seq, hash: entry.hash });
    }

    /// What anchors tell of that is not there.
    fn missing(&mut self) {
        let last = self.anchors.iter().map(|anchor| anchor.count).max().unwrap_or(0);
        let reached = self.out.head.as_ref().map_or(self.out.entries, |head| head.count);
        if last > reached {
            self.find(self.lines + 1, AuditFault::CutOff);
        }
    }
}

/// Calls `take` with each line without its end, and whether it had one.
fn each_line(file: File, take: &mut dyn FnMut(&[u8], bool)) -> io::Result<()> {
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    loop {
        line.clear();
        let count = reader.by_ref().take(LINE_MAX).read_until(b'\n', &mut line)?;
        if count == 0 {
            return Ok(());
        }
        let is_whole = line.last() == Some(&b'\n');
        if is_whole {
            line.pop();
        }
        take(&line, is_whole);
    }
}
