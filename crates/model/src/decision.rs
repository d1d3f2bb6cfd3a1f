//! What a person did with a lead. Law 3: no status is confirmed without a named reviewer.
//!
//! A decision holds the entity ids it was made on, so it shows as stale when membership differs.
//! Who, when and why stand at its entry of the [journal](crate::journal).

use serde::{Deserialize, Serialize};

use crate::{EntityId, LeadId, Status};

/// A status decided on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The lead as it was called then.
    pub lead_id: LeadId,
    /// The members it was made on.
    pub members: Vec<EntityId>,
    /// The status decided on.
    pub status: Status,
    /// True if the score was hidden from the reviewer until then.
    #[serde(default)]
    pub blind: bool,
}
