//! Statements of condition ("dead"), each with its source and grade.
//!
//! Law 4: a form is a claim, not a fact. "Dead" and "seen later" are two claims and stay two.

use serde::{Deserialize, Serialize};

use crate::{Citation, DatasetName, EntityId};

/// Somebody says that somebody is dead, or alive at a date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The entity it speaks of.
    pub subject: EntityId,
    /// What is claimed.
    pub life: LifeStatus,
    /// The date it speaks of, ISO 8601, maybe partial.
    pub date: Option<String>,
    /// The words that say so.
    pub text: String,
    /// Who says so: a dataset, or the journal where a person does.
    pub dataset: DatasetName,
    /// The person who says so, if it is no form and no list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Where.
    pub citation: Option<Citation>,
    /// How far to trust it.
    pub grade: Grade,
}

/// Reported life status. Never a fact: always somebody's report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LifeStatus {
    /// Nothing is said.
    Unknown,
    /// A source reports the death.
    ReportedDead,
    /// A source reports the death, another reports activity after it.
    Disputed,
}

/// Admiralty grade: source reliability and information credibility, graded separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// A–F.
    pub reliability: Reliability,
    /// 1–6.
    pub credibility: Credibility,
}

/// Reliability of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

/// Credibility of the information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Credibility {
    /// Confirmed by other sources.
    #[serde(rename = "1")]
    Confirmed,
    /// Probably true.
    #[serde(rename = "2")]
    Probable,
    /// Possibly true.
    #[serde(rename = "3")]
    Possible,
    /// Doubtful.
    #[serde(rename = "4")]
    Doubtful,
    /// Improbable.
    #[serde(rename = "5")]
    Improbable,
    /// Cannot be judged.
    #[serde(rename = "6")]
    Unknown,
}

impl Grade {
    /// F6: nobody has graded it yet.
    pub const UNGRADED: Grade =
        Grade { reliability: Reliability::F, credibility: Credibility::Unknown };
}
