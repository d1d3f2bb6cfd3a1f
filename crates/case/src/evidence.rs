//! All that a person needs who decides on a lead, read at one go: what the forms say and where, the
//! list entries in full, documents with their pages, names part by part.

use std::collections::BTreeSet;

use model::{
    Dataset, DatasetName, Document, DocumentId, Entity, EntityId, Layout, Lead, LeadId, ScoredPair,
    Standing, Statement,
};
use names::{Engine, Kind, Scheme};

use crate::leads::record_view;
use crate::people::Records;
use crate::search::Searcher;
use crate::{Case, CaseError, CaseView, NotDone, RecordView, Room};

/// A lead with all its evidence.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The lead as it was proposed.
    pub lead: Lead,
    /// Its place in the view.
    pub place: usize,
    /// Its records, in order of path and row.
    pub records: Vec<RecordView>,
    /// The documents they stand in, each once.
    pub sheets: Vec<Sheet>,
    /// The list entries of its matches in full, in the order of the matches.
    pub entries: Vec<Listed>,
}

/// A document as the viewer needs to know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its row of the ledger.
    pub document: Document,
    /// Its dataset.
    pub dataset: DatasetName,
    /// Pages that can be shown as images.
    pub pages: usize,
}

/// A list entry in full.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The list with version and hash; `None` if it is not loaded any more.
    pub list: Option<Dataset>,
    /// All it says.
    pub statements: Vec<Statement>,
}

/// Documents of one lead whose pages are counted: a person has a few dozen at most.
const SHEETS_MAX: usize = 64;

impl Room {
    /// All there is on a lead.
    ///
    /// # Errors
    /// [`NotDone::NotFound`] and those of the store.
    pub fn evidence(&self, view: &CaseView, id: &str) -> Result<Evidence, CaseError> {
        let (place, row) = view.find(id).ok_or(NotDone::NotFound { what: "lead" })?;
        self.read(|case| {
            let lead = case.store.lead(&row.id)?;
            let lead = lead.ok_or(NotDone::NotFound { what: "lead" })?;
            let standing = standing_of(view, place);
            let stated = Records::load_some(&case.store, &lead.members, &standing)?;
            let mut records = Vec::new();
            for form in stated.forms.values().flatten() {
                if let Some(record) = record_view(form, |document| view.ledger.path(document)) {
                    records.push(case.with_what_was_read(record, &standing)?);
                }
            }
            records.sort_by(|a: &RecordView, b| a.path.cmp(&b.path).then(a.row.cmp(&b.row)));
            let documents: BTreeSet<&DocumentId> = records.iter().map(|r| &r.document).collect();
            let mut sheets = Vec::new();
            for id in documents.into_iter().take(SHEETS_MAX) {
                sheets.extend(case.sheet(view, id)?);
            }
            sheets.sort_by(|a: &Sheet, b| a.document.path.cmp(&b.document.path));
            let mut entries = Vec::with_capacity(lead.matches.len());
            for found in &lead.matches {
                entries.push(case.listed_entry(view, &found.dataset, &found.entity_id)?);
            }
            Ok(Evidence { lead, place, records, sheets, entries })
        })
    }

    /// The statements of an entity and of what hangs on it (its form, whom it mentions), as they were
    /// read; behind them those that people's corrections put in their place.
    ///
    /// # Errors
    /// [`NotDone::NotFound`] and those of the store.
    pub fn entity(&self, id: &EntityId) -> Result<Vec<Statement>, CaseError> {
        self.read(|case| {
            let mut statements = case.store.entity_statements(id)?;
            for part in ["form", "recommender", "facilitator", "contact"] {
                let part = EntityId::from(format!("{id}.{part}"));
                statements.extend(case.store.entity_statements(&part)?);
            }
            if statements.is_empty() {
                return Err(NotDone::NotFound { what: "entity" }.into());
            }
            let view = self.view();
            let place = view.people.place_of(id.as_str());
            let standing = place.map(|place| standing_of(&view, place)).unwrap_or_default();
            if let Some(corrections) = standing.corrections.get(id) {
                let corrected = forms::correct(case.store.record_statements(id)?, corrections);
                let typed = |s: &Statement| s.origin.as_deref() == Some(forms::CORRECTION);
                statements.extend(corrected.into_iter().filter(typed));
            }
            Ok(statements)
        })
    }

    /// The explanation of any pair: of two records as the search for duplicates has it, of a record
    /// or lead and a list entry as screening has it.
    ///
    /// # Errors
    /// [`NotDone::NotFound`] and those of the store.
    pub fn explain(&self, left: &EntityId, right: &EntityId) -> Result<ScoredPair, CaseError> {
        let view = self.view();
        let is_record = |id: &EntityId| view.ledger.records.contains_key(id);
        if is_record(left) && is_record(right) {
            if left == right {
                return Err(NotDone::invalid("a pair is of two entities").into());
            }
            if let Some(pair) =
                self.read(|case| Ok::<_, CaseError>(case.store.pair(left, right)?))?
            {
                return Ok(pair);
            }
            let searcher = self.searcher()?;
            let record = |id| searcher.record(id).ok_or(NotDone::NotFound { what: "record" });
            return Ok(searcher.compare_records(record(left)?, record(right)?));
        }
        let (person, entry) = if is_record(left) { (left, right) } else { (right, left) };
        let (_, row) = view.find(person.as_str()).ok_or(NotDone::NotFound { what: "record" })?;
        // What a run kept is what every screen shows.
        let lead = self.read(|case| Ok::<_, CaseError>(case.store.lead(&row.id)?))?;
        let kept = lead.into_iter().flat_map(|lead| lead.matches).find(|m| m.entity_id == *entry);
        if let Some(found) = kept {
            return Ok(ScoredPair {
                left: EntityId::from(row.id.as_str()),
                right: entry.clone(),
                weight: found.explanation.weight(),
                probability: found.probability,
                score: found.score,
                explanation: found.explanation,
            });
        }
        let statements =
            self.read(|case| Ok::<_, CaseError>(case.store.entity_statements(entry)?))?;
        let entry = Entity::fold(statements).pop().ok_or(NotDone::NotFound { what: "entity" })?;
        let searcher = self.searcher()?;
        Ok(searcher.compare_listed(&person_of(&searcher, row.id.as_str(), &row.members), &entry))
    }

    /// A document with its pages, text and places.
    ///
    /// # Errors
    /// [`NotDone::NotFound`] and those of the store.
    pub fn sheet(&self, id: &DocumentId) -> Result<(Sheet, Option<Layout>), CaseError> {
        let view = self.view();
        self.read(|case| {
            let sheet = case.sheet(&view, id)?.ok_or(NotDone::NotFound { what: "document" })?;
            let layout = case.store.reading(id)?.map(|(layout, _)| layout);
            Ok((sheet, layout))
        })
    }
}

/// What people said of the lead at a place and holds.
fn standing_of(view: &CaseView, place: usize) -> Standing {
    let mut standing = Standing::default();
    for (entry, _) in view.journal.history(place).filter(|(_, holds)| *holds) {
        standing.add(entry);
    }
    standing
}

/// The records of a person folded into one entity, without citations.
pub(crate) fn person_of(searcher: &Searcher, id: &str, members: &[EntityId]) -> Entity {
    let mut person = Entity::new(EntityId::from(id), "Person");
    for member in members.iter().filter_map(|member| searcher.record(member)) {
        for (prop, statements) in &member.properties {
            person.properties.entry(prop.clone()).or_default().extend(statements.iter().cloned());
        }
    }
    person
}

impl Case {
    fn sheet(&self, view: &CaseView, id: &DocumentId) -> Result<Option<Sheet>, CaseError> {
        let Some((dataset, document)) = view.ledger.document(id.as_str()) else { return Ok(None) };
        let pages = view.ledger.pages_of(id, || {
            Ok::<_, CaseError>(self.store.reading(id)?.map_or(0, |(layout, _)| layout.pages.len()))
        })?;
        Ok(Some(Sheet { document: document.clone(), dataset: dataset.clone(), pages }))
    }

    fn listed_entry(
        &self,
        view: &CaseView,
        list: &DatasetName,
        id: &EntityId,
    ) -> Result<Listed, CaseError> {
        let mut statements = self.store.entity_statements(id)?;
        statements.retain(|statement| statement.dataset == *list);
        let list = view.ledger.dataset(list.as_str()).map(|stored| stored.dataset.clone());
        Ok(Listed { list, statements })
    }

    /// Whether anything in the case bears an id.
    pub(crate) fn has_entity(&self, id: &EntityId) -> Result<bool, CaseError> {
        Ok(self.store.has_entity(id)?)
    }

    /// A lead as it is stored.
    pub fn lead(&self, id: &LeadId) -> Result<Option<Lead>, CaseError> {
        Ok(self.store.lead(id)?)
    }
}

/// A part of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePart {
    /// As written.
    pub text: String,
    /// In Latin letters.
    pub latin: String,
    /// Its role: given, family, kunya …
    pub tag: &'static str,
    /// Why it has this role.
    pub reason: &'static str,
}

/// A name part by part.
pub fn name_parts(name: &str) -> Vec<NamePart> {
    let name = Engine::bundled().prepare(name, Kind::Person);
    let parts = name.parts().iter();
    parts
        .map(|part| NamePart {
            text: part.text().to_owned(),
            latin: part.latin().to_owned(),
            tag: part.tag().as_str(),
            reason: part.reason(),
        })
        .collect()
}

/// A text in Latin letters, by each of the schemes that a reader may choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latin {
    /// As people of such names are mostly spelled.
    pub usual: String,
    /// Letter by letter in plain ASCII, as names are compared.
    pub plain: String,
    /// Letter by letter with the signs of scholars.
    pub scholarly: String,
}

impl Latin {
    /// Of a text with letters of another script; `None` where it has Latin ones only.
    pub fn of(text: &str) -> Option<Latin> {
        Some(Latin {
            usual: Scheme::Usual.write(text)?,
            plain: Scheme::Plain.write(text)?,
            scholarly: Scheme::Scholarly.write(text)?,
        })
    }
}
