//! Records that people corrected, as they stand: what lists, filters, links, searches and exports read
//! in place of what the forms were read to say. The forms' own values stay in the ledger.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Act, Entity, EntityId, Entry, Statement};
use store::ValueRow;

use super::JournalView;
use super::ledger::RecordFacts;
use crate::{Case, CaseError};

/// The last correction of each question, by record and key; `None` where nothing stands.
pub(crate) type Corrections = BTreeMap<EntityId, BTreeMap<String, Option<String>>>;

/// The corrected records of a case.
#[derive(Debug, Default)]
pub struct Amended {
    corrections: Corrections,
    records: BTreeMap<EntityId, Arc<Amendment>>,
}

/// A record as it stands.
#[derive(Debug)]
pub(crate) struct Amendment {
    pub(crate) facts: RecordFacts,
    /// The person, with citations; without properties where every answer was taken back.
    pub(crate) person: Entity,
}

impl Amended {
    /// A record, if it was corrected.
    pub(crate) fn get(&self, record: &EntityId) -> Option<&Amendment> {
        self.records.get(record).map(|amendment| &**amendment)
    }

    /// The records, in order of id.
    pub(crate) fn records(&self) -> impl Iterator<Item = (&EntityId, &Amendment)> {
        self.records.iter().map(|(id, amendment)| (id, &**amendment))
    }

    /// Whether they are made of these corrections.
    pub(crate) fn rests_on(&self, corrections: &Corrections) -> bool {
        self.corrections == *corrections
    }
}

impl Amendment {
    fn of(record: &EntityId, statements: &[Statement]) -> Self {
        let own = statements.iter().filter(|s| s.entity_id == *record && &*s.schema == "Person");
        let person = Entity::fold(own.cloned()).pop();
        Self {
            facts: RecordFacts::of(statements.iter().map(row_of)),
            person: person.unwrap_or_else(|| Entity::new(record.clone(), "Person")),
        }
    }
}

impl JournalView {
    /// The corrections that stand once more entries follow.
    pub(crate) fn corrections_with(&self, more: &[Entry]) -> Corrections {
        if more.iter().any(|entry| matches!(entry.act, Act::Undo(_))) {
            let own = self.entries().map(|(entry, _)| entry.clone());
            let all: Vec<Entry> = own.chain(more.iter().cloned()).collect();
            return corrections_of(model::journal::standing(&all).into_iter());
        }
        let own = self.entries().filter(|(_, stands)| *stands).map(|(entry, _)| entry);
        corrections_of(own.chain(more))
    }
}

fn corrections_of<'a>(standing: impl Iterator<Item = &'a Entry>) -> Corrections {
    let mut corrections = Corrections::default();
    for entry in standing {
        if let Act::Correction(correction) = &entry.act {
            let of_record = corrections.entry(correction.record.clone()).or_default();
            of_record.insert(correction.key.clone(), correction.written.clone());
        }
    }
    corrections
}

fn row_of(statement: &Statement) -> ValueRow<'_> {
    ValueRow {
        entity: statement.entity_id.as_str(),
        schema: &statement.schema,
        prop: &statement.prop,
        value: &statement.value,
        written: statement.original_value.as_deref(),
        document: statement.citation.as_ref().map(|citation| citation.document.as_str()),
    }
}

impl Case {
    /// Lays corrections over the records they are of. Those of `before`, made of the same statements,
    /// are taken over where the corrections are the same.
    pub(crate) fn read_amended(
        &self,
        corrections: Corrections,
        before: &Amended,
    ) -> Result<Amended, CaseError> {
        let mut records = BTreeMap::new();
        for (record, of_record) in &corrections {
            let same = before.corrections.get(record) == Some(of_record);
            let amendment = if let Some(known) = before.records.get(record).filter(|_| same) {
                Arc::clone(known)
            } else {
                let read = self.store.record_statements(record)?;
                Arc::new(Amendment::of(record, &forms::correct(read, of_record)))
            };
            records.insert(record.clone(), amendment);
        }
        Ok(Amended { corrections, records })
    }
}
