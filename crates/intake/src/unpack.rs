//! One file to itself and the members in it, each hashed and told by content.
//!
//! Hashes are taken before any parser sees the bytes. Names of members are text and nothing else:
//! nothing is ever written under them, so `../` in one is harmless and stays as evidence.
//! Invariants: members come depth first in the order of their container; no two paths are equal;
//! limits hold over the whole file, all levels together; what is opened is closed.

mod open;
mod tally;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use model::{DocumentId, DocumentState, Problem, Stage};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use self::tally::{Container, Member, Tally};
use crate::archive::{Allowance, End, Extracted};
use crate::limits::Limits;
use crate::sniff::{MediaType, sniff_named};
use crate::{mail, msg};

/// A file or member, ready to be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unpacked {
    /// As in the ledger; members as `a.zip!/inner/b.docx`.
    pub path: String,
    /// SHA-256 of the content; where that could not be had, of the bytes as they are packed, or of
    /// the path where those cannot be told.
    pub id: DocumentId,
    /// Bytes; what the container claims where the content could not be had.
    pub size: u64,
    /// What the content is.
    pub media: MediaType,
    /// The content, if it could be had; of a damaged member the part before the damage.
    #[serde(skip)]
    pub content: Option<Arc<[u8]>>,
    /// The final state and its reason, if it is settled already: archives, and what is encrypted,
    /// corrupt, refused or empty. `None`: to be read; mails are, beside having members.
    pub state: Option<(DocumentState, Option<String>)>,
    /// What went wrong while unpacking.
    pub problems: Vec<Problem>,
}

impl Unpacked {
    /// Settles a container whose members are all told.
    pub(crate) fn close(&mut self, closing: Closing) {
        self.state = closing.state;
        self.problems.extend(closing.problems);
    }
}

/// What is met while a file is unpacked.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// A file or member that has no members, or whose content could not be had.
    Item(Unpacked),
    /// A container, its state open; its members follow.
    Opened(Unpacked),
    /// The container that was opened last and not closed is done.
    Closed(Closing),
}

/// How a container ended.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Closing {
    /// Its state; `None` for a mail, which is still to be read.
    pub(crate) state: Option<(DocumentState, Option<String>)>,
    /// What went wrong with it.
    pub(crate) problems: Vec<Problem>,
}

/// Unpacks one file. Never fails and never panics. The file comes first, each container before its
/// members. All are held in memory at once, up to [`Limits::unpacked_bytes_max`]; where that is too
/// much, [`crate::Readers::unpack`] gives them one by one.
pub fn unpack(path: &str, content: Arc<[u8]>, limits: &Limits) -> Vec<Unpacked> {
    let mut out: Vec<Unpacked> = Vec::new();
    let mut open = Vec::new();
    unpack_each(path, &content, limits, &mut |event| match event {
        Event::Item(item) => out.push(item),
        Event::Opened(container) => {
            open.push(out.len());
            out.push(container);
        }
        Event::Closed(closing) => {
            let at = open.pop().expect("only what was opened is closed");
            out[at].close(closing);
        }
    });
    out[0].id = hash(&content);
    out[0].content = Some(content);
    out
}

/// Unpacks one file, telling each thing met as it is met; the file itself comes first and without
/// its content, which the caller has. Never fails and never panics.
pub(crate) fn unpack_each(
    path: &str,
    content: &[u8],
    limits: &Limits,
    tell: &mut dyn FnMut(Event),
) {
    let large = limits.unpacked_ratio_max.saturating_mul(content.len() as u64);
    let total = limits.unpacked_bytes_max.max(large);
    let mut unpacker =
        Unpacker { limits, total, tell, paths: BTreeSet::new(), members: 0, bytes: 0 };
    unpacker.add(path.to_owned(), content, None, 0);
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
    /// Bytes that may be unpacked in all.
    total: u64,
    tell: &'l mut dyn FnMut(Event),
    paths: BTreeSet<String>,
    /// Members so far, over all levels.
    members: usize,
    /// Bytes unpacked so far, over all levels.
    bytes: u64,
}

impl Unpacker<'_> {
    /// Tells a whole content and, if it is a container, its members. `kept` is the content if the
    /// caller does not have it.
    fn add(&mut self, path: String, content: &[u8], kept: Option<Arc<[u8]>>, depth: usize) {
        let media = sniff_named(content, &path);
        self.paths.insert(path.clone());
        let mut item = Unpacked {
            path,
            // The caller has hashed what it has; large files are not hashed twice.
            id: kept.as_ref().map_or_else(|| DocumentId::from(""), |kept| hash(kept)),
            size: content.len() as u64,
            media,
            content: kept,
            state: None,
            problems: Vec::new(),
        };
        if content.is_empty() {
            item.state = Some((DocumentState::Empty, Some("no bytes".to_owned())));
        } else if content.len() as u64 > self.limits.file_bytes_max {
            let reason = "larger than the limit for one file".to_owned();
            item.state = Some((DocumentState::RefusedByLimit, Some(reason)));
        } else if media.is_container() {
            let mut container = Container { path: item.path.clone(), closing: Closing::default() };
            (self.tell)(Event::Opened(item));
            self.open(&mut container, content, media, depth);
            (self.tell)(Event::Closed(container.closing));
            return;
        }
        (self.tell)(Event::Item(item));
    }

    /// Tells the members of a container and how it ends.
    fn open(&mut self, at: &mut Container, content: &[u8], media: MediaType, depth: usize) {
        if depth >= self.limits.depth_max {
            let reason = "containers are nested deeper than the limit".to_owned();
            at.settle(DocumentState::RefusedByLimit, Some(reason));
            return;
        }
        let mut tally = Tally::default();
        let caught = catch_unwind(AssertUnwindSafe(|| match media {
            MediaType::Zip => self.open_zip(at, content, depth, &mut tally),
            MediaType::Gzip | MediaType::Bzip2 | MediaType::Xz | MediaType::Zstd => {
                self.open_packed(at, content, media, depth, &mut tally);
            }
            MediaType::SevenZip => self.open_7z(at, content, depth, &mut tally),
            MediaType::Tar => self.open_tar(at, content, depth, &mut tally),
            MediaType::Mail => self.open_mail(at, mail::attachments(content), depth, &mut tally),
            MediaType::Msg => self.open_mail(at, msg::attachments(content), depth, &mut tally),
            _ => self.open_mailbox(at, content, depth, &mut tally),
        }));
        if caught.is_err() {
            at.note("reader_panicked", "the reader of the container panicked");
            tally.faults.push((DocumentState::Corrupt, "its reader gave up"));
        }
        let (state, reason) = tally.state();
        // A mail is read as a text too: what its members lack is told as a problem, and only a
        // mail that could not be opened at all is settled here.
        if media.is_mail() {
            if let Some(reason) = &reason {
                at.note("members_lost", reason);
            }
            if tally.faults.is_empty() {
                return;
            }
        }
        at.settle(state, reason);
    }

    fn members_left(&self) -> usize {
        self.limits.members_max.saturating_sub(self.members)
    }

    fn allowance(&self) -> Allowance {
        let left = self.total.saturating_sub(self.bytes);
        Allowance {
            bytes_max: self.limits.member_bytes_max.min(left),
            ratio_max: self.limits.ratio_max,
            ratio_free_bytes: self.limits.ratio_free_bytes,
        }
    }

    /// Adds one member of a container.
    fn member(&mut self, at: &mut Container, member: Member<'_>, depth: usize, tally: &mut Tally) {
        self.members += 1;
        tally.members += 1;
        let path = self.unique_path(at, &member.name);
        let Extracted { bytes, end } = member.extracted;
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        let (state, reason) = match end {
            End::Whole => {
                let content: Arc<[u8]> = Arc::from(bytes);
                self.add(path, &Arc::clone(&content), Some(content), depth + 1);
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
        (self.tell)(Event::Item(Unpacked {
            id: match (partial, member.stored) {
                (true, _) => hash(&bytes),
                (false, []) => hash(path.as_bytes()),
                (false, stored) => hash(stored),
            },
            size: if partial { bytes.len() as u64 } else { member.size },
            media,
            content: partial.then(|| Arc::from(bytes)),
            state: Some((state, Some(reason.to_owned()))),
            problems: vec![Problem::new(Stage::Intake, path.clone(), "member_lost", reason)],
            path,
        }));
    }

    /// A link or device: listed, nothing else.
    fn odd(
        &mut self,
        at: &mut Container,
        name: &str,
        target: &[u8],
        reason: &str,
        tally: &mut Tally,
    ) {
        self.members += 1;
        tally.members += 1;
        let path = self.unique_path(at, name);
        self.paths.insert(path.clone());
        (self.tell)(Event::Item(Unpacked {
            path,
            id: hash(target),
            size: 0,
            media: MediaType::Unknown,
            content: None,
            state: Some((DocumentState::Unsupported, Some(reason.to_owned()))),
            problems: Vec::new(),
        }));
    }

    /// `container!/name`, with a number before the extension if that stands already.
    fn unique_path(&self, at: &Container, name: &str) -> String {
        let name = if name.is_empty() { "unnamed" } else { name };
        let path = format!("{}!/{name}", at.path);
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
