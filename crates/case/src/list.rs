//! `lists add`: a watchlist into the case. The new version replaces the old one as a whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use lists::{ListInfo, Sink, SourceFile};
use model::{Dataset, DatasetKind, DatasetName, Problem, Statement};
use store::{ListWriter, StoreError, StoredDataset};

use crate::index::{IndexSink, segment_key, write_segment};
use crate::{Case, CaseError, Progress};

/// A column of an own CSV and the property it holds.
pub type MapEntry = (String, String);

/// What came of loading a list.
#[derive(Clone, Debug)]
pub struct ListSummary {
    /// The list with its date and hash.
    pub dataset: Dataset,
    /// Format, title and counts.
    pub info: ListInfo,
    /// Rows and files that could not be read.
    pub problems: Vec<Problem>,
}

impl Case {
    /// Loads a list, replacing an earlier version of the same name.
    pub fn add_list(
        &mut self,
        path: &Path,
        name: Option<&str>,
        map: &[MapEntry],
        progress: &dyn Progress,
    ) -> Result<ListSummary, CaseError> {
        let name = name.map_or_else(|| dataset_name(path), DatasetName::from);
        let files = source_files(path)?;
        self.unsealed(|case| case.load_list(path, name, &files, map, progress))
    }

    fn load_list(
        &mut self,
        path: &Path,
        name: DatasetName,
        files: &[lists::SourceFile],
        map: &[MapEntry],
        progress: &dyn Progress,
    ) -> Result<ListSummary, CaseError> {
        progress.begin("loading the list", None);
        let options = lists::Options { map: map.to_vec() };
        let mut writer = self.store.replace_list(&name)?;
        let mut sink = StoreSink {
            writer: &mut writer,
            failed: None,
            problems: Vec::new(),
            index: IndexSink::default(),
            progress,
        };
        let loaded = lists::load(files, &name, &options, &mut sink);
        let StoreSink { failed, problems, index, .. } = sink;
        let info = loaded.map_err(|source| CaseError::List { path: path.to_owned(), source })?;
        if let Some(error) = failed {
            return Err(error.into());
        }
        let dataset = list_dataset(name, path, &info);
        let stored = StoredDataset { dataset: dataset.clone(), info: facts(&info) };
        writer.commit(&stored, &problems)?;
        progress.end();
        progress.begin("building the index", None);
        write_segment(&self.store, &segment_key(&self.store, &stored)?, index.finish())?;
        progress.end();
        Ok(ListSummary { dataset, info, problems })
    }
}

/// Writes entities through to the store; remembers the first failure.
struct StoreSink<'a, 'w> {
    writer: &'a mut ListWriter<'w>,
    failed: Option<StoreError>,
    problems: Vec<Problem>,
    index: IndexSink,
    progress: &'a dyn Progress,
}

impl Sink for StoreSink<'_, '_> {
    fn entity(&mut self, statements: Vec<Statement>) {
        if self.failed.is_none() {
            self.failed = self.writer.add(&statements).err();
            self.index.add(statements);
            self.progress.advance(1);
        }
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// The dataset that a list makes.
pub(crate) fn list_dataset(name: DatasetName, path: &Path, info: &ListInfo) -> Dataset {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Dataset {
        name,
        kind: DatasetKind::List,
        title: if info.title.is_empty() { file.into_owned() } else { info.title.clone() },
        date: info.date.clone(),
        sha256: info.sha256.clone(),
        entities: info.counts.entities,
    }
}

/// Counts and facts as they are stored with the dataset.
fn facts(info: &ListInfo) -> BTreeMap<String, String> {
    let counts = info.counts;
    [
        ("format", info.format.clone()),
        ("persons", counts.persons.to_string()),
        ("aliases", counts.aliases.to_string()),
        ("weak_aliases", counts.weak_aliases.to_string()),
        ("skipped", counts.skipped.to_string()),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into()
}

/// The short name of a dataset: the file's name without its endings.
pub(crate) fn dataset_name(path: &Path) -> DatasetName {
    let full = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let file = full.file_name().unwrap_or(full.as_os_str()).to_string_lossy().into_owned();
    let mut stem = file.as_str();
    // `entities.ftm.json`, `sdn.csv.gz`: every known ending goes.
    while let Some((rest, ending)) = stem.rsplit_once('.') {
        let known = [
            "gz", "zip", "csv", "xml", "json", "jsonl", "ijson", "ftm", "xlsx", "tsv", "txt", "tar",
        ]
        .contains(&ending.to_ascii_lowercase().as_str());
        if rest.is_empty() || !known {
            break;
        }
        stem = rest;
    }
    DatasetName::from(if stem.is_empty() { "data" } else { stem })
}

/// The files of a list: the file named, or all below the folder named, in order of path.
pub(crate) fn source_files(path: &Path) -> Result<Vec<SourceFile>, CaseError> {
    let unreadable = |source| CaseError::Unreadable { path: path.to_owned(), source };
    if path.metadata().map_err(unreadable)?.is_dir() {
        let walk = intake::walk(path);
        if walk.files.is_empty() {
            return Err(unreadable(io::Error::other("the folder holds no file")));
        }
        return Ok(walk.files.into_iter().map(|f| source_file(f.path, f.source)).collect());
    }
    File::open(path).map_err(unreadable)?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(vec![source_file(name, path.to_owned())])
}

fn source_file(name: String, path: PathBuf) -> SourceFile {
    SourceFile::new(name, move || Ok(Box::new(File::open(&path)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dataset_is_named_by_the_stem_of_its_file() {
        for (path, name) in [
            ("lists/un.xml", "un"),
            ("entities.ftm.json.gz", "entities"),
            ("sample 2014-01.v2", "sample 2014-01.v2"),
            (".csv", ".csv"),
        ] {
            assert_eq!(dataset_name(Path::new(path)).as_str(), name);
        }
    }
}
