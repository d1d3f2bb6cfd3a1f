//! What a person did with a lead. Law 3: no status is confirmed without a named reviewer.
//!
//! A decision holds the entity ids it was made on, so it shows as stale when membership differs.

use serde::{Deserialize, Serialize};

use crate::{EntityId, LeadId, Status};

/// One line of the append-only log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The lead as it was called then.
    pub lead_id: LeadId,
    /// The members it was made on.
    pub members: Vec<EntityId>,
    /// The status decided on; `None` takes the last decision back.
    pub status: Option<Status>,
    /// Who decided.
    pub user: String,
    /// When, ISO 8601 with zone.
    pub time: String,
    /// Why.
    pub reason: Option<String>,
}
