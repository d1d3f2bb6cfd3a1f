//! Lists ready to be asked: loaded into memory without a case folder (`screen --list`,
//! `serve --list`), or those of a case (`screen --case`).

use std::path::Path;

use lists::SourceFile;
use model::{DatasetName, Entity};
use resolve::{Index, MatchModel, Scope, ScreenHit, ScreenOptions, Segment};

use crate::index::IndexSink;
use crate::list::{ListSummary, MapEntry, dataset_name, list_dataset, source_files};
use crate::{Case, CaseError, Progress};

/// Loaded lists, ready to be asked.
pub struct Session {
    /// The lists loaded, in the order they were named; none for a case.
    pub lists: Vec<ListSummary>,
    index: Index,
}

/// How to screen.
#[derive(Clone, Copy, Debug)]
pub struct ScreenRequest {
    /// The best so many are given.
    pub top: usize,
    /// Share of queries whose entity is on the lists; the model's own where `None`.
    pub share: Option<f64>,
    /// Candidates that score below are dropped.
    pub cutoff: f64,
    /// Whether each pair is explained part by part.
    pub explain: bool,
}

impl Session {
    /// Loads lists, each a file, archive or folder with an optional name, and builds the index.
    pub fn open(
        paths: &[(Option<String>, &Path)],
        map: &[MapEntry],
        progress: &dyn Progress,
    ) -> Result<Self, CaseError> {
        let mut lists = Vec::new();
        let mut segments = Vec::new();
        for (name, path) in paths {
            let name = name.as_deref().map_or_else(|| dataset_name(path), Into::into);
            let (summary, segment) = load(name, path, &source_files(path)?, map, progress)?;
            lists.push(summary);
            segments.extend(segment);
        }
        let index = Index::open(segments, MatchModel::bundled());
        Ok(Self { lists, index })
    }

    /// The same for one list that is held in memory, under the name of a file.
    pub fn of_bytes(
        file: &str,
        bytes: Vec<u8>,
        progress: &dyn Progress,
    ) -> Result<Self, CaseError> {
        let path = Path::new(file);
        let files = [SourceFile::from_bytes(file, bytes)];
        let (summary, segment) = load(dataset_name(path), path, &files, &[], progress)?;
        let index = Index::open(segment.into_iter().collect(), MatchModel::bundled());
        Ok(Self { lists: vec![summary], index })
    }

    /// The lists of a case, by the index that is kept in its folder.
    ///
    /// # Errors
    /// Those of the store, where a segment must be made first.
    pub fn of_case(case: &Case, progress: &dyn Progress) -> Result<Self, CaseError> {
        Ok(Self { lists: Vec::new(), index: case.open_index(progress)? })
    }

    /// Entities that can be found.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// True if nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Of segments and what was said of their lists.
    pub(crate) fn of_segments(lists: Vec<ListSummary>, segments: Vec<Segment>) -> Self {
        Self { lists, index: Index::open(segments, MatchModel::bundled()) }
    }

    /// Prepares what there is room for.
    pub(crate) fn warm(&self) {
        self.index.warm();
    }

    /// The best candidates for a query, of those in scope.
    pub(crate) fn screen_within(
        &self,
        query: &Entity,
        request: &ScreenRequest,
        scope: &Scope,
    ) -> Vec<ScreenHit> {
        let ScreenRequest { top, share, cutoff, explain } = *request;
        self.index.screen_within(query, &ScreenOptions { top, share, cutoff, explain }, scope)
    }

    /// The best candidates for a query.
    pub fn screen(&self, query: &Entity, request: &ScreenRequest) -> Vec<ScreenHit> {
        let ScreenRequest { top, share, cutoff, explain } = *request;
        self.index.screen(query, &ScreenOptions { top, share, cutoff, explain })
    }
}

/// Reads a list and builds its part of the index.
fn load(
    name: DatasetName,
    path: &Path,
    files: &[SourceFile],
    map: &[MapEntry],
    progress: &dyn Progress,
) -> Result<(ListSummary, Option<Segment>), CaseError> {
    // Never written to a file, so never opened by another version.
    const KEY: &str = "in memory";
    progress.begin("loading lists", None);
    let mut sink = IndexSink::default();
    let options = lists::Options { map: map.to_vec() };
    let info = lists::load(files, &name, &options, &mut sink)
        .map_err(|source| CaseError::List { path: path.to_owned(), source })?;
    let dataset = list_dataset(name, path, &info);
    progress.end();
    progress.begin("building the index", None);
    let problems = std::mem::take(&mut sink.problems);
    let segment = Segment::open(sink.finish().finish(KEY), KEY).ok();
    progress.end();
    Ok((ListSummary { dataset, info, problems, version: None, is_known: false }, segment))
}
