//! Versions of a watchlist, and what one version changed against another.
//!
//! Law 6: who was not found was not found in *this* version of a list. So versions stay, with their
//! dates and hashes, and a difference between two of them is told entity by entity.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{DatasetName, DocumentId, EntityId};

/// A version of a list that was loaded into the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListVersion {
    /// The list.
    pub list: DatasetName,
    /// Its number in the case, from 1.
    pub version: u64,
    /// The publisher's date of the data, ISO 8601, if the data says it.
    pub date: Option<String>,
    /// SHA-256 of the bytes; of several files, of their hashes in order of name.
    pub sha256: String,
    /// When it was loaded, ISO 8601; unknown for lists that an earlier layout kept.
    pub added: Option<String>,
    /// Entities it holds.
    pub entities: u64,
    /// Counts and facts by name.
    pub info: BTreeMap<String, String>,
    /// Its files, kept as contents of the case; none if an earlier layout loaded it.
    pub files: Vec<ListFile>,
    /// What it changed against the version before; `None` for the first.
    pub changes: Option<ChangeCounts>,
}

/// A file that a version was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFile {
    /// Its name, relative to what was named by the user.
    pub name: String,
    /// Its content.
    pub sha256: DocumentId,
}

/// What happened to an entity between two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It was not there before.
    Added,
    /// It is not there any more.
    Removed,
    /// It says something else.
    Changed,
}

impl ChangeKind {
    /// The word it is stored under.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// A property that says something else: the values that went and those that came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertyChange {
    /// The property.
    pub prop: String,
    /// Values that are gone.
    pub before: Vec<String>,
    /// Values that are new.
    pub after: Vec<String>,
}

/// What became of one entity of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListChange {
    /// The entity.
    pub entity_id: EntityId,
    /// The listed subject it belongs to: itself, or the holder of a passport, the target of a
    /// sanction, …
    pub subject: EntityId,
    /// Its schema.
    pub schema: String,
    /// What to call it.
    pub caption: String,
    /// What happened.
    pub kind: ChangeKind,
    /// The publisher's own word that it is no longer listed: a date, or the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delisted: Option<String>,
    /// A report of death that was not there before, in the list's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_dead: Option<String>,
    /// What changed; empty where the entity came or went as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<PropertyChange>,
}

/// Listed subjects by what became of them. A subject that is `changed` may have changed by a passport
/// or a sanction alone. Those `delisted` and `reported_dead` are counted in the first three as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeCounts {
    /// New on the list.
    pub added: u64,
    /// No longer on it.
    pub removed: u64,
    /// Changed in some value.
    pub changed: u64,
    /// Delisted by the publisher's own word.
    pub delisted: u64,
    /// Newly reported dead.
    pub reported_dead: u64,
}

impl ChangeCounts {
    /// True if nothing changed.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// Counts changes, subject by subject.
#[derive(Clone, Debug, Default)]
pub struct ChangeTally {
    kinds: BTreeMap<EntityId, ChangeKind>,
    delisted: BTreeSet<EntityId>,
    reported_dead: BTreeSet<EntityId>,
}

impl ChangeTally {
    /// Takes up a change.
    pub fn add(&mut self, change: &ListChange) {
        let is_own = change.subject == change.entity_id;
        let known = self.kinds.entry(change.subject.clone()).or_insert(ChangeKind::Changed);
        // That a passport came or went changes its holder; that the holder did says more.
        if is_own {
            *known = change.kind;
        }
        if change.delisted.is_some() {
            self.delisted.insert(change.subject.clone());
        }
        if change.reported_dead.is_some() {
            self.reported_dead.insert(change.subject.clone());
        }
    }

    /// The counts so far.
    pub fn counts(&self) -> ChangeCounts {
        let of = |kind| self.kinds.values().filter(|k| **k == kind).count() as u64;
        ChangeCounts {
            added: of(ChangeKind::Added),
            removed: of(ChangeKind::Removed),
            changed: of(ChangeKind::Changed),
            delisted: self.delisted.len() as u64,
            reported_dead: self.reported_dead.len() as u64,
        }
    }
}

impl std::fmt::Display for ChangeCounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} added, {} removed", self.added, self.removed)?;
        write!(f, ", {} changed", self.changed)?;
        if self.delisted > 0 {
            write!(f, "; {} delisted by the publisher's word", self.delisted)?;
        }
        if self.reported_dead > 0 {
            write!(f, "; {} newly reported dead", self.reported_dead)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(entity: &str, subject: &str, kind: ChangeKind) -> ListChange {
        ListChange {
            entity_id: entity.into(),
            subject: subject.into(),
            schema: "Person".into(),
            caption: "Sample".into(),
            kind,
            delisted: None,
            reported_dead: None,
            properties: Vec::new(),
        }
    }

    #[test]
    fn a_subject_counts_once_whatever_hangs_on_it() {
        let mut tally = ChangeTally::default();
        tally.add(&change("a/passport/1", "a", ChangeKind::Added));
        tally.add(&change("a/passport/2", "a", ChangeKind::Removed));
        tally.add(&change("b/passport/1", "b", ChangeKind::Removed));
        tally.add(&change("b", "b", ChangeKind::Removed));
        let mut sanction = change("c/sanction", "c", ChangeKind::Changed);
        sanction.delisted = Some("2020-01-01".into());
        tally.add(&sanction);
        let counts = tally.counts();
        assert_eq!((counts.added, counts.removed, counts.changed), (0, 1, 2));
        assert_eq!(
            counts.to_string(),
            "0 added, 1 removed, 2 changed; 1 delisted by the publisher's word"
        );
    }
}
