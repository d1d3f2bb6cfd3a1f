//! Lists and index in memory, without a case folder: `screen --list`, `serve --list`.

use std::path::Path;

use lists::{Sink, SourceFile};
use model::{DatasetName, Entity, Problem, Statement};
use resolve::{Index, MatchModel, ScreenHit, ScreenOptions};

use crate::list::{ListSummary, MapEntry, dataset_name, list_dataset, source_files, targets};
use crate::{CaseError, Progress};

/// Loaded lists, ready to be asked.
pub struct Session {
    /// The lists, in the order they were named.
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
}

impl Session {
    /// Loads lists, each a file, archive or folder with an optional name, and builds the index.
    pub fn open(
        paths: &[(Option<String>, &Path)],
        map: &[MapEntry],
        progress: &dyn Progress,
    ) -> Result<Self, CaseError> {
        let mut lists = Vec::new();
        let mut statements = Vec::new();
        for (name, path) in paths {
            progress.begin("loading lists", None);
            let name = name.as_deref().map_or_else(|| dataset_name(path), Into::into);
            let (summary, read) = load(name, path, &source_files(path)?, map)?;
            lists.push(summary);
            statements.push(read);
            progress.end();
        }
        progress.begin("building the index", None);
        let session = Self::of(lists, statements);
        progress.end();
        Ok(session)
    }

    /// The same for one list that is held in memory, under the name of a file.
    pub fn of_bytes(file: &str, bytes: Vec<u8>) -> Result<Self, CaseError> {
        let path = Path::new(file);
        let files = [SourceFile::from_bytes(file, bytes)];
        let (summary, read) = load(dataset_name(path), path, &files, &[])?;
        Ok(Self::of(vec![summary], vec![read]))
    }

    fn of(lists: Vec<ListSummary>, statements: Vec<Vec<Statement>>) -> Self {
        // Ids are unique within a list only, so each list folds by itself.
        let entities: Vec<Entity> =
            statements.into_iter().flat_map(|s| targets(Entity::fold(s))).collect();
        Self { lists, index: Index::build(&entities, MatchModel::bundled()) }
    }

    /// Entities that can be found.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// True if nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The best candidates for a query.
    pub fn screen(&self, query: &Entity, request: &ScreenRequest) -> Vec<ScreenHit> {
        let ScreenRequest { top, share, cutoff } = *request;
        self.index.screen(query, &ScreenOptions { top, share, cutoff })
    }
}

/// Reads one list.
fn load(
    name: DatasetName,
    path: &Path,
    files: &[SourceFile],
    map: &[MapEntry],
) -> Result<(ListSummary, Vec<Statement>), CaseError> {
    let mut sink = MemorySink { statements: Vec::new(), problems: Vec::new() };
    let options = lists::Options { map: map.to_vec() };
    let info = lists::load(files, &name, &options, &mut sink)
        .map_err(|source| CaseError::List { path: path.to_owned(), source })?;
    let dataset = list_dataset(name, path, &info);
    Ok((ListSummary { dataset, info, problems: sink.problems }, sink.statements))
}

struct MemorySink {
    statements: Vec<Statement>,
    problems: Vec<Problem>,
}

impl Sink for MemorySink {
    fn entity(&mut self, statements: Vec<Statement>) {
        self.statements.extend(statements);
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}
