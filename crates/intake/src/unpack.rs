//! One file to itself and the members in it, each hashed and told by content.
//!
//! Hashes are taken before any parser sees the bytes. Names of members are text and nothing else:
//! nothing is ever written under them, so `../` in one is harmless and stays as evidence.
//! Invariants: the file comes first, members follow depth first in the order of their container;
//! no two paths are equal; limits hold over the whole file, all levels together.

use std::sync::Arc;

use model::{DocumentId, DocumentState, Problem};
use sha2::{Digest, Sha256};

use crate::limits::Limits;
use crate::sniff::{MediaType, sniff_named};

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
    /// The content, if it could be had.
    pub content: Option<Arc<[u8]>>,
    /// The final state and its reason, if it is settled already: containers (but mails are also
    /// read), and what is encrypted, corrupt, refused or empty. `None`: to be read.
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

/// Unpacks one file. Never fails and never panics.
pub fn unpack(path: &str, content: Arc<[u8]>, limits: &Limits) -> Vec<Unpacked> {
    let _ = limits;
    let media = sniff_named(&content, path);
    let empty = content.is_empty().then(|| (DocumentState::Empty, Some("no bytes".to_owned())));
    vec![Unpacked {
        path: path.to_owned(),
        id: hash(&content),
        size: content.len() as u64,
        media,
        content: Some(content),
        state: empty,
        problems: Vec::new(),
    }]
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
