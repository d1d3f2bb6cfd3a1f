//! Screening: list entities built into an index once, asked many times.
//!
//! Names give keys, keys give candidates, rare keys count more; the best candidates are compared
//! in full by the one comparison. Invariant: an index is a pure function of the entities and the
//! model, and an answer one of index, query and options.

use std::collections::BTreeMap;

use model::{DatasetName, Entity, EntityId, ScoredPair};
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
    /// Every name, kunya and number that can be found, in the order of the entities.
    handles: Vec<Handle>,
    /// Key to handles.
    postings: FxHashMap<u64, Vec<u32>>,
}

/// One thing by which an entity is found.
#[derive(Clone, Copy, Debug)]
struct Handle {
    entity: u32,
    /// Which of its names; `None` for a kunya or a number.
    name: Option<u32>,
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
        let (handles, postings) = postings_of(&entities);
        let frequencies = Frequencies::learn(&entities);
        Self { model: model.clone(), frequencies, entities, handles, postings }
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

    /// Entities worth a full comparison: those whose names share rare keys, then those whose
    /// names look most alike; filled up to `top`.
    fn candidates(&self, query: &Prepared, top: usize) -> Vec<u32> {
        let mut scored: FxHashMap<u32, f32> = FxHashMap::default();
        for (keys, name) in keys_of(query) {
            for (sum, at) in self.look_up(keys) {
                let handle = self.handles[at as usize];
                let score = self.fast_score(name.map(|n| &query.names[n].name), handle, sum);
                let best = scored.entry(handle.entity).or_default();
                *best = best.max(score);
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

    /// Handles that share these keys, those with the rarest keys first.
    fn look_up(&self, mut keys: Vec<u64>) -> Vec<(f32, u32)> {
        keys.sort_unstable();
        keys.dedup();
        let total = self.handles.len().max(1) as f64;
        let mut evidence: FxHashMap<u32, f32> = FxHashMap::default();
        for key in keys {
            let Some(members) = self.postings.get(&key) else { continue };
            #[expect(clippy::cast_possible_truncation, reason = "a rank figure below 64")]
            let rarity = (total / members.len() as f64).log2().max(0.1) as f32;
            for &member in members {
                *evidence.entry(member).or_default() += rarity;
            }
        }
        let mut found: Vec<(f32, u32)> = evidence.into_iter().map(|(at, sum)| (sum, at)).collect();
        sort_best_first(&mut found);
        found.truncate(FAST_MAX);
        found
    }

    /// A rank figure: the engine's score for names, above them shared numbers, kunyas in between.
    fn fast_score(&self, name: Option<&Name>, handle: Handle, evidence: f32) -> f32 {
        let tie = evidence / 1e4;
        match (name, handle.name) {
            (Some(left), Some(at)) => {
                let right = &self.entities[handle.entity as usize].names[at as usize].name;
                Engine::bundled().score(left, right, self.frequencies.rarity()) + tie
            }
            (None, None) => KEY_SCORE + tie,
            _ => tie,
        }
    }
}

/// Rank figure of a candidate that shares a kunya or a number. Chosen by hand.
const KEY_SCORE: f32 = 0.7;

fn sort_best_first(found: &mut [(f32, u32)]) {
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
}

/// Keys under which an entity is found, and the name they are of.
fn keys_of(entity: &Prepared) -> Vec<(Vec<u64>, Option<usize>)> {
    let engine = Engine::bundled();
    let names = entity.names.iter().enumerate().map(|(i, n)| (engine.keys(&n.name), Some(i)));
    let kunyas = entity.kunyas.iter().map(|k| (vec![k.teknonym_key, k.key], None));
    let numbers = entity.numbers.iter().map(|n| (vec![hash_text(&n.folded)], None));
    names.chain(kunyas).chain(numbers).collect()
}

fn postings_of(entities: &[Prepared]) -> (Vec<Handle>, FxHashMap<u64, Vec<u32>>) {
    let keys: Vec<_> = entities.par_iter().map(keys_of).collect();
    let mut handles = Vec::new();
    let mut postings: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (entity, keys) in (0u32..).zip(keys) {
        for (mut keys, name) in keys {
            let at = u32::try_from(handles.len()).expect("fewer than 2^32 names fit in memory");
            let name = name.and_then(|n| u32::try_from(n).ok());
            handles.push(Handle { entity, name });
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                postings.entry(key).or_default().push(at);
            }
        }
    }
    (handles, postings)
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
