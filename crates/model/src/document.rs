//! One file after intake, and the equation over all of them.
//!
//! Law 1: nothing is lost. Every file found, archive members included, ends in exactly one state;
//! [`Accounting`] adds them up and the sum must hold.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::DocumentId;

/// One file, or one member of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Path relative to what was added; members as `a.zip!/inner/b.docx`. Bytes that are not
    /// UTF-8 stand as `\xNN`.
    pub path: String,
    /// SHA-256 of the content; the empty file has one too.
    #[serde(rename = "sha256")]
    pub id: DocumentId,
    /// Bytes.
    pub size: u64,
    /// Where it ended.
    pub state: DocumentState,
    /// Why, for every state but [`DocumentState::Read`]; for a duplicate, of what.
    pub reason: Option<String>,
    /// What the content is, told by content and never by name.
    pub media_type: String,
}

/// The final state of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentState {
    /// All of it was read.
    Read,
    /// Some of it was read; the reason says what not.
    PartlyRead,
    /// It needs a password.
    Encrypted,
    /// A format that this build cannot read.
    Unsupported,
    /// Damaged beyond reading.
    Corrupt,
    /// It hit a limit: size, depth, ratio, members, time.
    RefusedByLimit,
    /// No bytes.
    Empty,
    /// The same SHA-256 was seen before in the case.
    Duplicate,
}

impl DocumentState {
    /// All states in the order of the equation.
    pub const ALL: [DocumentState; 8] = [
        DocumentState::Read,
        DocumentState::PartlyRead,
        DocumentState::Encrypted,
        DocumentState::Unsupported,
        DocumentState::Corrupt,
        DocumentState::RefusedByLimit,
        DocumentState::Empty,
        DocumentState::Duplicate,
    ];

    /// The word used on the wire, in the store and in the equation.
    pub fn as_str(self) -> &'static str {
        match self {
            DocumentState::Read => "read",
            DocumentState::PartlyRead => "partly_read",
            DocumentState::Encrypted => "encrypted",
            DocumentState::Unsupported => "unsupported",
            DocumentState::Corrupt => "corrupt",
            DocumentState::RefusedByLimit => "refused_by_limit",
            DocumentState::Empty => "empty",
            DocumentState::Duplicate => "duplicate",
        }
    }

    /// The state named by the word.
    pub fn parse(word: &str) -> Option<DocumentState> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

impl fmt::Display for DocumentState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How many files ended in which state. Prints as the accounting equation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accounting {
    counts: [u64; 8],
}

impl Accounting {
    /// Counts one file.
    pub fn add(&mut self, state: DocumentState) {
        self.counts[state as usize] += 1;
    }

    /// Files in this state.
    pub fn count(&self, state: DocumentState) -> u64 {
        self.counts[state as usize]
    }

    /// Files in any state.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}

impl std::ops::AddAssign for Accounting {
    fn add_assign(&mut self, other: Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
    }
}

impl<'a> std::iter::Sum<&'a Accounting> for Accounting {
    fn sum<I: Iterator<Item = &'a Accounting>>(all: I) -> Self {
        let mut whole = Accounting::default();
        for accounting in all {
            whole += *accounting;
        }
        whole
    }
}

impl<'a> FromIterator<&'a Document> for Accounting {
    fn from_iter<I: IntoIterator<Item = &'a Document>>(documents: I) -> Self {
        let mut accounting = Accounting::default();
        for document in documents {
            accounting.add(document.state);
        }
        accounting
    }
}

impl fmt::Display for Accounting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "files found {} =", self.total())?;
        for (i, state) in DocumentState::ALL.into_iter().enumerate() {
            let plus = if i == 0 { "" } else { " +" };
            write!(f, "{plus} {state} {}", self.count(state))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_equation_names_every_state_and_adds_up() {
        let mut accounting = Accounting::default();
        for state in DocumentState::ALL {
            accounting.add(state);
        }
        accounting.add(DocumentState::Read);
        assert_eq!(
            accounting.to_string(),
            "files found 9 = read 2 + partly_read 1 + encrypted 1 + unsupported 1 + corrupt 1 \
             + refused_by_limit 1 + empty 1 + duplicate 1"
        );
    }

    #[test]
    fn every_state_parses_from_its_word() {
        for state in DocumentState::ALL {
            assert_eq!(DocumentState::parse(state.as_str()), Some(state));
        }
        assert_eq!(DocumentState::parse("lost"), None);
    }
}
