//! The screening index of a case: a segment for each list, made once, kept in the case folder and
//! mapped into memory. A new version of one list makes that list's segment anew and no other.

use std::collections::{BTreeMap, BTreeSet};

use lists::Sink;
use model::{DatasetKind, DatasetName, Entity, EntityId, Problem, Statement};
use resolve::{Index, MatchModel, Segment, SegmentBuilder, segment_version};
use serde::{Deserialize, Serialize};
use store::{Mapped, Store, StoreError, StoredDataset};

use crate::{Case, CaseError, Progress};

/// Which segments a screening rests on: those asked, and those whose counts say how rare a value is.
///
/// The counts stay those of the versions that were loaded when everything was last screened, so that a
/// new version of a list moves no figure of an entry that it does not touch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Versions {
    /// Engine and model.
    engine: String,
    /// The segment of each list by name.
    pub(crate) lists: BTreeMap<String, String>,
    /// The segments that the counts are of.
    pub(crate) reference: BTreeMap<String, String>,
}

/// The index of a case with what it rests on.
pub(crate) struct Lists {
    pub(crate) index: Index,
    pub(crate) versions: Versions,
}

/// The step that says what the leads were screened with.
pub(crate) const SCREENED: &str = "screened";

/// From this share of entities more or fewer on, counts are taken anew. Chosen by hand: a tenth moves
/// the rarity of a name by 0.14 bits.
const DRIFT_MAX: f64 = 0.1;

impl Case {
    /// Opens the index of all lists of the case. Segments that are missing, damaged or of another
    /// engine are made first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn open_index(&self, progress: &dyn Progress) -> Result<Index, CaseError> {
        Ok(self.open_lists(false, progress)?.index)
    }

    /// The same with what it rests on; `again` takes the counts of the lists as they are now.
    pub(crate) fn open_lists(
        &self,
        again: bool,
        progress: &dyn Progress,
    ) -> Result<Lists, CaseError> {
        let mut segments = Vec::new();
        let mut lists = BTreeMap::new();
        for stored in self.store.datasets()? {
            if stored.dataset.kind == DatasetKind::List {
                let key = segment_key(&self.store, &stored)?;
                segments.push(self.open_segment(&stored.dataset.name, &key, progress)?);
                lists.insert(stored.dataset.name.to_string(), key);
            }
        }
        let screened = self.screened()?;
        let engine = engine();
        let kept = if again || screened.engine != engine {
            None
        } else {
            self.kept_reference(&screened, &lists, &segments)?
        };
        let mut names: BTreeSet<String> = lists.values().cloned().collect();
        names.extend(screened.lists.into_values().chain(screened.reference.values().cloned()));
        self.store.keep_segments(&names)?;
        let model = MatchModel::bundled();
        Ok(match kept {
            Some(counted) => Lists {
                index: Index::open_against(segments, &counted, model),
                versions: Versions { engine, lists, reference: screened.reference },
            },
            None => Lists {
                index: Index::open(segments, model),
                versions: Versions { engine, reference: lists.clone(), lists },
            },
        })
    }

    /// What the leads were screened with.
    pub(crate) fn screened(&self) -> Result<Versions, CaseError> {
        let text = self.store.step_key(SCREENED, "")?.unwrap_or_default();
        // One that cannot be read is of another version of the program: everything is screened.
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// The segments that were counted, if they are of the lists of now, still there, and of about as
    /// many entities.
    fn kept_reference(
        &self,
        screened: &Versions,
        lists: &BTreeMap<String, String>,
        segments: &[Segment],
    ) -> Result<Option<Vec<Segment>>, CaseError> {
        if !screened.reference.keys().eq(lists.keys()) {
            return Ok(None);
        }
        let mut counted = Vec::new();
        for key in screened.reference.values() {
            let Some(segment) = mapped(&self.store, key)? else { return Ok(None) };
            counted.push(segment);
        }
        let count = |segments: &[Segment]| segments.iter().map(Segment::len).sum::<usize>() as f64;
        let (then, now) = (count(&counted), count(segments));
        Ok(((now - then).abs() <= DRIFT_MAX * then).then_some(counted))
    }

    /// The entries that are other than they were in the versions that the leads were screened with;
    /// `None` if that cannot be told.
    pub(crate) fn changed_entries(
        &self,
        then: &Versions,
        now: &Versions,
    ) -> Result<Option<BTreeSet<(DatasetName, EntityId)>>, CaseError> {
        let mut changed = BTreeSet::new();
        if then.engine != now.engine || then.reference != now.reference {
            return Ok(None);
        }
        for (name, key) in &now.lists {
            let Some(former) = then.lists.get(name) else { return Ok(None) };
            if former != key {
                let opened = (mapped(&self.store, key)?, mapped(&self.store, former)?);
                let (Some(now), Some(then)) = opened else { return Ok(None) };
                changed.extend(now.changes_since(&then));
            }
        }
        Ok(Some(changed))
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

/// What a screening depends on beside records and lists.
pub(crate) fn engine() -> String {
    format!("{} {}", segment_version(), MatchModel::bundled().version)
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
    let version = store.list_versions(Some(&dataset.name))?.pop().map_or(0, |v| v.version);
    let engine = segment_version();
    let text = format!("{} {} {version} {loaded} {engine}", dataset.name, dataset.sha256);
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
