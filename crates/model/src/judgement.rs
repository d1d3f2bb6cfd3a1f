//! What a person said about a pair of entities. Taking it back is one more entry of the
//! [journal](crate::journal), never a change of this one.

use serde::{Deserialize, Serialize};

use crate::EntityId;

/// What was said of two entities: two records of the case, or a record and a list entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The one: of two records the smaller id, else the record.
    pub left: EntityId,
    /// The other: of two records the larger id, else the list entry.
    pub right: EntityId,
    /// What was said.
    pub verdict: Verdict,
    /// How the two are linked, in words, for [`Verdict::Related`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
    /// The records held to be one person with either of them then; where they differ from those
    /// of now, the judgement shows as stale.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<EntityId>,
}

impl Judgement {
    /// A judgement on two entities.
    pub fn new(left: EntityId, right: EntityId, verdict: Verdict) -> Self {
        Self { left, right, verdict, relation: None, members: Vec::new() }
    }
}

/// Same, not same, related, unsure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// One person.
    Same,
    /// Two people.
    Different,
    /// Two people who are kin or otherwise linked.
    Related,
    /// Looked at, cannot tell.
    Unsure,
}
