//! What the view keeps of documents and forms: the ledger, and of each record what filters, counts
//! and links need. Values are the forms' own; nothing is compared here.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use model::value::parse_phone;
use model::{Accounting, DatasetKind, DatasetName, Document, DocumentId, EntityId};
use store::{StoredDataset, ValueRow};
use triage::TieKind;

use crate::{Case, CaseError};

/// Datasets and documents, and what the forms say.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Sticks and lists, in the order they were added.
    pub datasets: Vec<StoredDataset>,
    /// The ledger in order of dataset and path.
    pub documents: Vec<(DatasetName, Document)>,
    /// What became of the files, by dataset.
    pub accounting: BTreeMap<DatasetName, Accounting>,
    /// What each record says, by its id.
    pub records: BTreeMap<EntityId, RecordFacts>,
    /// First row of each content.
    places: BTreeMap<DocumentId, usize>,
    /// What it was read from, to see whether it has changed.
    pub(crate) key: String,
    /// Pages of documents that were asked for: telling them unpacks the whole text of one.
    pages: Mutex<BTreeMap<DocumentId, usize>>,
}

/// What one record says, as far as lists and links need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordFacts {
    /// Its document.
    pub document: Option<DocumentId>,
    /// Stated nationalities, ISO 3166 in capitals.
    pub countries: Vec<String>,
    /// Point of entry.
    pub entry_point: Option<String>,
    /// Date of entry, ISO 8601, maybe partial.
    pub entry_date: Option<String>,
    /// Date of birth, likewise.
    pub birth_date: Option<String>,
    /// Role chosen.
    pub role: Option<String>,
    /// Kind of sheet.
    pub sheet: Option<String>,
    /// Which keys are stated: bits in the order of [`forms::Key::ALL`].
    pub stated: u64,
    /// What links it to others: kind, key, as written.
    pub ties: Vec<(TieKind, String, String)>,
}

impl RecordFacts {
    /// Of the statements of one record.
    pub(crate) fn of<'a>(rows: impl Iterator<Item = ValueRow<'a>>) -> Self {
        let mut facts = Self::default();
        for row in rows {
            let (_, part) = row.entity.split_once('.').unwrap_or((row.entity, ""));
            take_value(&mut facts, part, row);
        }
        add_crossing(&mut facts);
        facts
    }

    /// Whether the form states a key.
    pub fn states(&self, key: forms::Key) -> bool {
        self.stated & bit(key.as_str()) != 0
    }
}

impl Ledger {
    /// The first row of a content.
    pub fn document(&self, id: &str) -> Option<&(DatasetName, Document)> {
        self.documents.get(*self.places.get(id_of(id).as_ref()?)?)
    }

    /// The pages of a document, counted when they are first asked for.
    pub(crate) fn pages_of<E>(
        &self,
        id: &DocumentId,
        count: impl FnOnce() -> Result<usize, E>,
    ) -> Result<usize, E> {
        let known = || self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pages) = known().get(id) {
            return Ok(*pages);
        }
        let pages = count()?;
        known().insert(id.clone(), pages);
        Ok(pages)
    }

    /// Path of a document, or its id where it has no row.
    pub fn path(&self, id: &DocumentId) -> String {
        self.document(id.as_str()).map_or_else(|| id.to_string(), |(_, d)| d.path.clone())
    }

    /// The lists.
    pub fn lists(&self) -> impl Iterator<Item = &StoredDataset> {
        self.datasets.iter().filter(|d| d.dataset.kind == DatasetKind::List)
    }

    /// A dataset by name.
    pub fn dataset(&self, name: &str) -> Option<&StoredDataset> {
        self.datasets.iter().find(|d| d.dataset.name.as_str() == name)
    }
}

fn id_of(text: &str) -> Option<DocumentId> {
    (!text.is_empty()).then(|| DocumentId::from(text))
}

impl Case {
    /// A text that changes when the ledger or the statements do.
    pub(crate) fn ledger_key(&self) -> Result<String, CaseError> {
        let mut key = format!("{} {}", self.store.statements_end()?, self.store.documents_count()?);
        for stored in self.store.datasets()? {
            key.extend([" ", stored.dataset.name.as_str(), " ", &stored.dataset.sha256]);
        }
        Ok(key)
    }

    /// Reads ledger and records.
    pub(crate) fn read_ledger(&self) -> Result<Ledger, CaseError> {
        let key = self.ledger_key()?;
        let mut ledger = Ledger {
            datasets: self.store.datasets()?,
            documents: self.store.documents()?,
            key,
            ..Ledger::default()
        };
        for (place, (dataset, document)) in ledger.documents.iter().enumerate() {
            ledger.accounting.entry(dataset.clone()).or_default().add(document.state);
            ledger.places.entry(document.id.clone()).or_insert(place);
        }
        let caches: Vec<DatasetName> = ledger
            .datasets
            .iter()
            .filter(|d| d.dataset.kind == DatasetKind::Cache)
            .map(|d| d.dataset.name.clone())
            .collect();
        for name in caches {
            let mut reader = RecordReader { records: &mut ledger.records, last: None };
            self.store.each_value(&name, |row| reader.take(row))?;
        }
        for facts in ledger.records.values_mut() {
            add_crossing(facts);
        }
        Ok(ledger)
    }
}

/// Takes up values as they come.
struct RecordReader<'a> {
    records: &'a mut BTreeMap<EntityId, RecordFacts>,
    /// The record of the row before; most rows are of the same.
    last: Option<(EntityId, RecordFacts)>,
}

impl RecordReader<'_> {
    fn take(&mut self, row: ValueRow<'_>) {
        // `PERSON.form`, `PERSON.recommender`: what hangs on a record bears its id.
        let (record, part) = row.entity.split_once('.').unwrap_or((row.entity, ""));
        if self.last.as_ref().is_none_or(|(id, _)| id.as_str() != record) {
            self.put_back();
            let id = EntityId::from(record);
            let facts = self.records.remove(&id).unwrap_or_default();
            self.last = Some((id, facts));
        }
        if let Some((_, facts)) = &mut self.last {
            take_value(facts, part, row);
        }
    }

    fn put_back(&mut self) {
        if let Some((id, facts)) = self.last.take() {
            self.records.insert(id, facts);
        }
    }
}

impl Drop for RecordReader<'_> {
    fn drop(&mut self) {
        self.put_back();
    }
}

fn take_value(facts: &mut RecordFacts, part: &str, row: ValueRow<'_>) {
    if facts.document.is_none() {
        facts.document = row.document.map(DocumentId::from);
    }
    let first = |slot: &mut Option<String>| {
        slot.get_or_insert_with(|| row.value.to_owned());
    };
    match (row.schema, row.prop) {
        ("Form", prop) => {
            facts.stated |= bit(prop);
            match prop {
                "nationality" => {
                    let country = row.value.to_uppercase();
                    if !facts.countries.contains(&country) {
                        facts.countries.push(country);
                    }
                }
                "entry_point" => first(&mut facts.entry_point),
                "entry_date" => first(&mut facts.entry_date),
                "birth_date" => first(&mut facts.birth_date),
                "role" => first(&mut facts.role),
                "template" => first(&mut facts.sheet),
                _ => {}
            }
        }
        ("Mention", "name") if part.starts_with("recommender") => {
            add_tie(facts, TieKind::Recommender, names::fold(row.value), row);
        }
        ("Mention", "name") if part.starts_with("facilitator") => {
            add_tie(facts, TieKind::Facilitator, names::fold(row.value), row);
        }
        ("Mention", "contextPhone") | ("Person", "phone") => {
            let key = parse_phone(row.value, None).map(|phone| phone.number);
            add_tie(facts, TieKind::Phone, key.unwrap_or_default(), row);
        }
        ("Mention", "contextEmail") | ("Person", "email") => {
            add_tie(facts, TieKind::Email, row.value.trim().to_lowercase(), row);
        }
        ("Person", "address") => {
            let key = names::fold(row.value);
            // A country or a town is no address that two people share.
            if key.split(' ').count() >= ADDRESS_WORDS_MIN {
                add_tie(facts, TieKind::Address, key, row);
            }
        }
        ("Person", "motherName") => {
            let key = names::fold(row.value);
            if key.split(' ').count() >= MOTHER_WORDS_MIN {
                add_tie(facts, TieKind::Mother, key, row);
            }
        }
        _ => {}
    }
}

/// Words of an address that may be shared; fewer name a town. Chosen by hand.
const ADDRESS_WORDS_MIN: usize = 3;
/// Words of a mother's name that may be shared; thousands bear one name. Chosen by hand.
const MOTHER_WORDS_MIN: usize = 2;

fn add_tie(facts: &mut RecordFacts, kind: TieKind, key: String, row: ValueRow<'_>) {
    if !key.is_empty() {
        let written = row.written.unwrap_or(row.value).to_owned();
        facts.ties.push((kind, key, written));
    }
}

/// The same place on the same day: the whole date is needed.
fn add_crossing(facts: &mut RecordFacts) {
    let (Some(place), Some(date)) = (&facts.entry_point, &facts.entry_date) else { return };
    if date.len() == "2014-01-01".len() {
        let key = format!("{} {date}", names::fold(place));
        facts.ties.push((TieKind::Crossing, key, format!("{place}, {date}")));
    }
}

fn bit(key: &str) -> u64 {
    forms::Key::ALL.iter().position(|k| k.as_str() == key).map_or(0, |place| 1 << place)
}
