//! What can go wrong with a case: the user's mistake or the machine's, told apart for exit codes.

use std::io;
use std::path::PathBuf;

/// An operation on a case failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CaseError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// No reader could be had.
    #[error(transparent)]
    Readers(#[from] intake::ReadersError),
    /// The audit log failed.
    #[error(transparent)]
    Audit(#[from] store::AuditError),
    /// An account, membership or token cannot be as it was asked.
    #[error("{what}")]
    Account {
        /// What is wrong.
        what: String,
    },
    /// What is asked of the protection of a case cannot be.
    #[error("{what}")]
    Protection {
        /// What is wrong.
        what: String,
    },
    /// The system has no randomness to give.
    #[error("the system gives no random bytes")]
    NoRandomness,
    /// What the user named is not there or cannot be opened.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The path.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The case's files cannot be written.
    #[error("cannot write {}", path.display())]
    Unwritable {
        /// The path.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// A list could not be loaded.
    #[error("{} is no list that can be loaded", path.display())]
    List {
        /// The path.
        path: PathBuf,
        /// The cause.
        source: lists::ListError,
    },
    /// Two lists would be data sets of one name.
    #[error("two lists are called {name}")]
    TwoListsOfOneName {
        /// The name.
        name: String,
    },
    /// The rules file of the case does not hold.
    #[error("the rules of the case do not hold: {}", path.display())]
    Rules {
        /// The rules file.
        path: PathBuf,
        /// The cause.
        source: triage::RulesError,
    },
    /// The review policy of the case does not hold.
    #[error("the review policy of the case does not hold: {}", path.display())]
    Policy {
        /// Its file.
        path: PathBuf,
        /// The cause.
        source: triage::PolicyError,
    },
    /// A template does not hold.
    #[error("the template does not hold: {}", path.display())]
    Template {
        /// Its file.
        path: PathBuf,
        /// The cause.
        source: forms::TemplateError,
    },
    /// No template could be learnt.
    #[error("no template can be learnt from {}", path.display())]
    Learn {
        /// The example.
        path: PathBuf,
        /// The cause.
        source: forms::LearnError,
    },
    /// What somebody wanted to do is refused.
    #[error(transparent)]
    Refused(#[from] crate::NotDone),
    /// The work was cancelled; what was done until then is kept.
    #[error("the work was cancelled")]
    Cancelled,
    /// A file for others cannot be made.
    #[error("the export cannot be written")]
    Export {
        /// The cause.
        source: io::Error,
    },
    /// The case has no such version of a list.
    #[error("the case has no version {version} of a list {list}")]
    NoSuchVersion {
        /// The list.
        list: String,
        /// The version asked for.
        version: u64,
    },
    /// A line of a query file cannot be understood.
    #[error("query file, line {line}: {reason}")]
    Query {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

impl CaseError {
    /// True if the user can mend it by another call or another file.
    pub fn is_users_mistake(&self) -> bool {
        match self {
            CaseError::Store(error) => matches!(
                error,
                store::StoreError::Exists { .. }
                    | store::StoreError::NotACase { .. }
                    | store::StoreError::Version { .. }
                    | store::StoreError::Target { .. }
            ),
            CaseError::Unreadable { .. }
            | CaseError::Account { .. }
            | CaseError::Protection { .. }
            | CaseError::List { .. }
            | CaseError::Rules { .. }
            | CaseError::Policy { .. }
            | CaseError::Template { .. }
            | CaseError::Learn { .. }
            | CaseError::TwoListsOfOneName { .. }
            | CaseError::Refused(_)
            | CaseError::Cancelled
            | CaseError::NoSuchVersion { .. }
            | CaseError::Query { .. } => true,
            CaseError::Unwritable { .. }
            | CaseError::Export { .. }
            | CaseError::Readers(_)
            | CaseError::Audit(_)
            | CaseError::NoRandomness => false,
        }
    }

    /// True if other work on the case goes on and this could not wait for it: try again.
    pub fn is_busy(&self) -> bool {
        matches!(self, CaseError::Store(error) if error.is_busy())
    }

    /// What to do next, if that can be said.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            CaseError::Store(error) if error.is_corrupt() => Some(
                "`crossroll repair CASE` salvages what can be had into a new database and keeps \
                 the damaged one",
            ),
            CaseError::Store(store::StoreError::NotACase { .. }) => {
                Some("make one with `crossroll new CASE`")
            }
            CaseError::Store(store::StoreError::Exists { .. }) => {
                Some("choose another folder, or add to this one with `crossroll add CASE PATH`")
            }
            CaseError::Store(store::StoreError::Version { .. }) => {
                Some("open the case with the version of crossroll that made it")
            }
            CaseError::List { .. } => Some(
                "known are the OFAC, UN, EU, UK, Swiss, Australian and US CSL files, \
                 OpenSanctions and Senzing JSON; for an own CSV name the columns with \
                 `--map COLUMN=PROPERTY`",
            ),
            CaseError::Rules { .. } => {
                Some("mend the line, or delete the file to get the default rules back")
            }
            CaseError::Policy { .. } => {
                Some("mend the line, or delete the file: then no second person is needed")
            }
            CaseError::Template { .. } => {
                Some("mend the file, or learn it again with `crossroll template learn`")
            }
            CaseError::Learn { .. } => Some(
                "mark answers as they are written, or by their place as `read` gives it, and say \
                 with `--answers` where they stand",
            ),
            CaseError::NoSuchVersion { .. } => {
                Some("`crossroll lists versions CASE` tells which there are")
            }
            CaseError::Query { .. } => Some(
                "queries are CSV with a header (id,name,birth_date,nationality) or JSON lines \
                 {\"id\",\"properties\":{\"name\":[…]}}",
            ),
            CaseError::Audit(store::AuditError::Damaged { .. }) => Some(
                "`crossroll audit verify CASE` tells more; nothing is written after a damaged log: \
                 keep it, and go on with a backup of the case",
            ),
            CaseError::Audit(_) => Some(
                "nothing is shown or changed that cannot be logged: check free disk space and \
                 permissions of the case folder",
            ),
            CaseError::Unwritable { .. }
            | CaseError::Store(
                store::StoreError::Folder { .. } | store::StoreError::Database { .. },
            ) => Some(
                "check free disk space and permissions, then give the same command again: what \
                 is done is kept",
            ),
            _ => None,
        }
    }
}
