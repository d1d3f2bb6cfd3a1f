//! A source with a version: a stick that was added, a list that was loaded.

use serde::{Deserialize, Serialize};

use crate::DatasetName;

/// One source in one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dataset {
    /// Short name, unique in a case.
    pub name: DatasetName,
    /// A cache or a list.
    pub kind: DatasetKind,
    /// What the publisher calls it, or the path it came from.
    pub title: String,
    /// The publisher's date of the data, ISO 8601, if the data says it.
    pub date: Option<String>,
    /// SHA-256 of the bytes; of several files, of their hashes in order of name.
    pub sha256: String,
    /// Entities it holds.
    pub entities: u64,
}

/// What a dataset is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatasetKind {
    /// Forms, registers, mail: what is to be read.
    Cache,
    /// A watchlist: what is to be screened against.
    List,
}
