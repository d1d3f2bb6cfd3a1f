//! The audit log of a case or a desk: what it is told, and what it is checked against.
//!
//! The chain is the store's. Here are the clock, and the places besides the log that remember how far
//! it had come: the database, with each entry of the journal, and the sealed notes of the bag.

use std::path::Path;

use model::AuditAction;
use store::{AuditHead, AuditLog, AuditNote, AuditVerification, Store};

use crate::journal::now;
use crate::{Case, CaseError};

/// Line of the sealed notes that says how far the log had come.
pub(crate) const SEALED_HEAD: &str = "Audit-Head";

/// A note of what is done now.
pub fn audit_note(user: &str, action: AuditAction, subjects: Vec<String>) -> AuditNote {
    AuditNote::new(now(), user, action, subjects)
}

/// Reads the log of a case folder, or of the folder of a desk, and compares it with all that remembers
/// it. `noted` is an end that somebody wrote down elsewhere.
///
/// # Errors
/// If the log or the case cannot be read.
pub fn verify_audit(
    folder: &Path,
    noted: Option<&AuditHead>,
) -> Result<AuditVerification, CaseError> {
    let mut anchors: Vec<AuditHead> = noted.cloned().into_iter().collect();
    match Store::open(folder) {
        Ok(store) => {
            anchors.extend(store.audit_anchor()?);
            anchors.extend(store.sealed_info(SEALED_HEAD).as_deref().and_then(parse_head));
        }
        // A desk has a log and no database of a case.
        Err(store::StoreError::NotACase { .. }) if AuditLog::of(folder).path().is_file() => {}
        Err(error) => return Err(error.into()),
    }
    Ok(AuditLog::of(folder).verify(&anchors)?)
}

/// `COUNT:HASH` or `COUNT HASH`, as `audit verify` and the sealed notes give it.
pub fn parse_head(text: &str) -> Option<AuditHead> {
    let (count, hash) = text.trim().split_once([' ', ':'])?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some(AuditHead { count: count.parse().ok()?, hash: hash.to_owned() }).filter(|_| is_hash)
}

impl Case {
    /// The audit log of the case.
    pub fn audit_log(&self) -> AuditLog {
        AuditLog::of(self.folder())
    }

    /// Tells the log of something that is about to be done.
    ///
    /// # Errors
    /// If the log cannot be written; then it must not be done.
    pub fn tell(
        &self,
        user: &str,
        action: AuditAction,
        subjects: Vec<String>,
        why: Option<&str>,
    ) -> Result<(), CaseError> {
        let mut note = audit_note(user, action, subjects);
        note.why = why.map(str::to_owned);
        self.audit_log().append(&[note])?;
        Ok(())
    }

    /// The end of the log for the sealed notes.
    pub(crate) fn audit_head_line(&self) -> Result<Option<String>, CaseError> {
        let head = self.audit_log().head()?;
        Ok(head.map(|head| format!("{} {}", head.count, head.hash)))
    }
}
