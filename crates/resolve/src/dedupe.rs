//! Duplicates: records of one person found, scored and clustered.
//!
//! Invariant: the result does not depend on the order of the records or the judgements of one
//! time; it is made of the records, the judgements, the model and the options alone.

use model::{Cluster, Entity, Judgement, Level, ScoredPair};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::block::{BlockLoss, candidate_pairs};
use crate::cluster::{Edge, PairVerdict, Refusal, Rulings, cluster, contradiction};
use crate::prepared::Family;
use crate::{Frequencies, MatchModel, Prepared, Prior, compare};

/// How to look for duplicates.
#[derive(Clone, Debug)]
pub struct DedupeOptions {
    /// Probability from which two records may become one cluster.
    pub probability_min: f64,
    /// Pairs below this weight are not given back.
    pub weight_min: f64,
}

impl DedupeOptions {
    /// The options that the model names.
    pub fn of(model: &MatchModel) -> Self {
        Self { probability_min: model.cluster_probability_min, weight_min: -10.0 }
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Dedupe {
    /// Every person, those with one record included; ordered by id.
    pub clusters: Vec<Cluster>,
    /// The scored pairs, best first.
    pub pairs: Vec<ScoredPair>,
    /// Pairs that scored high enough and were kept apart, with the reason.
    pub refused: Vec<Refusal>,
    /// What blocking did not look at.
    pub losses: Vec<BlockLoss>,
}

/// Finds the records that are one person. The result does not depend on the order of the input.
///
/// Entities that are no subjects (mentions, links, forms) are left out.
pub fn dedupe(
    entities: &[Entity],
    judgements: &[Judgement],
    model: &MatchModel,
    options: &DedupeOptions,
) -> Dedupe {
    let mut subjects: Vec<&Entity> = entities.iter().filter(|e| is_subject(e)).collect();
    subjects.sort_by(|a, b| a.id.cmp(&b.id));
    subjects.dedup_by(|a, b| a.id == b.id);
    let records: Vec<Prepared> =
        subjects.par_iter().map(|entity| Prepared::new(entity, model)).collect();
    let frequencies = Frequencies::learn(&records);
    let prior = Prior::of_screening(model.duplicate_share, records.len());
    let scored = |l: usize, r: usize| compare(model, &frequencies, &records[l], &records[r], prior);

    let (candidates, losses) = candidate_pairs(&records);
    let mut found: Vec<(usize, usize, ScoredPair)> = candidates
        .into_par_iter()
        .map(|(l, r)| (l as usize, r as usize))
        .map(|(l, r)| (l, r, scored(l, r)))
        .filter(|(_, _, pair)| pair.weight >= options.weight_min)
        .collect();
    found.sort_by(|a, b| {
        b.2.weight.total_cmp(&a.2.weight).then_with(|| (a.0, a.1).cmp(&(b.0, b.1)))
    });

    let edges = found
        .iter()
        .filter(|(_, _, pair)| pair.probability >= options.probability_min && may_join(pair))
        .map(|&(left, right, ref pair)| Edge { left, right, weight: pair.weight })
        .collect();
    let known: FxHashMap<(usize, usize), &ScoredPair> =
        found.iter().map(|(l, r, pair)| ((*l, *r), pair)).collect();
    let verdict_on = |l: usize, r: usize| {
        let (l, r) = (l.min(r), l.max(r));
        match known.get(&(l, r)) {
            Some(pair) => verdict(pair),
            None => verdict(&scored(l, r)),
        }
    };
    let ids: Vec<_> = records.iter().map(|r| r.id().clone()).collect();
    let outcome = cluster(&ids, edges, &Rulings::read(judgements), verdict_on);
    Dedupe {
        clusters: outcome
            .groups
            .into_iter()
            .filter_map(|group| Cluster::new(group.into_iter().map(|i| ids[i].clone()).collect()))
            .collect(),
        pairs: found.into_iter().map(|(_, _, pair)| pair).collect(),
        refused: outcome.refused,
        losses,
    }
}

/// Whether a pair may join clusters by itself. Nothing but names never may; nor may other fields
/// where the civil names differ, save a document's number: comrades share kunya, year and country.
fn may_join(pair: &ScoredPair) -> bool {
    let level = |comparison| pair.explanation.level(comparison);
    let is_other_name = level("name") == Level::Conflict && level("document") < Level::Near;
    !is_other_name && !pair.explanation.is_name_only()
}

fn verdict(pair: &ScoredPair) -> PairVerdict {
    PairVerdict { weight: pair.weight, contradiction: contradiction(&pair.explanation) }
}

/// Persons and bodies; a mention is never a subject.
fn is_subject(entity: &Entity) -> bool {
    &*entity.schema != "Mention" && Family::of(&entity.schema) != Family::Thing
}
