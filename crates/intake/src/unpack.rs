//! One file to itself and the members in it, each hashed and told by content.
//!
//! Hashes are taken before any parser sees the bytes. Names of members are text and nothing else:
//! nothing is ever written under them, so `../` in one is harmless and stays as evidence.
//! Invariants: the file comes first, members follow depth first in the order of their container;
//! no two paths are equal; limits hold over the whole file, all levels together.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use model::{DocumentId, DocumentState, Problem, Stage};
use sha2::{Digest, Sha256};

use crate::archive::{Allowance, End, Extracted, gzip, tar, zip};
use crate::limits::Limits;
use crate::mail;
use crate::sniff::{MediaType, sniff_named};
use crate::walk::text_of;

/// A file or member, ready to be read.
#[derive(Clone, Debug)]
pub struct Unpacked {
    /// As in the ledger; members as `a.zip!/inner/b.docx`.
    pub path: String,
    /// SHA-256 of the content; of the stored bytes where the content could not be had.
    pub id: DocumentId,
    /// Bytes; what the container claims where the content could not be had.
    pub size: u64,
    /// What the content is.
    pub media: MediaType,
    /// The content, if it could be had; of a damaged member the part before the damage.
    pub content: Option<Arc<[u8]>>,
    /// The final state and its reason, if it is settled already: archives, and what is encrypted,
    /// corrupt, refused or empty. `None`: to be read; mails are, beside having members.
    pub state: Option<(DocumentState, Option<String>)>,
    /// What went wrong while unpacking.
    pub problems: Vec<Problem>,
}

impl Unpacked {
    /// Whether it counts as a duplicate when its id was seen before: empty files and members
    /// whose content could not be had do not.
    pub fn may_be_duplicate(&self) -> bool {
        self.content.is_some() && self.size > 0
    }
}

/// Unpacks one file. Never fails and never panics. All members are held in memory at once, up to
/// [`Limits::unpacked_bytes_max`].
pub fn unpack(path: &str, content: Arc<[u8]>, limits: &Limits) -> Vec<Unpacked> {
    let mut unpacker =
        Unpacker { limits, out: Vec::new(), paths: BTreeSet::new(), members: 0, bytes: 0 };
    unpacker.add(path.to_owned(), content, 0);
    unpacker.out
}

/// The id of a content.
pub fn hash(content: &[u8]) -> DocumentId {
    use std::fmt::Write as _;
    let digest = Sha256::digest(content);
    let mut text = String::with_capacity(64);
    for byte in digest {
        let _ = write!(text, "{byte:02x}");
    }
    DocumentId::from(text)
}

struct Unpacker<'l> {
    limits: &'l Limits,
    out: Vec<Unpacked>,
    paths: BTreeSet<String>,
    /// Members so far, over all levels.
    members: usize,
    /// Bytes unpacked so far, over all levels.
    bytes: u64,
}

/// What became of the members of one container.
#[derive(Default)]
struct Tally {
    members: usize,
    encrypted: usize,
    corrupt: usize,
    refused: usize,
    /// What is wrong with the container itself.
    faults: Vec<(DocumentState, &'static str)>,
}

impl Tally {
    fn count(&mut self, state: DocumentState) {
        match state {
            DocumentState::Encrypted => self.encrypted += 1,
            DocumentState::Corrupt => self.corrupt += 1,
            DocumentState::RefusedByLimit => self.refused += 1,
            _ => {}
        }
    }

    fn state(&self) -> (DocumentState, Option<String>) {
        let lost = [
            (self.encrypted, DocumentState::Encrypted, "behind a password"),
            (self.refused, DocumentState::RefusedByLimit, "refused by a limit"),
            (self.corrupt, DocumentState::Corrupt, "damaged or packed by an unknown method"),
        ];
        let mut reasons: Vec<String> = self.faults.iter().map(|(_, f)| (*f).to_owned()).collect();
        for (count, _, word) in lost.iter().filter(|(count, ..)| *count > 0) {
            reasons.push(format!("{count} of {} members {word}", self.members));
        }
        if reasons.is_empty() {
            return (DocumentState::Read, None);
        }
        let gone = self.encrypted + self.refused + self.corrupt;
        let state = if gone < self.members {
            DocumentState::PartlyRead
        } else {
            let of_members = lost.into_iter().find(|(count, ..)| *count > 0).map(|(_, s, _)| s);
            let of_container = self.faults.first().map(|(state, _)| *state);
            of_members.or(of_container).unwrap_or(DocumentState::Corrupt)
        };
        (state, Some(reasons.join("; ")))
    }
}

/// A member as its container gives it.
struct Member<'m> {
    name: String,
    /// The stored bytes, for the hash where the content cannot be had.
    stored: &'m [u8],
    size: u64,
    extracted: Extracted,
}

impl Unpacker<'_> {
    /// Adds a whole content and, if it is a container, its members.
    fn add(&mut self, path: String, given: Arc<[u8]>, depth: usize) {
        let content = Arc::clone(&given);
        let media = sniff_named(&content, &path);
        let at = self.out.len();
        self.paths.insert(path.clone());
        self.out.push(Unpacked {
            path,
            id: hash(&content),
            size: content.len() as u64,
            media,
            content: Some(given),
            state: None,
            problems: Vec::new(),
        });
        if content.is_empty() {
            self.settle(at, DocumentState::Empty, Some("no bytes".to_owned()));
        } else if content.len() as u64 > self.limits.file_bytes_max {
            let reason = "larger than the limit for one file".to_owned();
            self.settle(at, DocumentState::RefusedByLimit, Some(reason));
        } else if media.is_container() {
            self.open(at, &content, media, depth);
        }
    }

    fn settle(&mut self, at: usize, state: DocumentState, reason: Option<String>) {
        self.out[at].state = Some((state, reason));
    }

    fn note(&mut self, at: usize, kind: &str, message: &str) {
        let path = self.out[at].path.clone();
        self.out[at].problems.push(Problem::new(Stage::Intake, path, kind, message));
    }

    /// Opens the container that stands at `at`.
    fn open(&mut self, at: usize, content: &Arc<[u8]>, media: MediaType, depth: usize) {
        if depth >= self.limits.depth_max {
            let reason = "containers are nested deeper than the limit".to_owned();
            self.settle(at, DocumentState::RefusedByLimit, Some(reason));
            return;
        }
        let mut tally = Tally::default();
        let caught = catch_unwind(AssertUnwindSafe(|| match media {
            MediaType::Zip => self.open_zip(at, content, depth, &mut tally),
            MediaType::Gzip => self.open_gzip(at, content, depth, &mut tally),
            MediaType::Tar => self.open_tar(at, content, depth, &mut tally),
            MediaType::Mail => self.open_mail(at, content, depth, &mut tally),
            _ => self.open_mailbox(at, content, depth, &mut tally),
        }));
        if caught.is_err() {
            self.note(at, "reader_panicked", "the reader of the container panicked");
            tally.faults.push((DocumentState::Corrupt, "its reader gave up"));
        }
        let (state, reason) = tally.state();
        // A mail is read as a text too: what its members lack is told as a problem, and only a
        // mail that could not be opened at all is settled here.
        if media == MediaType::Mail {
            if let Some(reason) = &reason {
                self.note(at, "members_lost", reason);
            }
            if tally.faults.is_empty() {
                return;
            }
        }
        self.settle(at, state, reason);
    }

    fn members_left(&self) -> usize {
        self.limits.members_max.saturating_sub(self.members)
    }

    fn allowance(&self) -> Allowance {
        let left = self.limits.unpacked_bytes_max.saturating_sub(self.bytes);
        Allowance {
            bytes_max: self.limits.member_bytes_max.min(left),
            ratio_max: self.limits.ratio_max,
            ratio_free_bytes: self.limits.ratio_free_bytes,
        }
    }

    fn open_zip(&mut self, at: usize, content: &[u8], depth: usize, tally: &mut Tally) {
        let directory = zip::directory(content, self.members_left());
        if !directory.whole {
            tally.faults.push((DocumentState::Corrupt, "the directory of the archive is damaged"));
        }
        if directory.more {
            tally.faults.push((DocumentState::RefusedByLimit, "more members than the limit"));
        }
        if directory.overlapping {
            self.note(at, "members_overlap", "members share bytes, as no honest archive has it");
        }
        for entry in &directory.entries {
            let extracted = zip::extract(content, entry, self.allowance());
            let stored = entry.packed(content);
            let name = text_of(&entry.name);
            self.member(at, Member { name, stored, size: entry.size, extracted }, depth, tally);
        }
    }

    fn open_gzip(&mut self, at: usize, content: &[u8], depth: usize, tally: &mut Tally) {
        let name = gzip::name(content).map_or_else(
            || {
                let file = file_name(&self.out[at].path);
                let stem = file.strip_suffix(".gz").or_else(|| file.strip_suffix(".tgz"));
                stem.map_or_else(|| format!("{file}.content"), str::to_owned)
            },
            |name| text_of(&name),
        );
        let extracted = gzip::extract(content, self.allowance());
        let stored = content;
        self.member(at, Member { name, stored, size: 0, extracted }, depth, tally);
    }

    fn open_tar(&mut self, at: usize, content: &[u8], depth: usize, tally: &mut Tally) {
        let directory = tar::directory(content, self.members_left());
        if !directory.whole {
            tally.faults.push((DocumentState::Corrupt, "the archive is damaged or cut short"));
        }
        if directory.more {
            tally.faults.push((DocumentState::RefusedByLimit, "more members than the limit"));
        }
        for entry in &directory.entries {
            let name = text_of(&entry.name);
            match &entry.kind {
                tar::Kind::File => {
                    let bytes = &content[entry.data.clone()];
                    let end = if entry.cut {
                        End::Damaged("the archive ends in the middle of it")
                    } else if bytes.len() as u64 > self.allowance().bytes_max {
                        End::TooLarge("unpacks to more than the size limit")
                    } else {
                        End::Whole
                    };
                    let extracted = Extracted { bytes: bytes.to_vec(), end };
                    let member = Member { name, stored: bytes, size: entry.size, extracted };
                    self.member(at, member, depth, tally);
                }
                tar::Kind::Link(target) => {
                    self.odd(at, &name, target, "a link, not followed", tally);
                }
                tar::Kind::Special => self.odd(at, &name, b"", "a device or pipe, not made", tally),
            }
        }
    }

    fn open_mail(&mut self, at: usize, content: &[u8], depth: usize, tally: &mut Tally) {
        let attachments = match mail::attachments(content) {
            Ok(attachments) => attachments,
            Err(fault) => return tally.faults.push(fault),
        };
        for mail::Attachment { name, bytes } in attachments {
            if self.members_left() == 0 {
                tally
                    .faults
                    .push((DocumentState::RefusedByLimit, "more attachments than the limit"));
                return;
            }
            let end = if bytes.len() as u64 > self.allowance().bytes_max {
                End::TooLarge("larger than the size limit")
            } else {
                End::Whole
            };
            let size = bytes.len() as u64;
            let extracted = Extracted { bytes, end };
            self.member(at, Member { name, stored: &[], size, extracted }, depth, tally);
        }
    }

    fn open_mailbox(&mut self, at: usize, content: &[u8], depth: usize, tally: &mut Tally) {
        for (number, range) in mail::split_mailbox(content).into_iter().enumerate() {
            if self.members_left() == 0 {
                tally.faults.push((DocumentState::RefusedByLimit, "more mails than the limit"));
                return;
            }
            let extracted = Extracted { bytes: content[range].to_vec(), end: End::Whole };
            let size = extracted.bytes.len() as u64;
            let name = format!("{}.eml", number + 1);
            self.member(at, Member { name, stored: &[], size, extracted }, depth, tally);
        }
    }

    /// Adds one member of the container at `at`.
    fn member(&mut self, at: usize, member: Member<'_>, depth: usize, tally: &mut Tally) {
        self.members += 1;
        tally.members += 1;
        let path = self.unique_path(at, &member.name);
        let Extracted { bytes, end } = member.extracted;
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        let (state, reason) = match end {
            End::Whole => {
                self.add(path, Arc::from(bytes), depth + 1);
                return;
            }
            End::Damaged(why) => (DocumentState::Corrupt, why),
            End::TooLarge(why) => (DocumentState::RefusedByLimit, why),
            End::Encrypted => (DocumentState::Encrypted, "it needs a password"),
            End::Method => (DocumentState::Unsupported, "packed by an unknown method"),
        };
        tally.count(if state == DocumentState::Unsupported {
            DocumentState::Corrupt
        } else {
            state
        });
        let partial = matches!(end, End::Damaged(_)) && !bytes.is_empty();
        let media = if partial { sniff_named(&bytes, &path) } else { MediaType::Unknown };
        self.paths.insert(path.clone());
        self.out.push(Unpacked {
            id: if partial { hash(&bytes) } else { hash(member.stored) },
            size: if partial { bytes.len() as u64 } else { member.size },
            media,
            content: partial.then(|| Arc::from(bytes)),
            state: Some((state, Some(reason.to_owned()))),
            problems: vec![Problem::new(Stage::Intake, path.clone(), "member_lost", reason)],
            path,
        });
    }

    /// A link or device: listed, nothing else.
    fn odd(&mut self, at: usize, name: &str, target: &[u8], reason: &str, tally: &mut Tally) {
        self.members += 1;
        tally.members += 1;
        let path = self.unique_path(at, name);
        self.paths.insert(path.clone());
        self.out.push(Unpacked {
            path,
            id: hash(target),
            size: 0,
            media: MediaType::Unknown,
            content: None,
            state: Some((DocumentState::Unsupported, Some(reason.to_owned()))),
            problems: Vec::new(),
        });
    }

    /// `container!/name`, with a number before the extension if that stands already.
    fn unique_path(&self, at: usize, name: &str) -> String {
        let name = if name.is_empty() { "unnamed" } else { name };
        let path = format!("{}!/{name}", self.out[at].path);
        if !self.paths.contains(&path) {
            return path;
        }
        let dot = path.rfind('.').filter(|dot| !path[*dot..].contains('/'));
        let (stem, extension) = path.split_at(dot.unwrap_or(path.len()));
        let mut number = 2_usize;
        loop {
            let candidate = format!("{stem} ({number}){extension}");
            if !self.paths.contains(&candidate) {
                return candidate;
            }
            number += 1;
        }
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests;
