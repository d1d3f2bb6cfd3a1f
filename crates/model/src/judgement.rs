//! What a person said about a pair of entities. An append-only log; undo is one more line.

use serde::{Deserialize, Serialize};

use crate::EntityId;

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The smaller id.
    pub left: EntityId,
    /// The larger id.
    pub right: EntityId,
    /// What was said.
    pub verdict: Verdict,
    /// Who said it.
    pub user: String,
    /// When, ISO 8601 with zone.
    pub time: String,
    /// Why.
    pub reason: Option<String>,
}

/// Same, not same, related, unsure; or an earlier line taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// One person.
    Same,
    /// Two people.
    Different,
    /// Two people who are kin or otherwise linked.
    Related,
    /// Looked at, cannot tell.
    Unsure,
    /// Earlier judgements on the pair no longer count.
    Cleared,
}
