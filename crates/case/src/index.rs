//! The screening index of a case: a segment for each list, made once, kept in the case folder and
//! mapped into memory. A new version of one list makes that list's segment anew and no other.

use std::collections::BTreeSet;

use lists::Sink;
use model::{DatasetKind, DatasetName, Entity, Problem, Statement};
use resolve::{Index, MatchModel, Segment, SegmentBuilder, segment_version};
use store::{Mapped, Store, StoreError, StoredDataset};

use crate::{Case, CaseError, Progress};

impl Case {
    /// Opens the index of all lists of the case. Segments that are missing, damaged or of another
    /// engine are made first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn open_index(&self, progress: &dyn Progress) -> Result<Index, CaseError> {
        let mut segments = Vec::new();
        let mut names = BTreeSet::new();
        for stored in self.store.datasets()? {
            if stored.dataset.kind == DatasetKind::List {
                let key = segment_key(&self.store, &stored)?;
                segments.push(self.open_segment(&stored.dataset.name, &key, progress)?);
                names.insert(key);
            }
        }
        self.store.keep_segments(&names)?;
        Ok(Index::open(segments, MatchModel::bundled()))
    }

    fn open_segment(
        &self,
        list: &DatasetName,
        key: &str,
        progress: &dyn Progress,
    ) -> Result<Segment, CaseError> {
        if let Some(segment) = mapped(&self.store, key)? {
            return Ok(segment);
        }
        progress.begin("building the index of the lists", None);
        let mut sink = IndexSink::default();
        self.store.each_statement(list, |statement| sink.statement(statement))?;
        write_segment(&self.store, key, sink.finish())?;
        progress.end();
        match mapped(&self.store, key)? {
            Some(segment) => Ok(segment),
            None => Err(StoreError::damaged("index segment", "it cannot be read back").into()),
        }
    }
}

fn mapped(store: &Store, key: &str) -> Result<Option<Segment>, CaseError> {
    let bytes: Option<Mapped> = store.map_segment(key)?;
    // One that was damaged is made again.
    Ok(bytes.and_then(|bytes| Segment::open(bytes, key).ok()))
}

/// Writes the segment of a list.
pub(crate) fn write_segment(
    store: &Store,
    key: &str,
    builder: SegmentBuilder,
) -> Result<(), CaseError> {
    Ok(store.write_segment(key, |mut out| builder.write(key, &mut out))?)
}

/// What a segment is made of: this version of the list, as it was loaded, and the engine.
pub(crate) fn segment_key(store: &Store, stored: &StoredDataset) -> Result<String, CaseError> {
    let dataset = &stored.dataset;
    let loaded = store.last_statement(&dataset.name)?;
    let text = format!("{} {} {loaded} {}", dataset.name, dataset.sha256, segment_version());
    Ok(intake::unpack::hash(text.as_bytes()).to_string())
}

/// Takes up statements as they come and puts entities into the index.
#[derive(Default)]
pub(crate) struct IndexSink {
    builder: SegmentBuilder,
    /// Statements of the entity that comes in.
    open: Vec<Statement>,
    /// What could not be read.
    pub(crate) problems: Vec<Problem>,
}

impl IndexSink {
    /// Adds one statement; those of one entity follow each other, or are joined later.
    pub(crate) fn statement(&mut self, statement: Statement) {
        if self.open.last().is_some_and(|last| last.entity_id != statement.entity_id) {
            self.close();
        }
        self.open.push(statement);
    }

    /// Adds the statements of an entity.
    pub(crate) fn add(&mut self, statements: impl IntoIterator<Item = Statement>) {
        for entity in Entity::fold(statements) {
            self.builder.add(&entity);
        }
    }

    /// What is to be written.
    pub(crate) fn finish(mut self) -> SegmentBuilder {
        self.close();
        self.builder
    }

    fn close(&mut self) {
        let statements = std::mem::take(&mut self.open);
        self.add(statements);
    }
}

impl Sink for IndexSink {
    fn entity(&mut self, statements: Vec<Statement>) {
        self.add(statements);
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}
