//! Who may be what in a case, and what is told of what they do.
//!
//! What a role may do is the server's table, and what an entry of the audit log looks like the store's;
//! here are the words alone.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What somebody is in a case, or on the desk as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads and searches.
    Reader,
    /// Judges, decides, corrects, runs.
    Analyst,
    /// Also decides after another did, and sees what that was.
    Reviewer,
    /// Also rules, policy, protection, members, the audit log.
    Lead,
    /// Of the desk, not of a case: accounts and who is in which case. Sees nothing of a case.
    Admin,
}

impl Role {
    /// All roles, in the order of the columns of the table of permissions.
    pub const ALL: [Role; 5] =
        [Role::Reader, Role::Analyst, Role::Reviewer, Role::Lead, Role::Admin];

    /// The word used on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Analyst => "analyst",
            Role::Reviewer => "reviewer",
            Role::Lead => "lead",
            Role::Admin => "admin",
        }
    }

    /// The role named by the word.
    pub fn parse(word: &str) -> Option<Role> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the audit log tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditAction {
    /// Something of the case was shown.
    View,
    /// The case was searched.
    Search,
    /// Something was changed: a judgement, a correction, a note, files, lists, rules.
    Edit,
    /// A lead was decided on.
    Decision,
    /// Something left the case.
    Export,
    /// Something was erased.
    Erase,
    /// Somebody came in or went out.
    Login,
    /// Something was asked for that the role does not allow, or a login failed.
    Denied,
    /// An account, a membership or a token was changed.
    Account,
    /// A line that a kill had cut short was taken off the log.
    Mended,
}

impl AuditAction {
    /// All of them.
    pub const ALL: [AuditAction; 10] = [
        AuditAction::View,
        AuditAction::Search,
        AuditAction::Edit,
        AuditAction::Decision,
        AuditAction::Export,
        AuditAction::Erase,
        AuditAction::Login,
        AuditAction::Denied,
        AuditAction::Account,
        AuditAction::Mended,
    ];

    /// The word in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            AuditAction::View => "view",
            AuditAction::Search => "search",
            AuditAction::Edit => "edit",
            AuditAction::Decision => "decision",
            AuditAction::Export => "export",
            AuditAction::Erase => "erase",
            AuditAction::Login => "login",
            AuditAction::Denied => "denied",
            AuditAction::Account => "account",
            AuditAction::Mended => "mended",
        }
    }

    /// The action named by the word.
    pub fn parse(word: &str) -> Option<AuditAction> {
        Self::ALL.into_iter().find(|action| action.as_str() == word)
    }
}
