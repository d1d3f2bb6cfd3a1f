//! One sourced claim: this entity has this value for this property, says this dataset.
//!
//! The fields are those of the FtM statement; the [`Citation`] is ours and travels beside it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{CanonicalId, Citation, DatasetName, EntityId};

/// A claim with its source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The entity it speaks of.
    pub entity_id: EntityId,
    /// The person the entity was resolved to; `None` stands for the entity itself.
    pub canonical_id: Option<CanonicalId>,
    /// Schema under which it was said, for example `Person`.
    pub schema: Arc<str>,
    /// Property, for example `birthDate`.
    pub prop: Arc<str>,
    /// The normalised value.
    pub value: String,
    /// The dataset that says so.
    pub dataset: DatasetName,
    /// ISO 639-3 code of the value's language, if known.
    pub lang: Option<String>,
    /// The text as written, where it differs from `value`.
    pub original_value: Option<String>,
    /// What made the statement: a reader or template, with version.
    pub origin: Option<String>,
    /// True for data that was matched in from outside and is not part of the dataset proper.
    pub external: bool,
    /// Time (ISO 8601, no zone) at which the dataset first said so.
    pub first_seen: Option<String>,
    /// Time at which the dataset last said so.
    pub last_seen: Option<String>,
    /// Where it stands.
    pub citation: Option<Citation>,
}

impl Statement {
    /// A statement with no more than its core.
    pub fn new(
        entity_id: EntityId,
        schema: impl Into<Arc<str>>,
        prop: impl Into<Arc<str>>,
        value: impl Into<String>,
        dataset: DatasetName,
    ) -> Self {
        Self {
            entity_id,
            canonical_id: None,
            schema: schema.into(),
            prop: prop.into(),
            value: value.into(),
            dataset,
            lang: None,
            original_value: None,
            origin: None,
            external: false,
            first_seen: None,
            last_seen: None,
            citation: None,
        }
    }

    /// The text as written: `original_value`, or `value` where they do not differ.
    pub fn written(&self) -> &str {
        self.original_value.as_deref().unwrap_or(&self.value)
    }
}
