//! What a reader is given: where its entities, problems and facts about the list go.
//!
//! Counting happens here, once for all readers, over the statements that were emitted.
//! No reader talks to the sink itself.

use std::collections::BTreeMap;

use model::schema::is_adjunct;
use model::{DatasetName, EntityId, Place, Problem, Stage, Statement};

use crate::{About, Counts, Entry, ListInfo, Member, Options, Sink};

/// Problems of one kind and file that are reported one by one; the others are counted and reported
/// together at the end. Chosen by hand: enough to see a pattern, little enough to store.
const PROBLEMS_MAX_PER_KIND: u64 = 1_000;

/// The way of a reader to the sink.
pub(crate) struct ReadContext<'a> {
    /// The dataset that is loaded.
    pub(crate) dataset: &'a DatasetName,
    /// What the user said about the list.
    pub(crate) options: &'a Options,
    sink: &'a mut dyn Sink,
    origin: String,
    info: ListInfo,
    problems: BTreeMap<(String, String), u64>,
}

impl<'a> ReadContext<'a> {
    pub(crate) fn new(
        dataset: &'a DatasetName,
        options: &'a Options,
        sink: &'a mut dyn Sink,
    ) -> Self {
        Self {
            dataset,
            options,
            sink,
            origin: String::new(),
            info: ListInfo::default(),
            problems: BTreeMap::new(),
        }
    }

    /// Sets the format whose reader works next; it becomes the origin of the statements.
    pub(crate) fn start(&mut self, format: &str) {
        self.origin = format!("{format}/1");
        if !self.info.format.is_empty() {
            self.info.format.push('+');
        }
        self.info.format.push_str(format);
    }

    /// A new entity found in record `number` (line or running number, from 1) of a file.
    pub(crate) fn entry(
        &self,
        member: &Member,
        number: u64,
        id: impl Into<EntityId>,
        schema: &str,
    ) -> Entry {
        let place = Place::Record { file: member.file.clone(), number };
        Entry::new(self.dataset, &member.document, place, id, schema)
    }

    /// Hands an entity on and counts it. An entity without statements is dropped.
    pub(crate) fn emit(&mut self, entry: Entry) {
        let mut statements = entry.into_statements();
        if statements.is_empty() {
            return;
        }
        for statement in &mut statements {
            if statement.origin.is_none() {
                statement.origin = Some(self.origin.clone());
            }
        }
        count(&mut self.info.counts, &statements);
        self.sink.entity(statements);
    }

    /// Tells what the list says of the entity that is emitted next, beside its properties.
    pub(crate) fn about(&mut self, entry: &Entry, about: About) {
        self.sink.about(entry.id(), about);
    }

    /// Tells that the list marks an entity as taken off it.
    pub(crate) fn delisted(&mut self, id: impl Into<EntityId>, words: impl Into<String>) {
        self.sink.delisted(id.into(), words.into());
    }

    /// Reports something that could not be read as it should be, though its record was kept.
    pub(crate) fn problem(
        &mut self,
        member: &Member,
        number: Option<u64>,
        kind: &str,
        message: impl Into<String>,
    ) {
        let seen = self.problems.entry((member.name.clone(), kind.to_owned())).or_default();
        *seen += 1;
        if *seen > PROBLEMS_MAX_PER_KIND {
            return;
        }
        let problem = Problem::new(Stage::Lists, &*member.name, kind, message);
        self.sink.problem(match number {
            Some(number) => problem.at(Place::Record { file: String::new(), number }),
            None => problem,
        });
    }

    /// Reports and counts a row or element that was skipped.
    pub(crate) fn skipped(
        &mut self,
        member: &Member,
        number: u64,
        kind: &str,
        message: impl Into<String>,
    ) {
        self.info.counts.skipped += 1;
        self.problem(member, Some(number), kind, message);
    }

    /// Reports a whole file that no reader took.
    pub(crate) fn file_problem(&mut self, path: &str, kind: &str, message: impl Into<String>) {
        self.sink.problem(Problem::new(Stage::Lists, path, kind, message));
    }

    /// What the publisher calls the list; the first title stays.
    pub(crate) fn set_title(&mut self, title: &str) {
        if self.info.title.is_empty() {
            title.trim().clone_into(&mut self.info.title);
        }
    }

    /// The publisher's date of the data in ISO 8601; the latest stays.
    pub(crate) fn set_date(&mut self, date: &str) {
        let date = date.trim();
        if !date.is_empty() && self.info.date.as_deref().is_none_or(|known| known < date) {
            self.info.date = Some(date.to_owned());
        }
    }

    /// Entities emitted so far.
    pub(crate) fn entities(&self) -> u64 {
        self.info.counts.entities
    }

    /// Ends the load: reports what was held back.
    pub(crate) fn finish(self) -> ListInfo {
        for ((path, kind), seen) in self.problems {
            if seen > PROBLEMS_MAX_PER_KIND {
                let more = seen - PROBLEMS_MAX_PER_KIND;
                let message = format!("{more} more of this kind in this file");
                self.sink.problem(Problem::new(Stage::Lists, path, kind, message));
            }
        }
        self.info
    }
}

/// Adds the statements of one entity to the counts, unless it only hangs on a listed one.
fn count(counts: &mut Counts, statements: &[Statement]) {
    let schema = &*statements[0].schema;
    if is_adjunct(schema) || statements.iter().all(|statement| statement.external) {
        return;
    }
    counts.entities += 1;
    counts.persons += u64::from(schema == "Person");
    for statement in statements {
        match &*statement.prop {
            "alias" | "previousName" => counts.aliases += 1,
            "weakAlias" => counts.weak_aliases += 1,
            _ => {}
        }
    }
}
