//! Screening: list entities built into an index once, asked many times.

use model::{DatasetName, Entity, EntityId, ScoredPair};

use crate::{Frequencies, MatchModel, Prepared, Prior, compare};

/// List entities, ready to be asked. A pure function of the entities and the model.
#[derive(Debug)]
pub struct Index {
    model: MatchModel,
    frequencies: Frequencies,
    entities: Vec<Prepared>,
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
        let entities: Vec<_> = entities.iter().map(|e| Prepared::new(e, model)).collect();
        Self { model: model.clone(), frequencies: Frequencies::learn(&entities), entities }
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
        self.entities
            .iter()
            .take(options.top)
            .map(|candidate| ScreenHit {
                pair: compare(&self.model, &self.frequencies, &query, candidate, prior),
                dataset: candidate.dataset().cloned().unwrap_or_else(|| "".into()),
                entity_id: candidate.id().clone(),
                caption: candidate.caption().to_owned(),
            })
            .filter(|hit| hit.pair.score >= options.cutoff)
            .collect()
    }
}
