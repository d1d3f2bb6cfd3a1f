//! Duplicates: records of one person found, scored and clustered.
//!
//! Invariant: the result does not depend on the order of the records or the judgements of one
//! time; it is made of the records, the judgements, the model and the options alone.

use std::collections::BTreeMap;

use model::{Cluster, Entity, Judgement, ScoredPair};

use crate::block::{BLOCK_MAX, BlockLoss};
use crate::cluster::Refusal;
use crate::{MatchModel, Resolved, Resolver};

/// How to look for duplicates.
#[derive(Clone, Debug)]
pub struct DedupeOptions {
    /// Probability from which two records may become one cluster.
    pub probability_min: f64,
    /// Pairs below this weight are not given back.
    pub weight_min: f64,
    /// Records under one blocking key above which it is narrowed.
    pub block_max: usize,
}

impl DedupeOptions {
    /// The options that the model names.
    pub fn of(model: &MatchModel) -> Self {
        Self {
            probability_min: model.cluster_probability_min,
            weight_min: -10.0,
            block_max: BLOCK_MAX,
        }
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
/// Entities that are no subjects (mentions, links, forms) are left out. It is a [`Resolver`] that is
/// asked once.
pub fn dedupe(
    entities: &[Entity],
    judgements: &[Judgement],
    model: &MatchModel,
    options: &DedupeOptions,
) -> Dedupe {
    let records: Vec<&Entity> = entities.iter().collect();
    let mut resolver = Resolver::new(&records, &BTreeMap::new(), model, options);
    let Resolved { clusters, refused } = resolver.resolve(judgements);
    Dedupe { clusters, pairs: resolver.pairs(), refused, losses: resolver.losses().to_vec() }
}
