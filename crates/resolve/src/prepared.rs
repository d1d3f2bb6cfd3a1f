//! An entity made ready for comparison: names parsed, dates as intervals, numbers folded. Made
//! once, compared many times.

use model::{DatasetName, Entity, EntityId};

use crate::MatchModel;

/// An entity ready for comparison.
#[derive(Clone, Debug)]
pub struct Prepared {
    id: EntityId,
    dataset: Option<DatasetName>,
    caption: String,
}

impl Prepared {
    /// Parses what the comparisons need.
    pub fn new(entity: &Entity, _model: &MatchModel) -> Self {
        Self {
            id: entity.id.clone(),
            dataset: entity.datasets().into_iter().next().cloned(),
            caption: entity.caption().to_owned(),
        }
    }

    /// Id of the entity.
    pub fn id(&self) -> &EntityId {
        &self.id
    }

    /// The first dataset that speaks of it, by name.
    pub fn dataset(&self) -> Option<&DatasetName> {
        self.dataset.as_ref()
    }

    /// What to call it.
    pub fn caption(&self) -> &str {
        &self.caption
    }
}
