//! Entities held to be one person, by judgement and threshold. A view, like the entity.

use serde::{Deserialize, Serialize};

use crate::{CanonicalId, EntityId};

/// One person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    /// Derived from the smallest member id.
    pub id: CanonicalId,
    /// The members, in order.
    pub members: Vec<EntityId>,
}

impl Cluster {
    /// A cluster of these members, in any order; `None` if there are none.
    pub fn new(mut members: Vec<EntityId>) -> Option<Self> {
        members.sort();
        members.dedup();
        let id = CanonicalId::new(members.first()?.as_str());
        Some(Self { id, members })
    }
}
