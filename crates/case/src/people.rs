//! Records of a case with what people corrected in them, and the people they make. Mentions are not
//! subjects.
//!
//! Stored statements are never changed: a correction is laid over them whenever they are read.

use std::collections::{BTreeMap, BTreeSet};

use model::{Cluster, DatasetKind, Entity, EntityId, Standing, Statement};
use store::Store;
use triage::{Person, fold_members};

use crate::CaseError;

/// The records of a case: people and the forms they stand on.
#[derive(Default)]
pub(crate) struct Records {
    pub(crate) people: BTreeMap<EntityId, Entity>,
    pub(crate) forms: BTreeMap<EntityId, Vec<Entity>>,
    /// The people of corrected records as they were read.
    pub(crate) as_read: BTreeMap<EntityId, Entity>,
}

impl Records {
    /// All records.
    pub(crate) fn load(store: &Store, standing: &Standing) -> Result<Self, CaseError> {
        let mut records = Self::default();
        for list in caches(store)? {
            records.take(store.statements(&list)?, standing);
        }
        Ok(records)
    }

    /// All people, without their forms and without citations: what comparisons read.
    pub(crate) fn load_people(store: &Store, standing: &Standing) -> Result<Self, CaseError> {
        let mut records = Self::default();
        for list in caches(store)? {
            let mut people = Vec::new();
            store.each_of_schema(&list, "Person", |statement| {
                if !standing.corrections.contains_key(&record_of(&statement)) {
                    people.push(statement);
                }
            })?;
            records.add(Entity::fold(people));
            // A form without a name still is a record.
            store.each_of_schema(&list, "Form", |statement| {
                if &*statement.prop == "subject" {
                    let subject = EntityId::from(statement.value.as_str());
                    let nobody = || Entity::new(subject.clone(), "Person");
                    records.people.entry(subject.clone()).or_insert_with(nobody);
                }
            })?;
        }
        for record in standing.corrections.keys() {
            records.take(store.record_statements(record)?, standing);
        }
        Ok(records)
    }

    /// Some records.
    pub(crate) fn load_some<'a>(
        store: &Store,
        ids: impl IntoIterator<Item = &'a EntityId>,
        standing: &Standing,
    ) -> Result<Self, CaseError> {
        let mut records = Self::default();
        for id in ids {
            records.take(store.record_statements(id)?, standing);
        }
        Ok(records)
    }

    /// Takes up statements, those of one record all at once, with the corrections that stand.
    fn take(&mut self, statements: Vec<Statement>, standing: &Standing) {
        let (corrected, plain): (Vec<Statement>, Vec<Statement>) =
            statements.into_iter().partition(|s| standing.corrections.contains_key(&record_of(s)));
        self.add(Entity::fold(plain));
        let mut by_record: BTreeMap<EntityId, Vec<Statement>> = BTreeMap::new();
        for statement in corrected {
            by_record.entry(record_of(&statement)).or_default().push(statement);
        }
        for (record, statements) in by_record {
            let nobody = Entity::new(record.clone(), "Person");
            let person = statements.iter().filter(|s| s.entity_id == record).cloned();
            let as_read = Entity::fold(person).pop().unwrap_or(nobody.clone());
            self.as_read.insert(record.clone(), as_read);
            let corrections = &standing.corrections[&record];
            // One whose every answer was taken back is a person without a name.
            self.people.insert(record, nobody);
            self.add(Entity::fold(forms::correct(statements, corrections)));
        }
    }

    fn add(&mut self, entities: Vec<Entity>) {
        for entity in entities {
            match &*entity.schema {
                "Person" => {
                    self.people.insert(entity.id.clone(), entity);
                }
                "Form" => {
                    if let Some(subject) = entity.first("subject").map(EntityId::from) {
                        // A form without a name still is a record, of a person with no name.
                        self.people
                            .entry(subject.clone())
                            .or_insert_with(|| Entity::new(subject.clone(), "Person"));
                        self.forms.entry(subject).or_default().push(entity);
                    }
                }
                _ => {}
            }
        }
    }

    /// The people as they were read, in order, and those that people corrected.
    pub(crate) fn as_read(&self) -> Vec<&Entity> {
        self.people.iter().map(|(id, person)| self.as_read.get(id).unwrap_or(person)).collect()
    }

    /// The people that were corrected, as they are now.
    pub(crate) fn corrected(&self) -> BTreeMap<EntityId, Entity> {
        let now = |id: &EntityId| Some((id.clone(), self.people.get(id)?.clone()));
        self.as_read.keys().filter_map(now).collect()
    }

    /// The person that a cluster makes, with its folded entity and its forms.
    pub(crate) fn person(&self, cluster: &Cluster) -> Person {
        let members = cluster.members.iter().filter_map(|id| self.people.get(id)).cloned();
        let forms = cluster.members.iter().filter_map(|id| self.forms.get(id)).flatten();
        Person {
            entity: fold_members(cluster, members),
            forms: forms.cloned().collect(),
            cluster: cluster.clone(),
            candidates: Vec::new(),
        }
    }
}

/// The names of the caches, in the order they were added.
pub(crate) fn caches(store: &Store) -> Result<Vec<model::DatasetName>, CaseError> {
    let datasets = store.datasets()?.into_iter().map(|stored| stored.dataset);
    Ok(datasets.filter(|d| d.kind == DatasetKind::Cache).map(|d| d.name).collect())
}

/// The records of which corrections differ.
pub(crate) fn recorrected(now: &Standing, then: &Standing) -> BTreeSet<EntityId> {
    let keys = now.corrections.keys().chain(then.corrections.keys());
    let differs = |id: &&EntityId| now.corrections.get(*id) != then.corrections.get(*id);
    keys.filter(differs).cloned().collect()
}

fn record_of(statement: &Statement) -> EntityId {
    let id = statement.entity_id.as_str();
    let record = forms::record_of(id);
    if record.len() == id.len() { statement.entity_id.clone() } else { record.into() }
}
