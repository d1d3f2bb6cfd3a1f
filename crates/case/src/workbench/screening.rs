//! One person to candidates: what the index finds, with the entries that somebody judged, each with
//! all that its list says.

use std::collections::{BTreeMap, BTreeSet};

use model::{DatasetName, Entity, EntityId};
use resolve::{Index, Scope, ScreenHit, ScreenOptions};
use store::Store;
use triage::{Candidate, Person, Words};

use super::CANDIDATES_MAX;
use crate::CaseError;

/// A person with what screening found.
pub(super) struct Screened {
    pub(super) person: Person,
    pub(super) hits: Vec<ScreenHit>,
    pub(super) floor: Option<f64>,
}

/// Screens a person. Entries that somebody judged are compared even where they are not found.
pub(super) fn screen(index: &Index, person: Person, words: &Words) -> Screened {
    let mut hits = best_hits(index, &person.entity);
    let is_full = hits.len() >= CANDIDATES_MAX;
    let floor = hits.last().filter(|_| is_full).map(|hit| hit.pair.weight);
    for entry in words.judged_with(&person.cluster.members) {
        if hits.iter().all(|hit| hit.entity_id != *entry) {
            hits.extend(index.compare_with(&person.entity, entry));
        }
    }
    Screened { person, hits, floor }
}

/// The best of an index for a person. What nothing brings up is no candidate: so a new version of a
/// list changes nobody's but by what it changed.
pub(super) fn best_hits(index: &Index, entity: &Entity) -> Vec<ScreenHit> {
    let options = ScreenOptions { top: CANDIDATES_MAX, ..ScreenOptions::default() };
    index.screen_within(entity, &options, &Scope { found_only: true, ..Scope::default() })
}

/// List entries with all their statements, each read once.
#[derive(Default)]
pub(super) struct Entries {
    known: BTreeMap<(DatasetName, EntityId), Option<Entity>>,
}

impl Entries {
    /// The person with the hits as candidates.
    pub(super) fn put(
        &mut self,
        store: &Store,
        mut person: Person,
        hits: Vec<ScreenHit>,
    ) -> Result<Person, CaseError> {
        let mut put = BTreeSet::new();
        for hit in hits {
            let key = (hit.dataset.clone(), hit.entity_id.clone());
            if !put.insert(key.clone()) {
                continue;
            }
            if !self.known.contains_key(&key) {
                let mut statements = store.entity_statements(&hit.entity_id)?;
                statements.retain(|statement| statement.dataset == hit.dataset);
                self.known.insert(key.clone(), Entity::fold(statements).pop());
            }
            if let Some(entity) = self.known.get(&key).cloned().flatten() {
                let (dataset, pair) = (hit.dataset, hit.pair);
                person.candidates.push(Candidate { dataset, entity, pair });
            }
        }
        Ok(person)
    }
}
