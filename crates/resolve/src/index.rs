//! Screening: list entities built into an index once, asked many times.
//!
//! The index of names brings up candidates, kunyas and numbers do by equality; the best of them are
//! compared in full by the one comparison. Invariant: an index is a pure function of the entities and the
//! model, and an answer one of index, query and options.

use std::collections::BTreeMap;

use model::{DatasetName, Entity, EntityId, ScoredPair};
use names::index::Candidate;
use names::{Engine, Name};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::block::hash_text;
use crate::compare::weigh;
use crate::prepared::Family;
use crate::{Frequencies, MatchModel, Prepared, Prior, compare};

/// Names of candidates that are compared by the fast score, for each name asked. Chosen by hand.
const FAST_MAX: usize = 400;
/// Candidates compared in full, at least. Chosen by hand.
const FULL_MIN: usize = 40;

/// List entities, ready to be asked.
#[derive(Debug)]
pub struct Index {
    model: MatchModel,
    frequencies: Frequencies,
    entities: Vec<Prepared>,
    /// Whose name stands at which position of `names`, and which of its names it is.
    owners: Vec<(u32, u32)>,
    names: names::index::Index,
    /// Kunyas and numbers, hashed, to entities.
    equal: FxHashMap<u64, Vec<u32>>,
}

/// How to screen.
#[derive(Clone, Debug)]
pub struct ScreenOptions {
    /// The best so many are given, whatever their score.
    pub top: usize,
    /// Share of queries whose entity is on the lists; the model's own where `None`.
    pub share: Option<f64>,
    /// Hits that score below are dropped.
    pub cutoff: f64,
}

impl Default for ScreenOptions {
    fn default() -> Self {
        Self { top: 10, share: None, cutoff: 0.0 }
    }
}

/// A list entity that the query may be.
#[derive(Clone, Debug, PartialEq)]
pub struct ScreenHit {
    /// The query (left) and the candidate (right), with the explanation.
    pub pair: ScoredPair,
    /// The list.
    pub dataset: DatasetName,
    /// The entity on it.
    pub entity_id: EntityId,
    /// What the list calls it.
    pub caption: String,
}

impl Index {
    /// Builds the index. Entities that are no candidates themselves (passports, addresses, links)
    /// are folded into the entities they belong to.
    pub fn build(entities: &[Entity], model: &MatchModel) -> Self {
        let papers = papers_by_holder(entities);
        let mut candidates: Vec<&Entity> = entities.iter().filter(|e| is_candidate(e)).collect();
        candidates.sort_by_cached_key(|e| (e.datasets().into_iter().next().cloned(), e.id.clone()));
        let entities: Vec<Prepared> = candidates
            .par_iter()
            .map(|entity| {
                let held = papers.get(&entity.id).map_or(&[][..], Vec::as_slice);
                Prepared::with_papers(entity, held, model)
            })
            .collect();
        let frequencies = Frequencies::learn(&entities);
        let (owners, names) = names_of(&entities);
        let equal = equal_of(&entities);
        Self { model: model.clone(), frequencies, entities, owners, names, equal }
    }

    /// The number of entities that can be found.
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// True if nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    /// The frequencies over the listed entities.
    pub fn frequencies(&self) -> &Frequencies {
        &self.frequencies
    }

    /// The best candidates for a query, best first; ties by dataset and id.
    pub fn screen(&self, query: &Entity, options: &ScreenOptions) -> Vec<ScreenHit> {
        let query = Prepared::new(query, &self.model);
        let share = options.share.unwrap_or(self.model.screening_share);
        let prior = Prior::of_screening(share, self.len());
        let mut ranked: Vec<(f64, u32)> = self
            .candidates(&query, options.top)
            .into_iter()
            .map(|at| (self.weigh(&query, at), at))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked
            .into_iter()
            .take(options.top)
            .map(|(_, at)| self.hit(&query, at, prior))
            .filter(|hit| hit.pair.score >= options.cutoff)
            .collect()
    }

    fn weigh(&self, query: &Prepared, at: u32) -> f64 {
        weigh(&self.model, &self.frequencies, query, &self.entities[at as usize]).weight
    }

    fn hit(&self, query: &Prepared, at: u32, prior: Prior) -> ScreenHit {
        let candidate = &self.entities[at as usize];
        ScreenHit {
            pair: compare(&self.model, &self.frequencies, query, candidate, prior),
            dataset: candidate.dataset().cloned().unwrap_or_else(|| "".into()),
            entity_id: candidate.id().clone(),
            caption: candidate.caption().to_owned(),
        }
    }

    /// Entities worth a full comparison: those whose names look most alike, and in between those
    /// that share a kunya or a number; filled up to `top`.
    fn candidates(&self, query: &Prepared, top: usize) -> Vec<u32> {
        let mut scored: FxHashMap<u32, f32> = FxHashMap::default();
        let mut offer = |entity: u32, score: f32| {
            let best = scored.entry(entity).or_default();
            *best = best.max(score);
        };
        for (entity, score) in query.names.iter().flat_map(|n| self.alike(&n.name)) {
            offer(entity, score);
        }
        for key in keys_of(query) {
            let members = self.equal.get(&key).map_or(&[][..], Vec::as_slice);
            let tie = 1e-3 / (members.len() as f32 + 1.0);
            for &entity in members.iter().take(FAST_MAX) {
                offer(entity, KEY_SCORE + tie);
            }
        }
        let mut found: Vec<(f32, u32)> = scored.into_iter().map(|(at, sum)| (sum, at)).collect();
        sort_best_first(&mut found);
        found.truncate(FULL_MIN.max(2 * top));
        let mut candidates: Vec<u32> = found.into_iter().map(|(_, at)| at).collect();
        if candidates.len() < top {
            let all = 0..u32::try_from(self.entities.len()).unwrap_or(u32::MAX);
            let missing = top - candidates.len();
            let known = candidates.clone();
            candidates.extend(all.filter(|at| !known.contains(at)).take(missing));
        }
        candidates
    }

    /// Entities with a name like this one, each with a rank figure: the engine's score for names.
    fn alike(&self, name: &Name) -> Vec<(u32, f32)> {
        let engine = Engine::bundled();
        let score = |found: &Candidate| {
            let (entity, at) = self.owners[found.position];
            let other = &self.entities[entity as usize].names[at as usize].name;
            let tie = found.weight / 1e4;
            (entity, engine.score(name, other, self.frequencies.rarity()) + tie)
        };
        self.names.candidates(engine, name, FAST_MAX).iter().map(score).collect()
    }
}

/// Rank figure of a candidate that shares a kunya or a number. Chosen by hand.
const KEY_SCORE: f32 = 0.7;

fn sort_best_first(found: &mut [(f32, u32)]) {
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
}

/// What must be equal for an entity to be found other than by name: kunyas and numbers.
fn keys_of(entity: &Prepared) -> Vec<u64> {
    let kunyas = entity.kunyas.iter().flat_map(|k| [k.teknonym_key, k.key]);
    let numbers = entity.numbers.iter().map(|n| hash_text(&n.folded));
    let mut keys: Vec<u64> = kunyas.chain(numbers).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn equal_of(entities: &[Prepared]) -> FxHashMap<u64, Vec<u32>> {
    let mut equal: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (at, entity) in (0u32..).zip(entities) {
        for key in keys_of(entity) {
            equal.entry(key).or_default().push(at);
        }
    }
    equal
}

fn names_of(entities: &[Prepared]) -> (Vec<(u32, u32)>, names::index::Index) {
    let engine = Engine::bundled();
    let mut owners = Vec::new();
    let mut index = names::index::Index::default();
    for (at, entity) in (0u32..).zip(entities) {
        for (nth, name) in (0u32..).zip(&entity.names) {
            owners.push((at, nth));
            index.add(engine, &name.name);
        }
    }
    (owners, index)
}

/// Subjects that a list can hold; a mention inside a remark is none.
fn is_candidate(entity: &Entity) -> bool {
    &*entity.schema != "Mention" && Family::of(&entity.schema) != Family::Thing
}

/// Passports, cards and addresses, by the entity they belong to.
fn papers_by_holder(entities: &[Entity]) -> BTreeMap<EntityId, Vec<&Entity>> {
    let addresses: BTreeMap<&EntityId, &Entity> =
        entities.iter().filter(|e| &*e.schema == "Address").map(|e| (&e.id, e)).collect();
    let mut papers: BTreeMap<EntityId, Vec<&Entity>> = BTreeMap::new();
    for entity in entities {
        for holder in entity.values("holder") {
            papers.entry(holder.into()).or_default().push(entity);
        }
        for id in entity.values("addressEntity") {
            if let Some(address) = addresses.get(&EntityId::from(id)) {
                papers.entry(entity.id.clone()).or_default().push(address);
            }
        }
    }
    papers
}
