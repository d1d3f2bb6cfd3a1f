//! One entity of a list under construction: a mapper adds what it understood, out come statements.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::{Citation, DatasetName, DocumentId, EntityId, Method, Place, Statement};

use crate::Member;

/// Collects the statements of one entity, all with the same source record.
#[derive(Clone, Debug)]
pub struct Entry {
    entity_id: EntityId,
    schema: Arc<str>,
    dataset: DatasetName,
    citation: Citation,
    keeps_repeats: bool,
    statements: Vec<Statement>,
    /// The statements by property and value: some subjects have thousands of names.
    positions: BTreeMap<Arc<str>, BTreeMap<String, usize>>,
    /// The statement that the last `add` made or found.
    last: Option<usize>,
}

impl Entry {
    /// An entity of the list found at `place` of the file with hash `document`.
    pub fn new(
        dataset: &DatasetName,
        document: &DocumentId,
        place: Place,
        entity_id: impl Into<EntityId>,
        schema: &str,
    ) -> Self {
        let citation =
            Citation { document: document.clone(), place, method: Method::Record, confidence: 1.0 };
        Self {
            entity_id: entity_id.into(),
            schema: schema.into(),
            dataset: dataset.clone(),
            citation,
            keeps_repeats: false,
            statements: Vec::new(),
            positions: BTreeMap::new(),
            last: None,
        }
    }

    /// Adds a value as it stands; blank text adds nothing, a repeated value is added once.
    pub fn add(&mut self, prop: &str, value: &str) -> &mut Self {
        self.add_read(prop, value, value)
    }

    /// Adds a normalised value beside the text as the list writes it.
    pub fn add_read(&mut self, prop: &str, value: &str, written: &str) -> &mut Self {
        let value = value.trim();
        self.last = self.position(prop, value);
        if value.is_empty() || (self.last.is_some() && !self.keeps_repeats) {
            return self;
        }
        let mut statement = Statement::new(
            self.entity_id.clone(),
            self.schema.clone(),
            prop,
            value,
            self.dataset.clone(),
        );
        if written.trim() != value {
            statement.original_value = Some(written.trim().to_owned());
        }
        statement.citation = Some(self.citation.clone());
        self.last = Some(self.statements.len());
        let values = self.positions.entry(statement.prop.clone()).or_default();
        values.insert(value.to_owned(), self.statements.len());
        self.statements.push(statement);
        self
    }

    /// Sets the language of the value added last, or found to be there already; a language that is
    /// known stays.
    pub fn lang(&mut self, lang: &str) -> &mut Self {
        if let Some(last) = self.last
            && !lang.is_empty()
        {
            self.statements[last].lang.get_or_insert_with(|| lang.to_owned());
        }
        self
    }

    /// When the list first and last said so (ISO 8601), on all statements so far.
    pub(crate) fn seen(&mut self, first: &str, last: &str) {
        let time = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        for statement in &mut self.statements {
            statement.first_seen = time(first);
            statement.last_seen = time(last);
        }
    }

    /// Marks all statements so far as not being part of the list proper: the list names the entity,
    /// but does not list it.
    pub(crate) fn mark_external(&mut self) {
        for statement in &mut self.statements {
            statement.external = true;
        }
    }

    /// What is added from here on stands in this record of this file.
    pub(crate) fn cite(&mut self, member: &Member, number: u64) {
        self.citation.document = member.document.clone();
        self.citation.place = Place::Record { file: member.file.clone(), number };
    }

    /// Another entity of the same dataset, found in the same place.
    pub(crate) fn beside(&self, entity_id: impl Into<EntityId>, schema: &str) -> Entry {
        Self {
            entity_id: entity_id.into(),
            schema: schema.into(),
            dataset: self.dataset.clone(),
            citation: self.citation.clone(),
            keeps_repeats: false,
            statements: Vec::new(),
            positions: BTreeMap::new(),
            last: None,
        }
    }

    /// Whether a value that is there already is added again: for rows that the publisher counts.
    pub(crate) fn keep_repeats(&mut self, keep: bool) {
        self.keeps_repeats = keep;
    }

    /// True if the property has this value.
    pub(crate) fn has(&self, prop: &str, value: &str) -> bool {
        self.position(prop, value).is_some()
    }

    fn position(&self, prop: &str, value: &str) -> Option<usize> {
        self.positions.get(prop)?.get(value).copied()
    }

    /// True if the property has any value.
    pub(crate) fn has_any(&self, prop: &str) -> bool {
        self.positions.contains_key(prop)
    }

    /// The schema under which statements are made.
    pub(crate) fn schema(&self) -> &str {
        &self.schema
    }

    /// The id the entity has in its list.
    pub fn id(&self) -> &EntityId {
        &self.entity_id
    }

    /// The statements, in the order they were added.
    pub fn into_statements(self) -> Vec<Statement> {
        self.statements
    }
}
