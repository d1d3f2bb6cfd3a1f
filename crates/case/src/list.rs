//! `lists add`: a watchlist into the case. The new version replaces the old one, whose bytes and
//! differences stay (`versions`).

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use lists::{Counts, ListInfo, Sink, SourceFile};
use model::{
    Dataset, DatasetKind, DatasetName, DocumentId, EntityId, ListFile, ListVersion, Problem,
    Statement,
};
use store::{Blobs, ListWriter, NewVersion, StoreError, StoredDataset};
use triage::compare_versions;

use crate::index::{IndexSink, segment_key, write_segment};
use crate::journal::now;
use crate::{Case, CaseError, Progress};

/// The fact of a version that says what read it.
const READER: &str = "reader";

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
    /// Which version of the list this is in the case, and what it changed; `None` without a case.
    pub version: Option<ListVersion>,
    /// True if the case had this version already, so that nothing was done.
    pub is_known: bool,
}

/// How to load a list.
#[derive(Clone, Debug, Default)]
pub struct ListOptions {
    /// What to call it; else the stem of its file.
    pub name: Option<String>,
    /// Own CSV only: which property a column holds.
    pub map: Vec<MapEntry>,
    /// Whether a version that is loaded already is read anew.
    pub again: bool,
}

impl Case {
    /// Loads a list. It becomes the current version of the list of this name; what it changes
    /// against the version before is kept.
    pub fn add_list(
        &mut self,
        path: &Path,
        options: &ListOptions,
        progress: &dyn Progress,
    ) -> Result<ListSummary, CaseError> {
        let name = options.name.as_deref().map_or_else(|| dataset_name(path), DatasetName::from);
        let files = source_files(path)?;
        self.unsealed(|case| case.load_list(path, name, &files, options, progress))
    }

    fn load_list(
        &mut self,
        path: &Path,
        name: DatasetName,
        files: &[SourceFile],
        options: &ListOptions,
        progress: &dyn Progress,
    ) -> Result<ListSummary, CaseError> {
        let kept = keep_files(&self.store.blobs(), path, files)?;
        let reader = reader_key(&options.map);
        if !options.again
            && let Some(summary) = self.known_list(&name, &kept, &reader)?
        {
            return Ok(summary);
        }
        let from = KeptList { path, name, files: &kept, map: &options.map };
        self.read_list(&from, true, progress)
    }

    /// Reads a list out of the contents of the case, as a new version or as the current one again.
    fn read_list(
        &mut self,
        from: &KeptList<'_>,
        is_new: bool,
        progress: &dyn Progress,
    ) -> Result<ListSummary, CaseError> {
        progress.begin("loading the list", None);
        let added = now();
        let today = added.get(..10).unwrap_or_default().to_owned();
        let compare =
            |before: &[Statement], after: &[Statement]| compare_versions(before, after, &today);
        let blobs = self.store.blobs();
        let files: Vec<SourceFile> = from.files.iter().map(|f| kept_file(&blobs, f)).collect();
        let mut writer = if is_new {
            self.store.replace_list(&from.name, &compare)?
        } else {
            self.store.restore_list(&from.name, &compare)?
        };
        let mut sink = StoreSink {
            writer: &mut writer,
            failed: None,
            problems: Vec::new(),
            index: IndexSink::default(),
            progress,
        };
        let options = lists::Options { map: from.map.to_vec() };
        let loaded = lists::load(&files, &from.name, &options, &mut sink);
        let StoreSink { failed, problems, index, .. } = sink;
        let info =
            loaded.map_err(|source| CaseError::List { path: from.path.to_owned(), source })?;
        if let Some(error) = failed {
            return Err(error.into());
        }
        let dataset = list_dataset(from.name.clone(), from.path, &info);
        let stored = StoredDataset { dataset: dataset.clone(), info: facts(&info) };
        let read_by = [(READER.to_owned(), reader_key(from.map))].into();
        let new = NewVersion { added, files: from.files.to_vec(), info: read_by };
        let version = writer.commit(&stored, &problems, new)?;
        progress.end();
        progress.begin("building the index", None);
        write_segment(&self.store, &segment_key(&self.store, &stored)?, index.finish())?;
        progress.end();
        Ok(ListSummary { dataset, info, problems, version: Some(version), is_known: false })
    }

    /// Reads the current version of a list again from its kept files.
    pub(crate) fn restore_list(
        &mut self,
        version: &ListVersion,
        progress: &dyn Progress,
    ) -> Result<(), CaseError> {
        let map = version.info.get(READER).map(|key| parse_reader(key)).unwrap_or_default();
        let first = version.files.first().map_or("", |file| &file.name);
        let (name, files) = (version.list.clone(), &version.files);
        let from = KeptList { path: Path::new(first), name, files, map: &map };
        self.read_list(&from, false, progress).map(|_| ())
    }

    /// The summary of a list whose current version has these files, read as now.
    fn known_list(
        &self,
        name: &DatasetName,
        kept: &[ListFile],
        reader: &str,
    ) -> Result<Option<ListSummary>, CaseError> {
        let named: Vec<(&str, &DocumentId)> =
            kept.iter().map(|file| (&*file.name, &file.sha256)).collect();
        let sha256 = lists::hash_list(&named);
        let version = self.store.list_versions(Some(name))?.pop();
        let known = version.filter(|v| {
            v.sha256 == sha256 && v.info.get(READER).is_some_and(|known| known == reader)
        });
        let stored = self.store.datasets()?.into_iter().find(|s| s.dataset.name == *name);
        let (Some(version), Some(stored)) = (known, stored) else { return Ok(None) };
        let problems = self.store.dataset_problems(name)?;
        let info = info_of(&stored);
        let dataset = stored.dataset;
        Ok(Some(ListSummary { dataset, info, problems, version: Some(version), is_known: true }))
    }
}

/// A list whose files are contents of the case.
struct KeptList<'a> {
    /// Where it came from.
    path: &'a Path,
    name: DatasetName,
    files: &'a [ListFile],
    map: &'a [MapEntry],
}

/// Keeps the files of a list as contents of the case: a version can be read again, and what is
/// loaded is what was hashed.
fn keep_files(
    blobs: &Blobs,
    path: &Path,
    files: &[SourceFile],
) -> Result<Vec<ListFile>, CaseError> {
    let mut kept = Vec::with_capacity(files.len());
    for file in files {
        let unreadable = |source| CaseError::Unreadable { path: path.to_owned(), source };
        let mut source = file.open().map_err(unreadable)?;
        let sha256 = blobs.copy(&mut source)?.map_err(unreadable)?;
        kept.push(ListFile { name: file.name.clone(), sha256 });
    }
    Ok(kept)
}

fn kept_file(blobs: &Blobs, file: &ListFile) -> SourceFile {
    let (blobs, id) = (blobs.clone(), file.sha256.clone());
    SourceFile::new(file.name.clone(), move || {
        let file = blobs.open(&id).map_err(io::Error::other)?;
        Ok(Box::new(file))
    })
}

/// What the outcome of reading a file depends on beside its bytes: the readers, and a line for each
/// column that was named.
fn reader_key(map: &[MapEntry]) -> String {
    let mut key = concat!("lists/", env!("CARGO_PKG_VERSION")).to_owned();
    for (column, property) in map {
        key.extend(["\n", column, "=", property]);
    }
    key
}

/// The columns that a key names.
fn parse_reader(key: &str) -> Vec<MapEntry> {
    let columns = key.lines().skip(1).filter_map(|line| line.rsplit_once('='));
    columns.map(|(column, property)| (column.to_owned(), property.to_owned())).collect()
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

    fn delisted(&mut self, entity: EntityId, words: String) {
        self.writer.delist(entity, words);
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

/// The other way round, for a version that is known.
fn info_of(stored: &StoredDataset) -> ListInfo {
    let fact = |key: &str| stored.info.get(key).cloned().unwrap_or_default();
    let count = |key: &str| fact(key).parse().unwrap_or_default();
    ListInfo {
        format: fact("format"),
        title: stored.dataset.title.clone(),
        date: stored.dataset.date.clone(),
        sha256: stored.dataset.sha256.clone(),
        counts: Counts {
            entities: stored.dataset.entities,
            persons: count("persons"),
            aliases: count("aliases"),
            weak_aliases: count("weak_aliases"),
            skipped: count("skipped"),
        },
    }
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
