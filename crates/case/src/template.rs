//! Taught layouts: learnt from an example, kept in the case folder, and the pages that lack one.
//!
//! A case keeps them under `templates/`, one file each; they may be edited, and the next run reads
//! again what they may concern. What a template says is the business of `forms`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use forms::{LearnOptions, Mark, Template, UNKNOWN_LAYOUT, UnknownLayout};
use intake::Readers;
use model::{DatasetKind, DocumentId, Stage};

use crate::read::first_layout;
use crate::{Case, CaseError, NotDone, Progress};

/// The folder of a case that holds its templates.
const FOLDER: &str = "templates";
/// Ending of a template's file.
const ENDING: &str = "toml";

/// Reads a template from a file.
pub fn load_template(path: &Path) -> Result<Template, CaseError> {
    let text = fs::read_to_string(path)
        .map_err(|source| CaseError::Unreadable { path: path.to_owned(), source })?;
    Template::parse(&text).map_err(|source| CaseError::Template { path: path.to_owned(), source })
}

/// Learns a template from an example: a file, or an archive whose first document it is.
pub fn learn_template(
    example: &Path,
    marks: &[Mark],
    mut options: LearnOptions,
    readers: &Readers,
    progress: &dyn Progress,
) -> Result<Template, CaseError> {
    example
        .symlink_metadata()
        .map_err(|source| CaseError::Unreadable { path: example.to_owned(), source })?;
    let Some((path, id, layout)) = first_layout(example, readers, progress)? else {
        let source = io::Error::other("it holds no text to learn from");
        return Err(CaseError::Unreadable { path: example.to_owned(), source });
    };
    if options.origin.is_empty() {
        options.origin = format!("{path}, SHA-256 {id}, {} marks", marks.len());
    }
    forms::learn(&layout, marks, &options)
        .map_err(|source| CaseError::Learn { path: example.to_owned(), source })
}

impl Case {
    /// The templates of the case, by name.
    pub fn templates(&self) -> Result<Vec<Template>, CaseError> {
        let folder = self.folder().join(FOLDER);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(CaseError::Unreadable { path: folder, source }),
        };
        let mut paths: Vec<PathBuf> = Vec::new();
        for entry in entries {
            let entry =
                entry.map_err(|source| CaseError::Unreadable { path: folder.clone(), source })?;
            paths.push(entry.path());
        }
        paths.retain(|path| path.extension().is_some_and(|e| e == ENDING));
        paths.sort();
        paths.iter().map(|path| load_template(path)).collect()
    }

    /// Puts a template into the case; one of the same name is replaced.
    pub fn add_template(&self, path: &Path) -> Result<Template, CaseError> {
        let template = load_template(path)?;
        let text = fs::read_to_string(path)
            .map_err(|source| CaseError::Unreadable { path: path.to_owned(), source })?;
        self.keep_template(&template, &text)?;
        Ok(template)
    }

    /// Learns a template from a document of the case in which answers are marked, and puts it into the
    /// case; one of the same name is replaced.
    ///
    /// # Errors
    /// [`CaseError::Learn`] where the marks do not say enough; nothing is changed then.
    pub fn teach(
        &self,
        document: &DocumentId,
        marks: &[Mark],
        mut options: LearnOptions,
    ) -> Result<Template, CaseError> {
        let Some((layout, _)) = self.store.reading(document)? else {
            return Err(NotDone::NotFound { what: "document with text" }.into());
        };
        let documents = self.store.read_documents()?.into_iter();
        let path = documents.map(|(_, d)| d).find(|d| d.id == *document).map(|d| d.path);
        let path = path.unwrap_or_default();
        options.origin = format!("{path}, SHA-256 {document}, {} marks", marks.len());
        let template = forms::learn(&layout, marks, &options)
            .map_err(|source| CaseError::Learn { path: path.into(), source })?;
        let text = template.to_text().map_err(|error| CaseError::Learn {
            path: PathBuf::from(&template.file().name),
            source: error.into(),
        })?;
        self.keep_template(&template, &text)?;
        Ok(template)
    }

    fn keep_template(&self, template: &Template, text: &str) -> Result<(), CaseError> {
        let folder = self.folder().join(FOLDER);
        let unwritable =
            |path: &Path, source| CaseError::Unwritable { path: path.to_owned(), source };
        fs::create_dir_all(&folder).map_err(|source| unwritable(&folder, source))?;
        let target = folder.join(format!("{}.{ENDING}", template.file().name));
        // Written beside it first, so that a template is whole or not there.
        let unfinished = folder.join(format!("{}.unfinished", template.file().name));
        fs::write(&unfinished, text).map_err(|source| unwritable(&unfinished, source))?;
        fs::rename(&unfinished, &target).map_err(|source| unwritable(&target, source))?;
        Ok(())
    }

    /// What kind of sheet each document is: that of its first record, or `unknown` where it looks
    /// like a form and nothing tells its layout. Documents that are no forms, and those that no run
    /// has read, are left out.
    pub fn sheets(&self) -> Result<BTreeMap<DocumentId, String>, CaseError> {
        let mut sheets = BTreeMap::new();
        for stored in self.store.datasets()? {
            if stored.dataset.kind == DatasetKind::Cache {
                self.store.each_statement(&stored.dataset.name, |statement| {
                    if &*statement.prop == "template"
                        && let Some(citation) = statement.citation
                    {
                        sheets.entry(citation.document).or_insert(statement.value);
                    }
                })?;
            }
        }
        let unknown = self.pages_unknown()?;
        for (_, document) in self.store.read_documents()? {
            if unknown.contains(&document.path) {
                sheets.entry(document.id).or_insert_with(|| forms::UNKNOWN.to_owned());
            }
        }
        Ok(sheets)
    }

    /// Paths of documents that look like forms of a layout that nothing tells.
    pub(crate) fn pages_unknown(&self) -> Result<BTreeSet<String>, CaseError> {
        let problems = self.store.problems()?.into_iter();
        let unknown = problems.filter(|p| p.stage == Stage::Forms && p.kind == UNKNOWN_LAYOUT);
        Ok(unknown.map(|problem| problem.path).collect())
    }

    /// Layouts that several documents without records share.
    pub fn unknown_layouts(
        &self,
        progress: &dyn Progress,
    ) -> Result<Vec<UnknownLayout>, CaseError> {
        let mut known = BTreeSet::new();
        for stored in self.store.datasets()? {
            if stored.dataset.kind == DatasetKind::Cache {
                self.store.each_statement(&stored.dataset.name, |statement| {
                    known.extend(statement.citation.map(|citation| citation.document));
                })?;
            }
        }
        let options = self.form_options()?;
        let mut documents = self.store.read_documents()?;
        documents.retain(|(_, document)| !known.contains(&document.id));
        let mut pages = Vec::new();
        progress.begin("looking for layouts", Some(documents.len() as u64));
        for (_, document) in documents {
            if let Some((layout, _)) = self.store.reading(&document.id)? {
                let read = forms::read(&document.path, &document.id, &layout, &options);
                if !read.skeleton.is_empty() {
                    pages.push((document.path, read.skeleton));
                }
            }
            progress.advance(1);
        }
        progress.end();
        Ok(forms::group_unknown(&pages))
    }

    /// How forms are read in this case.
    pub(crate) fn form_options(&self) -> Result<forms::Options, CaseError> {
        let mut options = forms::Options::default();
        options.templates = self.templates()?;
        Ok(options)
    }
}

/// A text that differs where templates differ; empty without any.
pub(crate) fn key_of(options: &forms::Options) -> String {
    if options.templates.is_empty() {
        return String::new();
    }
    let texts: Vec<String> = options.templates.iter().map(|t| format!("{:?}", t.file())).collect();
    format!(" templates {}", intake::unpack::hash(texts.join("\n").as_bytes()))
}
