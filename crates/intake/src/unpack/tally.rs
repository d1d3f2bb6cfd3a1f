//! A container while it is open, its members as it gives them, and what becomes of them.

use model::{DocumentState, Problem, Stage};

use super::Closing;
use crate::archive::Extracted;

/// What became of the members of one container.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) members: usize,
    pub(super) encrypted: usize,
    pub(super) corrupt: usize,
    pub(super) refused: usize,
    /// What is wrong with the container itself.
    pub(super) faults: Vec<(DocumentState, &'static str)>,
}

impl Tally {
    pub(super) fn count(&mut self, state: DocumentState) {
        match state {
            DocumentState::Encrypted => self.encrypted += 1,
            DocumentState::Corrupt => self.corrupt += 1,
            DocumentState::RefusedByLimit => self.refused += 1,
            _ => {}
        }
    }

    pub(super) fn state(&self) -> (DocumentState, Option<String>) {
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

/// A container while it is open.
pub(super) struct Container {
    pub(super) path: String,
    pub(super) closing: Closing,
}

impl Container {
    pub(super) fn settle(&mut self, state: DocumentState, reason: Option<String>) {
        self.closing.state = Some((state, reason));
    }

    pub(super) fn note(&mut self, kind: &str, message: &str) {
        let problem = Problem::new(Stage::Intake, self.path.clone(), kind, message);
        self.closing.problems.push(problem);
    }
}

/// A member as its container gives it.
pub(super) struct Member<'m> {
    pub(super) name: String,
    /// The stored bytes, for the hash where the content cannot be had; none if they are those of
    /// the container or of several members, whose hash would then be taken for theirs.
    pub(super) stored: &'m [u8],
    pub(super) size: u64,
    pub(super) extracted: Extracted,
}
