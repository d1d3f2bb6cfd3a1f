//! The versions of the lists of a case: which there are, what changed between any two, and entities
//! as they were.

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
        let mut each = |change: ListChange| {
            tally.add(&change);
            take(&change);
        };
        if to.version == from.version + 1 {
            self.store.each_change(list, to.version, &mut each)?;
        } else {
            let (low, high) = (from.version.min(to.version), from.version.max(to.version));
            let is_forward = from.version <= to.version;
            let today = now();
            let today = today.get(..10).unwrap_or_default();
            self.store.each_between(list, low, high, &mut |between| {
                let (before, after) = if is_forward {
                    (&between.before, &between.after)
                } else {
                    (&between.after, &between.before)
                };
                if let Some(mut change) = compare_versions(before, after, today) {
                    if is_forward && change.kind == ChangeKind::Removed {
                        change.delisted = between.delisted;
                    }
                    each(change);
                }
            })?;
        }
        Ok(ListDiff { from, to, counts: tally.counts() })
    }

    /// The statements of an entity of a list as a version had them; none if it was not there.
    ///
    /// What later versions say the same of cites their files.
    pub fn list_entity_at(
        &self,
        list: &DatasetName,
        version: u64,
        entity: &EntityId,
    ) -> Result<Vec<Statement>, CaseError> {
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
