//! Manifests: files that declare data sets, as yente's do. What they say of local files is followed;
//! what would have to be fetched is not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use model::{Problem, Stage};
use serde::Deserialize;

use crate::CaseError;
use crate::catalog::ListSource;
use crate::list::dataset_name;

/// Bytes of a manifest. Those of public catalogs have two megabytes.
const MANIFEST_BYTES_MAX: u64 = 16 << 20;

/// A data set that is declared, by a manifest or by naming a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Declared {
    pub(crate) name: String,
    pub(crate) title: Option<String>,
    pub(crate) version: Option<String>,
    /// Where its entities are; `None` if it is not loaded.
    pub(crate) path: Option<PathBuf>,
    pub(crate) children: Vec<String>,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Manifest {
    datasets: Vec<Entry>,
    catalogs: Vec<CatalogEntry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    path: Option<String>,
    #[serde(default)]
    entities_url: Option<String>,
    #[serde(default)]
    load: Option<bool>,
    #[serde(default)]
    children: Vec<String>,
    /// An older name of `children`.
    #[serde(default)]
    datasets: Vec<String>,
}

#[derive(Deserialize)]
struct CatalogEntry {
    #[serde(default)]
    url: String,
}

/// All data sets that the sources declare, those of manifests in their order.
pub(crate) fn declared(sources: &[ListSource]) -> Result<(Vec<Declared>, Vec<Problem>), CaseError> {
    let mut declared: Vec<Declared> = Vec::new();
    let mut problems = Vec::new();
    for source in sources {
        let ending = source.path.extension().and_then(|ending| ending.to_str());
        if matches!(ending, Some("yml" | "yaml")) {
            read(&source.path, &mut declared, &mut problems)?;
        } else {
            let name =
                source.name.clone().unwrap_or_else(|| dataset_name(&source.path).to_string());
            let path = Some(source.path.clone());
            declared.push(Declared { name, path, ..Declared::default() });
        }
    }
    let mut names = BTreeSet::new();
    if let Some(twice) = declared.iter().find(|entry| !names.insert(entry.name.as_str())) {
        return Err(CaseError::TwoListsOfOneName { name: twice.name.clone() });
    }
    Ok((declared, problems))
}

fn read(
    path: &Path,
    declared: &mut Vec<Declared>,
    problems: &mut Vec<Problem>,
) -> Result<(), CaseError> {
    let unreadable = |source| CaseError::Unreadable { path: path.to_owned(), source };
    if path.metadata().map_err(unreadable)?.len() > MANIFEST_BYTES_MAX {
        return Err(unreadable(std::io::Error::other("a manifest is not that large")));
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;
    let manifest: Manifest = serde_saphyr::from_str(&text)
        .map_err(|error| unreadable(std::io::Error::other(error.to_string())))?;
    let mut problem = |kind: &str, message: String| {
        problems.push(Problem::new(Stage::Lists, path.display().to_string(), kind, message));
    };
    for catalog in manifest.catalogs {
        problem(
            "remote_catalog",
            format!("{} is not fetched: this program is offline", catalog.url),
        );
    }
    for entry in manifest.datasets {
        let place = entry.path.or_else(|| {
            let url = entry.entities_url.as_deref()?;
            let local = url.strip_prefix("file://").or((!url.contains("://")).then_some(url));
            if local.is_none() {
                problem("remote_dataset", format!("{url} is not fetched: this program is offline"));
            }
            local.map(str::to_owned)
        });
        let place = place.filter(|_| entry.load.unwrap_or(true)).map(|place| {
            let beside = path.parent().unwrap_or(Path::new(".")).join(&place);
            if beside.exists() { beside } else { PathBuf::from(place) }
        });
        let mut children = entry.children;
        children.extend(entry.datasets);
        declared.push(Declared {
            name: entry.name,
            title: entry.title,
            version: entry.version,
            path: place,
            children,
        });
    }
    Ok(())
}

/// A data set and all below it, itself first.
pub(crate) fn scope_of(name: &str, declared: &[Declared]) -> Vec<String> {
    let mut scope = vec![name.to_owned()];
    let mut next = 0;
    while let Some(name) = scope.get(next).cloned() {
        next += 1;
        let entry = declared.iter().find(|entry| entry.name == name);
        for child in entry.into_iter().flat_map(|entry| &entry.children) {
            if !scope.contains(child) {
                scope.push(child.clone());
            }
        }
    }
    scope
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_declares_files_beside_it_and_collections() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = folder.path().join("manifest.yml");
        fs::write(folder.path().join("one.json"), "{}").unwrap();
        let text = "schedule: null\n\
            catalogs:\n  - url: https://lists.invalid/index.json\n    scope: eu\n\
            datasets:\n  - name: one\n    title: One list\n    path: one.json\n    version: \"100\"\n\
            \x20 - name: all\n    children: [some, two]\n\
            \x20 - name: some\n    children: [one, all]\n\
            \x20 - name: two\n    entities_url: https://lists.invalid/two.json\n";
        fs::write(&manifest, text).unwrap();
        let sources = [ListSource { name: None, path: manifest }];
        let (declared, problems) = declared(&sources).unwrap();
        let names: Vec<_> = declared.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["one", "all", "some", "two"]);
        assert_eq!(declared[0].path, Some(folder.path().join("one.json")));
        assert_eq!(declared[0].version.as_deref(), Some("100"));
        assert_eq!(declared[3].path, None);
        assert_eq!(scope_of("all", &declared), ["all", "some", "two", "one"]);
        let kinds: Vec<_> = problems.iter().map(|problem| problem.kind.as_str()).collect();
        assert_eq!(kinds, ["remote_catalog", "remote_dataset"]);
    }

    #[test]
    fn two_data_sets_of_one_name_are_refused() {
        let source = |path: &str| ListSource { name: None, path: path.into() };
        let result = declared(&[source("a/un.json"), source("b/un.csv")]);
        assert!(matches!(result, Err(CaseError::TwoListsOfOneName { name }) if name == "un"));
    }
}
