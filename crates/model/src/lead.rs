//! A person to look at: status, matches, reasons, rank. A proposal until a named person decides.

use serde::{Deserialize, Serialize};

use crate::{CanonicalId, Claim, DatasetName, EntityId, Explanation, LeadId, LifeStatus, Verdict};

/// One person of the cache.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    /// Stable across reruns as long as the smallest member stays.
    pub id: LeadId,
    /// The cluster behind it.
    pub canonical_id: CanonicalId,
    /// Its members, in order.
    pub members: Vec<EntityId>,
    /// The proposed status.
    pub status: Status,
    /// The reported life status.
    pub life: LifeStatus,
    /// The claims behind `life`.
    pub claims: Vec<Claim>,
    /// Names in all spellings, the most telling first.
    pub names: Vec<String>,
    /// List entries it may be, best first; rejected ones stay visible with their reasons.
    pub matches: Vec<ListMatch>,
    /// Place in the queue, from 1.
    pub rank: u32,
    /// Sum of the points behind the rank.
    pub points: f64,
    /// Why this status and this rank, one line each.
    pub reasons: Vec<String>,
}

/// A list entry that a lead may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListMatch {
    /// The list.
    pub dataset: DatasetName,
    /// The entry.
    pub entity_id: EntityId,
    /// What the list calls it.
    pub caption: String,
    /// How well the two agree, 0..=1.
    pub score: f64,
    /// Match probability, 0..=1.
    pub probability: f64,
    /// What this match alone would propose.
    pub proposes: Status,
    /// Why it proposes that, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What a person said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged: Option<Word>,
    /// Why, part by part.
    pub explanation: Explanation,
}

/// A person's word on whether a lead is a list entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// What was said.
    pub verdict: Verdict,
    /// How the two are linked, for [`Verdict::Related`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// Who said so.
    pub user: String,
    /// When: ISO 8601, UTC.
    pub time: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The six statuses (CAPABILITIES C8). Exactly one holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// On a loaded list.
    Listed,
    /// On a loaded list, and reported dead by the list or a form.
    ListedReportedDead,
    /// On no loaded list, reported dead.
    ReportedDead,
    /// May be on a list; a name alone never says more.
    Possible,
    /// On none of the loaded lists.
    NotFound,
    /// Too little was read to search with.
    TooLittleData,
}

impl Status {
    /// All, in the order above.
    pub const ALL: [Status; 6] = [
        Status::Listed,
        Status::ListedReportedDead,
        Status::ReportedDead,
        Status::Possible,
        Status::NotFound,
        Status::TooLittleData,
    ];

    /// The word on the wire and in the store.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Listed => "listed",
            Status::ListedReportedDead => "listed_reported_dead",
            Status::ReportedDead => "reported_dead",
            Status::Possible => "possible",
            Status::NotFound => "not_found",
            Status::TooLittleData => "too_little_data",
        }
    }

    /// The words for a reader.
    pub fn label(self) -> &'static str {
        match self {
            Status::Listed => "already listed",
            Status::ListedReportedDead => "listed, reported dead",
            Status::ReportedDead => "reported dead, not listed",
            Status::Possible => "possible match",
            Status::NotFound => "not found in the loaded lists",
            Status::TooLittleData => "too little data",
        }
    }

    /// The status named by the word.
    pub fn parse(word: &str) -> Option<Status> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}
