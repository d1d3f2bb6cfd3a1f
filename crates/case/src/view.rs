//! A case as many look at it: ledger, people and journal at one moment, in memory, never changed.
//!
//! A view is shared; when the case changes another one takes its place ([`crate::Room`]). It holds
//! what lists, counts and filters need; the evidence of one lead is read when it is asked for.

pub(crate) mod amended;
pub(crate) mod facets;
pub(crate) mod journal;
pub(crate) mod ledger;
pub(crate) mod people;

use std::sync::Arc;

pub use amended::Amended;
pub use facets::Facet;
pub use journal::{JournalView, LeadDecision, LeadState};
pub use ledger::{Ledger, RecordFacts};
use model::EntityId;
pub use people::{BestMatch, LeadRow, People};
use triage::Policy;

/// A case at one moment.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// Name of the case: its folder's.
    pub name: Arc<str>,
    /// Datasets and documents, and what the forms say.
    pub ledger: Arc<Ledger>,
    /// What people corrected in the forms.
    pub amended: Arc<Amended>,
    /// The leads.
    pub people: Arc<People>,
    /// What people did.
    pub journal: Arc<JournalView>,
    /// Who has to look at a lead.
    pub policy: Arc<Policy>,
    /// True if the leads are not those that a run would make now.
    pub needs_run: bool,
}

impl CaseView {
    /// What a record says, as people corrected it.
    pub fn facts(&self, record: &EntityId) -> Option<&RecordFacts> {
        facts_of(&self.ledger, &self.amended, record)
    }

    /// The row of a lead with its place, by the id of the lead or of a record of it.
    pub fn find(&self, id: &str) -> Option<(usize, &LeadRow)> {
        let place = self.people.place_of(id)?;
        self.people.rows.get(place).map(|row| (place, &**row))
    }
}

pub(crate) fn facts_of<'a>(
    ledger: &'a Ledger,
    amended: &'a Amended,
    record: &EntityId,
) -> Option<&'a RecordFacts> {
    amended.get(record).map(|amendment| &amendment.facts).or_else(|| ledger.records.get(record))
}
