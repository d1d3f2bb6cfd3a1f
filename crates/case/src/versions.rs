//! The versions of the lists of a case: which there are, what changed between any two, and entities
//! as they were.

use std::ops::ControlFlow;

use model::{
    ChangeCounts, ChangeKind, ChangeTally, DatasetName, EntityId, ListChange, ListVersion,
    Statement,
};
use triage::compare_versions;

use crate::journal::now;
use crate::{Case, CaseError};

/// What changed between two versions of a list.
#[derive(Clone, Debug)]
pub struct ListDiff {
    /// The version it is told from.
    pub from: ListVersion,
    /// The version it is told to.
    pub to: ListVersion,
    /// How many subjects, by what became of them.
    pub counts: ChangeCounts,
}

/// Which of the changes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichChanges {
    /// Entities that came, went or say something else.
    Kind(ChangeKind),
    /// Those delisted by the publisher's word.
    Delisted,
    /// Those newly reported dead.
    ReportedDead,
}

impl WhichChanges {
    fn takes(self, change: &ListChange) -> bool {
        match self {
            Self::Kind(kind) => change.kind == kind,
            Self::Delisted => change.delisted.is_some(),
            Self::ReportedDead => change.reported_dead.is_some(),
        }
    }
}

/// Which part of a difference is wanted.
#[derive(Clone, Debug)]
pub struct DiffPage {
    /// Entities after this one; from the first if none.
    pub after: Option<EntityId>,
    /// How many at most.
    pub limit: usize,
    /// Only these.
    pub what: Option<WhichChanges>,
}

/// A part of what changed between two versions of a list.
#[derive(Clone, Debug)]
pub struct ListDiffPage {
    /// The version it is told from.
    pub from: ListVersion,
    /// The version it is told to.
    pub to: ListVersion,
    /// How many subjects changed in all, by what became of them; on the first page only.
    pub counts: Option<ChangeCounts>,
    /// In order of the entities.
    pub changes: Vec<ListChange>,
    /// True if no more follow.
    pub is_last: bool,
}

impl Case {
    /// The versions of a list, or of all lists, in the order they were loaded.
    pub fn list_versions(&self, list: Option<&DatasetName>) -> Result<Vec<ListVersion>, CaseError> {
        Ok(self.store.list_versions(list)?)
    }

    /// What changed between two versions of a list, either way round; without numbers what the last
    /// one changed. `take` gets each change, in order of the entities.
    ///
    /// # Errors
    /// [`CaseError::NoSuchVersion`] if the case has no such version.
    pub fn list_diff(
        &self,
        list: &DatasetName,
        from: Option<u64>,
        to: Option<u64>,
        take: &mut dyn FnMut(&ListChange),
    ) -> Result<ListDiff, CaseError> {
        let (from, to) = self.two_versions(list, from, to)?;
        let mut tally = ChangeTally::default();
        self.each_difference(&from, &to, None, &mut |change| {
            tally.add(&change);
            take(&change);
            ControlFlow::Continue(())
        })?;
        Ok(ListDiff { from, to, counts: tally.counts() })
    }

    /// A page of what changed between two versions of a list, either way round; without numbers of
    /// what the last one changed.
    ///
    /// # Errors
    /// [`CaseError::NoSuchVersion`] if the case has no such version.
    pub fn list_diff_page(
        &self,
        list: &DatasetName,
        from: Option<u64>,
        to: Option<u64>,
        page: &DiffPage,
    ) -> Result<ListDiffPage, CaseError> {
        let (from, to) = self.two_versions(list, from, to)?;
        // What one version changed was counted when it was loaded; else a pass is needed, made once.
        let counts = match (&page.after, to.changes) {
            (Some(_), _) => None,
            (None, Some(counts)) if to.version == from.version + 1 => Some(counts),
            (None, _) => {
                let mut tally = ChangeTally::default();
                self.each_difference(&from, &to, None, &mut |change| {
                    tally.add(&change);
                    ControlFlow::Continue(())
                })?;
                Some(tally.counts())
            }
        };
        let mut changes = Vec::new();
        let mut is_last = true;
        self.each_difference(&from, &to, page.after.as_ref(), &mut |change| {
            if !page.what.is_none_or(|what| what.takes(&change)) {
                return ControlFlow::Continue(());
            }
            if changes.len() == page.limit {
                is_last = false;
                return ControlFlow::Break(());
            }
            changes.push(change);
            ControlFlow::Continue(())
        })?;
        Ok(ListDiffPage { from, to, counts, changes, is_last })
    }

    /// Calls `take` with each change from one version to another, in order of the entities and of
    /// those after `after` only, until it breaks.
    fn each_difference(
        &self,
        from: &ListVersion,
        to: &ListVersion,
        after: Option<&EntityId>,
        take: &mut dyn FnMut(ListChange) -> ControlFlow<()>,
    ) -> Result<(), CaseError> {
        if to.version == from.version + 1 {
            return Ok(self.store.each_change(&to.list, to.version, after, take)?);
        }
        let ends = (from.version.min(to.version), from.version.max(to.version));
        let is_forward = from.version <= to.version;
        let today = now();
        let today = today.get(..10).unwrap_or_default();
        self.store.each_between(&to.list, ends, after, &mut |between| {
            let (before, after) = if is_forward {
                (&between.before, &between.after)
            } else {
                (&between.after, &between.before)
            };
            let Some(mut change) = compare_versions(before, after, today) else {
                return ControlFlow::Continue(());
            };
            if is_forward && change.kind == ChangeKind::Removed {
                change.delisted = between.delisted;
            }
            take(change)
        })?;
        Ok(())
    }

    /// The statements of an entity of a list as a version had them; none if it was not there.
    ///
    /// What later versions say the same of cites their files.
    ///
    /// # Errors
    /// [`CaseError::NoSuchVersion`] if the case has no such version.
    pub fn list_entity_at(
        &self,
        list: &DatasetName,
        version: u64,
        entity: &EntityId,
    ) -> Result<Vec<Statement>, CaseError> {
        self.two_versions(list, Some(version), Some(version))?;
        Ok(self.store.list_entity_at(list, version, entity)?)
    }

    fn two_versions(
        &self,
        list: &DatasetName,
        from: Option<u64>,
        to: Option<u64>,
    ) -> Result<(ListVersion, ListVersion), CaseError> {
        let versions = self.store.list_versions(Some(list))?;
        let find =
            |number: u64| {
                versions.iter().find(|v| v.version == number).cloned().ok_or_else(|| {
                    CaseError::NoSuchVersion { list: list.to_string(), version: number }
                })
            };
        let last = versions.last().map_or(1, |v| v.version);
        let to = to.unwrap_or(last);
        // The first version changed nothing.
        let from = from.unwrap_or_else(|| to.saturating_sub(1).max(1));
        Ok((find(from)?, find(to)?))
    }
}

#[cfg(test)]
mod tests;
