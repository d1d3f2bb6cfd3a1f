//! Duplicates: records of one person found, scored and clustered.

use model::{Cluster, Entity, EntityId, Judgement, ScoredPair};

use crate::MatchModel;

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

/// Two records kept apart although their pair scored high enough.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The smaller id.
    pub left: EntityId,
    /// The larger id.
    pub right: EntityId,
    /// Why.
    pub reason: String,
}

/// Pairs that share a blocking key so common that they were not compared for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockLoss {
    /// The blocking rule.
    pub rule: &'static str,
    /// Keys over the cap.
    pub keys: usize,
    /// Pairs under those keys that no other rule brought up.
    pub pairs: u64,
}

/// Finds the records that are one person. The result does not depend on the order of the input.
pub fn dedupe(
    entities: &[Entity],
    _judgements: &[Judgement],
    _model: &MatchModel,
    _options: &DedupeOptions,
) -> Dedupe {
    let mut clusters: Vec<_> =
        entities.iter().filter_map(|e| Cluster::new(vec![e.id.clone()])).collect();
    clusters.sort_by(|a, b| a.id.cmp(&b.id));
    Dedupe { clusters, ..Dedupe::default() }
}
