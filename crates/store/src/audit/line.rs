//! One line of the audit log: its fields in one order, and the hash over them.
//!
//! Invariant: a line that parses is, byte for byte, the one that its fields are written as.

use model::AuditAction;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{AuditNote, TEXT_MAX};
use crate::hex;

/// What the first line gives as the hash of the one before.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An entry as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditEntry {
    /// Its number, from 1, without gaps.
    pub seq: u64,
    /// When: ISO 8601, UTC, with milliseconds.
    pub time: String,
    /// Who.
    pub user: String,
    /// What.
    pub action: AuditAction,
    /// On what.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The entry that this one tells the end of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Hash of the entry before.
    pub prev: String,
    /// SHA-256 over the line without this field.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hash: String,
}

impl AuditEntry {
    /// The entry of a note after another one.
    pub(super) fn after(seq: u64, hash: &str, note: &AuditNote) -> Self {
        let mut entry = Self {
            seq: seq + 1,
            time: note.time.clone(),
            user: cut(&note.user),
            action: note.action,
            subjects: note.subjects.iter().map(|subject| cut(subject)).collect(),
            why: note.why.as_deref().map(cut),
            of: note.of,
            outcome: note.outcome.as_deref().map(cut),
            prev: hash.to_owned(),
            hash: String::new(),
        };
        entry.hash = entry.digest();
        entry
    }

    /// The line with its end.
    pub(super) fn line(&self) -> String {
        let mut line = json(self);
        line.push('\n');
        line
    }

    /// The entry of a line without its end; `None` if it was not written by this program, or changed.
    pub(super) fn parse(line: &[u8]) -> Option<Self> {
        let entry: Self = serde_json::from_slice(line).ok()?;
        let is_whole = json(&entry).as_bytes() == line && entry.digest() == entry.hash;
        is_whole.then_some(entry)
    }

    fn digest(&self) -> String {
        let bare = Self { hash: String::new(), ..self.clone() };
        hex(&Sha256::digest(json(&bare).as_bytes()))
    }
}

fn json(entry: &AuditEntry) -> String {
    serde_json::to_string(entry).expect("text and numbers are always JSON")
}

fn cut(text: &str) -> String {
    text.chars().take(TEXT_MAX).collect()
}
